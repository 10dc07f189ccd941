"""The databases that tests run on are real, new, and gone afterwards."""

import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.databases import Postgres, postgres_server


def run(url: str, *statements: str) -> object:
    """The first value the last statement gives."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements[:-1]:
                connection.execute(text(statement))
            return connection.execute(text(statements[-1])).scalar()
    finally:
        engine.dispose()


def test_either_database_keeps_what_was_written_in_japanese(database_url: str) -> None:
    run(
        database_url,
        "CREATE TABLE members (name TEXT)",
        "INSERT INTO members VALUES ('𠮷野町')",
        "SELECT count(*) FROM members",
    )

    assert run(database_url, "SELECT name FROM members") == "𠮷野町"


@pytest.mark.parametrize("round_", ["first", "second"])
def test_no_test_finds_what_another_left(database_url: str, round_: str) -> None:
    assert (
        run(database_url, f"CREATE TABLE traces AS SELECT '{round_}' AS name", "SELECT name FROM traces")
        == round_
    )


def test_the_address_of_postgresql_reaches_postgresql(postgres_url: str) -> None:
    assert str(run(postgres_url, "SELECT version()")).startswith("PostgreSQL 18")


def test_a_template_is_prepared_once_and_copied_for_each_test(postgres: Postgres) -> None:
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        run(url, "CREATE TABLE marks (mark INTEGER)", "INSERT INTO marks VALUES (7) RETURNING mark")

    copies = [postgres.create(template=postgres.template("marks", prepare)) for _ in range(2)]

    assert [run(postgres.url(copy), "SELECT mark FROM marks") for copy in copies] == [7, 7]
    assert len(prepared) == 1
    for copy in copies:
        postgres.drop(copy)


def test_a_connection_left_open_does_not_keep_a_database(postgres: Postgres) -> None:
    database = postgres.create()
    with psycopg.connect(postgres.url(database).replace("+psycopg", "")) as left_open:
        postgres.drop(database)

        with pytest.raises(psycopg.OperationalError):
            left_open.execute("SELECT 1")


def test_the_server_and_its_folder_are_gone_after_the_block() -> None:
    with postgres_server() as server:
        url = server.url("postgres")
        assert run(url, "SELECT 1") == 1

    assert not server.socket_folder.parent.exists()
    with pytest.raises(OperationalError):
        run(url, "SELECT 1")


def test_a_test_run_that_is_killed_leaves_no_server_behind() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_RUN], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    # The guard holds the other end of this pipe until it has removed the folder: reading it to the end waits.
    folder = Path(killed.stdout.strip())

    assert killed.returncode == -9
    assert folder.name == "data"
    assert not folder.parent.exists()


ROOT = Path(__file__).resolve().parent.parent

KILLED_RUN = textwrap.dedent("""
    import os, signal
    from tests.databases import postgres_server

    with postgres_server() as server:
        print(server.socket_folder, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
""")
