"""Instants and periods in words, in Japanese time and the Japanese calendar."""

from datetime import datetime

from voting.core.assembly import Schedule
from voting.core.japanese_dates import JST, last_minute, wareki, wareki_period

JAPAN = JST


def time_text(at: datetime) -> str:
    """The time of day in Japan: 17時, 9時30分; seconds only where there are some."""
    local = at.astimezone(JAPAN)
    if local.second:
        return f"{local.hour}時{local.minute:02d}分{local.second:02d}秒"
    return f"{local.hour}時{local.minute:02d}分" if local.minute else f"{local.hour}時"


def instant_text(at: datetime) -> str:
    """An instant in Japan to the minute: 令和6年10月2日(水)10時00分."""
    local = at.astimezone(JAPAN)
    return f"{wareki(local.date(), weekday=True)}{local.hour}時{local.minute:02d}分"


def second_text(at: datetime) -> str:
    """An instant in Japan to the second: 令和6年10月2日(水)10時00分05秒."""
    return f"{instant_text(at)}{at.astimezone(JAPAN).second:02d}秒"


def last_moment(schedule: Schedule) -> datetime:
    """The last moment of a period that can be printed."""
    return last_minute(schedule.closes_at)


def period_text(schedule: Schedule) -> str:
    """The period with its closing time: 令和6年9月27日(金)から10月4日(金)23時59分まで."""
    opens, last = schedule.opens_at.astimezone(JAPAN), last_moment(schedule)
    begin, _, end = wareki_period(opens.date(), last.date()).partition("から")
    from_time = "" if (opens.hour, opens.minute, opens.second) == (0, 0, 0) else time_text(opens)
    return f"{begin}{from_time}から{end.removesuffix('まで')}{time_text(last)}まで"


def closing_text(schedule: Schedule) -> str:
    """The last moment in time: 令和6年10月4日(金)23時59分."""
    last = last_moment(schedule)
    return f"{wareki(last.date(), weekday=True)}{time_text(last)}"
