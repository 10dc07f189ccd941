"""What a witness remembers: the logs it watches, and every checkpoint it was about to sign.

One SQLite file.  Rows are added and never changed or removed, so a log that was added cannot be removed
and added anew with its history forgotten.  Looking at the last checkpoint and storing the next happen in
one exclusive transaction, flushed to the disk: several processes on one state decide one after the other,
and whoever is killed has stored before anybody was answered.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from voting.ledger.canonical import instant_text
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.note import Verifier
from voting.witness.errors import OtherKeyOfLog, StateDamaged, UnknownLog
from voting.witness.judging import opened

_FILE = "witness.db"
_FORKS = "forks"
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SHAPE = """
CREATE TABLE IF NOT EXISTS log (
    origin TEXT PRIMARY KEY, vkey TEXT NOT NULL, added_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS seen (
    origin TEXT NOT NULL REFERENCES log (origin), size INTEGER NOT NULL,
    note BLOB NOT NULL, stored_at TEXT NOT NULL, PRIMARY KEY (origin, size)
);
CREATE TRIGGER IF NOT EXISTS log_no_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'a log stays as it was added'); END;
CREATE TRIGGER IF NOT EXISTS log_no_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'a log is never removed'); END;
CREATE TRIGGER IF NOT EXISTS seen_no_update BEFORE UPDATE ON seen
BEGIN SELECT RAISE(ABORT, 'what was seen stays'); END;
CREATE TRIGGER IF NOT EXISTS seen_no_delete BEFORE DELETE ON seen
BEGIN SELECT RAISE(ABORT, 'what was seen is never removed'); END;
CREATE TRIGGER IF NOT EXISTS seen_only_grows BEFORE INSERT ON seen
WHEN EXISTS (SELECT 1 FROM seen WHERE origin = NEW.origin AND size >= NEW.size)
BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
"""
_NEWEST = "SELECT note FROM seen WHERE origin = ? ORDER BY size DESC LIMIT 1"


class State:
    """The memory of one witness, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = folder / _FILE
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        with self._connected() as connection:
            connection.executescript(_SHAPE)

    def add(self, log: Verifier, *, now: datetime) -> bool:
        """Watch a log from now on; False where it is watched already.

        Raises  OtherKeyOfLog where its name is known with another key.
        """
        with self._deciding() as connection:
            row = connection.execute("SELECT vkey FROM log WHERE origin = ?", (log.name,)).fetchone()
            if row is not None and row[0] != log.vkey:
                raise OtherKeyOfLog(log.name, row[0])
            if row is None:
                connection.execute(
                    "INSERT INTO log VALUES (?, ?, ?)", (log.name, log.vkey, instant_text(now))
                )
            return row is None

    def logs(self) -> tuple[Verifier, ...]:
        """The logs that are watched, by name."""
        with self._connected() as connection:
            rows = connection.execute("SELECT vkey FROM log ORDER BY origin").fetchall()
        return tuple(Verifier.from_vkey(row[0]) for row in rows)

    def log(self, origin: str) -> Verifier:
        """The key of a log.  Raises: UnknownLog."""
        with self._connected() as connection:
            row = connection.execute("SELECT vkey FROM log WHERE origin = ?", (origin,)).fetchone()
        if row is None:
            raise UnknownLog(origin)
        return Verifier.from_vkey(row[0])

    def held(self, origin: str) -> bytes | None:
        """The newest checkpoint that was signed or was about to be, as the log signed it."""
        with self._connected() as connection:
            row = connection.execute(_NEWEST, (origin,)).fetchone()
        return None if row is None else bytes(row[0])

    def advance(
        self,
        log: Verifier,
        note: bytes,
        judge: Callable[[Checkpoint, Checkpoint | None], None],
        *,
        now: datetime,
    ) -> None:
        """Store *note* where *judge* lets it follow what is held; it is on the disk when this returns.

        Raises  whatever *judge* raises; then nothing has changed.
        """
        offered = opened(note, log)
        with self._deciding() as connection:
            row = connection.execute(_NEWEST, (log.name,)).fetchone()
            held = None if row is None else opened(bytes(row[0]), log)
            judge(offered, held)
            if held is None or held.size < offered.size:
                connection.execute(
                    "INSERT INTO seen VALUES (?, ?, ?, ?)", (log.name, offered.size, note, instant_text(now))
                )

    def keep_fork(self, log: Verifier, offered: bytes, *, digest: str) -> tuple[Path, ...]:
        """Keep the held and the offered checkpoint in files of their own, to be shown to others."""
        folder = self.folder / _FORKS / digest
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = {"log.vkey": f"{log.vkey}\n".encode(), "held": self.held(log.name) or b"", "offered": offered}
        for name, content in files.items():
            with (folder / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        return folder / "held", folder / "offered"

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=30, isolation_level=None)) as connection:
            try:
                # EXTRA also flushes the folder: a power cut cannot bring back the state before.
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA recursive_triggers = ON")
                yield connection
            except sqlite3.DatabaseError as fault:
                if getattr(fault, "sqlite_errorcode", None) in _DAMAGED:
                    raise StateDamaged(str(self._file)) from fault
                raise

    @contextmanager
    def _deciding(self) -> Iterator[sqlite3.Connection]:
        """One decision, alone: all of it on the disk, or nothing."""
        with self._connected() as connection:
            connection.execute("BEGIN EXCLUSIVE")
            try:
                yield connection
            except BaseException:
                # Where the file is damaged, SQLite may have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
