"""The letterhead of an assembly, as the office wrote it, and every one before it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select

from voting.store.tables import letterhead, letterhead_version
from voting.store.transaction import Transaction

_FIND = select(letterhead.c.source).where(letterhead.c.assembly == bindparam("assembly"))
_DELETE = delete(letterhead).where(letterhead.c.assembly == bindparam("assembly_is"))
_INSERT = insert(letterhead)
_NEWEST = select(func.coalesce(func.max(letterhead_version.c.number), 0)).where(
    letterhead_version.c.assembly == bindparam("assembly")
)
_KEEP = insert(letterhead_version)
_VERSIONS = (
    select(
        letterhead_version.c.number,
        letterhead_version.c.source,
        letterhead_version.c.changed_at,
        letterhead_version.c.changed_by,
    )
    .where(letterhead_version.c.assembly == bindparam("assembly"))
    .order_by(letterhead_version.c.number.desc())
)


@dataclass(frozen=True, slots=True)
class Version:
    """A letterhead as it was set.  Shape: ``changed_by`` is None where nobody wrote down who did."""

    number: int
    source: str
    changed_at: str
    changed_by: str | None


def put(tx: Transaction, assembly: int, source: str, *, by: str, now: str) -> None:
    """Keep *source* in the place of what was there before, which stays as a version."""
    row = tx.one(_NEWEST, assembly=assembly)
    number = 1 if row is None else int(row[0]) + 1
    tx.run(_KEEP, assembly=assembly, number=number, source=source, changed_at=now, changed_by=by)
    tx.run(_DELETE, assembly_is=assembly)
    tx.run(_INSERT, assembly=assembly, source=source, changed_at=now)


def find(tx: Transaction, assembly: int) -> str | None:
    row = tx.one(_FIND, assembly=assembly)
    return None if row is None else str(row[0])


def versions(tx: Transaction, assembly: int) -> tuple[Version, ...]:
    """Every one that was set, the newest first."""
    return tuple(Version(*row) for row in tx.all(_VERSIONS, assembly=assembly))
