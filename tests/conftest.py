"""What every test may ask for: databases, repeatable examples, no silent skipping on the build machine."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.databases import Postgres, PostgresMissing, postgres_server, sqlite_file_url
from tests.world import World, empty_database, world_at

# The same examples on every machine, and no verdict that depends on the speed of one.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")

# Set by ./test where CI=true: a missing browser or server is then a fault, not a reason to look away.
REQUIRE_ALL = "VOTING_REQUIRE_ALL"


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure. An expected failure also counts as "skipped" in pytest; it stays."""
    if os.environ.get(REQUIRE_ALL) and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which {REQUIRE_ALL} forbids: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of this process, started when the first of them asks."""
    try:
        with postgres_server() as server:
            yield server
    except PostgresMissing as fault:
        pytest.skip(str(fault))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return sqlite_file_url(tmp_path)


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    database = postgres.create()
    yield postgres.url(database)
    postgres.drop(database)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both in turn: what is promised has to hold on either."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of the newest shape; copying it takes a tenth of making it."""
    file = tmp_path_factory.mktemp("template") / "voting.db"
    empty_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def world(tmp_path: Path, database_template: Path) -> Iterator[World]:
    """The world that every verb is tested in; after the test its ledger is replayed and compared."""
    shutil.copy(database_template, tmp_path / "voting.db")
    world = world_at(tmp_path, f"sqlite:///{tmp_path / 'voting.db'}")
    yield world
    world.check()
    world.rt.database.close()
