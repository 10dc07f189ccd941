"""What a result.json says, read back: to set the version before beside the one that corrects it."""

from typing import Any

from voting.core.errors import Broken
from voting.core.result import Outcome
from voting.ledger import canonical
from voting.wording import ON_MOTIONS, ON_PERSONS, OUTCOMES, ChoiceWords, outcome_word


def incidents_of(content: bytes) -> tuple[int, ...]:
    """The indices of the incidents that it names."""
    return tuple(_read(content).get("incidents", ()))


def stated_outcomes(content: bytes) -> tuple[str, ...]:
    """The outcome of each motion and candidate, in words."""
    return tuple(_outcome(each) for each in _questions(content))


def stated_lines(content: bytes) -> tuple[str, ...]:
    """The numbers of each question in one line."""
    return tuple(_line(each) for each in _questions(content))


def stated_questions(content: bytes) -> tuple[tuple[str, str], ...]:
    """Each question by its name, with its numbers and outcome."""
    return tuple((each["label"], _numbers(each)) for each in _questions(content))


def _questions(content: bytes) -> list[dict[str, Any]]:
    found = []
    for motion in _read(content)["motions"]:
        found.append({"label": f"第{motion['number']}号議案", **motion})
        found += [
            {"label": f"第{motion['number']}号議案 {each['name']}", **each}
            for each in motion.get("candidates", ())
        ]
    return found


def _line(question: dict[str, Any]) -> str:
    return f"{question['label']} {_numbers(question)}"


def _numbers(question: dict[str, Any]) -> str:
    outcome = _outcome(question)
    if "votes" in question:
        return f"{question['votes']}票 {outcome}"
    if "for" not in question:
        return outcome
    favour, against, words = question["for"], question["against"], _words(question)
    deemed = "" if favour["deemed"] == "0" else f"(うちみなし{favour['deemed']}票)"
    sides = f"{words.favour}{favour['total']}票{deemed}、{words.against}{against['total']}票"
    return f"{sides} {outcome}"


def _outcome(question: dict[str, Any]) -> str:
    if "outcome" in question:
        return outcome_word(Outcome(question["outcome"]), _words(question))
    return OUTCOMES[Outcome.ELECTED] if question["elected"] else "選出されず"


def _words(question: dict[str, Any]) -> ChoiceWords:
    # Of a candidate it is said beside the numbers whether it was elected.
    return ON_PERSONS if "elected" in question else ON_MOTIONS


def _read(content: bytes) -> dict[str, Any]:
    value = canonical.decode(content)
    if not isinstance(value, dict):
        raise Broken("a stored result.json is no object")
    return value
