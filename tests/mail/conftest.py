"""A relay, and an assembly whose ballots are about to be mailed through it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mail.relay import HOST, FakeRelay, relay
from tests.world import World, empty_database, world_at
from voting.mail.smtp import Relay, sender


@pytest.fixture
def plain() -> Iterator[FakeRelay]:
    """A relay on this machine, without encryption."""
    with relay() as fake:
        yield fake


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "voting.db"
    empty_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def world(tmp_path: Path, database_template: Path, plain: FakeRelay) -> Iterator[World]:
    """A world whose mails go to the relay."""
    shutil.copy(database_template, tmp_path / "voting.db")
    world = world_at(tmp_path, f"sqlite:///{tmp_path / 'voting.db'}")
    world.rt = replace(world.rt, send=sender(Relay(HOST, plain.port, "none")))
    yield world
    world.check()
    world.rt.database.close()
