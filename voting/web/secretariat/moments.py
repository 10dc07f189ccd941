"""Hours as the office types them: Japanese time, from a control of the browser or by hand."""

from datetime import UTC, datetime

from voting.core.japanese_dates import JST
from voting.web.secretariat.forms import text


def moment(name: str) -> datetime | None:
    """The hour in a field, such as ``2026-06-03T16:03`` or ``2026-06-03 16:03``; None where it is none.

    A day alone is none: read as midnight it would decide whether a paper is early or late.
    """
    typed = text(name)
    try:
        found = datetime.fromisoformat(typed if ":" in typed else "")
        found = found if found.tzinfo is not None else found.replace(tzinfo=JST)
        # An hour that has no place in a ledger is none: before year 1, or after year 9999, in UTC.
        return found.astimezone(UTC).astimezone(JST)
    except (ValueError, OverflowError):
        return None


def as_typed(at: datetime) -> str:
    """An hour for a field, to the minute."""
    return at.astimezone(JST).strftime("%Y-%m-%dT%H:%M")
