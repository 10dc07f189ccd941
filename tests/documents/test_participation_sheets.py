"""Who has answered, as a workbook and a CSV: texts stay texts, totals are those of the list, no choice."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from tests.documents.council import TOKYO
from voting.documents.facts_participation import ParticipationFacts, ParticipationLine
from voting.documents.participation_sheets import HEAD, render_participation_csv, render_participation_xlsx


def line(number: int, name: str, *, at: str = "", **rest: object) -> ParticipationLine:
    received = datetime.fromisoformat(at).replace(tzinfo=TOKYO) if at else None
    return ParticipationLine(
        member_id=f"M{number:04d}",
        name=name,
        votes="1",
        received_at=received,
        channel="fax" if at else "",
        **{"code": "", "prefecture": "", "category": "", "is_deemed": not at} | rest,  # type: ignore[arg-type]
    )


FACTS = ParticipationFacts(
    body="見本協議会",
    title="令和6年度臨時総会",
    period="令和6年9月27日(金)から9月29日(日)まで",
    as_of=datetime(2024, 9, 30, 9, tzinfo=TOKYO),
    is_closed=True,
    days=(date(2024, 9, 27), date(2024, 9, 28), date(2024, 9, 29)),
    lines=(
        line(1, "札幌市", code="011002", prefecture="北海道", category="市町村", at="2024-09-27 00:00:31"),
        line(2, "函館市", code="012025", prefecture="北海道", category="市町村"),
        line(3, "株式会社髙﨑", prefecture="長野県", category="民間", at="2024-09-29 23:59:59"),
        line(4, "無名会", remark="通知の未着"),
    ),
)


def book(facts: ParticipationFacts = FACTS) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_participation_xlsx(facts)))


def rows(sheet: str, facts: ParticipationFacts = FACTS) -> list[tuple[object, ...]]:
    found = list(book(facts)[sheet].iter_rows(min_row=3, values_only=True))
    return [row for row in found if sum(cell is not None for cell in row) > 1]


def test_each_member_has_a_row_and_its_code_keeps_its_zeros():
    first, second, third, fourth = rows("会員別")[1:]

    assert rows("会員別")[0] == HEAD
    assert first[:6] == ("M0001", "011002", "札幌市", "北海道", "市町村", "1")
    assert first[6:] == ("有", "FAX", "2024-09-27 00:00:31", "なし", None)
    assert second[6:] == ("無", None, None, "みなし", None)
    assert third[8] == "2024-09-29 23:59:59"
    assert fourth[10] == "通知の未着"


def test_totals_by_prefecture_category_and_day_add_up_to_the_list():
    assert rows("都道府県別")[1:] == [
        ("北海道", 2, 1, 1, 1, "50.0%"),
        ("長野県", 1, 1, 0, 0, "100.0%"),
        ("(記載なし)", 1, 0, 1, 1, "0.0%"),
        ("計", 4, 2, 2, 2, "50.0%"),
    ]
    assert [row[:3] for row in rows("区分別")[1:]] == [
        ("市町村", 2, 1),
        ("民間", 1, 1),
        ("(記載なし)", 1, 0),
        ("計", 4, 2),
    ]
    assert rows("日別")[1:] == [
        ("令和6年9月27日(金)", 1, 1),
        ("令和6年9月28日(土)", 0, 1),
        ("令和6年9月29日(日)", 1, 2),
        ("計", 2, 2),
    ]


@pytest.mark.parametrize(
    "name", ["=1+1", "+81会", "-甲-", "@乙", "＝HYPERLINK", "\t=1", "https://example.jp"]
)
def test_no_name_becomes_a_formula_or_a_link(name):
    facts = replace(FACTS, lines=(replace(FACTS.lines[0], name=name, prefecture=name, category=name),))

    for sheet in book(facts):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert rows("会員別", facts)[1][2] == name
    assert rows("都道府県別", facts)[1][0] == name


def test_sheets_have_japanese_names_frozen_heads_and_print_with_their_heads():
    assert book().sheetnames == ["会員別", "都道府県別", "区分別", "日別"]
    for sheet in book():
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.print_area
        assert sheet.page_setup.fitToHeight == 0
        assert all(each.width > 6 for each in sheet.column_dimensions.values())


def test_before_the_close_nobody_is_called_deemed():
    facts = replace(FACTS, is_closed=False, lines=tuple(replace(x, is_deemed=None) for x in FACTS.lines))

    assert {row[9] for row in rows("会員別", facts)[1:]} == {None}


def test_the_csv_has_the_same_rows_and_defuses_formulas():
    facts = replace(FACTS, lines=(*FACTS.lines, line(5, "=1+1")))

    found = list(csv.reader(io.StringIO(render_participation_csv(facts).decode("utf-8-sig"), newline="")))

    sheet = [tuple("" if cell is None else cell for cell in row) for row in rows("会員別", facts)]
    assert [tuple(row) for row in found[:5]] == sheet[:5]
    assert found[5][2] == "'=1+1"


def test_the_same_facts_give_the_same_bytes():
    assert render_participation_xlsx(FACTS) == render_participation_xlsx(replace(FACTS))
