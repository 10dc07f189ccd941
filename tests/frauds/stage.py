"""A real assembly at the moments at which a fraud begins.

Eight members: M0001 changes its mind, M0002 and M0005 vote against, M0003 answers on paper, M0004 votes for,
M0006 answers too late, M0007 and M0008 are silent, which counts as agreement.
"""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tests.frauds.looking import Loot
from tests.frauds.operator import Operator
from tests.frauds.witnessed import WITNESS_POLICY, cosign, desk_in, new_desk
from tests.verify.conftest import AGAINST
from tests.verify.forge import Forge
from tests.world import ALL_FOR, World, world_at
from voting.core.ballots import Mark
from voting.core.members import Member
from voting.core.permissions import Role
from voting.core.votes import ONE_VOTE
from voting.ledger.note import Signer
from voting.ledger.receipt_file import Receipt
from voting.services.desk.papers import Sheet
from voting.services.proof.export import export
from voting.store import assemblies

# While votes come in; after the result is certified; as the first, in an assembly that has a witness.
OPEN, DONE, WITNESSED = "open", "done", "open, witnessed"
_SHEET = Sheet("M0003", {1: Mark.FOR, 2: Mark.BLANK})


@dataclass(frozen=True)
class Moment:
    """The assembly as it stood: its files, and what its members held by then."""

    folder: Path
    origin: str
    codes: Mapping[str, str]
    receipts: Mapping[str, Receipt]
    kept: bytes
    at: datetime


@dataclass
class Stage:
    """One moment opened again, for one fraud.  Shape: *receipts* by member; *kept* is its last checkpoint."""

    world: World
    operator: Operator
    receipts: Mapping[str, Receipt]
    kept: bytes

    @property
    def signer(self) -> Signer:
        return self.world.rt.keys.signer(self.world.origin)

    def reopened(self, folder: Path) -> "Stage":
        """The same assembly, after its files were exchanged."""
        world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
        world.origin, world.codes, world.clock.at = self.world.origin, self.world.codes, self.world.clock.at
        world.rt.token.drawn = 200_000  # type: ignore[attr-defined]
        return Stage(world, Operator(world, folder / "voting.db"), self.receipts, self.kept)

    def finish(self) -> Loot:
        """Let time pass, and let honest officers count, certify and publish."""
        self.world.at("2026-06-11 00:05")
        self.world.cast("M0006")
        self.world.certify()
        return self.publish()

    def publish(self) -> Loot:
        """Both bundles, after the witness was asked where there is one."""
        rt, origin = self.world.rt, self.world.origin
        cosign(self.world, desk_in(self.operator.database.parent, self.world.clock))
        public, auditor = (export(rt, origin, audience=each) for each in ("public", "auditor"))
        return Loot(public, auditor, kept=self.kept)

    def doctored(self, act: Callable[[Forge], object]) -> Loot:
        """The published bundles, both changed in the same way and signed again."""
        loot = self.publish()
        made = []
        for data in (loot.public, loot.auditor):
            forge = Forge.of(data or b"", self.signer)
            act(forge)
            made.append(forge.zipped())
        return Loot(*made, kept=self.kept)


def begin(folder: Path, database: Path) -> dict[str, Moment]:
    """Play the assembly once, and once with a witness up to the open moment.

    The answer is what stood at each moment, to be opened again and again.
    """
    world, receipts = _votes(folder / "alone", database)
    moments = {OPEN: _moment(world, folder / "alone", OPEN, receipts)}
    world.at("2026-06-11 00:05")
    receipts["M0006"] = world.cast("M0006")
    world.certify()
    moments[DONE] = _moment(world, folder / "alone", DONE, receipts)
    world.rt.database.close()
    world, receipts = _votes(folder / "witnessed", database, policy=WITNESS_POLICY)
    desk = new_desk(folder / "witnessed", world.clock)
    desk.state.add(world.rt.keys.signer(world.origin).verifier, now=world.clock())
    cosign(world, desk)
    moments[WITNESSED] = _moment(world, folder / "witnessed", WITNESSED, receipts)
    world.rt.database.close()
    return moments


def _votes(folder: Path, database: Path, *, policy: str = "") -> tuple[World, dict[str, Receipt]]:
    """The vote up to noon of the last day."""
    folder.mkdir()
    shutil.copy(database, folder / "voting.db")
    world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
    world.assembly(roll_of=tuple(_member(number) for number in range(1, 9)), policy=policy)
    receipts: dict[str, Receipt] = {}
    world.at("2026-06-02 10:00")
    receipts["M0001 first"] = world.cast("M0001")
    receipts["M0002"] = world.cast("M0002", AGAINST)
    world.paper("M0003", serial="F-1", arrived="2026-06-02 09:30")
    world.enter("F-1", _SHEET, by=Role.ENTRY)
    paper = world.enter("F-1", _SHEET, by=Role.CHECKER)
    if paper is not None:
        receipts["M0003"] = paper
    world.at("2026-06-03 09:00")
    receipts["M0001"] = world.cast("M0001", AGAINST)
    receipts["M0004"] = world.cast("M0004", ALL_FOR)
    receipts["M0005"] = world.cast("M0005", AGAINST)
    world.at("2026-06-10 12:00")
    return world, receipts


def _member(number: int) -> Member:
    votes = ONE_VOTE * (2 if number == 2 else 1)
    return Member(f"M{number:04d}", f"架空{number}町", addresses=(f"m{number}@example.jp",), votes=votes)


def _moment(world: World, folder: Path, name: str, receipts: Mapping[str, Receipt]) -> Moment:
    there = folder / name
    there.mkdir()
    with (
        closing(sqlite3.connect(folder / "voting.db")) as source,
        closing(sqlite3.connect(there / "voting.db")) as copy,
    ):
        source.backup(copy)
    for each in ("keys", "anchors", "witness"):
        if (folder / each).exists():
            shutil.copytree(folder / each, there / each)
    kept = world.rt.anchors.read(world.origin)
    return Moment(there, world.origin, dict(world.codes), dict(receipts), kept, world.clock.at)


def start_anew() -> None:
    """Forget what a process remembers of frozen assemblies, as one that was just started."""
    assemblies._FROZEN.clear()


def reopen(moment: Moment, folder: Path) -> Stage:
    """The assembly as it stood then, in *folder*, which does not exist yet."""
    start_anew()
    shutil.copytree(moment.folder, folder)
    world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
    world.origin, world.codes, world.clock.at = moment.origin, dict(moment.codes), moment.at
    # Chance must not repeat what it gave before.
    world.rt.token.drawn = 100_000  # type: ignore[attr-defined]
    return Stage(world, Operator(world, folder / "voting.db"), moment.receipts, moment.kept)


def with_receipt(loot: Loot, stage: Stage, member: str) -> Loot:
    """The victim looks with the receipt it had got before."""
    return replace(loot, receipts=(stage.receipts[member],))


def close_of(forge: Forge) -> int:
    return int(forge.of_kind("close")[0]["index"])


def mail_to(stage: Stage, member: str) -> str:
    """The subject of the last mail that the service sends to a member."""
    stage.world.send()
    address = f"m{int(member[1:])}@example.jp"
    return [str(mail["Subject"]) for mail in stage.world.mails if mail["To"] == address][-1]
