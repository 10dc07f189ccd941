"""What begins and ends: all or nothing, reading that cannot write, settings that keep what was promised."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import sql
from psycopg.errors import DiskFull, UniqueViolation
from sqlalchemy import text

from tests.databases import Postgres, sqlite_file_url
from tests.store.rows import T0
from voting.core.errors import Broken
from voting.core.permissions import Officer, Role
from voting.store import accounts
from voting.store.connections import DatabaseMissing, DatabaseUnreachable, StorageFailed
from voting.store.durability import check_sqlite
from voting.store.schema import current
from voting.store.transaction import Database

THIRD = Officer("third", "架空 三郎", Role.AUDITOR)


class PowerCut(BaseException):
    """As unexpected as it gets: no Exception, so nothing that catches those sees it."""


def add_third(tx):
    accounts.add(tx, THIRD, password_hash="-", now=T0)


def officers(database):
    with database.reading() as tx:
        return [each.id for each in accounts.everybody(tx)]


def test_leaving_a_transaction_normally_commits_it(database):
    with database.transaction() as tx:
        add_third(tx)

    assert officers(database) == ["first", "second", "third"]


def test_a_return_from_the_middle_of_a_transaction_commits_it(database):
    def verb():
        with database.transaction() as tx:
            add_third(tx)
            return

    verb()

    assert officers(database) == ["first", "second", "third"]


@pytest.mark.parametrize("fault", [ValueError, PowerCut])
def test_any_exception_rolls_back_and_comes_out(database, fault):
    with pytest.raises(fault), database.transaction() as tx:
        add_third(tx)
        raise fault

    assert officers(database) == ["first", "second"]


def test_a_refused_statement_takes_the_statements_before_it_along(database):
    with pytest.raises(Exception, match=r"UNIQUE|unique"), database.transaction() as tx:
        add_third(tx)
        add_third(tx)

    assert officers(database) == ["first", "second"]


def test_after_a_rollback_the_next_transaction_starts_clean(database):
    with pytest.raises(PowerCut), database.transaction() as tx:
        add_third(tx)
        raise PowerCut

    with database.transaction() as tx:
        add_third(tx)

    assert officers(database) == ["first", "second", "third"]


def test_a_constraint_that_fails_at_the_commit_rolls_back(sqlite):
    # SQLite checks a deferred foreign key only when COMMIT is said.
    orphan = text("INSERT INTO person (assembly, account, salt, commitment) VALUES (1, 'nobody', x'00', '-')")
    with pytest.raises(sqlite3.IntegrityError), sqlite.transaction() as tx:
        tx.run(text("PRAGMA defer_foreign_keys = ON"))
        add_third(tx)
        tx.run(orphan)

    assert officers(sqlite) == ["first", "second"]
    with sqlite.transaction() as tx:
        add_third(tx)
    assert officers(sqlite) == ["first", "second", "third"]


def test_what_is_read_in_a_reading_cannot_be_written(database):
    with pytest.raises(Exception, match=r"readonly|read-only"), database.reading() as tx:
        add_third(tx)

    assert officers(database) == ["first", "second"]


def test_after_a_reading_the_same_connection_may_write_again(database):
    for _ in range(3):
        officers(database)

    with database.transaction() as tx:
        add_third(tx)

    assert officers(database) == ["first", "second", "third"]


def test_a_reading_sees_one_state_although_somebody_commits_meanwhile(database):
    with database.reading() as tx:
        before = accounts.everybody(tx)
        with database.transaction() as writing:
            add_third(writing)
        after = accounts.everybody(tx)

    assert before == after
    assert len(officers(database)) == 3


def test_nobody_sees_what_is_not_committed(database):
    with database.transaction() as tx:
        add_third(tx)

        assert officers(database) == ["first", "second"]


def test_rows_come_as_a_stream_in_the_same_order(database):
    numbers = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n"
    )
    with database.reading() as tx:
        assert [row[0] for row in tx.stream(numbers)] == list(range(1, 2501))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:memory?uri=true"])
def test_a_database_that_other_processes_cannot_see_is_refused(url):
    with pytest.raises(Broken):
        Database(url)


def test_sqlite_keeps_a_log_and_writes_through(sqlite):
    with sqlite.transaction() as tx:
        kept = [
            tx.one(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete")
        ]

    assert kept == [("wal",), (2,), (1,), (1,), (1,)]


@pytest.mark.parametrize(
    "weaker", ["journal_mode = DELETE", "synchronous = NORMAL", "synchronous = OFF", "foreign_keys = OFF"]
)
def test_a_sqlite_connection_with_weaker_settings_is_refused(sqlite, weaker):
    file = str(sqlite.engine.url.database)
    sqlite.close()
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        check_sqlite(connection)
        connection.execute(f"PRAGMA {weaker}")

        with pytest.raises(Broken, match=weaker.split()[0]):
            check_sqlite(connection)
    finally:
        connection.close()


def test_a_postgresql_database_that_answers_before_it_has_written_is_refused(
    postgres: Postgres, postgres_shaped_url: str
):
    database = Database(postgres_shaped_url)
    with database.reading() as tx:
        assert tx.one(text("SHOW synchronous_commit")) == ("on",)
    database.close()

    name = sql.Identifier(str(database.engine.url.database))
    postgres.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(name))

    with pytest.raises(Broken, match="synchronous_commit"):
        Database(postgres_shaped_url)


def test_nobody_else_may_read_the_file_that_holds_the_codes(tmp_path: Path):
    Database(sqlite_file_url(tmp_path)).close()
    database = Database(sqlite_file_url(tmp_path))
    with database.transaction() as tx:
        tx.run(text("CREATE TABLE anything (number INTEGER)"))
        rights = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    database.close()

    assert {"voting.db", "voting.db-wal", "voting.db-shm", "voting.db.writers"} <= rights.keys()
    assert set(rights.values()) == {0o600}


def test_a_server_that_does_not_answer_is_a_refusal_that_names_it_without_its_password():
    with pytest.raises(DatabaseUnreachable) as refused:
        Database("postgresql+psycopg://clerk:secret@127.0.0.1:1/voting")

    assert "127.0.0.1:1/voting" in refused.value.where
    assert "secret" not in refused.value.where


def test_looking_for_a_database_that_is_not_there_makes_none(tmp_path):
    with pytest.raises(DatabaseMissing):
        Database(f"sqlite:///{tmp_path / 'voting.db'}", must_exist=True)

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told_by_its_name(tmp_path):
    file = tmp_path / "voting.db"
    file.write_bytes(bytes(range(256)) * 20)

    with pytest.raises(Broken, match=re.escape(str(file))):
        Database(f"sqlite:///{file}")


def test_damage_in_the_middle_of_a_database_is_told_when_it_is_read(sqlite_shaped_url):
    database = Database(sqlite_shaped_url)
    with closing(sqlite3.connect(database.engine.url.database)) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(database.engine.url.database, "r+b") as file:
        # The first page stays.
        size = file.seek(0, 2)
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))

    with pytest.raises(Broken, match="is damaged"), database.reading() as tx:
        accounts.everybody(tx)
    with pytest.raises(Broken, match="is damaged"):
        current(database)
    database.close()


def test_a_full_disk_is_told_as_that_and_the_database_goes_on_once_there_is_room(sqlite_shaped_url):
    database = Database(sqlite_shaped_url)
    with database.transaction() as tx:
        # What SQLite says where the disk is full; the connection is used again by the next block.
        tx._command("PRAGMA max_page_count = 1")

    with pytest.raises(StorageFailed, match="disk is full") as refused, database.transaction() as tx:
        accounts.add(tx, Officer("x", "架" * 100_000, Role.CHAIR), password_hash="-", now=T0)
    database.close()

    assert refused.value.where == sqlite_shaped_url
    with closing(Database(sqlite_shaped_url)) as again, again.transaction() as tx:
        assert accounts.find(tx, "x") is None
        accounts.add(tx, Officer("x", "架" * 100_000, Role.CHAIR), password_hash="-", now=T0)


def test_a_full_disk_of_a_server_is_told_as_that(sqlite_shaped_url):
    database = Database(sqlite_shaped_url)

    with pytest.raises(StorageFailed):
        database._writing.tell_cause(DiskFull("could not extend file"))
    database._writing.tell_cause(UniqueViolation("another fault"))
    database.close()
