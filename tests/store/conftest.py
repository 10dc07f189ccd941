"""A database of the newest shape for every test, SQLite and PostgreSQL in turn."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import sqlite_file_url
from tests.store.rows import shape
from voting.store.transaction import Database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished SQLite file, for copying: a fifth of the time of making one."""
    folder = tmp_path_factory.mktemp("template")
    shape(sqlite_file_url(folder))
    return folder


@pytest.fixture
def sqlite_shaped_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template / "voting.db", tmp_path / "voting.db")
    return sqlite_file_url(tmp_path)


@pytest.fixture
def postgres_shaped_url(request: pytest.FixtureRequest) -> Iterator[str]:
    server = request.getfixturevalue("postgres")
    name = server.create(template=server.template("store", shape))
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def shaped_url(request: pytest.FixtureRequest) -> str:
    """A database with the newest tables and the rows of ``tests.store.rows``."""
    url: str = request.getfixturevalue(f"{request.param}_shaped_url")
    return url


@pytest.fixture
def database(shaped_url: str) -> Iterator[Database]:
    opened = Database(shaped_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(sqlite_shaped_url: str) -> Iterator[Database]:
    """For what only SQLite has to show."""
    opened = Database(sqlite_shaped_url)
    yield opened
    opened.close()
