"""Time-stamps over checkpoints, each with the very bytes it is over."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from voting.store.history_tables import timestamp
from voting.store.transaction import Transaction

_INSERT = insert(timestamp)
_ALL = (
    select(timestamp.c.size, timestamp.c.note, timestamp.c.token, timestamp.c.obtained_at)
    .where(timestamp.c.assembly == bindparam("assembly"))
    .order_by(timestamp.c.size)
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp over ``note``, the checkpoint of ``size`` entries; ``token`` is the authority's answer."""

    size: int
    note: bytes
    token: bytes
    obtained_at: str


def put(tx: Transaction, assembly: int, stamp: Stamp) -> None:
    tx.run(
        _INSERT,
        assembly=assembly,
        size=stamp.size,
        note=stamp.note,
        token=stamp.token,
        obtained_at=stamp.obtained_at,
    )


def stamps(tx: Transaction, assembly: int) -> tuple[Stamp, ...]:
    """All stamps by size."""
    rows = tx.all(_ALL, assembly=assembly)
    return tuple(Stamp(size, bytes(note), bytes(token), at) for size, note, token, at in rows)
