"""A member typed into a form meets the rules of a sheet's row; unknown sheets are shown from their top."""

import pytest

from tests.sheets.workbooks import csv_text, workbook_of
from voting.sheets.errors import EmptySheet
from voting.sheets.roll_form import LABELS, read_form, top_of
from voting.sheets.roll_sheet import read_roll

TOWN = {"member_id": "M1", "name": "那須町", "code": "094072", "addresses": "a@example.jp\nb@example.jp"}


def test_a_form_and_a_row_of_a_sheet_make_the_same_member() -> None:
    row = {**TOWN, "votes": "1.5", "joined": "R6.4.1", "note": "備考"}
    cells = ['"' + row.get(field, "") + '"' for field in LABELS]

    typed, wrong = read_form(row)

    assert wrong == {}
    assert read_roll(csv_text(",".join(LABELS.values()), ",".join(cells)), "a.csv").members == (typed,)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"member_id": ""}, "member_id"),
        ({"name": " "}, "name"),
        ({"name": "飛?市"}, "name"),
        ({"code": "94072"}, "code"),
        ({"addresses": "a@example"}, "addresses"),
        ({"votes": "0"}, "votes"),
        ({"joined": "令和0年"}, "joined"),
        ({"joined": "2024/4/1", "left": "2024/3/31"}, "left"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(typed: dict[str, str], field: str) -> None:
    assert list(read_form(TOWN | typed)[1]) == [field]


def test_the_top_of_a_sheet_shows_its_rows_and_guesses_its_headings() -> None:
    data = workbook_of(
        {"表紙": [["令和8年度"]], "名簿": [["会"], ["会員番号", "なまえ", "電話"], ["M1", "町", "1"]]}
    )

    top = top_of(data, "a.xlsx", "名簿")

    assert (top.title, top.titles) == ("名簿", ("表紙", "名簿"))
    assert top.rows[1] == (2, ("会員番号", "なまえ", "電話"))
    assert top.likely_row() == 2
    assert top.guessed(2) == {0: "member_id", 2: "phone"}


def test_a_sheet_that_is_not_there_gives_way_to_the_first() -> None:
    assert top_of(workbook_of({"a": [["x"]], "b": [["y"]]}), "a.xlsx", "c").title == "a"


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(EmptySheet):
        top_of(workbook_of({"a": []}), "a.xlsx")
