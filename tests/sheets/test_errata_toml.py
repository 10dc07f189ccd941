"""ERRATA.toml: every row is bound to a paper that members have, and everything wrong is told at once."""

from dataclasses import replace
from datetime import date

import pytest

from tests.documents.council import docket
from voting.core.docket import Docket
from voting.core.motions import DocumentRef, Motion
from voting.sheets.errata_toml import ErrataFaults, read_errata

ONE, TWO, THREE = (DocumentRef(f"gian{place}.pdf", f"{place}" * 64) for place in (1, 2, 3))
WHOLE = DocumentRef("shiryo.pdf", "f" * 64)
ROW = '[[row]]\nmotion = 1\nplace = "3ページ"\nwrong = "4月"\nright = "5月"\n'


def asked() -> Docket:
    motions = (Motion(1, "甲", documents=(ONE,)), Motion(2, "乙", documents=(TWO, THREE)), Motion(3, "丙"))
    return replace(docket(*motions), documents=(WHOLE,))


def faults(source: str) -> list[tuple[str, str]]:
    with pytest.raises(ErrataFaults) as refused:
        read_errata(source, asked())
    assert all(refused.value.lines)
    return [(each.place, each.code) for each in refused.value.faults]


def test_a_row_is_bound_to_the_only_paper_of_its_motion():
    found = read_errata(ROW, asked())

    assert [(each.motion, each.document, each.place) for each in found.rows] == [(1, ONE, "3ページ")]
    assert (found.number, found.dated, found.reason) == ("", None, "")


def test_where_a_motion_has_two_papers_one_is_named():
    named = ROW.replace("motion = 1", 'motion = 2\ndocument = "gian3.pdf"')

    assert read_errata(named, asked()).rows[0].document == THREE
    assert faults(ROW.replace("motion = 1", "motion = 2")) == [("row.1.document", "erratum-no-document")]


def test_a_paper_of_no_one_motion_has_errata_as_well():
    assert read_errata(ROW.replace("motion = 1\n", ""), asked()).rows[0].document == WHOLE


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", [("row", "text-missing")]),
        ("row = 1", [("row", "toml-no-list"), ("row", "text-missing")]),
        ("[[row", [("", "toml-syntax")]),
        (
            ROW.replace("motion = 1", "motion = 9"),
            [("row.1.motion", "unknown-condition"), ("row.1.document", "erratum-no-document")],
        ),
        (ROW.replace("motion = 1", "motion = 3"), [("row.1.document", "erratum-no-document")]),
        (
            ROW.replace("motion = 1", 'motion = 1\ndocument = "x.pdf"'),
            [("row.1.document", "erratum-no-document")],
        ),
        (ROW.replace("5月", "4月"), [("row.1.right", "erratum-alike")]),
        (ROW.replace('place = "3ページ"\n', ""), [("row.1.place", "toml-missing")]),
        (ROW.replace('"3ページ"', '" "'), [("row.1.place", "text-missing")]),
        (
            ROW + ROW.replace("right", "rihgt"),
            [("row.2.right", "toml-missing"), ("row.2.rihgt", "toml-unknown-key")],
        ),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(source, found):
    assert faults(source) == found


def test_a_second_list_has_its_own_number_and_date():
    found = read_errata('number = "見協第44号"\ndate = 2024-10-01\nreason = "転記の誤り"\n' + ROW, asked())

    assert (found.number, found.dated, found.reason) == ("見協第44号", date(2024, 10, 1), "転記の誤り")
