"""How long votes are kept, to the day."""

from datetime import date

import pytest

from voting.core.retention import DEFAULT_YEARS, last_day_kept


@pytest.mark.parametrize(
    ("certified", "years", "last"),
    [
        ("2026-06-11", 3, "2029-06-11"),
        ("2026-12-31", 1, "2027-12-31"),
        # It begins on 1 March and ends the day before the next one.
        ("2027-02-28", 1, "2028-02-29"),
        ("2028-02-29", 1, "2029-02-28"),
        # It begins on 29 February; a year without that day ends with its month.
        ("2028-02-28", 1, "2029-02-28"),
        ("2028-02-28", 4, "2032-02-28"),
    ],
)
def test_the_day_of_certification_is_not_counted(certified: str, years: int, last: str) -> None:
    assert last_day_kept(date.fromisoformat(certified), years).isoformat() == last


def test_the_default_covers_a_year_beyond_the_next_yearly_assembly() -> None:
    assert last_day_kept(date(2026, 6, 11), DEFAULT_YEARS) >= last_day_kept(date(2027, 7, 31), 1)
