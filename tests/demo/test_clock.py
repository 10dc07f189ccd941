"""The demonstration's clock runs on from where it is put, and never goes back."""

from datetime import UTC, datetime, timedelta

from voting.demo.clock import DemoClock

START = datetime(2024, 9, 27, tzinfo=UTC)


class Real:
    """A real clock, moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def test_it_starts_where_it_is_put_and_runs_on() -> None:
    real = Real()
    clock = DemoClock(real, START)
    assert clock() == START

    real.at += timedelta(seconds=5)

    assert clock() == START + timedelta(seconds=5)


def test_it_is_moved_forward_and_never_back() -> None:
    clock = DemoClock(Real(), START)

    clock.advance_to(START + timedelta(days=1))
    clock.advance_to(START)

    assert clock() == START + timedelta(days=1)
