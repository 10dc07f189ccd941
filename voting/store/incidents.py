"""Incidents of each ledger, and the checkpoints whose entries were lost in one."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import bindparam, insert, select

from voting.store.history_tables import incident, lost_checkpoint
from voting.store.transaction import Transaction

_INSERT = insert(incident)
_ALL = (
    select(incident.c.idx, incident.c.from_at, incident.c.to_at, incident.c.what)
    .where(incident.c.assembly == bindparam("assembly"))
    .order_by(incident.c.idx)
)
_INSERT_LOST = insert(lost_checkpoint)
_TOLD_BY = select(lost_checkpoint.c.incident).where(
    lost_checkpoint.c.assembly == bindparam("assembly"), lost_checkpoint.c.sha256 == bindparam("sha256")
)
_LOST = (
    select(lost_checkpoint.c.note)
    .where(lost_checkpoint.c.assembly == bindparam("assembly"))
    .order_by(lost_checkpoint.c.incident, lost_checkpoint.c.size)
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An incident as the ledger has it at ``index``."""

    index: int
    from_at: str
    to_at: str
    what: str


def put(tx: Transaction, assembly: int, one: Recorded) -> None:
    tx.run(_INSERT, assembly=assembly, idx=one.index, from_at=one.from_at, to_at=one.to_at, what=one.what)


def incidents(tx: Transaction, assembly: int) -> tuple[Recorded, ...]:
    """All of them, in the order of the ledger."""
    return tuple(Recorded(*row) for row in tx.all(_ALL, assembly=assembly))


def put_lost(tx: Transaction, assembly: int, *, size: int, note: bytes, told_by: int) -> None:
    """Keep a signed checkpoint that the store cannot keep, with the incident that tells of it."""
    digest = sha256(note).hexdigest()
    tx.run(_INSERT_LOST, assembly=assembly, sha256=digest, size=size, note=note, incident=told_by)


def told_by(tx: Transaction, assembly: int, note: bytes) -> int | None:
    """The incident that tells of this lost checkpoint, None where none does."""
    row = tx.one(_TOLD_BY, assembly=assembly, sha256=sha256(note).hexdigest())
    return None if row is None else int(row[0])


def lost(tx: Transaction, assembly: int) -> tuple[bytes, ...]:
    """The notes of all checkpoints whose entries were lost."""
    return tuple(bytes(row[0]) for row in tx.all(_LOST, assembly=assembly))
