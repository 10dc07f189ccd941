"""Setting the scene: a fresh folder, five officers, the sample roll imported, the vote issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from voting.core.ballots import Mark
from voting.core.docket import Docket
from voting.core.permissions import Act, Officer, Role
from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import BODY as SEAL
from voting.credentials.paper_keys import PaperKeys
from voting.demo.clock import DemoClock
from voting.demo.folder import FolderInUse as FolderInUse
from voting.demo.folder import require_empty
from voting.demo.postbox import Postbox
from voting.documents.motion_pdf import render_motion_paper
from voting.resources import sample
from voting.runtime import Runtime, Site, system_token
from voting.services import assemblies, schedule
from voting.services.assemblies import Draft, Paper
from voting.services.office import accounts, approvals
from voting.services.period.facts import CHAIR
from voting.services.printing import paper_signing
from voting.services.printing.letterheads import set_letterhead
from voting.services.register import rolls
from voting.services.register.rolls import Preview
from voting.setup import make_folder
from voting.sheets.assembly_toml import read_assembly
from voting.sheets.typed_text import typed_text
from voting.store.anchor import Anchors
from voting.store.schema import upgrade
from voting.store.transaction import Database

BODY, SLUG = "council", "2024-09"
# A clause for proxies to the chair: a body names its own.
_LETTERHEAD = '[proxy]\nclause = "(見本)規約第14条"\n'
_CONTACT = "(見本)協議会事務局 電話 000-0000-0000 office@example.jp"


@dataclass(frozen=True, slots=True)
class Material:
    """What the demonstration is played with.  Shape: files as bytes, with the names they had."""

    assembly: str
    roll: bytes
    roll_name: str
    ballots: bytes
    ballots_name: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A vote that is issued and waits for its members."""

    rt: Runtime
    clock: DemoClock
    postbox: Postbox
    origin: str
    docket: Docket
    preview: Preview


def officer(role: Role) -> Officer:
    """The sample officer of that role."""
    names = {
        Role.ADMINISTRATOR: "見本 管理子",
        Role.ENTRY: "見本 入力男",
        Role.CHECKER: "見本 確認子",
        Role.CHAIR: "見本 議長郎",
        Role.AUDITOR: "見本 監事子",
    }
    return Officer(f"demo-{role.value}", names[role], role)


def material(
    *, assembly: Path | None = None, roll: Path | None = None, ballots: Path | None = None
) -> Material:
    """The sample that comes with the program, each part replaced where a file is given."""
    assembly_file = assembly or sample() / "assembly.toml"
    roll_file = roll or sample() / "roll.xlsx"
    ballots_file = ballots or sample() / "ballots.csv"
    return Material(
        assembly=typed_text(assembly_file.read_bytes()),
        roll=roll_file.read_bytes(),
        roll_name=roll_file.name,
        ballots=ballots_file.read_bytes(),
        ballots_name=ballots_file.name,
    )


def set_scene(
    folder: Path,
    given: Material,
    *,
    real_clock: Callable[[], datetime],
    base_url: str,
    first: datetime | None = None,
) -> Scene:
    """Play the assembly up to the moment when every member has its mail; *first* is the earliest answer.

    Order   the clock is left where the first morning begins, or at *first* where that is earlier: an answer
            that came too early must find its code in the mail, and a clock that has not passed it.
    Raises  FolderInUse, and the refusals of a sheet or an assembly file that is not sound.
    """
    require_empty(folder)
    file = read_assembly(given.assembly)
    docket = file.docket
    opens_at = docket.assembly.schedule.opens_at
    starts_at = opens_at if first is None else min(opens_at, first.astimezone(opens_at.tzinfo))
    clock, postbox = DemoClock(real_clock, _morning_before(starts_at)), Postbox()
    rt = _runtime(folder, clock, postbox, base_url=base_url)
    _accounts(rt)
    administrator = officer(Role.ADMINISTRATOR)
    rolls.add_body(rt, administrator, BODY, docket.body)
    paper_signing.create(rt, administrator, BODY, signer=SEAL, name=f"(見本){docket.body.name}"[:64])
    preview = rolls.import_sheet(rt, administrator, BODY, data=given.roll, name=given.roll_name)
    plan = Draft(
        body=BODY, slug=SLUG, docket=docket, papers=_papers(docket), contact=_CONTACT, disclosure="L1"
    )
    origin = assemblies.draft(rt, administrator, plan)
    set_letterhead(rt, administrator, origin, _LETTERHEAD)
    for act in (Act.FREEZE, Act.SEND):
        asked = approvals.request(rt, administrator, origin, act)
        approvals.approve(rt, officer(Role.CHECKER), asked.id)
    schedule.send_mails(rt, limit=100_000)
    morning = first_morning(docket)
    clock.advance_to(morning if first is None else min(morning, first))
    for number, decision in file.facts_chair.items():
        _decide(rt, origin, number, decision)
    return Scene(rt, clock, postbox, origin, docket, preview)


def first_morning(docket: Docket) -> datetime:
    """Nine o'clock of the day on which the vote opens, or the opening where that is later."""
    opens_at = docket.assembly.schedule.opens_at
    return max(opens_at, opens_at.replace(hour=9, minute=0, second=0, microsecond=0))


def _runtime(folder: Path, clock: DemoClock, postbox: Postbox, *, base_url: str) -> Runtime:
    make_folder(folder, system_token)
    database = Database(f"sqlite:///{folder / 'voting.db'}")
    upgrade(database)
    passphrase = (folder / "passphrase").read_bytes().splitlines()[0]
    return Runtime(
        clock=clock,
        token=system_token,
        database=database,
        keys=LogKeys(folder / "keys", passphrase),
        paper_keys=PaperKeys(folder / "keys", passphrase),
        anchors=Anchors(folder / "anchors"),
        send=postbox.take,
        site=Site("demo.example.jp", base_url, "(見本)協議会事務局 <office@example.jp>"),
    )


def _decide(rt: Runtime, origin: str, number: int, decision: Mark | Mapping[str, Mark]) -> None:
    """Record what the chair decides for proxies, as the file of the assembly has it."""
    value = decision if isinstance(decision, Mark) else dict(decision)
    terms = {"what": CHAIR, "motion": number, "value": value}
    asked = approvals.request(rt, officer(Role.CHAIR), origin, Act.RECORD_FACT, terms=terms)
    approvals.approve(rt, officer(Role.ADMINISTRATOR), asked.id)


def _accounts(rt: Runtime) -> None:
    """Five officers whose passwords nobody knows: here the program itself acts for them."""
    administrator = officer(Role.ADMINISTRATOR)
    for role in Role:
        accounts.create(rt, administrator, officer(role), password=rt.token(16).hex())


def _papers(docket: Docket) -> dict[int, tuple[Paper, ...]]:
    return {
        motion.number: (
            Paper(
                f"第{motion.number}号議案.pdf",
                render_motion_paper(
                    docket.body.name,
                    docket.assembly.title,
                    motion.number,
                    motion.title,
                    "(見本の議案書です。実際の議案の本文は含みません。)",
                ),
            ),
        )
        for motion in docket.motions
    }


def _morning_before(starts_at: datetime) -> datetime:
    """Some days before the opening or the first answer: the notice goes out before anybody can vote."""
    return starts_at.replace(hour=10) - timedelta(days=3)
