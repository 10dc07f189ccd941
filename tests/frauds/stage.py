"""A real assembly at the moments at which a fraud begins, and who looks at what comes of it.

Eight members: M0001 changes its mind, M0002 and M0005 vote against, M0003 answers on paper, M0004 votes for,
M0006 answers too late, M0007 and M0008 are silent, which counts as agreement.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from tests.frauds.operator import Operator
from tests.verify.conftest import AGAINST
from tests.verify.forge import Forge, failed
from tests.world import ALL_FOR, World, world_at
from voting.core.ballots import Mark
from voting.core.errors import Broken, Refusal
from voting.core.members import Member
from voting.core.permissions import Role
from voting.core.votes import ONE_VOTE
from voting.i18n import sentence
from voting.ledger import checkpoint as checkpoints
from voting.ledger.merkle import ProofFault, consistency, leaf_hash, root, verify_consistency
from voting.ledger.note import Signer, Verifier, split_note
from voting.ledger.receipt_file import Receipt
from voting.services.export import export
from voting.services.papers import Sheet
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Evidence, Held
from voting.verify.findings import Status
from voting.verify.report import as_json, report_of
from voting.verify.steps import verify

OPEN, CLOSED, DONE = "open", "closed", "done"
_SHEET = Sheet("M0003", {1: Mark.FOR, 2: Mark.BLANK})
_NOBODY = Signer.from_seed("nobody", bytes(32)).verifier


class Party(StrEnum):
    """Who looks, and with what in hand."""

    SERVICE = "the program itself"
    PUBLIC = "the public, with the bundle alone"
    MEMBER = "a member, with its receipt"
    MAIL = "a member, by the mail it gets"
    AUDITOR = "an auditor, with the auditor's bundle"
    KEEPER = "who kept an older checkpoint"
    WITNESS = "a witness that is asked to sign"


@dataclass
class Loot:
    """What a fraud leaves behind.  Shape: *receipts* are those that its victims hold."""

    public: bytes | None = None
    auditor: bytes | None = None
    receipts: tuple[Receipt, ...] = ()
    kept: bytes = b""
    refusal: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Sight:
    """What one party sees.  Shape: *checks* are those that fail; *says* the first one's sentence."""

    checks: frozenset[int]
    says: str


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
        rt, origin = self.world.rt, self.world.origin
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
    """Play the assembly once; the answer is what stood at each moment, to be opened again and again."""
    shutil.copy(database, folder / "voting.db")
    world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
    world.assembly(roll_of=tuple(_member(number) for number in range(1, 9)))
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
    moments = {OPEN: _moment(world, folder, OPEN, receipts)}
    world.at("2026-06-11 00:05")
    receipts["M0006"] = world.cast("M0006")
    moments[CLOSED] = _moment(world, folder, CLOSED, receipts)
    world.certify()
    moments[DONE] = _moment(world, folder, DONE, receipts)
    world.rt.database.close()
    return moments


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
    for each in ("keys", "anchors"):
        shutil.copytree(folder / each, there / each)
    kept = world.rt.anchors.read(world.origin)
    return Moment(there, world.origin, dict(world.codes), dict(receipts), kept, world.clock.at)


def reopen(moment: Moment, folder: Path) -> Stage:
    """The assembly as it stood then, in *folder*, which does not exist yet."""
    shutil.copytree(moment.folder, folder)
    world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
    world.origin, world.codes, world.clock.at = moment.origin, dict(moment.codes), moment.at
    # Chance must not repeat what it gave before.
    world.rt.token.drawn = 100_000  # type: ignore[attr-defined]
    return Stage(world, Operator(world, folder / "voting.db"), moment.receipts, moment.kept)


def sights(loot: Loot, key: Verifier) -> dict[Party, Sight]:
    """What each party sees of a fraud, beyond what everybody sees; who sees nothing is not in it."""
    found: dict[Party, Sight] = {}
    if loot.refusal:
        found[Party.SERVICE] = Sight(frozenset(), loot.refusal)
    if loot.mail:
        found[Party.MAIL] = Sight(frozenset(), loot.mail)
    if loot.public is not None:
        receipts = tuple((f"receipt {n}", each) for n, each in enumerate(loot.receipts, 1))
        kept = (("the checkpoint you kept", loot.kept),) if loot.kept else ()
        everybody = _failing(loot.public, Held(key))
        found |= _told(Party.PUBLIC, everybody, {})
        if receipts:
            found |= _told(Party.MEMBER, _failing(loot.public, Held(key, receipts=receipts)), everybody)
        if kept:
            found |= _told(Party.KEEPER, _failing(loot.public, Held(key, kept)), everybody)
            found |= _witnessed(loot.public, loot.kept)
        if loot.auditor is not None:
            found |= _told(Party.AUDITOR, _failing(loot.auditor, Held(key)), everybody)
    return {party: found[party] for party in Party if party in found}


def _failing(data: bytes, held: Held) -> dict[int, str]:
    """The sentences of the checks that fail, or are incomplete for an erasure, by number."""
    evidence = Evidence(read_bundle(data), held)
    findings = verify(evidence)
    numbers = failed(findings) | {each.number for each in findings if each.status is Status.ERASED}
    report = json.loads(as_json(report_of(evidence, findings)))
    return {each["number"]: each["says"] for each in report["checks"] if each["number"] in numbers}


def _told(party: Party, failing: Mapping[int, str], everybody: Mapping[int, str]) -> dict[Party, Sight]:
    """What a party sees beyond what everybody sees with the bundle alone."""
    more = sorted(failing.keys() - everybody.keys())
    return {party: Sight(frozenset(more), failing[more[0]])} if more else {}


def _witnessed(data: bytes, kept: bytes) -> dict[Party, Sight]:
    """A witness signs only what continues the last checkpoint it signed; the best proof there is is tried."""
    log = read_bundle(data)
    raw = Evidence(log, Held(_NOBODY)).raw
    old, leaves = checkpoints.parse(split_note(kept)[0]), [leaf_hash(each) for each in raw]
    try:
        if old.size > len(leaves):
            raise ProofFault(f"the log has {len(leaves)} entries and had {old.size}")
        verify_consistency(
            consistency(leaves, old.size, len(leaves)),
            old_size=old.size,
            old_root=old.root,
            new_size=len(leaves),
            new_root=root(leaves),
        )
    except ProofFault as fault:
        return {Party.WITNESS: Sight(frozenset(), f"it does not sign: {fault}")}
    return {}


def with_receipt(loot: Loot, stage: Stage, member: str) -> Loot:
    """The victim looks with the receipt it had got before."""
    return replace(loot, receipts=(stage.receipts[member],))


def caught(act: Callable[[], object]) -> Loot:
    """What the program itself says to that."""
    try:
        act()
    except Broken as fault:
        return Loot(refusal=str(fault).rpartition(": ")[2])
    except Refusal as fault:
        return Loot(refusal=sentence(fault, "en"))
    return Loot()


def close_of(forge: Forge) -> int:
    return int(forge.of_kind("close")[0]["index"])


def mail_to(stage: Stage, member: str) -> str:
    """The subject of the last mail that the service sends to a member."""
    stage.world.send()
    address = f"m{int(member[1:])}@example.jp"
    return [str(mail["Subject"]) for mail in stage.world.mails if mail["To"] == address][-1]
