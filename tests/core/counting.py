"""Assemblies, rolls and ballots in few words, for the tests of the count.

Unless a test says otherwise, an assembly is the origin case of rules R9: preset ``council``, one motion,
from 27 September 2024 to the end of 4 October, Japanese time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import NO_FACTS, Channel, Choice, Facts, Mark, Submission
from voting.core.docket import Docket
from voting.core.members import Roll, RollEntry
from voting.core.motions import Motion
from voting.core.result import Count, MotionResult, Result
from voting.core.rules import COUNCIL, Base, BodyKind, Counted, Relation, Rules, Threshold
from voting.core.tally import count
from voting.core.votes import ONE_VOTE

JST = timezone(timedelta(hours=9))
OPENS = datetime(2024, 9, 27, tzinfo=JST)
CLOSES = datetime(2024, 10, 5, tzinfo=JST)
CLAUSES = MappingProxyType({"deemed": "規約第12条第3項"})
COUNCIL_RULES = replace(COUNCIL, clauses=CLAUSES)
# Nothing but what members wrote is counted.
PLAIN = Rules()

FOR, AGAINST, ABSTAIN, BLANK, BOTH = Mark.FOR, Mark.AGAINST, Mark.ABSTAIN, Mark.BLANK, Mark.BOTH


def at(text: str) -> datetime:
    """ "10/3 16:03" or "10/3 16:03:20" of 2024 in Japan."""
    day, _, hour = text.partition(" ")
    month, _, day = day.partition("/")
    return datetime.fromisoformat(f"2024-{int(month):02d}-{int(day):02d}T{hour or '12:00'}").replace(
        tzinfo=JST
    )


def docket(
    *motions: Motion,
    rules: Rules = COUNCIL_RULES,
    kind: BodyKind = BodyKind.VOLUNTARY,
) -> Docket:
    return Docket(
        body=Body("全国二地域居住等促進協議会", kind),
        assembly=Assembly("令和6年度臨時総会", Schedule(date(2024, 9, 27), OPENS, CLOSES)),
        rules=rules,
        motions=motions or (motion(1),),
    )


def motion(number: int = 1, **changes: Any) -> Motion:
    return Motion(number, f"第{number}号議案", **changes)


def member(number: int) -> str:
    return f"M{number:04d}"


def roll(members: int = 681, *, votes: Mapping[int, int] | None = None, first: int = 1) -> Roll:
    """*members* members numbered from *first*, with one vote each where *votes* does not say otherwise."""
    weights = votes or {}
    return Roll(
        tuple(
            RollEntry(member(n), f"団体{n}", weights.get(n, 1) * ONE_VOTE)
            for n in range(first, first + members)
        )
    )


def in_category(category: str, eligible: Roll) -> tuple[RollEntry, ...]:
    return tuple(replace(entry, category=category) for entry in eligible.entries)


def ballot(
    number: int,
    choices: Mapping[int, Choice] | Mark,
    received: str | datetime = "10/1 10:00",
    channel: Channel = Channel.WEB,
    *,
    order: int = 0,
    proxy: bool = False,
    defect: str | None = None,
) -> Submission:
    """The ballot of member *number*; one mark alone is that mark on motions 1, 2 and 3."""
    return Submission(
        member_id=member(number),
        choices=dict.fromkeys((1, 2, 3), choices) if isinstance(choices, Mark) else choices,
        received_at=at(received) if isinstance(received, str) else received,
        channel=channel,
        order=order,
        proxy=proxy,
        defect=defect,
    )


def ballots(*sorts: tuple[int, Mapping[int, Choice] | Mark], first: int = 1) -> Iterator[Submission]:
    """So many ballots of each sort, from the members in order of number."""
    number = first
    for times, choices in sorts:
        for _ in range(times):
            yield ballot(number, choices)
            number += 1


def counted(
    asked: Docket, eligible: Roll, *submissions: Submission, facts: Facts = NO_FACTS, number: int = 1
) -> Count:
    """The count of one motion."""
    return question(count(asked, eligible, submissions, facts), number)


def question(result: Result, number: int = 1) -> Count:
    found = next(each for each in result.motions if each.number == number)
    assert isinstance(found, MotionResult)
    return found.count


def whole(votes: int) -> int:
    """Millionths as whole votes; the tests with parts of a vote look at the millionths themselves."""
    whole, rest = divmod(votes, ONE_VOTE)
    assert rest == 0
    return whole


def score(one: Count) -> tuple[int, int]:
    """Votes for and against."""
    return whole(one.votes.in_favour.total), whole(one.votes.against.total)


def asks(
    count: str = "for",
    relation: str = "more_than",
    fraction: str = "1/2",
    of: str = "present",
    **changes: Any,
) -> Threshold:
    return Threshold(Counted(count), Relation(relation), Fraction(fraction), Base(of), **changes)
