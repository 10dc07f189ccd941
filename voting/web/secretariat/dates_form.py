"""Dates in the fields of a form, and back: days and hours in Japan, the end of a day as 24:00."""

from datetime import date, datetime, time, timedelta

from voting.core.assembly import Schedule
from voting.core.errors import Refusal
from voting.core.japanese_dates import parse_date, wareki
from voting.core.japanese_hours import NoHour, parse_hour
from voting.services.drafting.drafts import Content
from voting.web.languages import N_, language
from voting.web.secretariat.forms import fault, refused
from voting.web.secretariat.rules_form import Reading
from voting.wording import JAPAN

_LONGEST_NOTICE = 365
_MISSING = {
    "record_date": N_("基準日を入力してください。"),
    "opens_day": N_("受付開始の日を入力してください。"),
    "closes_day": N_("締切の日を入力してください。"),
}
_HOUR = {
    "opens": N_("受付開始の時刻を 9:00 のように入力してください。日の始まりからなら 0:00 です。"),
    "closes": N_("締切の時刻を 17:00 のように入力してください。その日の終わりまでなら 24:00 です。"),
}


def dates_values(content: Content) -> dict[str, str]:
    schedule = content.docket.assembly.schedule
    opens, closes = schedule.opens_at.astimezone(JAPAN), schedule.closes_at.astimezone(JAPAN)
    is_midnight = closes.time() == time(0)
    last_day = closes - timedelta(days=1) if is_midnight else closes
    return {
        "record_date": schedule.record_date.isoformat(),
        "opens_day": opens.date().isoformat(),
        "opens_time": f"{opens:%H:%M}",
        "closes_day": last_day.date().isoformat(),
        "closes_time": "24:00" if is_midnight else f"{closes:%H:%M}",
        "notice_days": "" if content.notice_days is None else str(content.notice_days),
    }


def dates_words(content: Content) -> dict[str, str]:
    """The same to be read: days as people write them."""
    values = dates_values(content)
    for name in ("record_date", "opens_day", "closes_day"):
        day = date.fromisoformat(values[name])
        values[name] = wareki(day, weekday=True) if language() == "ja" else f"{day:%Y-%m-%d (%a)}"
    return values


def read_schedule(reading: Reading) -> Schedule | None:
    """The schedule in the form; None where a part of it cannot be read, with faults."""
    record_date = _day(reading, "record_date")
    opens, closes = _instant(reading, "opens"), _instant(reading, "closes")
    if record_date is None or opens is None or closes is None:
        return None
    if closes <= opens:
        reading.faults.append(fault("closes_day", N_("締切が受付開始より前か、同時です。")))
        return None
    return Schedule(record_date, opens, closes)


def read_notice_days(reading: Reading) -> int | None:
    """None where the field is empty."""
    if not reading.text("notice_days"):
        return None
    days = reading.number("notice_days")
    if days is not None and days > _LONGEST_NOTICE:
        reading.faults.append(fault("notice_days", N_("日数は365以下にしてください。")))
    return days


def _day(reading: Reading, name: str) -> date | None:
    text = reading.text(name)
    if not text:
        reading.faults.append(fault(name, _MISSING[name]))
        return None
    try:
        return parse_date(text)
    except Refusal as refusal:
        reading.faults.append(refused(name, refusal))
        return None


def _instant(reading: Reading, name: str) -> datetime | None:
    day, text = _day(reading, f"{name}_day"), reading.text(f"{name}_time")
    if not text:
        reading.faults.append(fault(f"{name}_time", _HOUR[name]))
        return None
    try:
        since = parse_hour(text)
    except NoHour as refusal:
        reading.faults.append(refused(f"{name}_time", refusal))
        return None
    if day is None:
        return None
    try:
        return datetime.combine(day, time(0), JAPAN) + since
    except OverflowError:
        reading.faults.append(fault(f"{name}_day", N_("日付を確かめてください。")))
        return None
