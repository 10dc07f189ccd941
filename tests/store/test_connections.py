"""Connections are kept while they are whole, and only those."""

import os

from sqlalchemy import text

from tests.store.rows import ASSEMBLY
from voting.store import ledger
from voting.store.transaction import Database

OWN = text("SELECT pg_backend_pid()")


def test_a_connection_is_used_again_after_a_commit_and_after_a_rollback(database: Database) -> None:
    seen = set()
    for _ in range(3):
        with database.transaction():
            pass
        try:
            with database.transaction() as tx:
                seen.add(id(tx._cursor.connection))
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    assert len(seen) == 1


def test_a_forked_child_uses_none_of_its_parents_connections(database: Database) -> None:
    with database.transaction() as tx:
        parents = tx._cursor.connection

    child = os.fork()
    if child == 0:
        status = 1
        try:
            with database.transaction() as tx:
                status = 2 if tx._cursor.connection is parents else 0
        finally:
            os._exit(status)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with database.transaction() as tx:
        assert tx._cursor.connection is parents
        assert tx.one(text("SELECT 1")) == (1,)


def test_after_the_server_has_ended_a_connection_the_next_transaction_makes_another(
    database: Database,
) -> None:
    if database.is_sqlite:
        return  # it has no server
    with database.transaction() as tx:
        row = tx.one(OWN)
    assert row is not None
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with other.transaction() as tx:
        tx.run(text("SELECT pg_terminate_backend(:pid)"), pid=row[0])
    other.close()

    failed = 0
    for _ in range(2):
        try:
            with database.reading() as tx:
                ledger.head(tx, ASSEMBLY)
        except database.engine.dialect.loaded_dbapi.OperationalError:
            failed += 1

    assert failed == 1


def test_a_server_lost_inside_a_turn_of_the_ledger_is_told_and_the_next_turn_is_had(
    database: Database,
) -> None:
    if database.is_sqlite:
        return
    lost = database.engine.dialect.loaded_dbapi.OperationalError
    other = Database(database.engine.url.render_as_string(hide_password=False))
    try:
        with database.ledger_turn("a-ledger"), other.transaction() as tx:
            tx.run(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        raise AssertionError("the loss was not told")
    except lost:
        pass
    other.close()

    with database.ledger_turn("a-ledger"):
        pass
