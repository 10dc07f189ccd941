"""Mail that is owed.  A line is written in the transaction of the act it tells about, and is sent later.

Delivery is at least once: a line is claimed for a while, and sent again where the claim runs out.  The
Message-ID is fixed when the line is written, so a receiver can tell a repetition.  Only the line holds
the voting code, and only until the mail is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, or_, select, update

from voting.store.mail_queue import MailQueue
from voting.store.tables import outbox
from voting.store.transaction import Row, Transaction

# Said of a mail that was not sent because what it would have brought is void.
REPLACED = "replaced"
# Stands in the place of an address at the end of its term; "" waits for the post.
ERASED = "erased"
_COLUMNS = (
    outbox.c.message_id,
    outbox.c.assembly,
    outbox.c.kind,
    outbox.c.member_id,
    outbox.c.address,
    outbox.c.secret,
    outbox.c.ref,
    outbox.c.attempts,
    outbox.c.queued_at,
)
_INSERT = insert(outbox)
QUEUE = MailQueue(outbox, _COLUMNS)
_DROP = (
    update(outbox)
    .where(
        outbox.c.assembly == bindparam("assembly_is"),
        outbox.c.member_id == bindparam("member_is"),
        outbox.c.kind == bindparam("kind_is"),
        QUEUE.is_open,
    )
    .values(failed_at=bindparam("at"), error=REPLACED, secret=None, claimed_until=None)
)
_COUNTS = select(
    func.count(),
    func.count(outbox.c.sent_at),
    func.count(outbox.c.failed_at),
).where(outbox.c.assembly == bindparam("assembly"), outbox.c.kind == bindparam("kind"))
_FATE = (outbox.c.address, outbox.c.queued_at, outbox.c.sent_at, outbox.c.failed_at, outbox.c.error)
_NEWEST = (
    select(*_FATE)
    .where(outbox.c.assembly == bindparam("assembly"), outbox.c.kind == bindparam("kind"))
    .order_by(outbox.c.queued_at.desc(), outbox.c.message_id)
    .limit(1)
)
_NEWEST_TRIED = (
    select(*_FATE)
    .where(
        outbox.c.assembly == bindparam("assembly"),
        outbox.c.kind == bindparam("kind"),
        or_(outbox.c.sent_at.is_not(None), outbox.c.failed_at.is_not(None), outbox.c.attempts > 0),
    )
    .order_by(outbox.c.queued_at.desc(), outbox.c.message_id)
    .limit(1)
)
_MAIL_COUNTS = _COUNTS.where(outbox.c.address != "")


@dataclass(frozen=True, slots=True)
class Line:
    """One mail to one address; what it says is made when it is sent, from ``kind``, ``ref``, ``secret``."""

    message_id: str
    assembly: int
    kind: str
    member_id: str
    address: str
    secret: str | None
    ref: int | None
    attempts: int
    queued_at: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the mails of one kind have come.  Shape: ``queued`` are all that were ever owed."""

    queued: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one mail.  Shape: ``error`` is what the relay said last, "" where nothing was wrong."""

    address: str
    queued_at: str
    sent_at: str | None
    failed_at: str | None
    error: str


def put(tx: Transaction, lines: Iterable[Line]) -> None:
    tx.many(
        _INSERT,
        (
            {
                "message_id": line.message_id,
                "assembly": line.assembly,
                "kind": line.kind,
                "member_id": line.member_id,
                "address": line.address,
                "secret": line.secret,
                "ref": line.ref,
                "queued_at": line.queued_at,
                "due_at": line.queued_at,
                "attempts": line.attempts,
                "claimed_until": None,
                "sent_at": None,
                "failed_at": None,
                "error": None,
            }
            for line in lines
        ),
    )


def due(tx: Transaction, *, now: str, limit: int) -> tuple[Line, ...]:
    """The next mails to send, oldest first."""
    return tuple(_line(row) for row in QUEUE.due(tx, now=now, limit=limit))


def drop(tx: Transaction, assembly: int, member_id: str, kind: str, *, at: str) -> None:
    """Send no more of what is void now; its codes are wiped."""
    tx.run(_DROP, assembly_is=assembly, member_is=member_id, kind_is=kind, at=at)


def counts(tx: Transaction, assembly: int, kind: str) -> Counts:
    row = tx.one(_COUNTS, assembly=assembly, kind=kind)
    return Counts(0, 0, 0) if row is None else Counts(row[0], row[1], row[2])


def newest(tx: Transaction, assembly: int, kind: str) -> Fate | None:
    """The mail of one kind that was owed last."""
    row = tx.one(_NEWEST, assembly=assembly, kind=kind)
    return None if row is None else _fate(row)


def newest_tried(tx: Transaction, assembly: int, kind: str) -> Fate | None:
    """The mail of one kind that was owed last of those that the relay was offered."""
    row = tx.one(_NEWEST_TRIED, assembly=assembly, kind=kind)
    return None if row is None else _fate(row)


def mail_counts(tx: Transaction, assembly: int, kind: str) -> Counts:
    """As ``counts``, without what has no address and waits for the post."""
    row = tx.one(_MAIL_COUNTS, assembly=assembly, kind=kind)
    return Counts(0, 0, 0) if row is None else Counts(row[0], row[1], row[2])


def _fate(row: Row) -> Fate:
    return Fate(row[0], row[1], row[2], row[3], row[4] or "")


def _line(row: Row) -> Line:
    return Line(*row)
