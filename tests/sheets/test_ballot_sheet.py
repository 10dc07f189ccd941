"""Ballots from a spreadsheet: count-interface.md, BALLOTS."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.sheets.workbooks import csv_text, workbook
from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import Channel, Mark, Submission
from voting.core.docket import Docket
from voting.core.japanese_dates import JST
from voting.core.motions import Method, Motion, MotionKind
from voting.core.rules import BodyKind, Rules
from voting.sheets.ballot_sheet import BallotSheet, Opinion, read_ballots
from voting.sheets.finding_wording import finding_text
from voting.sheets.headers import ColumnTwice, NoHeader

DATA = Path(__file__).parent.parent / "data"
NOON = datetime(2024, 10, 2, 12, tzinfo=JST)


def docket(*motions: Motion) -> Docket:
    schedule = Schedule(
        date(2024, 9, 27), datetime(2024, 9, 27, tzinfo=JST), datetime(2024, 10, 5, tzinfo=JST)
    )
    return Docket(
        Body("協議会", BodyKind.VOLUNTARY),
        Assembly("臨時総会", schedule),
        Rules(),
        motions or (Motion(1, "件名"),),
    )


def election(method: Method, *candidates: str) -> Motion:
    return Motion(3, "選出", MotionKind.ELECTION, method=method, seats=1, candidates=candidates)


ONE = docket()


def ballots(*rows: str, head: str = "会員番号,第1号議案,受付日時", of: Docket = ONE) -> BallotSheet:
    return read_ballots(csv_text(head, *rows), "ballots.csv", of)


def codes(sheet: BallotSheet) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in sheet.findings]


def test_the_ballots_of_the_origin_case_are_read_without_a_finding() -> None:
    path = DATA / "council-2024" / "ballots.csv"
    three = docket(Motion(1, "一"), Motion(2, "二"), Motion(3, "三"))

    sheet = read_ballots(path.read_bytes(), path.name, three)

    assert sheet.is_sound
    assert sheet.findings == ()
    assert len(sheet.submissions) == 413
    assert sheet.submissions[0] == Submission(
        member_id="M0434",
        choices={1: Mark.FOR, 2: Mark.FOR, 3: Mark.FOR},
        received_at=datetime(2024, 9, 27, 9, 16, 35, tzinfo=JST),
        channel=Channel.WEB,
        order=2,
    )
    assert sum(each.choices[1] is Mark.AGAINST for each in sheet.submissions) == 1


@pytest.mark.parametrize(
    "heading",
    [
        "第1号議案",
        "第１号議案",
        "議案1",
        "議案第1号",
        "第1議案",
        "motion 1",
        "Motion1",
        "1",
        "第1号議案 件名",
    ],
)
def test_the_column_of_a_motion_may_be_called_in_many_ways(heading: str) -> None:
    sheet = ballots("M1,賛成,2024/10/2 12:00", head=f"会員番号,{heading},受付日時")

    assert sheet.submissions == (Submission("M1", {1: Mark.FOR}, NOON, Channel.PAPER, order=2),)


def test_the_columns_may_stand_in_any_order_below_a_title() -> None:
    data = csv_text("書面表決 受付簿,,,", "", "受付日時,意見,第1号議案,会員番号", "2024/10/2 12:00,,反対,M1")

    sheet = read_ballots(data, "x", ONE)

    assert sheet.submissions == (Submission("M1", {1: Mark.AGAINST}, NOON, Channel.PAPER, order=4),)


def test_several_rows_of_one_member_are_its_several_submissions() -> None:
    sheet = ballots("M1,賛成,2024/10/2 12:00", "M1,反対,2024/10/1 12:00")

    assert [(each.member_id, each.order) for each in sheet.submissions] == [("M1", 2), ("M1", 3)]


def test_channel_defect_and_opinion_are_read() -> None:
    sheet = ballots(
        "M1,賛成,2024/10/2 12:00,fax,記名なし,",
        "Ｍ２,,2024/10/2 12:00,,,賛成ですが要望があります",
        head="会員番号,第1号議案,受付日時,方法,不備,意見",
    )

    first, second = sheet.submissions
    assert (first.channel, first.defect) == (Channel.FAX, "記名なし")
    assert (second.channel, second.defect, second.choices) == (Channel.PAPER, None, {1: Mark.BLANK})
    assert sheet.opinions == (Opinion("M2", "賛成ですが要望があります", 3),)


def test_marks_beside_a_proxy_are_ignored() -> None:
    sheet = ballots("M1,何か,2024/10/2 12:00,委任", head="会員番号,第1号議案,受付日時,委任")

    assert sheet.is_sound
    assert sheet.submissions == (Submission("M1", {}, NOON, Channel.PAPER, order=2, proxy=True),)


def test_by_confidence_each_candidate_has_a_mark() -> None:
    sheet = ballots(
        "M1,信任,不信任,2024/10/2 12:00",
        "M2,,,2024/10/2 12:00",
        head="会員番号,第3号議案：長野県,第3号議案:那須町,受付日時",
        of=docket(election(Method.CONFIDENCE, "長野県", "那須町")),
    )

    assert sheet.submissions[0].choices == {3: {"長野県": Mark.FOR, "那須町": Mark.AGAINST}}
    assert sheet.submissions[1].choices == {3: {"長野県": Mark.BLANK, "那須町": Mark.BLANK}}


def test_by_plurality_a_ballot_holds_the_chosen_names() -> None:
    sheet = ballots(
        "M1,○,,2024/10/2 12:00",
        "M2,○,〇,2024/10/2 12:00",
        "M3,,,2024/10/2 12:00",
        "M4,×,,2024/10/2 12:00",
        head="会員番号,議案3:甲,議案3:乙,受付日時",
        of=docket(election(Method.PLURALITY, "甲", "乙")),
    )

    assert [each.choices[3] for each in sheet.submissions] == [("甲",), ("甲", "乙"), ()]
    assert codes(sheet) == [(5, "choice-unknown")]


def test_a_slate_has_one_column() -> None:
    sheet = ballots(
        "M1,信任,2024/10/2 12:00",
        head="会員番号,第3号議案,受付日時",
        of=docket(election(Method.SLATE, "甲", "乙")),
    )

    assert sheet.submissions[0].choices == {3: Mark.FOR}


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("会員番号,受付日時", ["第1号議案"]),
        ("会員番号,第1号議案", ["受付日時"]),
        ("会員番号", ["第1号議案", "受付日時"]),
    ],
)
def test_a_missing_column_is_an_error_at_the_headings(head: str, columns: list[str]) -> None:
    sheet = ballots(head=head)

    assert [(each.row, each.code, each.facts["column"]) for each in sheet.findings] == [
        (1, "column-missing", column) for column in columns
    ]
    assert not sheet.is_sound


def test_a_missing_candidate_is_asked_for_by_name() -> None:
    sheet = ballots(
        head="会員番号,第3号議案:甲,第3号議案:丙,受付日時", of=docket(election(Method.CONFIDENCE, "甲", "乙"))
    )

    assert [(each.code, each.facts["column"]) for each in sheet.findings] == [
        ("column-missing", "第3号議案:乙"),
        ("column-stranger", "第3号議案:丙"),
    ]


@pytest.mark.parametrize("heading", ["第2号議案", "議案9", "2", "motion 2", "第1号議案:甲"])
def test_a_column_of_a_motion_that_is_not_there_is_an_error(heading: str) -> None:
    sheet = ballots("M1,賛成,2024/10/2 12:00,賛成", head=f"会員番号,第1号議案,受付日時,{heading}")

    assert codes(sheet) == [(1, "column-stranger")]


def test_two_columns_for_one_motion_are_refused() -> None:
    with pytest.raises(ColumnTwice):
        ballots(head="会員番号,第1号議案,議案1,受付日時")


def test_a_sheet_without_member_numbers_is_refused() -> None:
    with pytest.raises(NoHeader):
        ballots(head="番号,第1号議案,受付日時")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("M1,保留,2024/10/2 12:00,,", "mark-unknown"),
        (",賛成,2024/10/2 12:00,,", "member-missing"),
        ("M1,賛成,,,", "received-missing"),
        ("M1,賛成,きのう,,", "received-unreadable"),
        ("M1,賛成,45567.5,,", "received-unreadable"),
        ("M1,賛成,2024/9/26,,", "received-no-hour"),
        ("M1,賛成,2024/10/5,,", "received-no-hour"),
        ("M1,賛成,2024/10/2 12:00,電話,", "channel-unknown"),
        ("M1,賛成,2024/10/2 12:00,,たぶん", "proxy-unknown"),
    ],
)
def test_anything_else_is_an_error_with_its_row(row: str, code: str) -> None:
    sheet = ballots(row, head="会員番号,第1号議案,受付日時,方法,委任")

    assert codes(sheet) == [(2, code)]
    assert sheet.submissions == ()
    assert finding_text(sheet.findings[0]).startswith("2行目")


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    sheet = ballots("M1,保留,きのう", "M2,賛成,2024/10/2 12:00", "M3,?,2024/10/2 12:00")

    assert codes(sheet) == [(2, "received-unreadable"), (2, "mark-unknown"), (4, "mark-unknown")]
    assert [each.member_id for each in sheet.submissions] == ["M2"]


def test_a_day_alone_is_noon_inside_the_period() -> None:
    sheet = ballots("M1,賛成,2024/10/4", "M2,賛成,令和6年10月2日")

    assert [each.received_at for each in sheet.submissions] == [datetime(2024, 10, 4, 12, tzinfo=JST), NOON]


def test_instants_and_days_of_a_workbook_are_read_as_in_text() -> None:
    rows = [
        ["会員番号", "第1号議案", "受付日時"],
        ["M1", "賛成", datetime.fromisoformat("2024-10-02T16:03:30")],
        ["M2", "賛成", date(2024, 10, 2)],
        ["M3", "賛成", 45567],
    ]

    sheet = read_ballots(workbook(rows), "x", ONE)

    assert [each.received_at for each in sheet.submissions] == [
        datetime(2024, 10, 2, 16, 3, 30, tzinfo=JST),
        NOON,
    ]
    assert codes(sheet) == [(4, "received-unreadable")]


def test_whoever_is_not_on_the_roll_is_warned_about_and_kept() -> None:
    data = csv_text("会員番号,第1号議案,受付日時", "M1,賛成,2024/10/2 12:00", "X9,賛成,2024/10/2 12:00")

    sheet = read_ballots(data, "x", ONE, members={"M1"})

    assert codes(sheet) == [(3, "not-on-roll")]
    assert sheet.is_sound
    assert len(sheet.submissions) == 2


def test_blank_rows_and_totals_are_no_ballots() -> None:
    sheet = ballots("M1,賛成,2024/10/2 12:00", ",,", "合計,1,")

    assert len(sheet.submissions) == 1
    assert codes(sheet) == [(4, "row-total")]
