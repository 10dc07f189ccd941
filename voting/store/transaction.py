"""The only place that begins, commits and rolls back, and the only one that knows which database it is.

Leaving a ``transaction()`` normally commits, any exception rolls back.  A ``reading()`` cannot write:
the database itself refuses.  Statements are SQLAlchemy Core, compiled once for the dialect and run on
the DB-API connection, which is what keeps a cast at a few microseconds a statement.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement, Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert

from voting.core.errors import Broken
from voting.store.connections import Connections, DatabaseMissing, DatabaseUnreachable
from voting.store.durability import (
    check_postgresql,
    check_sqlite,
    prepare_postgresql,
    prepare_sqlite,
    prepare_sqlite_reader,
)
from voting.store.locks import WriterQueue, shared_file

Row = tuple[Any, ...]
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it.  Shape: ``bind`` puts the values into the driver's form."""

    text: str
    bind: Callable[[Mapping[str, object]], Any]


class _Statements:
    """Each statement's text for one dialect, compiled at first use."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled: dict[Executable, _Compiled] = {}

    def compiled(self, statement: Executable) -> _Compiled:
        found = self._compiled.get(statement)
        if found is None:
            # inline: an INSERT must not grow a RETURNING of its own.
            plain = statement.inline() if isinstance(statement, Insert) else statement
            compiled = plain.compile(dialect=self._dialect) if isinstance(plain, ClauseElement) else None
            if not isinstance(compiled, SQLCompiler):
                raise Broken(f"not a statement with parameters: {statement}")
            found = _Compiled(str(compiled), _binder(compiled))
            self._compiled[statement] = found
        return found


class Transaction:
    """An open transaction.  Values go in and come out as the columns keep them: text, int, bytes."""

    def __init__(self, connection: DBAPIConnection, statements: _Statements) -> None:
        self._cursor = connection.cursor()
        self._statements = statements

    def run(self, statement: Executable, **values: object) -> int:
        """Execute, and say how many rows it touched."""
        self._execute(statement, values)
        return int(self._cursor.rowcount)

    def one(self, statement: Executable, **values: object) -> Row | None:
        """The first row, or None where there is none."""
        self._execute(statement, values)
        row = self._cursor.fetchone()
        return None if row is None else tuple(row)

    def all(self, statement: Executable, **values: object) -> list[Row]:
        self._execute(statement, values)
        return [tuple(row) for row in self._cursor.fetchall()]

    def stream(self, statement: Executable, **values: object) -> Iterator[Row]:
        """The rows one after the other; nothing else may be run meanwhile."""
        self._execute(statement, values)
        while rows := self._cursor.fetchmany(1000):
            for row in rows:
                yield tuple(row)

    def many(self, statement: Executable, rows: Iterable[Mapping[str, object]]) -> None:
        """Execute once for each row of values, taken a batch at a time so that a large roll fits."""
        compiled = self._statements.compiled(statement)
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            self._cursor.executemany(compiled.text, [compiled.bind(row) for row in batch])

    def _execute(self, statement: Executable, values: Mapping[str, object]) -> None:
        compiled = self._statements.compiled(statement)
        self._cursor.execute(compiled.text, compiled.bind(values))

    def _command(self, text: str) -> None:
        self._cursor.execute(text)


def _binder(compiled: SQLCompiler) -> Callable[[Mapping[str, object]], Any]:
    """Named values, with those that the statement itself brings along, in the form of its parameters."""
    fixed, order = {**compiled.params}, compiled.positiontup
    if order is None:
        return lambda values: {**fixed, **values}
    if len(order) < 2:
        return lambda values: tuple({**fixed, **values}[name] for name in order)
    pick = itemgetter(*order)
    if set(order) <= {name for name in fixed if compiled.binds[name].required}:
        return pick
    return lambda values: pick({**fixed, **values})


def _roll_back(connection: DBAPIConnection) -> None:
    connection.rollback()


class _Block:
    """A transaction as a ``with`` block: it begins on entering, and ends before the turn is let go.

    Plain methods, no generators: a cast goes through four of them.
    """

    __slots__ = ("_begin", "_connection", "_connections", "_statements", "_transaction", "_turn")

    def __init__(
        self, connections: Connections, statements: _Statements, begin: str, turn: WriterQueue | None = None
    ) -> None:
        self._connections, self._statements, self._begin, self._turn = connections, statements, begin, turn

    def __enter__(self) -> Transaction:
        if self._turn is not None:
            self._turn.__enter__()
        try:
            self._connection = self._connections.take()
            self._transaction = Transaction(self._connection, self._statements)
            self._command(self._begin)
        except BaseException as fault:
            self._leave()
            self._connections.tell_cause(fault)
            raise
        return self._transaction

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        try:
            self._command("COMMIT" if fault is None else "ROLLBACK")
            self._connections.give_back(self._connection)
        finally:
            self._leave()
            if fault is not None:
                self._connections.tell_cause(fault)

    def _command(self, text: str) -> None:
        try:
            self._transaction._command(text)
        except BaseException as fault:
            self._connections.discard(self._connection)
            self._connections.tell_cause(fault)
            raise

    def _leave(self) -> None:
        if self._turn is not None:
            self._turn.__exit__()


class Database:
    """One database, reached by URL: ``sqlite:///file`` or ``postgresql+psycopg://…``.

    Raises  Broken where the file is damaged, or the database is set to lose what it acknowledged;
            StorageFailed where its disk is full or fails, from here and from every block;
            DatabaseMissing where the file *must exist*: looking makes nothing.
    """

    def __init__(self, url: str, *, must_exist: bool = False) -> None:
        where = make_url(url)
        self.is_sqlite = where.get_backend_name() == "sqlite"
        file = where.database or ""
        if self.is_sqlite and (file in ("", ":memory:") or file.startswith("file:")):
            raise Broken("SQLite needs a file: several processes must see one database")
        self.engine: Engine = create_engine(where, pool_size=16, max_overflow=32)
        event.listen(self.engine, "connect", prepare_sqlite if self.is_sqlite else prepare_postgresql)
        self._statements = _Statements(self.engine.dialect)
        self._writing = self._reading = Connections(self.engine, roll_back=_roll_back)
        self._writers: WriterQueue | None = None
        self._begin, self._begin_reading = "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if self.is_sqlite:
            self._begin, self._begin_reading = "BEGIN IMMEDIATE", "BEGIN"
            # Connections of their own: switching query_only on and off forgets all prepared statements.
            readers = create_engine(where, pool_size=16, max_overflow=32)
            event.listen(readers, "connect", prepare_sqlite_reader)
            self._reading = Connections(readers, roll_back=_roll_back)
            self._file = Path(file)
            if must_exist and not self._file.exists():
                raise DatabaseMissing(file)
            # The outbox holds voting codes; SQLite gives its other files the rights of this one.
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self._writers = WriterQueue(self._beside("writers"))
            self._promises: dict[str, WriterQueue] = {}
            self._gates: dict[str, Path] = {}
        try:
            connection = self._writing.take()
            with self._writing.sound(connection):
                (check_sqlite if self.is_sqlite else check_postgresql)(connection)
            self._writing.give_back(connection)
        except BaseException as fault:
            self.close()
            self._writing.tell_cause(fault)
            if isinstance(fault, self.engine.dialect.loaded_dbapi.OperationalError):
                raise DatabaseUnreachable(where.render_as_string(hide_password=True)) from fault
            raise

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Read and write, all or nothing."""
        return _Block(self._writing, self._statements, self._begin, self._writers)

    def reading(self) -> AbstractContextManager[Transaction]:
        """Read only, from one state of the database; a write is an error of the database."""
        return _Block(self._reading, self._statements, self._begin_reading)

    def ledger_turn(self, origin: str) -> AbstractContextManager[None]:
        """Be the only one that extends the ledger *origin*, over more than one transaction."""
        if self._writers is not None:
            return self._writers.turn()
        return self._advisory("ledger/" + origin, exclusively=True)

    def promise_turn(self, origin: str) -> AbstractContextManager[None]:
        """Be the only one that signs for the ledger *origin*.  Order: after ``ledger_turn``, never before."""
        if not self.is_sqlite:
            return self._advisory("promises/" + origin, exclusively=True)
        queue = self._promises.get(origin)
        if queue is None:
            queue = self._promises.setdefault(origin, WriterQueue(self._beside("promises", origin)))
        return queue.turn()

    def arrivals(self, origin: str, *, exclusively: bool = False) -> AbstractContextManager[None]:
        """Hold the gate of *origin*: casts under way hold it together, the closing holds it alone.

        So the closing waits until every ballot received before it has been answered (ledger L3).
        """
        if not self.is_sqlite:
            return self._advisory("arrivals/" + origin, exclusively=exclusively)
        gate = self._gates.get(origin)
        if gate is None:
            gate = self._gates.setdefault(origin, self._beside("arrivals", origin))
        return shared_file(gate, exclusively=exclusively)

    @contextmanager
    def schema_connection(self) -> Iterator[Connection]:
        """SQLAlchemy's own connection, in one transaction, for migrations only."""
        try:
            with self._writers or nullcontext(), self.engine.connect() as connection:
                connection.exec_driver_sql(self._begin)
                try:
                    yield connection
                except BaseException:
                    connection.exec_driver_sql("ROLLBACK")
                    raise
                connection.exec_driver_sql("COMMIT")
        except DBAPIError as fault:
            self._writing.tell_cause(fault)
            raise

    def close(self) -> None:
        for connections in (self._writing, self._reading):
            connections.close()
        if self._writers is not None:
            for queue in (self._writers, *self._promises.values()):
                queue.close()

    def _beside(self, name: str, origin: str = "") -> Path:
        """A file beside the database; that of one ledger where *origin* is given."""
        suffix = "-" + sha256(origin.encode()).hexdigest()[:16] if origin else ""
        return self._file.with_name(f"{self._file.name}.{name}{suffix}")

    @contextmanager
    def _advisory(self, name: str, *, exclusively: bool) -> Iterator[None]:
        key = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        shared = "" if exclusively else "_shared"
        connection = self._writing.take()
        cursor = connection.cursor()
        with self._writing.sound(connection):
            cursor.execute(f"SELECT pg_advisory_lock{shared}(%s)", (key,))
        try:
            yield
        finally:
            with self._writing.sound(connection):
                cursor.execute(f"SELECT pg_advisory_unlock{shared}(%s)", (key,))
            self._writing.give_back(connection)
