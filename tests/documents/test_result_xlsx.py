"""The workbook of a result, read back as a spreadsheet program would."""

import io
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from tests.core import counting
from tests.core.counting import AGAINST, FOR, ballots, in_category
from tests.documents import council
from tests.documents.council import counted, docket, facts, facts_with_elections, result
from voting.core.ballots import NO_FACTS
from voting.core.members import Roll
from voting.core.motions import Method, Motion, MotionKind
from voting.core.result import MotionResult, Numbers, Parts
from voting.core.tally import count
from voting.core.votes import ONE_VOTE
from voting.documents.facts import CategoryFacts, ResultFacts
from voting.documents.result_tables import SumsDisagree
from voting.documents.result_xlsx import render_xlsx
from voting.services.outcome.counting_facts import result_facts
from voting.wording import rule_sentences


def book(given: ResultFacts) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(given)))


def table(given: ResultFacts, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by their headings, which stand in the third row; lines below are left out."""
    rows = list(book(given)[name].iter_rows(min_row=3, values_only=True))
    heads = [f"{head}*" if head in rows[0][:at] else str(head) for at, head in enumerate(rows[0])]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:] if row[1] is not None]


def weighted() -> ResultFacts:
    """Votes that are whole, votes that are not, and two categories."""
    eligible = Roll(
        (
            *in_category("甲", counting.roll(2, votes={1: 3})),
            *(replace(each, votes=1_250_000) for each in in_category("乙", counting.roll(2, first=3))),
        )
    )
    asked = counting.docket()
    named = [
        CategoryFacts(name=n, roll_members=2, roll_votes=0, returned_members=0, returned_votes=0)
        for n in "甲乙"
    ]
    return ResultFacts(
        docket=asked,
        result=count(asked, eligible, ballots((1, FOR), (1, AGAINST), (1, FOR))),
        categories=tuple(named),
    )


def test_it_has_a_sheet_for_the_outcome_the_parts_and_the_rules() -> None:
    assert book(facts()).sheetnames == ["結果", "内訳", "規則"]


def test_each_way_of_electing_has_its_sheet() -> None:
    assert book(facts_with_elections()).sheetnames == ["結果", "内訳", "選挙(信任)", "選挙(得票)", "規則"]


def test_the_first_sheet_shows_each_motion_with_its_deemed_votes_told_apart() -> None:
    first = table(facts(), "結果")[0]

    assert (first["議案"], first["議案名"]) == ("第1号議案", council.MOTIONS[0].title)
    assert (first["賛成 計"], first["賛成 うち提出"], first["賛成 うち未提出みなし"]) == (680, 412, 268)
    assert (first["反対"], first["計"], first["結果"]) == (1, 681, "可決")
    assert first["議決要件"] == "出席会員(みなしを含む。)の過半数(341票以上)"


@pytest.mark.parametrize(
    "given", [facts(), facts_with_elections(), weighted()], ids=["council", "elections", "votes"]
)
def test_the_parts_add_up_in_votes_and_in_members(given: ResultFacts) -> None:
    blocks: dict[tuple[object, object], list[dict[str, object]]] = {}
    for row in table(given, "内訳"):
        blocks.setdefault((row["議案"], row["単位"]), []).append(row)

    assert len(blocks) >= 2
    for rows in blocks.values():
        *classes, last = rows
        assert last["区分"] == "計"
        assert sum(exact(row["計"]) for row in classes) == exact(last["計"])
        for row in classes[:3]:
            assert sum(exact(row[source]) for source in ("提出", "委任", "無記入", "未提出")) == exact(
                row["計"]
            )


def exact(cell: object) -> int:
    """Votes in millionths, whether they stand as a number or as text."""
    whole, _, rest = str(cell).partition(".")
    return int(whole) * ONE_VOTE + int(rest.ljust(6, "0") or 0)


def test_whole_votes_are_numbers_and_parts_of_votes_are_exact_text() -> None:
    row = table(weighted(), "結果")[0]

    assert (row["賛成 計"], row["反対"], row["計"]) == ("5.5", 1, "6.5")
    members = [each for each in table(weighted(), "内訳") if each["単位"] == "会員"]
    assert [each["計"] for each in members if each["区分"] in ("賛成", "計")] == [3, 4]


def test_votes_beyond_the_digits_of_a_spreadsheet_are_text() -> None:
    asked = counting.docket()
    roll = counting.roll(1, votes={1: 10**15})
    big = ResultFacts(docket=asked, result=count(asked, roll, ballots((1, FOR))))

    assert table(big, "結果")[0]["計"] == "1000000000000000"


def test_the_categories_have_their_sheet() -> None:
    rows = table(weighted(), "区分別")

    assert [(row["区分"], row["賛成 計"], row["反対"], row["会員数"]) for row in rows] == [
        ("乙", "2.5", 0, 2),
        ("甲", 3, 1, 2),
    ]


def test_candidates_by_confidence_have_the_numbers_of_a_motion() -> None:
    first, second = table(facts_with_elections(), "選挙(信任)")

    assert (first["候補者"], first["信任 計"], first["不信任"], first["当選"]) == ("田辺市", 680, 1, "当選")
    assert (second["候補者"], second["可否"], second["当選"]) == ("那須町", "不信任", None)


def test_candidates_by_most_votes_are_closed_by_what_was_returned() -> None:
    rows = table(facts_with_elections(), "選挙(得票)")

    assert [(row["候補者"], row["票数"], row["当選"]) for row in rows] == [
        ("𠮷野町", 150, None),
        ("葛\U000e0100城市", 240, "当選"),
        ("株式会社髙﨑設計", 15, None),
        ("(白票)", 5, None),
        ("(無効)", 3, None),
        ("(提出)", 413, None),
    ]


def test_a_slate_names_who_was_elected_together() -> None:
    vote = {"kind": MotionKind.ELECTION, "method": Method.SLATE, "seats": 2, "candidates": ("甲", "乙")}
    asked = counting.docket(counting.motion(1, **vote))
    slate = ResultFacts(docket=asked, result=count(asked, counting.roll(3), ballots((2, FOR))))

    assert [(row["候補者"], row["当選"]) for row in table(slate, "選挙(一括)")] == [
        ("甲", "当選"),
        ("乙", "当選"),
    ]
    assert table(slate, "結果")[0]["賛成 計"] == 3


def test_the_rules_stand_in_the_sentences_of_the_notice() -> None:
    rows = table(facts(), "規則")

    said = tuple(row["内容"] for row in rows if row["項目"] == "取扱い")
    assert said == rule_sentences(docket())
    assert {"項目": "根拠 未提出の取扱い", "内容": "規約第12条第3項"} in rows


def cells(given: ResultFacts) -> Iterator[object]:
    for sheet in book(given):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


@pytest.mark.parametrize(
    "title", ["=1+1", "=HYPERLINK(1)", "+81", "@SUM(A1)", "http://example.jp/", "00123", "{=1}"]
)
def test_no_cell_is_ever_a_formula_a_link_or_another_number(title: str) -> None:
    motion = Motion(1, title)
    given = facts(docket=docket(motion), result=result(MotionResult(1, title, counted(council.SEED))))

    found = list(cells(given))
    assert {cell.data_type for cell in found} == {"s", "n"}  # type: ignore[attr-defined]
    assert title in [cell.value for cell in found]  # type: ignore[attr-defined]
    assert not any(cell.hyperlink for cell in found)  # type: ignore[attr-defined]


def test_a_title_longer_than_a_cell_is_cut_and_says_so() -> None:
    long = "長" * 40_000
    given = facts(docket=docket(Motion(1, long)), result=result(MotionResult(1, long, counted(council.SEED))))

    title = str(table(given, "結果")[0]["議案名"])
    assert len(title) == 32_767
    assert title.endswith("省略)")


def test_every_sheet_can_be_read_and_printed() -> None:
    for sheet in book(facts_with_elections()):
        assert sheet.freeze_panes[1:] == "4"
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        wide = 8 if sheet.title in ("結果", "選挙(信任)") else 9
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", wide)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert all(sheet.column_dimensions[letter].width >= 7 for letter in "AB")


def test_the_same_facts_give_the_same_bytes() -> None:
    assert render_xlsx(facts_with_elections()) == render_xlsx(facts_with_elections())


def test_numbers_that_do_not_add_up_are_never_written() -> None:
    short = Numbers(in_favour=Parts(expressed=1))

    with pytest.raises(SumsDisagree):
        render_xlsx(
            facts(docket=docket(council.MOTIONS[0]), result=result(MotionResult(1, "案", counted(short))))
        )


def test_the_ways_of_submission_have_a_sheet_that_adds_up_to_each_question() -> None:
    asked, roll = counting.docket(), counting.roll(4)
    sent = tuple(ballots((1, FOR), (2, AGAINST)))
    given = result_facts(asked, roll, sent, NO_FACTS, result=count(asked, roll, sent), content=b"{}")

    rows = table(given, "提出方法別")

    assert [row["提出方法"] for row in rows] == ["提出なし", "Web", "計"]
    *ways, whole = rows
    for head in ("賛成 計", "反対", "除外", "会員数"):
        assert sum(int(str(row[head])) for row in ways) == whole[head]
    assert whole["会員数"] == 4
