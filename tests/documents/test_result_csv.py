"""The CSV that anybody can add up in a spreadsheet."""

import csv
import io

import pytest

from tests.documents import council
from tests.documents.council import counted, docket, facts, facts_with_elections, result
from voting.core.motions import Motion
from voting.core.result import MotionResult, Numbers, Parts
from voting.documents.result_csv import HEAD, defuse, render_csv
from voting.documents.result_tables import SumsDisagree


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_it_opens_in_excel_with_its_letters_and_its_lines():
    data = render_csv(facts())

    assert data.startswith(b"\xef\xbb\xbf" + HEAD[0].encode())
    assert data.count(b"\r\n") == data.count(b"\n") > 50


def test_the_roll_and_what_was_returned_come_first():
    first, second, third = rows(render_csv(facts()))[:3]

    assert (first["区分"], first["票数"], first["会員数"]) == ("会員総数", "681", "681")
    assert (second["区分"], second["会員数"]) == ("提出", "413")
    assert (third["内訳"], third["会員数"]) == ("Web", "368")


def test_the_lines_of_a_motion_without_its_sum_add_up_to_the_roll():
    lines = [row for row in rows(render_csv(facts())) if row["議案番号"] == "2"]

    parts = [row for row in lines if row["区分"] != "計"]
    assert sum(int(row["票数"]) for row in parts) == 681
    assert sum(int(row["会員数"]) for row in parts) == 681
    assert [row["票数"] for row in lines if row["区分"] == "計"] == ["681"]


def test_deemed_votes_have_a_line_of_their_own():
    deemed = [
        row
        for row in rows(render_csv(facts()))
        if row["内訳"] == "未提出によるみなし" and row["区分"] == "賛成"
    ]

    assert [row["票数"] for row in deemed] == ["268", "268", "268"]


def test_elections_have_lines_by_candidate():
    lines = rows(render_csv(facts_with_elections()))

    assert {row["候補者"] for row in lines if row["議案番号"] == "4"} == {"田辺市", "那須町"}
    won = [row for row in lines if row["議案番号"] == "5" and row["結果"] == "当選"]
    assert [(row["候補者"], row["票数"]) for row in won] == [("葛\U000e0100城市", "240")]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+81", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝１", "＋１", "－１", "＠Ａ", "\u22121"]
)
def test_a_cell_that_could_be_a_formula_is_defused(cell):
    assert defuse(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "680", "株式会社=1+1", "第1号議案", "'既に"])
def test_any_other_cell_stays_as_it_is(cell):
    assert defuse(cell) == cell


def test_a_motion_titled_like_a_formula_is_text_in_the_file():
    motion = Motion(1, "=HYPERLINK(1)")
    given = facts(docket=docket(motion), result=result(MotionResult(1, motion.title, counted(council.SEED))))

    assert {row["議案名"] for row in rows(render_csv(given)) if row["議案番号"]} == {"'=HYPERLINK(1)"}


def test_a_title_with_a_line_break_and_quotes_stays_one_cell():
    motion = Motion(1, '予算"案"\nについて,他')
    given = facts(docket=docket(motion), result=result(MotionResult(1, motion.title, counted(council.SEED))))

    assert {row["議案名"] for row in rows(render_csv(given)) if row["議案番号"]} == {motion.title}


def test_numbers_that_do_not_add_up_are_never_written():
    short = Numbers(in_favour=Parts(expressed=1))

    with pytest.raises(SumsDisagree):
        render_csv(
            facts(docket=docket(council.MOTIONS[0]), result=result(MotionResult(1, "案", counted(short))))
        )
