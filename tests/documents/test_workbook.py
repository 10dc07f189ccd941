"""Workbooks as two independent readers find them, and as they would be printed."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from tests.documents.council import facts, facts_with_elections
from tests.documents.test_participation_sheets import FACTS, line
from tests.documents.test_result_xlsx import weighted
from voting.documents.participation_sheets import render_participation_xlsx
from voting.documents.result_sheet import Figure, Sheet, Votes
from voting.documents.result_xlsx import render_xlsx
from voting.documents.workbook import render_workbook
from voting.documents.workbook_layout import line_count, row_height, text_width

DANGEROUS = ("=1+1", "@SUM(A1)", "+81", "-1", "{=1}", '=HYPERLINK("http://example.jp")', "http://example.jp/")

BOOKS: dict[str, Callable[[], bytes]] = {
    "result": lambda: render_xlsx(facts()),
    "elections": lambda: render_xlsx(facts_with_elections()),
    "votes": lambda: render_xlsx(weighted()),
    "participation": lambda: render_participation_xlsx(
        replace(
            FACTS,
            lines=(
                *FACTS.lines,
                *(line(100 + at, name, remark=name) for at, name in enumerate(DANGEROUS)),
                line(200, "架空" * 40, code="000012"),
            ),
        )
    ),
}


def sheet(
    *, columns: tuple[tuple[str, int], ...], rows: tuple[tuple[object, ...], ...], **rest: object
) -> bytes:
    shape = {"name": "表", "title": "題", "unit": "単位: 票"} | rest
    made = Sheet(columns=columns, rows=rows, **shape)  # type: ignore[arg-type]
    return render_workbook([made], title="題", author="架空協議会", made=FACTS.as_of)


def page(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert isinstance(found, openpyxl.worksheet.worksheet.Worksheet)
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_two_readers_find_the_same_sheets_and_cells(name):
    content = BOOKS[name]()

    first = CalamineWorkbook.from_filelike(io.BytesIO(content))
    second = openpyxl.load_workbook(io.BytesIO(content))

    assert first.sheet_names == second.sheetnames
    for sheet_name in first.sheet_names:
        one = [tuple(row) for row in first.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)]
        other = [tuple("" if cell is None else cell for cell in row) for row in second[sheet_name].values]
        assert one == other[: len(one)]
        assert all(cell == "" for row in other[len(one) :] for cell in row)


@pytest.mark.parametrize("name", BOOKS)
def test_no_cell_of_any_workbook_is_a_formula_or_a_link(name):
    content = BOOKS[name]()

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {each: packed.read(each) for each in packed.namelist()}

    pages = [part for each, part in parts.items() if each.startswith("xl/worksheets/sheet")]
    assert pages
    for part in pages:
        assert not re.search(rb"<f[ >/]|<hyperlink|<oleObject", part)
    assert not any("externalLink" in each or "vba" in each for each in parts)


def test_codes_keep_their_zeros_and_dangerous_names_stay_text():
    book = CalamineWorkbook.from_filelike(io.BytesIO(BOOKS["participation"]()))

    rows = book.get_sheet_by_name("会員別").to_python()

    assert [row[1] for row in rows if row[0] in ("M0001", "M0200")] == ["011002", "000012"]
    assert [row[2] for row in rows if str(row[0]).startswith("M01")] == list(DANGEROUS)


@pytest.mark.parametrize("name", BOOKS)
def test_every_sheet_is_printed_whole_with_its_heads_on_each_page(name):
    book = openpyxl.load_workbook(io.BytesIO(BOOKS[name]()))

    for each in book.worksheets:
        last = get_column_letter(each.max_column)
        assert each.print_area == f"'{each.title}'!$A$1:${last}${each.max_row}"
        assert each.print_title_rows == "$3:$3"
        assert each.freeze_panes and each.freeze_panes.endswith("4")
        # One page wide, which is what is meant where nothing is said, and as many high as it takes.
        assert (each.page_setup.fitToWidth, each.page_setup.fitToHeight) == (None, 0)
        assert each.sheet_properties.pageSetUpPr.fitToPage
        assert len(each.title) <= 31 and not re.search(r"[\[\]:*?/\\]", each.title)
        assert not book.defined_names


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_printed_smaller_than_can_be_read(name):
    book = openpyxl.load_workbook(io.BytesIO(BOOKS[name]()))

    for each in book.worksheets:
        columns = each.column_dimensions.values()
        width = sum(column.width * (column.max - column.min + 1) for column in columns)
        across = {9: 150, 8: 213}[each.page_setup.paperSize]
        assert 10 * min(1, across / width) >= 7.5


def test_a_text_of_several_lines_has_the_room_it_needs():
    name = "架空" * 40
    found = page(sheet(columns=(("名称", 36), ("数", 8)), rows=(("短い", 1), (name, 2))))

    assert found.row_dimensions[4].height is None
    assert found.row_dimensions[5].height == line_count(name, 36) * 16.5
    assert line_count(name, 36) == 5


def test_lines_longer_than_the_table_go_on_below_over_all_of_it():
    note = "長い注記です。" * 20
    found = page(sheet(columns=(("日", 24), ("回答", 10)), rows=(("計", 1),), unit=note, below=(note,)))

    assert {str(each) for each in found.merged_cells.ranges} == {"A2:B2", "A6:B6"}
    assert (found["A2"].value, found["A6"].value) == (note, note)
    assert found["A2"].alignment.wrap_text
    assert found.row_dimensions[2].height == row_height([(note, 34)])


def test_a_number_is_never_wider_than_its_column():
    rows = (("甲", Votes(123_456_789_012_345 * 10**6), 7), ("乙", Votes(1), Figure("66.6%")))
    found = page(sheet(columns=(("名", 8), ("票", 8), ("会員", 8)), rows=rows))

    assert found["B4"].value == 123_456_789_012_345
    assert found.column_dimensions["B"].width >= len("123,456,789,012,345") + 2
    assert found["B5"].value == "0.000001"
    assert [found[cell].alignment.horizontal for cell in ("A4", "B4", "B5", "C4", "C5")] == [
        None,
        "right",
        "right",
        "right",
        "right",
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("架空", 4), ("ﾊﾝｶｸ", 4), ("葛\U000e0100", 2), ("か\u3099", 2), ("𠮷", 2), ("", 0)],
)
def test_width_is_counted_in_half_width_characters(text, width):
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 8, 1),
        ("架空架空", 8, 2),
        ("架空架", 8, 1),
        ("架空\n架空", 8, 2),
        ("a" * 30, 10, 4),
        ("one two three", 8, 2),
        ("架空" * 40, 10_000, 1),
    ],
)
def test_lines_are_counted_as_a_cell_would_break_them(text, width, expected):
    assert line_count(text, width) == expected


def test_a_row_is_no_higher_than_a_spreadsheet_allows():
    assert row_height([("架空" * 5000, 10)]) == 409
