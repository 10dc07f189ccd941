"""Hours as offices type them are understood; one that means two things is not."""

from datetime import datetime, timedelta
from time import process_time

import pytest

from voting.core.japanese_dates import JST, NoDate
from voting.core.japanese_hours import NoHour, parse_hour, parse_moment


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("17:00", 17, 0),
        ("9:30", 9, 30),
        ("09:30", 9, 30),
        ("９：３０", 9, 30),
        ("9時", 9, 0),
        ("１７時", 17, 0),
        ("9時30分", 9, 30),
        ("9時5分", 9, 5),
        ("9時半", 9, 30),
        ("9 時 30 分", 9, 30),
        ("午前9時", 9, 0),
        ("午後5時", 17, 0),
        ("午後５時３０分", 17, 30),
        ("午後 5:30", 17, 30),
        ("午前0時", 0, 0),
        ("午後0時", 12, 0),
        ("正午", 12, 0),
        ("0:00", 0, 0),
        ("24:00", 24, 0),
        ("24時", 24, 0),
    ],
)
def test_an_hour_is_read_as_offices_type_it(typed: str, hour: int, minute: int) -> None:
    assert parse_hour(typed) == timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "17",
        "1700",
        "夕方",
        "17:0",
        "17:60",
        "9時60分",
        "24:01",
        "25:00",
        "24時半",
        "17時から",
        "5:00 PM",
        "9:30:15",
    ],
)
def test_what_names_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(NoHour):
        parse_hour(typed)


@pytest.mark.parametrize("typed", ["午後12時", "午前12時", "午後17時", "午後12:30"])
def test_an_hour_that_could_be_two_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(NoHour):
        parse_hour(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-06-03T17:00",
        "2026-06-03 17:00",
        "2026-06-03T08:00Z",
        "2026/6/3 17:00",
        "2026/6/3 17時",
        "２０２６／６／３　１７：００",
        "2026年6月3日17時",
        "令和8年6月3日午後5時",
        "令和8年6月3日(水) 午後 5時",
        "R8.6.3 午後5:00",
    ],
)
def test_a_day_with_its_hour_is_an_instant_in_japan(typed: str) -> None:
    assert parse_moment(typed) == datetime(2026, 6, 3, 17, tzinfo=JST)


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    assert parse_moment("2026年6月3日 24時") == datetime(2026, 6, 4, tzinfo=JST)


@pytest.mark.parametrize(
    "typed", ["", "2026-06-03", "令和8年6月3日", "17:00", "2026/6/317:00", "2026/6/3 午後12時"]
)
def test_a_day_alone_or_an_hour_alone_is_no_instant(typed: str) -> None:
    with pytest.raises((NoHour, NoDate)):
        parse_moment(typed)


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00", "0001年1月1日 0時", "9999年12月31日 24時", "9999-12-31T23:59-09:00"]
)
def test_an_instant_out_of_all_calendars_is_no_day(typed: str) -> None:
    with pytest.raises(NoDate):
        parse_moment(typed)


def test_attack_thousands_of_blanks_behind_a_day_are_refused_at_once() -> None:
    """Each blank would be looked at again for each one before it: a minute and more for one form."""
    began = process_time()

    with pytest.raises(NoHour):
        parse_moment("2026年6月3日" + " " * 60_000 + "x")

    assert process_time() - began < 1
