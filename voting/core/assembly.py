"""An assembly held in writing, its schedule, and the one function that says what time it is in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from voting.core.rules import BodyKind


@dataclass(frozen=True, slots=True)
class Body:
    """The organisation whose assembly it is."""

    name: str
    kind: BodyKind


@dataclass(frozen=True, slots=True)
class Schedule:
    """The record date and the period.

    Units   ``record_date`` is a day; the instants are aware.
    Ties    the period is half open: ``closes_at`` is the first instant that is late (rules R2).
    """

    record_date: date
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Assembly:
    title: str
    schedule: Schedule
    chair: str | None = None


class Phase(StrEnum):
    """Where an instant lies against the period."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"


def phase(schedule: Schedule, at: datetime) -> Phase:
    """Whether *at* lies before, in or after the period.

    Ties    received at ``opens_at`` is in time, received at ``closes_at`` is late.
    Source  rules R2; the only place that compares an instant with the period.
    """
    if at < schedule.opens_at:
        return Phase.EARLY
    return Phase.OPEN if at < schedule.closes_at else Phase.LATE
