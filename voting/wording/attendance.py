"""Who took part, in the form total, of which; and whether that made an assembly.

Source  domain.md 1.3.4 and 3.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.result import Result
from voting.core.rules import Unit
from voting.wording.numbers import members_words, number_text, votes_words
from voting.wording.results import questions
from voting.wording.rules import quorum_words

ELECTRONIC = frozenset({"web", "mail"})


PAPER, ELECTRONICALLY, PROXY = "書面", "電磁的方法", "委任"


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who took part.

    Shape   ``parts``: how -> members that sent something in, none of them 0; ``silent`` are those deemed to
            have voted on every motion; ``differs`` where silence counts on some motions only.
    """

    parts: tuple[tuple[str, int], ...]
    silent: int
    present: int
    differs: bool


def attendance(docket: Docket, result: Result, ways: Sequence[tuple[str, int]]) -> Attendance:
    """Shape: *ways*: channel, or 委任 for proxies of whatever channel -> members; they add up to the
    returned ones.
    """
    named = {PAPER: 0, ELECTRONICALLY: 0, PROXY: 0}
    for way, members in ways:
        named[PROXY if way == PROXY else ELECTRONICALLY if way in ELECTRONIC else PAPER] += members
    asked = questions(docket, result)
    deemed = {
        one.count.members.in_favour.deemed
        + one.count.members.against.deemed
        + one.count.members.abstain.deemed
        for one in asked
    }
    alike = len(deemed) == 1 and len(asked) > 0
    silent = deemed.pop() if alike else 0
    return Attendance(
        parts=tuple((how, members) for how, members in named.items() if members),
        silent=silent,
        present=result.returned_members + silent,
        differs=not alike and any(deemed),
    )


def attendance_lines(docket: Docket, result: Result, ways: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """``会員総数681会員…``, then ``出席(表決)681会員(うち書面45会員、電磁的方法368会員、みなし268会員)``.

    Shape   *ways* as in ``attendance``.  Where silence counts on some motions only, the deemed ones are told
            with each motion.
    """
    found = attendance(docket, result, ways)
    parts = [f"{how}{members_words(members)}" for how, members in found.parts]
    if found.silent:
        parts.append(f"未提出によるみなし{members_words(found.silent)}")
    of_which = f"(うち{'、'.join(parts)})" if parts else ""
    lines = (
        f"会員総数{members_words(result.roll_members)}(議決権の数{votes_words(result.roll_votes)})",
        f"出席(表決){members_words(found.present)}{of_which}",
    )
    if not found.differs:
        return lines
    return (*lines, "未提出によるみなしの数は議案により異なるため、議案ごとに記載する。")


def quorum_text(docket: Docket, result: Result) -> str:
    """Whether the assembly was formed, with the number that was needed and the one that was there."""
    rule, found = docket.rules.quorum, result.quorum
    if rule is None or found.needed is None:
        return "定足数の定めはありません。"
    by_members = found.by is Unit.MEMBERS
    unit = "会員" if by_members else "票"
    counted = f"{found.counted:,}" if by_members else number_text(found.counted)
    outcome = "総会は成立しました。" if found.met else "総会は成立しませんでした。"
    return (
        f"定足数 会員総数の{quorum_words(rule.fraction, rule.relation)}({found.needed}{unit})に対し、"
        f"{counted}{unit}。{outcome}"
    )
