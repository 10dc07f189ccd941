"""How a connection is made ready, and what a database must keep: nothing acknowledged is ever lost.

Weaker settings are refused at start.  Source: ledger L4.
"""

from typing import Any

from sqlalchemy.engine.interfaces import DBAPIConnection

from voting.core.errors import Broken


def prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA wal_autocheckpoint = 4000")  # pages: moving them holds up one ballot
    cursor.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE would delete a ledger's row past the trigger that forbids it.
    cursor.execute("PRAGMA recursive_triggers = ON")
    # A voting code that is wiped from the outbox is overwritten in the file, not only unlinked.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def prepare_sqlite_reader(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()


def prepare_postgresql(connection: Any, record: object) -> None:
    connection.autocommit = True  # we say BEGIN ourselves


def check_sqlite(connection: DBAPIConnection) -> None:
    cursor = connection.cursor()
    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
        cursor.execute(f"PRAGMA {pragma}")
        row = cursor.fetchone()
        if row is None or row[0] != wanted:
            raise Broken(f"SQLite does not keep {pragma} = {wanted}: acknowledged votes could be lost")


def check_postgresql(connection: DBAPIConnection) -> None:
    cursor = connection.cursor()
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        cursor.execute(f"SHOW {setting}")
        row = cursor.fetchone()
        if row is None or row[0] != "on":
            raise Broken(f"PostgreSQL has {setting} switched off: acknowledged votes could be lost")
