"""Who took part, in the form total, of which; and whether that made an assembly.

Source  domain.md 1.3.4 and 3.5.
"""

from collections.abc import Sequence

from voting.core.docket import Docket
from voting.core.result import Result
from voting.core.rules import Unit
from voting.wording.numbers import members_words, number_text, votes_words
from voting.wording.results import questions
from voting.wording.rules import quorum_words

ELECTRONIC = frozenset({"web", "mail"})


def attendance_lines(docket: Docket, result: Result, ways: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """``会員総数681会員…``, then ``出席(表決)681会員(うち書面45会員、電磁的方法368会員、みなし268会員)``.

    Shape   *ways*: channel, or 委任 for proxies of whatever channel -> members; they add up to the returned
            ones.  Where silence counts on some motions only, the deemed ones are told with each motion.
    """
    total = f"会員総数{members_words(result.roll_members)}(議決権の数{votes_words(result.roll_votes)})"
    parts = _parts(ways)
    asked = questions(docket, result)
    deemed = {
        one.count.members.in_favour.deemed
        + one.count.members.against.deemed
        + one.count.members.abstain.deemed
        for one in asked
    }
    alike = len(deemed) == 1 and len(asked) > 0
    silent = deemed.pop() if alike else 0
    if silent:
        parts.append(f"未提出によるみなし{members_words(silent)}")
    of_which = f"(うち{'、'.join(parts)})" if parts else ""
    present = f"出席(表決){members_words(result.returned_members + silent)}{of_which}"
    if alike or not any(deemed):
        return (total, present)
    return (total, present, "未提出によるみなしの数は議案により異なるため、議案ごとに記載する。")


def _parts(ways: Sequence[tuple[str, int]]) -> list[str]:
    named = {"書面": 0, "電磁的方法": 0, "委任": 0}
    for way, members in ways:
        named["委任" if way == "委任" else "電磁的方法" if way in ELECTRONIC else "書面"] += members
    return [f"{name}{members_words(members)}" for name, members in named.items() if members]


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
