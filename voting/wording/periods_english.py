"""Days, instants and periods in English, in Japanese time."""

from datetime import date, datetime

from voting.core.assembly import Schedule
from voting.wording.periods import JAPAN, last_moment


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def moment(at: datetime, *, seconds: bool = False) -> str:
    """An instant in Japan; to the minute unless there are seconds or they are asked for."""
    local = at.astimezone(JAPAN)
    time = f"{local:%H:%M:%S}" if seconds or local.second else f"{local:%H:%M}"
    return f"{day(local.date())}, {time}"


def period(schedule: Schedule) -> str:
    """From the opening to the last moment, as the Japanese papers print it."""
    return f"from {moment(schedule.opens_at)} to {closing(schedule)}"


def closing(schedule: Schedule) -> str:
    """The last moment in time: ``4 October 2024, 23:59 (Japanese time)``."""
    return f"{moment(last_moment(schedule))} (Japanese time)"
