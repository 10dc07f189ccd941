"""Seeing from outside that somebody waits for a lock, so that no test has to sleep and hope."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from voting.store.transaction import Database

_ADVISORY_WAITERS = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def somebody_waits(database: Database) -> bool:
    """Whether a thread or a process waits for a turn or a gate of *database*."""
    if not database.is_sqlite:
        with database.reading() as tx:
            row = tx.one(_ADVISORY_WAITERS)
        return row is not None and int(row[0]) > 0
    file = Path(str(database.engine.url.database))
    return any(waits_for(each) for each in file.parent.glob(f"{file.name}.*"))


def waits_for(file: Path) -> bool:
    """Whether somebody waits for a lock on *file*.  Source: proc(5), /proc/locks; "->" is a waiter."""
    inode = str(file.stat().st_ino)
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return any("->" in line and line[-3].rpartition(":")[2] == inode for line in lines)


def until(waits: Callable[[], bool], *, done: Callable[[], bool]) -> None:
    """Return once somebody is seen waiting, or was let through without waiting."""
    while not waits() and not done():
        pass
