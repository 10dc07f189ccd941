"""Requests that wait for a second person, bound to a digest of exactly what is approved."""

from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, insert, or_, select, update

from voting.store.tables import approval
from voting.store.transaction import Row, Transaction

_COLUMNS = list(approval.c)
_INSERT = insert(approval)
_FIND = select(*_COLUMNS).where(approval.c.id == bindparam("id"))
_PENDING = (
    approval.c.approved_by.is_(None),
    approval.c.ended_at.is_(None),
    approval.c.expires_at > bindparam("now"),
)
_WAITING_HERE = (
    select(*_COLUMNS)
    .where(approval.c.assembly == bindparam("assembly"), *_PENDING)
    .order_by(approval.c.requested_at, approval.c.id)
)
_WAITING = select(*_COLUMNS).where(*_PENDING).order_by(approval.c.requested_at, approval.c.id)
_SETTLED = (
    select(*_COLUMNS)
    .where(
        or_(
            approval.c.approved_by.is_not(None),
            approval.c.ended_at.is_not(None),
            approval.c.expires_at <= bindparam("now"),
        )
    )
    .order_by(approval.c.requested_at.desc(), approval.c.id)
    .limit(bindparam("most"))
)
_GRANTED = (
    select(*_COLUMNS)
    .where(
        approval.c.assembly == bindparam("assembly"),
        approval.c.act == bindparam("act"),
        approval.c.approved_by.is_not(None),
    )
    .order_by(approval.c.approved_at)
)
_APPROVE = (
    update(approval)
    .where(
        approval.c.id == bindparam("request"),
        approval.c.approved_by.is_(None),
        approval.c.ended_at.is_(None),
        approval.c.expires_at > bindparam("at"),
    )
    .values(approved_by=bindparam("approver"), approved_at=bindparam("at"))
)
_END = (
    update(approval)
    .where(
        approval.c.id == bindparam("request"),
        approval.c.approved_by.is_(None),
        approval.c.ended_at.is_(None),
        approval.c.expires_at > bindparam("at"),
    )
    .values(
        ended_by=bindparam("ender"),
        ended_at=bindparam("at"),
        ended_as=bindparam("how"),
        ended_why=bindparam("why"),
    )
)


@dataclass(frozen=True, slots=True)
class Request:
    """An act somebody proposed.

    Shape   ``document`` is canonical JSON of exactly what would be done, ``digest`` its SHA-256 (hex);
            ``assembly`` is None where it is about an ``account``; ``ended_as`` is "withdrawn",
            "refused", or "overtaken" where another request has done what is done but once.
    """

    id: str
    assembly: int | None
    account: str | None
    act: str
    digest: str
    document: str
    note: str
    requested_by: str
    requested_at: str
    expires_at: str
    approved_by: str | None = None
    approved_at: str | None = None
    ended_by: str | None = None
    ended_at: str | None = None
    ended_as: str | None = None
    ended_why: str | None = None

    def state(self, now: str) -> str:
        """approved, withdrawn, refused, overtaken, expired or waiting."""
        if self.approved_by is not None:
            return "approved"
        if self.ended_as is not None:
            return self.ended_as
        return "expired" if self.expires_at <= now else "waiting"


def add(tx: Transaction, request: Request) -> None:
    tx.run(_INSERT, **asdict(request))


def find(tx: Transaction, request_id: str) -> Request | None:
    row = tx.one(_FIND, id=request_id)
    return None if row is None else _request(row)


def waiting(tx: Transaction, *, now: str, assembly: int | None = None) -> tuple[Request, ...]:
    """What waits for a second person, in one assembly or everywhere, oldest first."""
    if assembly is None:
        return tuple(_request(row) for row in tx.all(_WAITING, now=now))
    return tuple(_request(row) for row in tx.all(_WAITING_HERE, assembly=assembly, now=now))


def settled(tx: Transaction, *, now: str, most: int) -> tuple[Request, ...]:
    """What waits no longer, the newest first."""
    return tuple(_request(row) for row in tx.all(_SETTLED, now=now, most=most))


def granted(tx: Transaction, assembly: int, act: str) -> tuple[Request, ...]:
    return tuple(_request(row) for row in tx.all(_GRANTED, assembly=assembly, act=act))


def approve(tx: Transaction, request_id: str, *, by: str, at: str) -> bool:
    """Note the second approval; False where somebody else was quicker, or where it waits no longer."""
    return tx.run(_APPROVE, request=request_id, approver=by, at=at) == 1


def end(tx: Transaction, request_id: str, *, by: str, at: str, how: str, why: str) -> bool:
    """Note that it was withdrawn, refused or overtaken; False where it waits no longer."""
    return tx.run(_END, request=request_id, ender=by, at=at, how=how, why=why) == 1


def _request(row: Row) -> Request:
    return Request(*row)
