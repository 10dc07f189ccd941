"""What makes a docket, a roll or the facts unusable (rules R1)."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.core.counting import (
    BLANK,
    CLOSES,
    COUNCIL_RULES,
    FOR,
    OPENS,
    PLAIN,
    asks,
    docket,
    member,
    motion,
    roll,
)
from voting.core.assembly import Body, Schedule
from voting.core.ballots import Facts
from voting.core.checks import facts_faults, faults
from voting.core.docket import Docket
from voting.core.faults import (
    BarredNotOnRoll,
    BrakeUnclear,
    ClosesBeforeOpening,
    ConditionsInCircle,
    DeemedWithoutClause,
    ElectionFieldMissing,
    ElectionFieldUnexpected,
    Fault,
    FractionOutOfRange,
    InstantUnusable,
    NoMotion,
    NoRequirement,
    NumberOutOfRange,
    QuorumRelation,
    Repeated,
    SlateExceedsSeats,
    StatuteAsksConsent,
    TextMissing,
    UnknownClause,
    UnknownCondition,
)
from voting.core.members import Roll
from voting.core.motions import Method, MotionKind
from voting.core.rules import (
    CONSENT_STATUTES,
    BodyKind,
    NonSubmission,
    Objections,
    Quorum,
    Relation,
)


def said(fault: Fault) -> tuple[object, ...]:
    """A fault as (kind, its facts...)."""
    return type(fault), *vars(fault).values()


def found(asked: Docket, eligible: Roll | None = None) -> list[tuple[object, ...]]:
    return [said(fault) for fault in faults(asked, eligible)]


def test_nothing_is_wrong_with_the_origin_case() -> None:
    chain = docket(motion(1), motion(2, depends_on=(1,)), motion(3, depends_on=(2,)))

    assert found(chain, roll()) == []


# Silence

DEEMING = [each for each in NonSubmission if each is not NonSubmission.NOT_COUNTED]


@pytest.mark.parametrize("setting", DEEMING)
@pytest.mark.parametrize("clauses", [{}, {"deemed": " "}, {"blank": "第3条"}])
def test_silence_counts_for_nothing_without_a_clause(setting: NonSubmission, clauses: dict[str, str]) -> None:
    rules = replace(PLAIN, non_submission=setting, clauses=clauses)

    assert found(docket(rules=rules)) == [(DeemedWithoutClause, "rules.non_submission")]


def test_nor_on_a_single_motion() -> None:
    own = motion(2, non_submission=NonSubmission.ABSTAIN)

    assert found(docket(motion(1), own, rules=PLAIN)) == [(DeemedWithoutClause, "motion.2.non_submission")]


@pytest.mark.parametrize("kind", list(CONSENT_STATUTES))
@pytest.mark.parametrize("setting", [NonSubmission.FOR, NonSubmission.PROXY_TO_CHAIR])
def test_a_statute_that_asks_for_consent_is_named_with_its_article(
    kind: BodyKind, setting: NonSubmission
) -> None:
    rules = replace(COUNCIL_RULES, non_submission=setting)

    assert found(docket(rules=rules, kind=kind)) == [
        (StatuteAsksConsent, "rules.non_submission", kind, CONSENT_STATUTES[kind])
    ]


@pytest.mark.parametrize("kind", list(BodyKind))
def test_silence_may_be_abstention_or_no_in_every_body(kind: BodyKind) -> None:
    for setting in (NonSubmission.AGAINST, NonSubmission.ABSTAIN):
        assert found(docket(rules=replace(COUNCIL_RULES, non_submission=setting), kind=kind)) == []


# Other settings

HALF, MORE = Fraction(1, 2), Fraction(3, 2)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"requires": ()}, (NoRequirement, "rules.requires")),
        (
            {"requires": (asks(), replace(asks(), fraction=MORE))},
            (FractionOutOfRange, "rules.requires.1.fraction", "3/2"),
        ),
        ({"quorum": Quorum(Fraction(0))}, (FractionOutOfRange, "rules.quorum.fraction", "0/1")),
        ({"quorum": Quorum(HALF, Relation.AT_MOST)}, (QuorumRelation, "rules.quorum.relation")),
        ({"objections": Objections()}, (BrakeUnclear, "rules.objections")),
        ({"objections": Objections(1, HALF)}, (BrakeUnclear, "rules.objections")),
        ({"objections": Objections(0)}, (NumberOutOfRange, "rules.objections.count", 0)),
        (
            {"objections": Objections(fraction=MORE)},
            (FractionOutOfRange, "rules.objections.fraction", "3/2"),
        ),
        ({"clauses": {"tie": "第9条"}}, (UnknownClause, "rules.clauses.tie")),
    ],
)
def test_a_setting_that_cannot_be(changes: dict[str, Any], fault: tuple[object, ...]) -> None:
    assert found(docket(rules=replace(PLAIN, **changes))) == [fault]


# The assembly


def scheduled(opens_at: datetime, closes_at: datetime) -> Docket:
    asked = docket()
    schedule = Schedule(asked.assembly.schedule.record_date, opens_at, closes_at)
    return replace(asked, assembly=replace(asked.assembly, schedule=schedule))


def test_a_period_has_to_end_after_it_begins() -> None:
    assert found(scheduled(OPENS, OPENS)) == [(ClosesBeforeOpening, "assembly.closes_at")]


def test_instants_need_a_zone_and_no_more_than_milliseconds() -> None:
    finer = CLOSES + timedelta(microseconds=1)

    assert found(scheduled(OPENS.replace(tzinfo=None), finer)) == [
        (InstantUnusable, "assembly.opens_at"),
        (InstantUnusable, "assembly.closes_at"),
    ]


def test_body_assembly_and_motions_have_names() -> None:
    asked = docket(replace(motion(1), title=" "))
    nameless = replace(asked, body=Body("", BodyKind.OTHER), assembly=replace(asked.assembly, title=""))

    assert found(nameless) == [
        (TextMissing, "body.name"),
        (TextMissing, "assembly.title"),
        (TextMissing, "motion.1.title"),
    ]


# Motions


@pytest.mark.parametrize(
    ("motions", "expected"),
    [
        ((motion(1), motion(1)), [(Repeated, "motion", "1")]),
        ((motion(0),), [(NumberOutOfRange, "motion.0.number", 0)]),
        ((motion(1, depends_on=(7,)),), [(UnknownCondition, "motion.1.depends_on", 7)]),
        ((motion(1), motion(2, depends_on=(1, 1))), [(Repeated, "motion.2.depends_on", "1")]),
        ((motion(1, depends_on=(1,)),), [(ConditionsInCircle, "motion", (1,))]),
        (
            (
                motion(1, depends_on=(3,)),
                motion(2),
                motion(3, depends_on=(1, 2)),
                motion(4, depends_on=(3,)),
            ),
            [(ConditionsInCircle, "motion", (1, 3))],
        ),
        ((motion(1, requires=()),), [(NoRequirement, "motion.1.requires")]),
        ((motion(1, objections=Objections()),), [(BrakeUnclear, "motion.1.objections")]),
    ],
)
def test_a_motion_that_cannot_be(motions: tuple[Any, ...], expected: list[tuple[object, ...]]) -> None:
    assert found(docket(*motions)) == expected


def test_something_has_to_be_put_to_the_vote() -> None:
    assert found(replace(docket(), motions=())) == [(NoMotion, "motion")]


def test_all_faults_are_told_at_once() -> None:
    rules = replace(COUNCIL_RULES, clauses={}, requires=())

    assert len(found(docket(motion(1), motion(1), rules=rules, kind=BodyKind.NPO))) == 4


# Elections


def election(**changes: Any) -> Docket:
    fields = {"method": Method.CONFIDENCE, "seats": 2, "candidates": ("甲", "乙")} | changes
    return docket(motion(1, kind=MotionKind.ELECTION, **fields))


def test_a_sound_election_of_each_method() -> None:
    for method in Method:
        assert found(election(method=method)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"method": None}, (ElectionFieldMissing, "motion.1.method")),
        ({"seats": None}, (ElectionFieldMissing, "motion.1.seats")),
        ({"candidates": ()}, (ElectionFieldMissing, "motion.1.candidates")),
        ({"candidates": ("甲", "甲")}, (Repeated, "motion.1.candidates", "甲")),
        ({"candidates": ("甲", "")}, (TextMissing, "motion.1.candidates")),
        ({"seats": 0}, (NumberOutOfRange, "motion.1.seats", 0)),
        ({"method": Method.SLATE, "seats": 1}, (SlateExceedsSeats, "motion.1.candidates", 2, 1)),
    ],
)
def test_an_election_that_cannot_be(changes: dict[str, Any], fault: tuple[object, ...]) -> None:
    assert found(election(**changes)) == [fault]


def test_a_motion_has_no_seats() -> None:
    assert found(docket(motion(1, seats=1))) == [(ElectionFieldUnexpected, "motion.1.seats")]


# The roll


def test_barred_members_are_on_the_roll() -> None:
    asked = docket(motion(2, barred=(member(1), member(9))))

    assert found(asked) == []
    assert found(asked, roll(3)) == [(BarredNotOnRoll, "motion.2.barred", member(9))]


def test_nobody_is_on_the_roll_twice_or_without_a_vote() -> None:
    one, two = roll(2).entries

    assert found(docket(), Roll((one, two, one, replace(two, member_id="M9", votes=0)))) == [
        (NumberOutOfRange, "roll.M9.votes", 0),
        (Repeated, "roll", member(1)),
    ]


# Facts


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (Facts(chair={7: FOR}), "chair.7"),
        (Facts(chair={1: BLANK}), "chair.1"),
        (Facts(chair={1: {"甲": FOR}}), "chair.1"),
        (Facts(chair={2: {"丙": FOR}}), "chair.2"),
        (Facts(chair={3: FOR}), "chair.3"),
        (Facts(ties={1: BLANK}), "ties.1"),
        (Facts(ties={(2, "丙"): FOR}), "ties.2.丙"),
        (Facts(ties={(1, "甲"): FOR}), "ties.1.甲"),
        (Facts(lots={1: ("甲",)}), "lots.1"),
        (Facts(lots={2: ("丙",)}), "lots.2"),
        (Facts(lots={2: ()}), "lots.2"),
        (Facts(left={"M0001": datetime(2024, 10, 1)}), "left.M0001"),  # noqa: DTZ001 - that is the fault
    ],
)
def test_a_fact_that_does_not_fit_the_docket(facts: Facts, where: str) -> None:
    vote = {"kind": MotionKind.ELECTION, "seats": 1, "candidates": ("甲", "乙")}
    asked = docket(
        motion(1), motion(2, method=Method.CONFIDENCE, **vote), motion(3, method=Method.PLURALITY, **vote)
    )

    assert [fault.where for fault in facts_faults(asked, facts)] == [where]


def test_facts_that_fit() -> None:
    vote = {"kind": MotionKind.ELECTION, "seats": 1, "candidates": ("甲", "乙")}
    asked = docket(
        motion(1), motion(2, method=Method.CONFIDENCE, **vote), motion(3, method=Method.PLURALITY, **vote)
    )
    facts = Facts(
        left={member(1): OPENS},
        chair={1: FOR, 2: {"甲": FOR}, 3: {"乙": FOR}},
        ties={1: FOR, 2: FOR, (2, "甲"): FOR},
        lots={2: ("甲",), 3: ("乙", "甲")},
    )

    assert facts_faults(asked, facts) == ()
