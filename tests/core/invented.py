"""Invented assemblies: plain dicts drawn by Hypothesis, and the same as dockets, rolls and ballots.

They are small, so that ties, borders and empty bases turn up often.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from tests.core.counting import CLAUSES, JST
from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import Channel, Choice, Facts, Mark, Submission
from voting.core.docket import Docket
from voting.core.members import Roll, RollEntry
from voting.core.motions import Method, Motion, MotionKind
from voting.core.rules import (
    Base,
    Blank,
    BodyKind,
    BothMarked,
    Counted,
    Duplicates,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Threshold,
    Tie,
    Unit,
)

World = dict[str, Any]

ZERO = datetime(2024, 9, 27, tzinfo=JST)
OPENS, CLOSES = 1000, 2000
# A few instants that ballots are likely to share, then before, at and after both ends of the period.
INSTANTS = (1500, 1500, 1200, 1200, 1800, 1800, OPENS, CLOSES - 1, 999, 990, CLOSES, CLOSES + 5)
NAMES = ("長野県", "那須町", "南房総市", "田辺市")
FRACTIONS = ((1, 2), (1, 2), (1, 2), (2, 3), (3, 4), (1, 3), (3, 10), (1, 1), (1, 7))
WEIGHTS = ((1_000_000,), (1_000_000,), (1_000_000, 2_000_000, 5_000_000), (500_000, 1_000_000, 1_250_001))
CATEGORIES = (("",), ("",), ("P", "O"), ("", "P", "O"))


def words(*values: str | None) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


FRACTION = st.sampled_from(FRACTIONS)
MAJORITY = {
    "count": "for",
    "relation": "more_than",
    "fraction": (1, 2),
    "of": "present",
    "by": "votes",
    "category": None,
}
ANY_TEST = st.fixed_dictionaries(
    {
        "count": words("for", "for", "for", "against", "abstain", "returned", "present"),
        "relation": words("more_than", "more_than", "at_least", "at_least", "less_than", "at_most"),
        "fraction": FRACTION,
        "of": words("roll", "present", "valid", "yes_no", "returned"),
        "by": words("votes", "votes", "members"),
        "category": words(None, None, None, "P", "O"),
    }
)
FOR_TEST = st.fixed_dictionaries(
    {
        "count": st.just("for"),
        "relation": words("more_than", "more_than", "at_least"),
        "fraction": FRACTION,
        "of": words("roll", "present", "valid", "yes_no"),
        "by": words("votes", "votes", "members"),
        "category": words(None, None, "P"),
    }
)
TESTS = st.one_of(
    st.just([MAJORITY]),
    st.just([MAJORITY]),
    st.lists(FOR_TEST, min_size=1, max_size=2),
    st.lists(ANY_TEST, min_size=1, max_size=3),
)
FOR_TESTS = st.one_of(st.just([MAJORITY]), st.lists(FOR_TEST, min_size=1, max_size=2))
METHODS = words(None, None, None, "slate", "confidence", "plurality")
SILENCE = words("not_counted", "for", "for", "against", "abstain", "proxy_to_chair")
BRAKE = st.one_of(
    st.builds(lambda k: {"count": k}, st.integers(1, 4)), st.builds(lambda f: {"fraction": f}, FRACTION)
)
RULES = st.fixed_dictionaries(
    {
        "non_submission": SILENCE,
        "blank": words("invalid", "for", "against", "abstain"),
        "both_marked": words("invalid", "as_blank"),
        "duplicates": words("last_received", "last_received", "web", "paper", "first"),
        "blank_overrides": st.booleans(),
        "late": words("excluded", "not_submitted"),
        "undelivered": words("excluded", "not_submitted"),
        "quorum": st.one_of(
            st.none(),
            st.none(),
            st.fixed_dictionaries(
                {
                    "fraction": FRACTION,
                    "relation": words("at_least", "more_than"),
                    "by": words("votes", "members"),
                    "deemed": st.booleans(),
                }
            ),
        ),
        "tie": words("rejected", "chair"),
        "objections": st.one_of(st.none(), st.none(), BRAKE),
    }
)
MARK = words("for", "for", "for", "against", "against", "abstain", "blank", "both")
DECISION = words("for", "against", "abstain")


@st.composite
def motions(draw: st.DrawFn, members: list[str], tests: st.SearchStrategy[Any], methods: Any) -> list[World]:
    numbers = draw(st.sampled_from(([1], [1], [1, 2], [2, 1], [1, 2, 3], [3, 1, 2])))
    # Each may wait for those drawn before it, whatever their numbers.
    before: list[int] = []
    found = []
    for number in numbers:
        method = draw(methods)
        candidates = list(NAMES[: draw(st.integers(1, 4))]) if method else []
        found.append(
            {
                "number": number,
                "depends_on": draw(st.lists(st.sampled_from(before), unique=True)) if before else [],
                "requires": draw(some(tests)),
                "non_submission": draw(st.one_of(st.none(), st.none(), SILENCE)),
                "barred": draw(
                    st.one_of(st.just([]), st.lists(st.sampled_from(members), unique=True, max_size=2))
                ),
                "objections": draw(st.one_of(st.none(), st.none(), BRAKE)),
                "method": method,
                "seats": max(draw(st.integers(1, 3)), len(candidates) * (method == "slate"))
                if method
                else None,
                "candidates": candidates,
            }
        )
        before.append(number)
    return draw(st.permutations(found))


def choice(draw: st.DrawFn, motion: World) -> Any:
    if motion["method"] == "confidence":
        return {name: draw(MARK) for name in motion["candidates"]}
    if motion["method"] == "plurality":
        return draw(
            st.lists(st.sampled_from(motion["candidates"]), unique=True, max_size=motion["seats"] + 1)
        )
    return draw(MARK)


@st.composite
def ballots(draw: st.DrawFn, members: list[str], asked: list[World]) -> list[World]:
    times = draw(st.lists(st.sampled_from((1, 1, 2, 0, 3)), min_size=len(members), max_size=len(members)))
    senders = [member for member, answers in zip(members, times, strict=True) for _ in range(answers)]
    senders += draw(st.sampled_from(([], [], ["nobody"])))
    return [
        {
            "member": sender,
            "at": draw(st.sampled_from(INSTANTS)),
            "paper": draw(st.booleans()),
            "order": order,
            "proxy": draw(st.integers(0, 7)) == 7,
            "defect": draw(st.integers(0, 9)) == 9,
            "marks": {motion["number"]: choice(draw, motion) for motion in asked},
        }
        for order, sender in enumerate(senders)
    ]


@st.composite
def worlds(
    draw: st.DrawFn, *, tests: st.SearchStrategy[Any] = TESTS, methods: st.SearchStrategy[Any] = METHODS
) -> World:
    """An assembly, its roll, its ballots and all facts about them."""
    weights, categories = draw(st.sampled_from(WEIGHTS)), draw(st.sampled_from(CATEGORIES))
    members = [f"M{n}" for n in range(draw(st.integers(1, 9)))]
    asked = draw(motions(members, tests, methods))
    by_name = [m for m in asked if m["method"] in ("confidence", "plurality")]
    tables: World = {
        m["number"]: draw(st.dictionaries(st.sampled_from(m["candidates"]), DECISION)) for m in by_name
    }
    plain: World = {m["number"]: draw(DECISION) for m in asked if m not in by_name}
    questions = [(m["number"], n) for m in asked for n in (None, *m["candidates"])]
    confident = {m["number"] for m in asked if m["method"] == "confidence"}
    ties = draw(st.dictionaries(st.sampled_from(questions), words("for", "against"), max_size=2))
    return {
        "opens": OPENS,
        "closes": CLOSES,
        "rules": draw(RULES) | {"requires": draw(tests)},
        "motions": asked,
        "roll": [
            {
                "member": member,
                "votes": draw(st.sampled_from(weights)),
                "category": draw(st.sampled_from(categories)),
            }
            for member in members
        ],
        "ballots": draw(ballots(members, asked)),
        "left": draw(st.dictionaries(st.sampled_from(members), st.sampled_from(INSTANTS), max_size=2)),
        "undelivered": draw(st.lists(st.sampled_from(members), unique=True, max_size=3)),
        "chair": {n: d for n, d in (tables | plain).items() if draw(st.booleans())},
        "ties": {(n, name): mark for (n, name), mark in ties.items() if name is None or n in confident},
        "lots": {
            m["number"]: draw(st.lists(st.sampled_from(m["candidates"]), unique=True, min_size=1))
            for m in by_name
            if draw(st.booleans())
        },
    }


def instant(seconds: int) -> datetime:
    return ZERO + timedelta(seconds=seconds)


def _test(given: World) -> Threshold:
    return Threshold(
        Counted(given["count"]),
        Relation(given["relation"]),
        Fraction(*given["fraction"]),
        Base(given["of"]),
        Unit(given["by"]),
        given["category"],
    )


def _brake(given: World | None) -> Objections | None:
    if given is None:
        return None
    return Objections(given.get("count"), Fraction(*given["fraction"]) if "fraction" in given else None)


def _rules(given: World) -> Rules:
    quorum = given["quorum"]
    return Rules(
        non_submission=NonSubmission(given["non_submission"]),
        blank=Blank(given["blank"]),
        both_marked=BothMarked(given["both_marked"]),
        duplicates=Duplicates(given["duplicates"]),
        blank_overrides=given["blank_overrides"],
        late=OutOfBase(given["late"]),
        undelivered=OutOfBase(given["undelivered"]),
        quorum=quorum
        and Quorum(
            Fraction(*quorum["fraction"]), Relation(quorum["relation"]), Unit(quorum["by"]), quorum["deemed"]
        ),
        requires=tuple(map(_test, given["requires"])),
        tie=Tie(given["tie"]),
        objections=_brake(given["objections"]),
        clauses=CLAUSES,
    )


def docket_of(world: World) -> Docket:
    return Docket(
        Body("協議会", BodyKind.VOLUNTARY),
        Assembly("臨時総会", Schedule(date(2024, 9, 27), instant(world["opens"]), instant(world["closes"]))),
        _rules(world["rules"]),
        tuple(
            Motion(
                number=each["number"],
                title=f"第{each['number']}号議案",
                kind=MotionKind.ELECTION if each["method"] else MotionKind.MOTION,
                depends_on=tuple(each["depends_on"]),
                requires=each["requires"] and tuple(map(_test, each["requires"])),
                non_submission=each["non_submission"] and NonSubmission(each["non_submission"]),
                barred=tuple(each["barred"]),
                objections=_brake(each["objections"]),
                method=each["method"] and Method(each["method"]),
                seats=each["seats"],
                candidates=tuple(each["candidates"]),
            )
            for each in world["motions"]
        ),
    )


def roll_of(world: World) -> Roll:
    return Roll(
        tuple(
            RollEntry(each["member"], each["member"], each["votes"], each["category"])
            for each in world["roll"]
        )
    )


def _choice(given: Any) -> Choice:
    if isinstance(given, list):
        return tuple(given)
    return {name: Mark(mark) for name, mark in given.items()} if isinstance(given, dict) else Mark(given)


def ballots_of(world: World) -> list[Submission]:
    return [
        Submission(
            member_id=each["member"],
            choices={number: _choice(given) for number, given in each["marks"].items()},
            received_at=instant(each["at"]),
            channel=Channel.FAX if each["paper"] else Channel.WEB,
            order=each["order"],
            proxy=each["proxy"],
            defect="署名なし" if each["defect"] else None,
        )
        for each in world["ballots"]
    ]


def facts_of(world: World) -> Facts:
    def decision(given: Any) -> Mark | Mapping[str, Mark]:
        return {n: Mark(mark) for n, mark in given.items()} if isinstance(given, dict) else Mark(given)

    ties = {n if name is None else (n, name): Mark(mark) for (n, name), mark in world["ties"].items()}
    return Facts(
        left=MappingProxyType({member: instant(at) for member, at in world["left"].items()}),
        undelivered=frozenset(world["undelivered"]),
        chair={number: decision(given) for number, given in world["chair"].items()},
        ties=ties,
        lots={number: tuple(names) for number, names in world["lots"].items()},
    )
