"""One assembly of the world with everything in it, its bundles, and what its members hold."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.verify.forge import Forge
from tests.world import ALL_FOR, World, empty_database, world_at
from voting.core.ballots import Channel, Mark
from voting.core.permissions import Role
from voting.ledger.note import Signer
from voting.ledger.receipt_file import Receipt
from voting.services.desk.papers import Sheet
from voting.services.proof.export import export
from voting.verify.evidence import Held

AGAINST = {1: Mark.AGAINST, 2: Mark.FOR}


@dataclass(frozen=True)
class Council:
    """A certified assembly: both bundles, the log's key, a receipt for everything that was sent."""

    public: bytes
    auditor: bytes
    signer: Signer
    receipts: tuple[Receipt, ...]

    @property
    def held(self) -> Held:
        return Held(self.signer.verifier)

    def forge(self, audience: str = "public") -> Forge:
        return Forge.of(self.public if audience == "public" else self.auditor, self.signer)


def play(world: World, *, disclosure: str = "L1") -> None:
    """A revision, three papers of which one is late, a late ballot, two silent members."""
    world.assembly(size=8, disclosure=disclosure)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.cast("M0002", AGAINST)
    world.at("2026-06-03 09:00")
    world.cast("M0001", AGAINST)
    world.paper("M0003", serial="F-1", arrived="2026-06-02 16:03")
    world.paper("M0004", serial="P-1", arrived="2026-06-03 08:00", channel=Channel.POST)
    _enter(world, "F-1", Sheet("M0003", {1: Mark.FOR, 2: Mark.BLANK}))
    _enter(world, "P-1", Sheet("M0004", ALL_FOR, defect="記名なし"))
    world.at("2026-06-10 12:00")
    world.cast("M0002")
    world.at("2026-06-11 00:05")
    world.cast("M0005")
    world.paper("M0006", serial="F-2", arrived="2026-06-11 00:01")
    _enter(world, "F-2", Sheet("M0006", ALL_FOR))
    world.certify()


def _enter(world: World, serial: str, sheet: Sheet) -> None:
    world.enter(serial, sheet, by=Role.ENTRY)
    world.enter(serial, sheet, by=Role.CHECKER)


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
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


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory, database_template: Path) -> Council:
    folder = tmp_path_factory.mktemp("council")
    shutil.copy(database_template, folder / "voting.db")
    world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
    play(world)
    rt, origin = world.rt, world.origin
    found = Council(
        public=export(rt, origin, audience="public"),
        auditor=export(rt, origin, audience="auditor"),
        signer=rt.keys.signer(origin),
        receipts=tuple(world.receipts),
    )
    world.check()
    rt.database.close()
    return found
