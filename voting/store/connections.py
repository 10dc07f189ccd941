"""Connections kept open between uses.

SQLAlchemy makes them and prepares them, its pool would bring them back to a known state each time.  Ours
come back in a known state: after COMMIT or ROLLBACK, or not at all.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import ClassVar
from weakref import WeakSet

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from voting.core.errors import Broken, Refusal

_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_DISK_FULL = "53100"  # PostgreSQL's class of "insufficient resources"
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@dataclass(eq=False)
class DatabaseUnreachable(Refusal):
    """No connection can be made: the server is down, or the address is wrong."""

    code: ClassVar[str] = "database-unreachable"
    where: str


@dataclass(eq=False)
class StorageFailed(Refusal):
    """The disk under the database takes or gives nothing more.  Shape: ``detail``: what the driver said."""

    code: ClassVar[str] = "storage-failed"
    where: str
    detail: str


@dataclass(eq=False)
class DatabaseMissing(Refusal):
    """There is no file where the database should be."""

    code: ClassVar[str] = "database-missing"
    file: str


class Connections:
    """The open connections of one engine that nobody uses at present; any thread may take one."""

    def __init__(self, engine: Engine, *, roll_back: Callable[[DBAPIConnection], None]) -> None:
        self._engine = engine
        self._roll_back = roll_back
        self._idle: list[DBAPIConnection] = []
        _ALL.add(self)

    def take(self) -> DBAPIConnection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def give_back(self, connection: DBAPIConnection) -> None:
        """The connection is whole, and no transaction is open on it."""
        self._idle.append(connection)

    def discard(self, connection: DBAPIConnection) -> None:
        """Close one that failed: nobody knows what is still open on it, and its server may be gone."""
        # SQLite closes nothing while a transaction is open on it; a server that is gone rolls back by itself.
        with suppress(self._engine.dialect.loaded_dbapi.Error):
            self._roll_back(connection)
        connection.close()

    @contextmanager
    def sound(self, connection: DBAPIConnection) -> Iterator[None]:
        """Run something on a connection that is kept only where it succeeds."""
        try:
            yield
        except BaseException:
            self.discard(connection)
            raise

    def tell_cause(self, fault: BaseException) -> None:
        """Say in words what *fault* of the driver means, where it is one that people can do something about.

        Raises  Broken where the file is damaged or no database; StorageFailed where its disk is full or
                fails.
        """
        # SQLAlchemy hands on what the driver said as ``orig``.
        said = getattr(fault, "orig", None) or fault
        # An extended code of SQLite has its kind in the last byte.
        code = getattr(said, "sqlite_errorcode", None)
        if (code is not None and code & 0xFF in _DISK) or getattr(said, "sqlstate", None) == _DISK_FULL:
            where = self._engine.url.render_as_string(hide_password=True)
            raise StorageFailed(where, " ".join(str(said).split())) from fault
        if isinstance(said, sqlite3.Error) and code in _DAMAGED:
            raise Broken(
                f"the file {self._engine.url.database} is damaged, or no database of SQLite ({said}); "
                "keep it as it is, check database_url, or bring back the newest backup (docs/operations.md)"
            ) from fault

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()

    def _begin_in_child(self) -> None:
        # Neither used nor closed: a forked child would speak, or say good-bye, in its parent's name.
        _PARENTS.extend(self._idle)
        self._idle = []

    def _open(self) -> DBAPIConnection:
        made = self._engine.raw_connection()
        connection: DBAPIConnection | None = made.driver_connection
        if connection is None:
            raise Broken("no connection was made")
        # Taken out of SQLAlchemy's own pool: it is ours to keep and to close.
        made.detach()
        return connection


_ALL: WeakSet[Connections] = WeakSet()
_PARENTS: list[DBAPIConnection] = []


def _begin_in_child() -> None:
    for connections in _ALL:
        connections._begin_in_child()


os.register_at_fork(after_in_child=_begin_in_child)
