"""Who took part and how each motion was decided, in English, as the minutes have it."""

from collections.abc import Mapping, Sequence

from voting.core.docket import Docket
from voting.core.motions import Motion
from voting.core.result import Count, Outcome, Parts, Result
from voting.wording import numbers_english as numbers
from voting.wording.attendance import ELECTRONICALLY, PAPER, PROXY, attendance
from voting.wording.editions import MinutesSay
from voting.wording.english_terms import TERMS
from voting.wording.numbers import ChoiceWords
from voting.wording.numbers_english import members, votes
from voting.wording.results_english import rule_notes

_WAYS = {PAPER: "on paper", ELECTRONICALLY: "electronically", PROXY: "by proxy"}


def attendance_lines(docket: Docket, result: Result, ways: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """``681 members on the roll …``, then ``681 members voted (of these 45 on paper, …)``."""
    found = attendance(docket, result, ways)
    parts = [f"{number:,} {_WAYS[how]}" for how, number in found.parts]
    if found.silent:
        parts.append(f"{found.silent:,} deemed by silence")
    of_which = f" (of these {', '.join(parts)})" if parts else ""
    lines = (
        f"{members(result.roll_members)} with {votes(result.roll_votes)} on the roll.",
        f"{members(found.present)} voted{of_which}.",
    )
    if not found.differs:
        return lines
    return (*lines, "The number deemed by silence differs from motion to motion and is told with each.")


def full_line(count: Count, words: ChoiceWords) -> str:
    """Every part of every class, with the sum: ``680 votes for (412 by ballot, …), …, 681 votes in all``."""
    found = count.votes
    parts = [
        f"{votes(found.in_favour.total)} for{_every_part(found.in_favour)}",
        f"{votes(found.against.total)} against{_every_part(found.against)}",
    ]
    if found.abstain.total:
        parts.append(f"{votes(found.abstain.total)} in abstention{_every_part(found.abstain)}")
    rest = (
        (found.invalid, "無効"),
        (found.late, "除外(期限後到着)"),
        (found.undelivered, "除外(未着)"),
        (found.left, "除外(退会)"),
        (found.barred, "除斥"),
        (found.not_counted, "未算入"),
    )
    parts += [f"{votes(amount)} {TERMS[what].lower()}" for amount, what in rest if amount]
    return f"{', '.join(parts)}, {votes(found.total)} in all"


def _every_part(parts: Parts) -> str:
    if parts.total == parts.expressed:
        return ""
    named = (
        (parts.expressed, "by ballot"),
        (parts.proxy, "by proxy"),
        (parts.blank, "deemed by a blank"),
        (parts.deemed, "deemed by silence"),
    )
    return f" ({', '.join(f'{votes(amount)} {how}' for amount, how in named if amount)})"


def _condition(docket: Docket, motion: Motion, outcomes: Mapping[int, Outcome]) -> str:
    return numbers.condition(motion, outcomes)


MINUTES_IN_ENGLISH = MinutesSay(
    attendance=attendance_lines,
    quorum=lambda docket, result: numbers.quorum(docket, result.quorum),
    notes=rule_notes,
    full_line=full_line,
    condition=_condition,
    reason=numbers.reason,
    plain=str,
)
