"""A written ASSEMBLY.toml reads back to the same docket, whatever is in it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.world import COUNCIL, jst
from voting.core.assembly import Assembly, Body, Schedule
from voting.core.docket import Docket
from voting.core.motions import DocumentRef, Method, Motion, MotionKind
from voting.core.rules import (
    NAMED_REQUIREMENTS,
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
    Unit,
)
from voting.sheets.assembly_toml import read_assembly
from voting.sheets.assembly_toml_writing import write_assembly

SCHEDULE = Schedule(date(2026, 6, 1), jst("2026-06-01 00:00"), jst("2026-06-11 17:30"))
PLAIN = Docket(
    Body("架空協議会", BodyKind.VOLUNTARY), Assembly("令和8年度総会", SCHEDULE), Rules(), (Motion(1, "予算"),)
)
TESTS = (
    Threshold(Counted.FOR, Relation.AT_LEAST, Fraction(2, 3), Base.YES_NO, category="P"),
    Threshold(Counted.AGAINST, Relation.AT_MOST, Fraction(1, 4), Base.VALID, Unit.MEMBERS),
)
EVERYTHING = Rules(
    non_submission=NonSubmission.ABSTAIN,
    blank=Blank.AGAINST,
    both_marked=BothMarked.AS_BLANK,
    duplicates=Duplicates.PAPER,
    blank_overrides=True,
    late=OutOfBase.NOT_SUBMITTED,
    undelivered=OutOfBase.NOT_SUBMITTED,
    quorum=Quorum(Fraction(3, 7), Relation.MORE_THAN, Unit.MEMBERS, deemed=True),
    requires=TESTS,
    objections=Objections(count=3),
    abstain=False,
    clauses={"deemed": '規約第12条"第3項"\\', "written": "第1条"},
)


@pytest.mark.parametrize(
    "docket",
    [
        PLAIN,
        replace(PLAIN, rules=COUNCIL),
        replace(PLAIN, rules=EVERYTHING),
        replace(PLAIN, rules=replace(EVERYTHING, objections=Objections(fraction=Fraction(1, 3)))),
        replace(PLAIN, rules=replace(COUNCIL, quorum=None, requires=NAMED_REQUIREMENTS["unanimous"])),
        replace(PLAIN, assembly=replace(PLAIN.assembly, chair="会長 髙﨑\u007f 一郎\t#")),
        replace(
            PLAIN,
            rules=EVERYTHING,
            motions=(
                Motion(1, 'a "quoted" \\ title\nwith 二 lines', barred=("M1", "M 2")),
                Motion(4, "四", depends_on=(1,), requires=TESTS, non_submission=NonSubmission.NOT_COUNTED),
                Motion(5, "五", objections=Objections(fraction=Fraction(1, 5))),
                Motion(
                    6,
                    "選挙",
                    MotionKind.ELECTION,
                    method=Method.PLURALITY,
                    seats=2,
                    candidates=("田辺市", "那須町"),
                ),
            ),
        ),
    ],
)
def test_it_reads_back(docket: Docket) -> None:
    assert read_assembly(write_assembly(docket)).docket == docket


def test_documents_are_named_in_a_comment_alone() -> None:
    paper = DocumentRef('a"\n[rules]\nlate = "x".pdf', "0" * 64)

    written = write_assembly(replace(PLAIN, motions=(replace(PLAIN.motions[0], documents=(paper,)),)))

    assert read_assembly(written).docket == PLAIN
    assert f"sha256 {'0' * 64}" in written
