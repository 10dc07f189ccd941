"""The headings of a table, wherever they stand and whatever they are called."""

import pytest

from tests.sheets.workbooks import csv_text, workbook, workbook_of
from voting.sheets.errors import EmptySheet
from voting.sheets.headers import (
    ColumnTwice,
    Header,
    NoHeader,
    find_header,
    fold_heading,
    read_table,
    synonyms,
)

HEADS = synonyms(
    {"member_id": "会員番号 会員no.", "name": "団体名", "mail": "メール e-mail", "phone": "電話"}
)
REQUIRED = {"member_id": "会員番号", "name": "団体名"}
ONCE = frozenset({"member_id", "name"})


def header(*rows: tuple[str, ...]) -> Header:
    return find_header(
        enumerate(rows, 1), classify=HEADS.get, required=REQUIRED, once=ONCE, many=frozenset({"mail"})
    )


@pytest.mark.parametrize(
    "written",
    [
        "会員番号",
        "会員\n番号",
        " 会員 番号 ",
        "会員番号※",
        "会員番号(必須)",
        "会員Ｎｏ．",
        "会員No.",
        "会員№.",
    ],
)
def test_a_heading_is_known_without_width_case_spaces_and_marks(written: str) -> None:
    assert HEADS[fold_heading(written)] == "member_id"


def test_titles_blank_rows_and_notes_above_the_headings_are_passed_over() -> None:
    found = header(
        ("会員名簿", ""), ("", ""), ("※黄色は要確認",), ("No.", "会員番号", "団体名"), ("1", "M1", "那須町")
    )

    assert (found.row, found.last_row) == (4, 4)
    assert found.columns == {"member_id": (1,), "name": (2,)}
    assert found.other == ((0, "No."),)


def test_two_rows_of_headings_are_read_together() -> None:
    found = header(
        ("会員番号", "団体名", "連絡先", ""),
        ("", "", "電話", "メール"),
        ("M1", "那須町", "1", "a@example.jp"),
    )

    assert (found.row, found.last_row) == (1, 2)
    assert found.columns == {"member_id": (0,), "name": (1,), "phone": (2,), "mail": (3,)}


def test_a_title_above_the_headings_is_no_first_row_of_them() -> None:
    assert header(("会員名簿", ""), ("会員番号", "団体名")).row == 2


def test_several_columns_of_addresses_are_all_addresses() -> None:
    assert header(("会員番号", "団体名", "メール", "E-mail")).columns["mail"] == (2, 3)


def test_of_two_columns_of_a_lesser_field_the_second_is_kept_as_unknown() -> None:
    found = header(("会員番号", "団体名", "電話", "電話"))

    assert found.columns["phone"] == (2,)
    assert found.other == ((3, "電話"),)


def test_two_columns_for_the_member_number_are_refused() -> None:
    with pytest.raises(ColumnTwice) as refused:
        header(("会員番号", "団体名", "会員No."))

    assert (refused.value.heading, refused.value.row, refused.value.columns) == ("会員番号", 1, ("A", "C"))


def test_a_sheet_without_its_headings_is_refused_with_what_is_missing() -> None:
    with pytest.raises(NoHeader) as refused:
        header(("名簿",), ("会員番号", "電話"), ("M1", "1"))

    assert refused.value.missing == ("団体名",)
    assert refused.value.row == 2


def test_headings_below_the_twentieth_row_are_not_looked_for() -> None:
    above = [("",)] * 19

    assert header(*above, ("会員番号", "団体名")).row == 20
    with pytest.raises(NoHeader):
        header(*above, ("",), ("会員番号", "団体名"))


def test_the_table_is_taken_from_the_first_sheet_that_has_its_headings() -> None:
    data = workbook_of({"説明": [["この名簿について"]], "名簿": [["会員番号", "団体名"], ["M1", "那須町"]]})

    table = read_table(data, "x", classify=HEADS.get, required=REQUIRED, once=ONCE)

    assert table.sheet.title == "名簿"
    assert list(table.body()) == [(2, ("M1", "那須町"))]


def test_a_file_with_nothing_but_empty_sheets_is_empty() -> None:
    with pytest.raises(EmptySheet):
        read_table(workbook_of({"a": []}), "x", classify=HEADS.get, required=REQUIRED, once=ONCE)


def test_merged_cells_count_for_each_of_their_rows_where_that_is_asked_for() -> None:
    heads = synonyms({"member_id": "会員番号", "name": "団体名", "prefecture": "都道府県"})
    data = workbook(
        [
            ["都道府県", "会員番号", "団体名"],
            ["栃木県", "M1", "那須町"],
            ["", "M2", "日光市"],
            ["", "M3", "?"],
        ],
        merged=("A2:A3",),
    )

    table = read_table(data, "x", classify=heads.get, required=REQUIRED, once=ONCE)

    assert [cells[0] for _row, cells in table.body(fill=("prefecture",))] == ["栃木県", "栃木県", ""]
    assert [cells[0] for _row, cells in table.body()] == ["栃木県", "", ""]


def test_a_heading_says_its_own_name() -> None:
    found = header(("会員\n番号", "団体名"))

    assert found.heading("member_id") == "会員番号"
    assert found.heading("phone") == "phone"
    assert found.column("phone") is None


def test_a_csv_file_has_a_table_too() -> None:
    table = read_table(
        csv_text("会員番号,団体名", "M1,那須町"), "x", classify=HEADS.get, required=REQUIRED, once=ONCE
    )

    assert list(table.body(fill=("name",))) == [(2, ("M1", "那須町"))]
