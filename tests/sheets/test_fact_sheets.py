"""Deliveries and events from a spreadsheet: count-interface.md, DELIVERY and EVENTS."""

from datetime import date, datetime

import pytest

from tests.sheets.workbooks import csv_text, workbook
from voting.core.japanese_dates import JST
from voting.sheets.fact_sheets import DeliverySheet, EventSheet, read_delivery, read_events
from voting.sheets.headers import NoHeader


def delivery(*rows: str, head: str = "会員番号,状態,手段,日時") -> DeliverySheet:
    return read_delivery(csv_text(head, *rows), "delivery.csv")


def events(*rows: str) -> EventSheet:
    return read_events(csv_text("会員番号,種別,日時", *rows), "events.csv")


def codes(sheet: DeliverySheet | EventSheet) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in sheet.findings]


def test_a_member_is_undelivered_when_its_notice_failed() -> None:
    sheet = delivery("M1,failed", "M2,delivered", "M3,不達", head="会員番号,状態")

    assert sheet.is_sound
    assert sheet.undelivered == {"M1", "M3"}


def test_the_latest_attempt_of_a_channel_counts_whatever_its_row() -> None:
    sheet = delivery(
        "M1,delivered,mail,2024/9/28 10:00",
        "M1,failed,mail,2024/9/27 10:00",
        "M2,failed,mail,2024/9/28 10:00",
        "M2,delivered,mail,2024/9/27 10:00",
    )

    assert sheet.undelivered == {"M2"}


def test_one_channel_that_arrived_is_enough() -> None:
    sheet = delivery(
        "M1,failed,mail,2024/9/28",
        "M1,delivered,post,2024/9/27",
        "M2,failed,mail,2024/9/28",
        "M2,failed,post,2024/9/28",
    )

    assert sheet.undelivered == {"M2"}


def test_without_times_the_lower_row_is_the_later_one() -> None:
    sheet = delivery("M1,failed,Mail,", "M1,delivered,ｍａｉｌ,", "M2,delivered,mail,", "M2,failed,mail,")

    assert sheet.undelivered == {"M2"}


def test_with_a_time_here_and_none_there_nobody_knows_the_latest() -> None:
    sheet = delivery("M1,failed,mail,", "M1,delivered,mail,2024/9/27 10:00", "M1,failed,post,")

    assert codes(sheet) == [(2, "time-missing")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("M1,lost,mail,", "status-unknown"),
        ("M1,,mail,", "status-unknown"),
        ("M1,failed,mail,soon", "time-unreadable"),
        (",failed,mail,", "member-missing"),
    ],
)
def test_a_delivery_that_cannot_be_read_is_an_error(row: str, code: str) -> None:
    sheet = delivery(row)

    assert codes(sheet) == [(2, code)]
    assert not sheet.is_sound


def test_the_earliest_leaving_counts() -> None:
    sheet = events("M1,left,2024/10/2 9:00", "M1,退会,2024/10/1 9:00", "M2,LEFT,2024-10-03T00:00:00Z")

    assert sheet.left == {
        "M1": datetime(2024, 10, 1, 9, tzinfo=JST),
        "M2": datetime(2024, 10, 3, 9, tzinfo=JST),
    }


def test_a_day_alone_is_its_first_instant_in_japan() -> None:
    data = workbook([["会員番号", "種別", "日時"], ["M1", "left", date(2024, 10, 1)]])

    assert read_events(data, "x").left == {"M1": datetime(2024, 10, 1, tzinfo=JST)}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("M1,joined,2024/10/1", "event-unknown"),
        ("M1,left,", "time-unreadable"),
        ("M1,left,10月", "time-unreadable"),
    ],
)
def test_an_event_that_cannot_be_read_is_an_error(row: str, code: str) -> None:
    sheet = events(row)

    assert codes(sheet) == [(2, code)]
    assert sheet.left == {}


def test_blank_rows_and_totals_are_passed_over() -> None:
    assert codes(delivery("M1,failed,mail,", ",,,", "計,1,,")) == [(4, "row-total")]


def test_a_sheet_without_its_headings_is_refused() -> None:
    with pytest.raises(NoHeader) as refused:
        read_events(csv_text("会員番号,種別", "M1,left"), "x")

    assert refused.value.missing == ("日時",)
