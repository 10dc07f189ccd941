"""What became of the notices: what the relay said of the mails, and what the ledger has of all channels."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select

from voting.store.during_tables import delivery
from voting.store.outbox import REPLACED
from voting.store.tables import outbox
from voting.store.transaction import Transaction

_INSERT = insert(delivery)
_ALL = (
    select(delivery.c.idx, delivery.c.member_id, delivery.c.channel, delivery.c.delivered, delivery.c.at)
    .where(delivery.c.assembly == bindparam("assembly"))
    .order_by(delivery.c.idx, delivery.c.member_id, delivery.c.channel)
)
_MAILS = (
    select(
        outbox.c.member_id,
        outbox.c.ref,
        outbox.c.address,
        outbox.c.queued_at,
        outbox.c.attempts,
        outbox.c.sent_at,
        outbox.c.failed_at,
        outbox.c.error,
    )
    .where(outbox.c.assembly == bindparam("assembly"), outbox.c.kind == bindparam("kind"))
    .order_by(outbox.c.member_id, outbox.c.ref, outbox.c.address)
)
_KINDS = (
    select(
        outbox.c.kind,
        func.count(),
        func.count(outbox.c.sent_at),
        func.count(outbox.c.failed_at),
    )
    .where(outbox.c.assembly == bindparam("assembly"), outbox.c.address != "")
    .group_by(outbox.c.kind)
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One leaf of a delivery entry: a notice arrived or failed, at ``index`` of the ledger."""

    index: int
    member_id: str
    channel: str
    is_delivered: bool
    at: str


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail as the outbox has it, without what stands in it.  ``address`` "" waits for the post."""

    member_id: str
    ref: int | None
    address: str
    queued_at: str
    attempts: int
    sent_at: str | None
    failed_at: str | None
    error: str | None

    @property
    def state(self) -> str:
        """sent, replaced, failed, retrying, queued, or post where there is no address."""
        if self.sent_at is not None:
            return "sent"
        if self.error == REPLACED:
            return "replaced"
        if self.failed_at is not None:
            return "failed"
        if not self.address:
            return "post"
        return "retrying" if self.attempts else "queued"


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How far the mails of one kind have come."""

    kind: str
    total: int
    sent: int
    failed: int

    @property
    def waiting(self) -> int:
        return self.total - self.sent - self.failed


def put(tx: Transaction, assembly: int, rows: list[Delivered]) -> None:
    tx.many(
        _INSERT,
        (
            {
                "assembly": assembly,
                "idx": each.index,
                "member_id": each.member_id,
                "channel": each.channel,
                "delivered": int(each.is_delivered),
                "at": each.at,
            }
            for each in rows
        ),
    )


def deliveries(tx: Transaction, assembly: int) -> tuple[Delivered, ...]:
    """All that the ledger has, in its order."""
    rows = tx.all(_ALL, assembly=assembly)
    return tuple(Delivered(row[0], row[1], row[2], bool(row[3]), row[4]) for row in rows)


def reached(tx: Transaction, assembly: int) -> dict[str, bool]:
    """Whether a notice arrived, for every member that has a delivery; pending ones are not in it.

    Source  ledger L3: undelivered where the latest delivery of each channel failed.
    """
    latest: dict[tuple[str, str], Delivered] = {}
    for each in deliveries(tx, assembly):
        key = each.member_id, each.channel
        if key not in latest or each.at >= latest[key].at:
            latest[key] = each
    found: dict[str, bool] = {}
    for (member_id, _), each in latest.items():
        found[member_id] = found.get(member_id, False) or each.is_delivered
    return found


def mails(tx: Transaction, assembly: int, kind: str) -> tuple[MailLine, ...]:
    """The mails of one kind, by member, by what they are about, by address."""
    rows = tx.all(_MAILS, assembly=assembly, kind=kind)
    return tuple(MailLine(*row) for row in rows)


def by_kind(tx: Transaction, assembly: int) -> tuple[KindCounts, ...]:
    """How far the mails have come, kind by kind."""
    return tuple(sorted((KindCounts(*row) for row in tx.all(_KINDS, assembly=assembly)), key=_kind))


def _kind(each: KindCounts) -> str:
    return each.kind
