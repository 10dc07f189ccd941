"""The letterhead of an assembly, as the office wrote it."""

from sqlalchemy import bindparam, delete, insert, select

from voting.store.tables import letterhead
from voting.store.transaction import Transaction

_FIND = select(letterhead.c.source).where(letterhead.c.assembly == bindparam("assembly"))
_DELETE = delete(letterhead).where(letterhead.c.assembly == bindparam("assembly_is"))
_INSERT = insert(letterhead)


def put(tx: Transaction, assembly: int, source: str, *, now: str) -> None:
    """Keep *source* in the place of what was there before."""
    tx.run(_DELETE, assembly_is=assembly)
    tx.run(_INSERT, assembly=assembly, source=source, changed_at=now)


def find(tx: Transaction, assembly: int) -> str | None:
    row = tx.one(_FIND, assembly=assembly)
    return None if row is None else str(row[0])
