"""What the rules did in a result, in English, note by note as ``results`` and ``outcomes`` have it."""

from collections.abc import Iterator, Mapping

from voting.core.docket import Docket
from voting.core.result import Flag, Numbers, PluralityResult, Result
from voting.core.rules import NonSubmission
from voting.wording.numbers import percent
from voting.wording.numbers_english import label, members, votes
from voting.wording.results import Question, questions
from voting.wording.rules_english import sentence, under
from voting.wording.witnesses import CosignatureFacts


def rule_notes(docket: Docket, result: Result) -> tuple[str, ...]:
    """Each rule that affected a number, with that number; the same on several motions is said once.

    Order   as the Japanese ones.
    """
    asked = questions(docket, result)
    said: dict[tuple[int, str], list[str]] = {}
    for question in asked:
        for order, text in enumerate(_notes(docket, question)):
            if text:
                said.setdefault((order, text), []).append(label(question))
    everything = [label(question) for question in asked]
    grouped = [
        sentence(text.replace("{where}", where(labels, everything)))
        for (_, text), labels in sorted(said.items(), key=lambda item: item[0][0])
    ]
    return (*grouped, *_plurality_notes(result), *_late_as_silence(result))


def where(labels: list[str], everything: list[str]) -> str:
    """Questions in a row: every motion; Motion 1; Motion 1, Motion 3."""
    return "every motion" if len(labels) > 1 and labels == everything else ", ".join(labels)


def _notes(docket: Docket, question: Question) -> Iterator[str]:
    """The notes of one question, each always at the same place, empty where there is nothing to say."""
    found, heads, rules = question.count.votes, question.count.members, docket.rules
    by_chair = docket.non_submission(question.motion) is NonSubmission.PROXY_TO_CHAIR
    sides = (
        (found.in_favour, heads.in_favour, "for {where}"),
        (found.against, heads.against, "against {where}"),
        (found.abstain, heads.abstain, "as abstaining on {where}"),
    )
    for parts, several, how in sides:
        deemed = f"{_amount(several.deemed, parts.deemed)} that returned no ballot counted {how}"
        chair = _by_chair(how) if by_chair else ""
        yield _said(parts.deemed, f"{under(rules, 'deemed')}{deemed}{chair}.")
    for parts, several, how in sides:
        blank = f"{_amount(several.blank, parts.blank)} counted {how}, which they had left unmarked"
        yield _said(parts.blank, f"{under(rules, 'blank')}{blank}.")
    for parts, several, how in sides:
        proxy = f"proxies of {_amount(several.proxy, parts.proxy)} counted {how}{_by_chair(how)}"
        yield _said(parts.proxy, f"{proxy}.")
    yield from _set_apart(docket, found, heads)


def _by_chair(how: str) -> str:
    """Without a decision a proxy abstains too: a result does not tell the one from the other (rules R3)."""
    without = " or for want of a decision" if how.startswith("as abstaining") else ""
    return f", as the chair decided{without}"


def _set_apart(docket: Docket, found: Numbers, heads: Numbers) -> Iterator[str]:
    rules = docket.rules
    yield _said(
        found.invalid,
        f"on {{where}}: {_amount(heads.invalid, found.invalid)} invalid, being unmarked, marked both ways or "
        "with a defect. They count as present.",
    )
    yield _said(
        found.late,
        f"{under(rules, 'late')}ballots of {_amount(heads.late, found.late)} received after the deadline "
        "were left out on {where}.",
    )
    yield _said(
        found.undelivered,
        f"{_amount(heads.undelivered, found.undelivered)} that no notice had reached were left out on "
        "{where}, and not deemed to have voted.",
    )
    yield _said(
        found.left,
        f"{_amount(heads.left, found.left)} that left the body without a ballot were left out on {{where}}.",
    )
    yield _said(
        found.barred,
        f"{_amount(heads.barred, found.barred)} with an interest in {{where}} did not vote on it.",
    )
    yield _said(
        found.not_counted,
        f"{_amount(heads.not_counted, found.not_counted)} that returned no ballot counted neither for nor "
        "against on {where}.",
    )


def _said(amount: int, text: str) -> str:
    return text if amount else ""


def _amount(heads: int, amount: int) -> str:
    return f"{members(heads)} ({votes(amount)})"


def _plurality_notes(result: Result) -> Iterator[str]:
    for one in result.motions:
        if isinstance(one, PluralityResult):
            for heads, amount, what in (
                (one.invalid_members, one.invalid_votes, "invalid"),
                (one.blank_members, one.blank_votes, "blank"),
            ):
                yield from ([f"On motion {one.number}: {_amount(heads, amount)} {what}."] if amount else [])


def _late_as_silence(result: Result) -> Iterator[str]:
    if result.late_as_silence:
        number = members(len(result.late_as_silence))
        yield f"Ballots of {number} received after the deadline were treated as silence."


def flag_notes(docket: Docket, result: Result) -> tuple[str, ...]:
    """What a reader must be told beside the outcomes."""
    asked = questions(docket, result)
    everything = [label(question) for question in asked]
    share = percent(result.returned_members, result.roll_members) if result.roll_members else "0%"
    found = []
    for flag in Flag:
        labels = [label(question) for question in asked if flag in question.count.flags]
        if labels:
            found.append(_FLAGS[flag].format(where=where(labels, everything), share=share))
    return tuple(found)


_FLAGS: Mapping[Flag, str] = {
    Flag.DEEMED_DECIDES: "On {where} deemed votes decided; without them the outcome would be another one.",
    Flag.LOW_RESPONSE: "Only {share} of the members returned a ballot, less than 30%.",
    Flag.AGAINST_LEADS: "On {where} more of the returned ballots were against than for.",
    Flag.LATE_DECIDES: "On {where} the ballots that came late would have changed the outcome.",
    Flag.UNDELIVERED_DECIDES: "On {where} the members that no notice reached could have changed the outcome.",
    Flag.LATE_AS_SILENCE: "On {where} ballots that came late were treated as silence.",
}


def witness_lines(facts: CosignatureFacts) -> tuple[str, ...]:
    """Who has cosigned the checkpoint of the result."""
    if not facts.witnesses:
        return ("Witnesses: none (this assembly has no outside witnesses of its record).",)
    met = "as many as were asked for" if facts.is_met else "fewer than were asked for"
    each = (
        f"{one.name} ({one.key}): {f'cosigned up to {one.size:,} entries' if one.size else 'no signature'}"
        for one in facts.witnesses
    )
    return (f"Witnesses that cosigned: {facts.reached} of {len(facts.witnesses)}, {met}.", *each)
