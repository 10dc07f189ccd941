"""Until when members may ask: one day for letter and page, and never longer than the vote."""

from datetime import date, datetime, timedelta

import pytest

from voting.core.assembly import Schedule
from voting.core.inquiries import asking_ends, last_day
from voting.core.japanese_dates import JST

CLOSES = datetime(2026, 6, 10, 17, 0, tzinfo=JST)
SCHEDULE = Schedule(date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=JST), CLOSES)
AT_MIDNIGHT = Schedule(date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=JST), datetime(2026, 6, 11, tzinfo=JST))


def test_the_last_day_for_questions_counts_to_its_end_in_japan():
    assert asking_ends(SCHEDULE, date(2026, 6, 5)) == datetime(2026, 6, 6, 0, 0, tzinfo=JST)
    assert last_day(SCHEDULE, date(2026, 6, 5)) == date(2026, 6, 5)


def test_without_a_day_it_is_three_working_days_before_the_last_of_the_vote():
    # 10 June 2026 is a Wednesday: Tuesday, Monday, and over the week-end Friday.
    assert last_day(SCHEDULE, None) == date(2026, 6, 5)
    assert last_day(AT_MIDNIGHT, None) == date(2026, 6, 5)


def test_of_a_period_too_short_for_that_the_last_day_is_its_own():
    opens = datetime(2026, 6, 8, 9, 0, tzinfo=JST)

    assert last_day(Schedule(date(2026, 6, 1), opens, CLOSES), None) == date(2026, 6, 10)
    assert asking_ends(SCHEDULE, date(2026, 6, 10)) == CLOSES


@pytest.mark.parametrize("until", [date(2026, 6, 10), date(2026, 6, 30)])
def test_nobody_asks_after_the_close_whatever_the_letterhead_says(until):
    assert last_day(SCHEDULE, until) == date(2026, 6, 10)
    assert asking_ends(SCHEDULE, date(2026, 6, 10)) == CLOSES


def test_a_period_that_ends_at_midnight_has_its_last_day_before_it():
    assert last_day(AT_MIDNIGHT, date(2026, 6, 30)) == date(2026, 6, 10)
    assert asking_ends(AT_MIDNIGHT, date(2026, 6, 10)) == AT_MIDNIGHT.closes_at


def test_the_day_before_the_close_ends_before_it():
    assert asking_ends(AT_MIDNIGHT, date(2026, 6, 9)) == AT_MIDNIGHT.closes_at - timedelta(days=1)
