"""Hours as a Japanese office types them, read: 17:00, 9時30分, 午後5時, 24:00; alone or behind a day.

Nothing is completed or guessed: 午後12時 is midnight to some and noon to others, so it is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.japanese_dates import JST, NoDate, parse_date

_HOUR = re.compile(
    r"(?P<half>午前|午後)?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})|時(?:(?P<minute2>[0-9]{1,2})分?|(?P<and_half>半))?)"
)
_DAY_AND_HOUR = re.compile(
    r"(?P<day>.*(?:[日)]|(?=[\sT])))[\sT]*(?P<hour>(?:午前|午後)?[0-9]{1,2}[:時].*|正午)"
)
_BLANKS_INSIDE = re.compile(r"(?<=午前|午後)\s+|\s+(?=[:時分])|(?<=[:時])\s+")
_NOON, _WHOLE_DAY = timedelta(hours=12), timedelta(hours=24)
_LONGEST = 100  # characters: the patterns look at a blank again for each one before it


@dataclass(eq=False)
class NoHour(Refusal):
    """A text that names no hour, or more than one."""

    code: ClassVar[str] = "no-hour"
    text: str


def parse_hour(text: str) -> timedelta:
    """The hour of a day that *text* names.

    Units   since the beginning of the day, to the minute, from 0:00 to 24:00, which is the end of the day.
    Forms   17:00, 9時, 9時30分, 9時半, 午前9時, 午後5時30分, 正午; full-width digits and blanks anywhere.
    Raises  NoHour.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if folded == "正午":
        return _NOON
    found = _HOUR.fullmatch(folded)
    if found is None:
        raise NoHour(text)
    hour = int(found["hour"])
    minute = 30 if found["and_half"] else int(found["minute"] or found["minute2"] or 0)
    if minute > 59 or (found["half"] and hour > 11):
        raise NoHour(text)
    since = timedelta(hours=hour + (12 if found["half"] == "午後" else 0), minutes=minute)
    if since > _WHOLE_DAY:
        raise NoHour(text)
    return since


def parse_moment(text: str) -> datetime:
    """The instant that *text* names by its day and its hour, in Japanese time.

    Forms   2026-06-03T16:03, as browsers send it, with a zone or without; a day as ``parse_date`` reads
            it and an hour behind it: 令和8年6月3日 午後4時3分, 2026/6/3 16:03. A day alone is none: read
            as midnight it would decide whether something is early or late.
    Raises  NoHour, NoDate.
    """
    try:
        found = _instant(text)
        # An hour that has no place in a ledger is none: before year 1, or after year 9999, in UTC.
        return found.astimezone(UTC).astimezone(JST)
    except OverflowError:
        raise NoDate(text) from None


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text if ":" in text else "")
    except ValueError:
        return _day_and_hour(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=JST)


def _day_and_hour(text: str) -> datetime:
    if len(text) > _LONGEST:
        raise NoHour(text)
    folded = _BLANKS_INSIDE.sub("", unicodedata.normalize("NFKC", text).strip())
    found = _DAY_AND_HOUR.fullmatch(folded)
    if found is None:
        raise NoHour(text)
    return datetime.combine(parse_date(found["day"]), time(0), JST) + parse_hour(found["hour"])
