"""Requests that wait for a second person, bound to a digest of exactly what is approved."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from voting.store.tables import approval
from voting.store.transaction import Row, Transaction

_COLUMNS = list(approval.c)
_INSERT = insert(approval)
_FIND = select(*_COLUMNS).where(approval.c.id == bindparam("id"))
_WAITING = (
    select(*_COLUMNS)
    .where(approval.c.assembly == bindparam("assembly"), approval.c.approved_by.is_(None))
    .order_by(approval.c.requested_at, approval.c.id)
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
    .where(approval.c.id == bindparam("request"), approval.c.approved_by.is_(None))
    .values(approved_by=bindparam("approved_by"), approved_at=bindparam("approved_at"))
)


@dataclass(frozen=True, slots=True)
class Request:
    """An act somebody proposed.  Shape: ``digest`` is SHA-256 (hex) of what would be done."""

    id: str
    assembly: int
    act: str
    digest: str
    requested_by: str
    requested_at: str
    approved_by: str | None
    approved_at: str | None


def add(tx: Transaction, request: Request) -> None:
    tx.run(
        _INSERT,
        id=request.id,
        assembly=request.assembly,
        act=request.act,
        digest=request.digest,
        requested_by=request.requested_by,
        requested_at=request.requested_at,
        approved_by=None,
        approved_at=None,
    )


def find(tx: Transaction, request_id: str) -> Request | None:
    row = tx.one(_FIND, id=request_id)
    return None if row is None else _request(row)


def waiting(tx: Transaction, assembly: int) -> tuple[Request, ...]:
    """What waits for a second person, oldest first."""
    return tuple(_request(row) for row in tx.all(_WAITING, assembly=assembly))


def granted(tx: Transaction, assembly: int, act: str) -> tuple[Request, ...]:
    return tuple(_request(row) for row in tx.all(_GRANTED, assembly=assembly, act=act))


def approve(tx: Transaction, request_id: str, *, by: str, at: str) -> bool:
    """Note the second approval; False where somebody else was quicker."""
    return tx.run(_APPROVE, request=request_id, approved_by=by, approved_at=at) == 1


def _request(row: Row) -> Request:
    return Request(*row)
