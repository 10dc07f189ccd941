"""What a result.json says, read back: to set the version before beside the one that corrects it."""

from dataclasses import dataclass
from typing import Any

from voting.core.errors import Broken
from voting.core.result import Outcome
from voting.ledger import canonical
from voting.wording import ON_MOTIONS, ON_PERSONS, ChoiceWords
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE


def incidents_of(content: bytes) -> tuple[int, ...]:
    """The indices of the incidents that it names."""
    return tuple(_read(content).get("incidents", ()))


@dataclass(frozen=True, slots=True)
class Stated:
    """One question.

    Shape   ``motion`` is its label; ``name`` that of a candidate, empty for the motion itself; ``numbers``
            are empty where it has none.
    """

    motion: str
    name: str
    numbers: str
    outcome: str

    @property
    def label(self) -> str:
        return f"{self.motion} {self.name}".rstrip()

    @property
    def line(self) -> str:
        return " ".join(filter(None, (self.label, self.numbers, self.outcome)))


def stated_outcomes(content: bytes) -> tuple[str, ...]:
    """The outcome of each motion and candidate, in words."""
    return tuple(each.outcome for each in stated_questions(content))


def stated_lines(content: bytes) -> tuple[str, ...]:
    """The numbers of each question in one line."""
    return tuple(each.line for each in stated_questions(content))


def stated_questions(content: bytes, edition: PaperSay = PAPERS_IN_JAPANESE) -> tuple[Stated, ...]:
    """Each motion and, after it, each of its candidates, in the words of *edition*."""
    found = []
    for motion in _read(content)["motions"]:
        label = edition.motion(motion["number"])
        found.append(_stated(motion, label, "", edition))
        found += [_stated(each, label, each["name"], edition) for each in motion.get("candidates", ())]
    return tuple(found)


def _stated(question: dict[str, Any], motion: str, name: str, edition: PaperSay) -> Stated:
    return Stated(motion, name, _numbers(question, edition), _outcome(question, edition))


def _numbers(question: dict[str, Any], edition: PaperSay) -> str:
    if "votes" in question:
        return edition.says("{votes}票", votes=question["votes"])
    if "for" not in question:
        return ""
    favour, against, words = question["for"], question["against"], _words(question)
    deemed = favour["deemed"]
    return edition.says(
        "{favour}{yes}票{deemed}、{against}{no}票",
        favour=edition.term(words.favour),
        yes=favour["total"],
        deemed="" if deemed == "0" else edition.says("(うち未提出{votes}票)", votes=deemed),
        against=edition.term(words.against),
        no=against["total"],
    )


def _outcome(question: dict[str, Any], edition: PaperSay) -> str:
    if "outcome" in question:
        return edition.outcome(Outcome(question["outcome"]), _words(question))
    if question["elected"]:
        return edition.outcome(Outcome.ELECTED, ON_MOTIONS)
    return edition.term("選出されず")


def _words(question: dict[str, Any]) -> ChoiceWords:
    # Of a candidate it is said beside the numbers whether it was elected.
    return ON_PERSONS if "elected" in question else ON_MOTIONS


def _read(content: bytes) -> dict[str, Any]:
    value = canonical.decode(content)
    if not isinstance(value, dict):
        raise Broken("a stored result.json is no object")
    return value
