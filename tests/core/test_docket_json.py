"""docket.json (ledger L8)."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from tests.core.counting import COUNCIL_RULES, OPENS, PLAIN, asks, docket, motion
from tests.core.invented import World, docket_of, worlds
from voting.core.docket_json import UnreadableDocket, docket_from_json, docket_json, instant_text
from voting.core.errors import Broken
from voting.core.motions import DocumentRef, Method, MotionKind
from voting.core.rules import NonSubmission, Objections, Quorum, Unit

PAPER = DocumentRef("議案書.pdf", "ab" * 32)
RICH = replace(
    docket(
        motion(1, documents=(PAPER,)),
        motion(
            2,
            depends_on=(1,),
            requires=(asks("for", "at_least", "2/3", by=Unit.MEMBERS, category="甲"),),
            non_submission=NonSubmission.NOT_COUNTED,
            barred=("M0002", "M0001"),
            objections=Objections(fraction=Fraction(1, 10)),
        ),
        motion(
            3, kind=MotionKind.ELECTION, method=Method.CONFIDENCE, seats=2, candidates=("長野県", "那須町")
        ),
        rules=replace(COUNCIL_RULES, quorum=Quorum(Fraction(1, 2)), objections=Objections(count=3)),
    ),
    documents=(PAPER,),
)


def test_the_origin_case_written_out() -> None:
    assert docket_json(docket(motion(1))) == {
        "assembly": {
            "closes_at": "2024-10-04T15:00:00.000Z",
            "opens_at": "2024-09-26T15:00:00.000Z",
            "record_date": "2024-09-27",
            "title": "令和6年度臨時総会",
        },
        "body": {"kind": "voluntary", "name": "全国二地域居住等促進協議会"},
        "format": "voting-docket/1",
        "motions": [{"number": 1, "title": "第1号議案", "documents": []}],
        "rules": {
            "non_submission": "for",
            "blank": "for",
            "both_marked": "invalid",
            "duplicates": "last_received",
            "blank_overrides": False,
            "late": "excluded",
            "undelivered": "excluded",
            "quorum": None,
            "requires": [{"count": "for", "relation": "more_than", "fraction": "1/2", "of": "present"}],
            "tie": "rejected",
            "objections": None,
            "abstain": False,
            "clauses": {"deemed": "規約第12条第3項"},
            "preset": "council",
        },
    }


def test_what_a_motion_has_of_its_own_is_written_where_it_has_it() -> None:
    written: Any = docket_json(RICH, {"M0001": "aa", "M0002": "bb"}.__getitem__)

    first, second, third = written["motions"]
    assert first == {
        "number": 1,
        "title": "第1号議案",
        "documents": [{"name": "議案書.pdf", "sha256": "ab" * 32}],
    }
    assert second == {
        "number": 2,
        "title": "第2号議案",
        "documents": [],
        "depends_on": [1],
        "requires": [
            {
                "count": "for",
                "relation": "at_least",
                "fraction": "2/3",
                "of": "present",
                "by": "members",
                "category": "甲",
            }
        ],
        "non_submission": "not_counted",
        "barred": ["bb", "aa"],
        "objections": {"fraction": "1/10"},
    }
    assert third == {
        "number": 3,
        "title": "第3号議案",
        "documents": [],
        "kind": "election",
        "method": "confidence",
        "seats": 2,
        "candidates": ["長野県", "那須町"],
    }


def test_quorum_and_objections_are_objects() -> None:
    rules: Any = docket_json(RICH)["rules"]

    assert rules["quorum"] == {"fraction": "1/2", "relation": "at_least", "by": "votes", "deemed": False}
    assert rules["objections"] == {"count": 3}


def test_what_was_written_reads_back_as_it_was() -> None:
    public = {"M0001": "aa", "M0002": "bb"}
    chaired = replace(RICH, assembly=replace(RICH.assembly, chair="議長"))

    for each in (RICH, chaired, docket(rules=PLAIN)):
        assert docket_from_json(docket_json(each)) == each
        assert docket_from_json(docket_json(each, public.__getitem__), {"aa": "M0001", "bb": "M0002"}) == each


@settings(max_examples=50)
@given(worlds())
def test_every_docket_reads_back_as_it_was(world: World) -> None:
    asked = docket_of(world)

    assert docket_from_json(docket_json(asked)) == asked


def test_a_barred_member_nobody_knows_keeps_a_docket_from_being_read() -> None:
    with pytest.raises(UnreadableDocket) as refused:
        docket_from_json(docket_json(RICH), {"M0001": "M0001"})

    assert refused.value.where == "motions.1.barred.0"


def test_an_instant_without_a_zone_has_no_text() -> None:
    with pytest.raises(Broken):
        instant_text(OPENS.replace(tzinfo=None))
    assert instant_text(OPENS + timedelta(milliseconds=7)) == "2024-09-26T15:00:00.007Z"


def changed(*path: str | int, to: Any = None, drop: bool = False) -> Any:
    value: Any = docket_json(RICH)
    spot = value
    for name in path[:-1]:
        spot = spot[name]
    if drop:
        del spot[path[-1]]
    else:
        spot[path[-1]] = to
    return value


@pytest.mark.parametrize(
    ("path", "to", "where"),
    [
        (("format",), "voting-docket/2", "format"),
        (("extra",), 1, ""),
        (("assembly", "opens_at"), "2024-09-27T00:00:00+09:00", "assembly.opens_at"),
        (("assembly", "opens_at"), "2024-09-26T15:00:00.0Z", ""),
        (("assembly", "record_date"), "20240927", ""),
        (("body", "kind"), "club", "body.kind"),
        (("rules", "blank_overrides"), 0, "rules.blank_overrides"),
        (("rules", "requires"), "majority", "rules.requires"),
        (("rules", "requires", 0, "fraction"), "2/4", ""),
        (("rules", "requires", 0, "fraction"), "0.5", "rules.requires.0.fraction"),
        (("rules", "requires", 0, "by"), "votes", ""),
        (("rules", "requires", 0, "category"), None, ""),
        (("rules", "quorum"), {"fraction": "1/2"}, "rules.quorum"),
        (("rules", "objections"), {"count": True}, "rules.objections.count"),
        (("rules", "clauses"), {"deemed": 3}, "rules.clauses.deemed"),
        (("rules", "clauses"), [], "rules.clauses"),
        (("documents",), [], ""),
        (("motions", 0, "number"), "1", "motions.0.number"),
        (("motions", 0, "depends_on"), [], ""),
        (("motions", 0, "kind"), "motion", ""),
        (("motions", 0, "seats"), None, ""),
        (("motions", 0, "documents"), None, "motions.0.documents"),
    ],
)
def test_anything_else_is_refused_and_the_place_is_named(
    path: tuple[str | int, ...], to: Any, where: str
) -> None:
    with pytest.raises(UnreadableDocket) as refused:
        docket_from_json(changed(*path, to=to))

    assert refused.value.where == where


@pytest.mark.parametrize(
    "path",
    [("rules", "preset"), ("rules", "quorum"), ("body",), ("motions", 0, "documents"), ("assembly", "title")],
)
def test_nothing_that_is_always_written_may_be_missing(path: tuple[str | int, ...]) -> None:
    with pytest.raises(UnreadableDocket):
        docket_from_json(changed(*path, drop=True))


@pytest.mark.parametrize("value", [None, [], "docket", 1])
def test_what_is_no_object_is_no_docket(value: object) -> None:
    with pytest.raises(UnreadableDocket):
        docket_from_json(value)
