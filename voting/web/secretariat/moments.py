"""Hours as the office types them: Japanese time, from a control of the browser or by hand."""

from datetime import datetime

from voting.core.japanese_dates import JST, NoDate
from voting.core.japanese_hours import NoHour, parse_moment
from voting.web.secretariat.forms import text


def moment(name: str) -> datetime | None:
    """The hour in a field, in a form that ``parse_moment`` reads; None where it is none: its page says so."""
    try:
        return parse_moment(text(name))
    except (NoHour, NoDate):
        return None


def as_typed(at: datetime) -> str:
    """An hour for a field, to the minute."""
    return at.astimezone(JST).strftime("%Y-%m-%dT%H:%M")
