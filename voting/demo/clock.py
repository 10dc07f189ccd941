"""A clock that can be moved forward, and runs on from there."""

from collections.abc import Callable
from datetime import datetime, timedelta


class DemoClock:
    """The real clock, shifted.  It never goes back: a ledger would stop."""

    def __init__(self, real: Callable[[], datetime], start: datetime) -> None:
        self._real = real
        self._shift = start - real()

    def __call__(self) -> datetime:
        return self._real() + self._shift

    def advance_to(self, instant: datetime) -> None:
        """Be at least at *instant*."""
        self._shift += max(instant - self(), timedelta(0))
