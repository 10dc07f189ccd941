"""The world that every verb is tested in; after each test its ledger is replayed and compared."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World, empty_database, world_at


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of the newest shape; copying it takes a tenth of making it."""
    file = tmp_path_factory.mktemp("template") / "voting.db"
    empty_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def world(tmp_path: Path, database_template: Path) -> Iterator[World]:
    shutil.copy(database_template, tmp_path / "voting.db")
    world = world_at(tmp_path, f"sqlite:///{tmp_path / 'voting.db'}")
    yield world
    world.check()
    world.rt.database.close()
