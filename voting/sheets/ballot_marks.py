"""What may stand in a cell of a ballot sheet, word by word.  Anything else is an error, never a guess.

Words are compared after NFKC, without case and without white space around them; the round and crossed marks
of different keyboards are one.  Source: count-interface.md, BALLOTS.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from voting.core.assembly import Schedule
from voting.core.ballots import Channel, Mark
from voting.core.japanese_dates import JST, NoDate, parse_date

_SHAPES = str.maketrans({"〇": "○", "◯": "○", "✕": "×", "✗": "×"})

_MARKS = {
    "": Mark.BLANK,
    **dict.fromkeys(("賛成", "承認", "可", "○", "信任", "for"), Mark.FOR),
    **dict.fromkeys(("反対", "不承認", "否", "×", "不信任", "against"), Mark.AGAINST),
    **dict.fromkeys(("棄権", "abstain"), Mark.ABSTAIN),
    "両方": Mark.BOTH,
}
_CHANNELS = {
    "": Channel.PAPER,
    **dict.fromkeys(("web", "ウェブ"), Channel.WEB),
    **dict.fromkeys(("post", "郵送", "郵便"), Channel.POST),
    **dict.fromkeys(("fax", "ファクス", "ファックス", "ファクシミリ"), Channel.FAX),
    **dict.fromkeys(("mail", "メール", "電子メール"), Channel.MAIL),
    **dict.fromkeys(("hand", "持参"), Channel.HAND),
    **dict.fromkeys(("paper", "紙", "書面"), Channel.PAPER),
}
_PROXY = {"": False, **dict.fromkeys(("委任", "○", "1", "yes"), True)}
_CHOSEN = {"": False, "○": True}

_INSTANT = re.compile(
    r"(?P<day>.+?)(?:T|\s+|(?<=[日)]))"
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,6}))?)?"
    r"|時(?:(?P<minute2>[0-9]{1,2})分(?:(?P<second2>[0-9]{1,2})秒)?)?)"
    r"\s*(?P<zone>Z|JST|[+-][0-9]{2}:?[0-9]{2})?"
)


def fold_mark(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip().translate(_SHAPES)


def read_mark(text: str) -> Mark | None:
    """The mark, None for a word we do not know."""
    return _MARKS.get(fold_mark(text))


def read_channel(text: str) -> Channel | None:
    """The channel, paper where nothing is written; None for a word we do not know."""
    return _CHANNELS.get(fold_mark(text))


def read_proxy(text: str) -> bool | None:
    """Whether the vote is given to the chair; None for a word we do not know."""
    return _PROXY.get(fold_mark(text))


def read_chosen(text: str) -> bool | None:
    """Whether a candidate is marked in an election by plurality; None for a word we do not know."""
    return _CHOSEN.get(fold_mark(text))


def read_instant(text: str) -> datetime | date:
    """The instant *text* names, or the day where it has no hour.

    Units   an instant without a zone is one in Japan.
    Forms   a day as ``parse_date`` reads it, then 9:05, 09:05:30 or 9時5分; then Z, JST or +09:00.
    Raises  NoDate.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _INSTANT.fullmatch(folded)
    if found is None:
        return parse_date(folded)
    day = parse_date(found["day"])
    try:
        clock = time(
            int(found["hour"]),
            int(found["minute"] or found["minute2"] or 0),
            int(found["second"] or found["second2"] or 0),
            int((found["part"] or "").ljust(6, "0")),
            _zone(found["zone"]),
        )
        return datetime.combine(day, clock)
    except ValueError:
        raise NoDate(text) from None


def noon_within(day: date, schedule: Schedule) -> datetime | None:
    """Noon of *day* in Japan where the whole day lies in the period; None where only a part of it may.

    Ties    a day that ends exactly at ``closes_at`` lies in the period.
    """
    begins = datetime.combine(day, time(), JST)
    if schedule.opens_at <= begins and begins + timedelta(days=1) <= schedule.closes_at:
        return begins + timedelta(hours=12)
    return None


def _zone(written: str | None) -> timezone:
    if written is None or written == "JST":
        return JST
    if written == "Z":
        return timezone(timedelta())
    digits = written[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)
