"""What a secretariat knows beside the ballots: which notices arrived (DELIVERY) and who left (EVENTS)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from voting.core.japanese_dates import JST, NoDate
from voting.sheets.ballot_marks import fold_mark, read_instant
from voting.sheets.cells import text_of
from voting.sheets.findings import Finding, Level, Report
from voting.sheets.headers import read_table, synonyms
from voting.sheets.table_row import (
    TableRow,
    is_blank_row,
    is_member_number,
    is_total_row,
    member_number,
)

_MEMBER = "会員番号 会員no 会員no. 会員id 会員コード member member_id memberid"
_DELIVERY = synonyms(
    {
        "member_id": _MEMBER,
        "status": "状態 status 配達状況 到達状況",
        "channel": "手段 channel 方法 送付手段",
        "time": "日時 time 配達日時 送付日時",
    }
)
_EVENTS = synonyms({"member_id": _MEMBER, "event": "種別 event 事由", "at": "日時 at"})


class DeliveryStatus(StrEnum):
    DELIVERED = "delivered"
    FAILED = "failed"


_STATUSES = {
    **dict.fromkeys(("delivered", "到達", "配達済", "配達済み"), DeliveryStatus.DELIVERED),
    **dict.fromkeys(("failed", "不達", "未達", "未着"), DeliveryStatus.FAILED),
}
_LEFT = ("left", "退会")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to reach one member.  Shape: ``at`` is None where the sheet does not say when."""

    member_id: str
    channel: str
    status: DeliveryStatus
    at: datetime | None
    row: int


@dataclass(frozen=True, slots=True)
class DeliverySheet:
    """Order: by row.  Use it only where ``is_sound``."""

    file: str
    deliveries: tuple[Delivery, ...]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return _is_sound(self.findings)

    @property
    def undelivered(self) -> frozenset[str]:
        """Members that could not be reached: the latest attempt of every channel failed.

        Ties    of attempts at the same time, or without a time, the lower row is the later one.
        """
        latest: dict[str, dict[str, Delivery]] = {}
        for each in sorted(self.deliveries, key=_by_time):
            latest.setdefault(each.member_id, {})[each.channel] = each
        return frozenset(
            member
            for member, channels in latest.items()
            if all(each.status is DeliveryStatus.FAILED for each in channels.values())
        )


@dataclass(frozen=True, slots=True)
class EventSheet:
    """Shape: ``left`` is member -> the earliest instant of leaving.  Use it only where ``is_sound``."""

    file: str
    left: Mapping[str, datetime]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return _is_sound(self.findings)


def read_delivery(data: bytes, name: str) -> DeliverySheet:
    """What became of the notices, with all faults of the sheet at once.

    Units   a time without a zone is one in Japan, a day alone is 00:00 of it.
    Raises  UnreadableSheet where there is no table to read.
    Source  count-interface.md, DELIVERY.
    """
    found: list[Delivery] = []

    def take(row: TableRow, member: str) -> None:
        written = row.text("status")
        status = _STATUSES.get(fold_mark(written))
        if status is None:
            row.report.error("status-unknown", column=row.heading("status"), text=written)
        at = _instant(row, "time") if row.text("time") else None
        if status is not None:
            found.append(Delivery(member, fold_mark(row.text("channel")), status, at, row.number))

    report = _take_rows(data, name, _DELIVERY, {"member_id": "会員番号", "status": "状態"}, take)
    _check_order(found, report)
    return DeliverySheet(name, tuple(found), tuple(report.findings))


def read_events(data: bytes, name: str) -> EventSheet:
    """Who left and when, with all faults of the sheet at once.

    Units   a time without a zone is one in Japan, a day alone is 00:00 of it, as for 退会日 in a roll.
    Ties    the earliest event of a member counts.
    Raises  UnreadableSheet where there is no table to read.
    Source  count-interface.md, EVENTS.
    """
    left: dict[str, datetime] = {}

    def take(row: TableRow, member: str) -> None:
        written = row.text("event")
        if fold_mark(written) not in _LEFT:
            row.report.error("event-unknown", column=row.heading("event"), text=written)
            return
        at = _instant(row, "at")
        if at is not None:
            left[member] = min(at, left.get(member, at))

    required = {"member_id": "会員番号", "event": "種別", "at": "日時"}
    report = _take_rows(data, name, _EVENTS, required, take)
    return EventSheet(name, left, tuple(report.findings))


def _take_rows(
    data: bytes,
    name: str,
    heads: Mapping[str, str],
    required: Mapping[str, str],
    take: Callable[[TableRow, str], None],
) -> Report:
    table = read_table(data, name, classify=heads.get, required=required, once=frozenset(heads.values()))
    first = {field: places[0] for field, places in table.header.columns.items()}
    report = Report()
    for number, cells in table.body():
        report.turn_to(number)
        row = TableRow(number, cells, header=table.header, first=first, report=report)
        if not is_member_number(row.text("member_id")):
            if is_blank_row(row):
                continue
            if is_total_row(row):
                report.skip("row-total")
                continue
        member = member_number(row)
        if member:
            take(row, member)
    return report


def _instant(row: TableRow, field: str) -> datetime | None:
    cell = row.cell(field)
    column, text = row.heading(field), text_of(cell).strip()
    try:
        found = cell if isinstance(cell, date) else read_instant(text)
    except NoDate:
        row.report.error("time-unreadable", column=column, text=text)
        return None
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=JST)
    return datetime.combine(found, time(), JST)


def _check_order(deliveries: list[Delivery], report: Report) -> None:
    """Of several attempts by one channel either all have a time or none has: else nobody knows the latest."""
    attempts: dict[tuple[str, str], list[Delivery]] = {}
    for each in deliveries:
        attempts.setdefault((each.member_id, each.channel), []).append(each)
    for several in attempts.values():
        timeless = [each for each in several if each.at is None]
        if timeless and len(timeless) < len(several):
            for each in timeless:
                report.turn_to(each.row)
                report.member = each.member_id
                report.error("time-missing")


def _by_time(delivery: Delivery) -> tuple[datetime, int]:
    return delivery.at or datetime.min.replace(tzinfo=JST), delivery.row


def _is_sound(findings: tuple[Finding, ...]) -> bool:
    return not any(finding.level is Level.ERROR for finding in findings)
