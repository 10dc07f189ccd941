"""Days as a Japanese office writes them, read and written: 令和6年9月27日(金), R6.9.27, 2024/9/27.

The calendar knows the five eras since Meiji. Nothing is completed or guessed: a year of two digits, a day
that does not exist, an era beyond its last day and a weekday that disagrees are refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import ClassVar

from voting.core.errors import Refusal

JST = timezone(timedelta(hours=9), "JST")

# (name, letter, first day); an era ends on the day before the next one begins.
_ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
_BY_WORD = {
    word: index
    for index, (name, letter, _first) in enumerate(_ERAS)
    for word in (name, name[0], letter, letter.lower())
}
_WEEKDAYS = "月火水木金土日"
# NFKC leaves these dashes as they are; a date typed with one of them is still plain.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_DATE = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHRmtshr])(?P<of_era>[0-9]{1,3}|元)|(?P<year>[0-9]{4}))"
    r"(?:年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
    r"|(?P<by>[./-])(?P<month2>[0-9]{1,2})(?P=by)(?P<day2>[0-9]{1,2}))"
    r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
)


@dataclass(eq=False)
class NoDate(Refusal):
    """A text that names no day."""

    code: ClassVar[str] = "no-date"
    text: str


@dataclass(eq=False)
class OutsideEra(NoDate):
    """A day that exists, but not in the era named: 平成31年5月1日 is 令和元年5月1日."""

    code: ClassVar[str] = "outside-era"
    day: date


@dataclass(eq=False)
class WrongWeekday(NoDate):
    """A day whose weekday is another one than the text says."""

    code: ClassVar[str] = "wrong-weekday"
    day: date


def parse_date(text: str) -> date:
    """The day *text* names.

    Forms   令和6年9月27日, 令和元年5月1日, R6.9.27, 2024年9月27日, 2024/9/27, 2024-09-27; full-width digits
            and spaces anywhere; a weekday in brackets behind it must agree.
    Raises  NoDate, and its kinds OutsideEra and WrongWeekday.
    Source  domain 5.6.4.
    """
    if len(text) == 10 and text.isascii() and text[4] == text[7] and text[4] in "-/":
        year, month, day = text[:4], text[5:7], text[8:]
        if year.isdigit() and month.isdigit() and day.isdigit():
            return _day(text, year=int(year), month=int(month), day=int(day))
    found = _DATE.fullmatch("".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()))
    if found is None:
        raise NoDate(text)
    year_number, era = _year(found)
    if year_number is None:
        raise NoDate(text)
    named = _day(
        text,
        year=year_number,
        month=int(found["month"] or found["month2"]),
        day=int(found["day"] or found["day2"]),
    )
    if era is not None and _era(named) != era:
        raise OutsideEra(text, named)
    if found["weekday"] and found["weekday"] != weekday(named):
        raise WrongWeekday(text, named)
    return named


def weekday(day: date) -> str:
    """The weekday of *day* in one character: 金."""
    return _WEEKDAYS[day.weekday()]


def wareki(day: date, *, weekday: bool) -> str:
    """*day* in the Japanese calendar: 令和6年9月27日(金), or without the bracket; the first year is 元年.

    Days before Meiji are given in the western calendar.
    """
    return _year_words(day) + _month_and_day(day, bracket=weekday)


def wareki_period(opens: date, last_day: date) -> str:
    """A period by its first and last day: 令和6年9月27日(金)から10月4日(金)まで.

    The year is not said twice where it is the same one of the same era.
    """
    year = "" if _year_words(opens) == _year_words(last_day) else _year_words(last_day)
    return f"{wareki(opens, weekday=True)}から{year}{_month_and_day(last_day, bracket=True)}まで"


def last_minute(closes_at: datetime) -> datetime:
    """The last moment of a period that can be printed, in Japanese time.

    Midnight would be read as that of the day before or of the day after: it is 23時59分 of the last day.
    """
    closes = closes_at.astimezone(JST)
    at_midnight = (closes.hour, closes.minute, closes.second) == (0, 0, 0)
    return closes - timedelta(minutes=1) if at_midnight else closes


def plain_day(day: date) -> str:
    """A day for who reads no Japanese, with its weekday: 2024-09-27 (Fri)."""
    return day.strftime("%Y-%m-%d (%a)")


def plain_instant(at: datetime) -> str:
    """An instant in Japan for who reads no Japanese, to the minute: 2024-09-27 17:00 JST."""
    return f"{at.astimezone(JST):%Y-%m-%d %H:%M} JST"


def _year(found: re.Match[str]) -> tuple[int | None, int | None]:
    """The western year and the place of the era, if one is named; no year for a year 0."""
    if found["year"]:
        return int(found["year"]), None
    era = _BY_WORD[found["era"]]
    of_era = 1 if found["of_era"] == "元" else int(found["of_era"])
    return (_ERAS[era][2].year + of_era - 1 if of_era else None), era


def _day(text: str, *, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDate(text) from None


def _era(day: date) -> int | None:
    for index, (_name, _letter, first) in enumerate(_ERAS):
        if day >= first:
            return index
    return None


def _year_words(day: date) -> str:
    era = _era(day)
    if era is None:
        return f"{day.year}年"
    name, _letter, first = _ERAS[era]
    of_era = day.year - first.year + 1
    return f"{name}{'元' if of_era == 1 else of_era}年"


def _month_and_day(day: date, *, bracket: bool) -> str:
    return f"{day.month}月{day.day}日" + (f"({weekday(day)})" if bracket else "")
