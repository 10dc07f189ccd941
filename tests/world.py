"""A small world for tests: a real database, a clock moved by hand, chance that repeats.

``World.check()`` replays the whole ledger, compares it with the tables and verifies every receipt that
was given out; the ``world`` fixture calls it after every test.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

from tests.receipt_check import check as check_independently
from tests.scans import png
from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import Channel, Choice, Mark
from voting.core.docket import Docket
from voting.core.members import Member
from voting.core.motions import Motion
from voting.core.permissions import Act, Officer, Role
from voting.core.rules import Blank, BodyKind, NonSubmission, Rules
from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import PaperKeys
from voting.ledger import checkpoint as checkpoints
from voting.ledger.entries import decode_entry
from voting.ledger.receipt import check_receipt
from voting.ledger.receipt_file import Receipt, format_receipt
from voting.ledger.replay import replay
from voting.runtime import Runtime, Site
from voting.services import assemblies, schedule
from voting.services.assemblies import Draft, Paper
from voting.services.casting import ballots
from voting.services.casting.answers import Answer
from voting.services.casting.ballots import Cast, Key
from voting.services.desk import papers
from voting.services.office import approvals
from voting.services.outcome import certifying, closing
from voting.services.printing import paper_signing
from voting.services.printing.letterheads import set_letterhead
from voting.services.proof.checkpoint_mail import CheckpointMail
from voting.services.recording import recompute
from voting.services.register import rolls
from voting.store import accounts, ledger, members, roll
from voting.store import ballots as stored_ballots
from voting.store.anchor import Anchors
from voting.store.approvals import Request
from voting.store.assemblies import Case
from voting.store.schema import upgrade
from voting.store.transaction import Database

JST = timezone(timedelta(hours=9))
COUNCIL = Rules(
    non_submission=NonSubmission.FOR,
    blank=Blank.FOR,
    abstain=False,
    clauses={"deemed": "規約第12条第3項", "written": "規約第12条第1項"},
    preset="council",
)
# The smallest paper that opens as a PDF, of one page.
GIAN = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n"
)
ALL_FOR: Mapping[int, Choice] = {1: Mark.FOR, 2: Mark.FOR}


def jst(text: str) -> datetime:
    """An instant in Japan, written ``2026-06-01 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=JST)


@dataclass
class Clock:
    """Time, moved by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at.astimezone(UTC)


@dataclass
class Chance:
    """Bytes that look random and are the same in every run."""

    drawn: int = 0

    def __call__(self, size: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"chance {self.drawn}".encode()).digest(size)


@dataclass
class World:
    """One body, one assembly, five officers, a few members."""

    rt: Runtime
    clock: Clock
    mails: list[EmailMessage]
    origin: str = ""
    receipts: list[Receipt] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def at(self, text: str) -> None:
        self.clock.at = jst(text)

    @property
    def case(self) -> Case:
        return assemblies.find(self.rt, self.origin)

    def officer(self, role: Role, *, number: int = 1) -> Officer:
        return Officer(f"{role.value}-{number}", f"{role.value} 担当{number}", role)

    def assembly(
        self,
        *,
        size: int = 5,
        opens: str = "2026-06-01 00:00",
        closes: str = "2026-06-11 00:00",
        rules: Rules = COUNCIL,
        motions: tuple[Motion, ...] | None = None,
        roll_of: tuple[Member, ...] | None = None,
        policy: str = "",
        checkpoint_mail: CheckpointMail = CheckpointMail.CLOSING,
        disclosure: str = "L1",
        letterhead: str = "",
    ) -> None:
        """Draft, freeze and issue an assembly; its mails are sent and the codes read from them."""
        self.draft(
            size=size,
            opens=opens,
            closes=closes,
            rules=rules,
            motions=motions,
            roll_of=roll_of,
            policy=policy,
            checkpoint_mail=checkpoint_mail,
            disclosure=disclosure,
            letterhead=letterhead,
        )
        self.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
        self.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
        self.send()
        self.read_codes()

    def draft(
        self,
        *,
        size: int = 5,
        opens: str = "2026-06-01 00:00",
        closes: str = "2026-06-11 00:00",
        rules: Rules = COUNCIL,
        motions: tuple[Motion, ...] | None = None,
        roll_of: tuple[Member, ...] | None = None,
        policy: str = "",
        checkpoint_mail: CheckpointMail = CheckpointMail.CLOSING,
        disclosure: str = "L1",
        letterhead: str = "",
    ) -> None:
        body = Body("架空協議会", BodyKind.VOLUNTARY)
        people = roll_of or tuple(
            Member(f"M{number:04d}", f"架空{number}町", addresses=(f"m{number}@example.jp",))
            for number in range(1, size + 1)
        )
        schedule_ = Schedule(date(2026, 6, 1), jst(opens), jst(closes))
        docket = Docket(
            body=body,
            assembly=Assembly("令和8年度総会", schedule_, chair="議長 架空 一郎"),
            rules=rules,
            motions=motions or (Motion(1, "事業計画について"), Motion(2, "予算について", depends_on=(1,))),
        )
        administrator = self.officer(Role.ADMINISTRATOR)
        rolls.add_body(self.rt, administrator, "council", body)
        paper_signing.create(self.rt, administrator, "council", signer="body", name=body.name)
        with self.rt.database.transaction() as tx:
            members.put(tx, "council", people, now="2026-05-01T00:00:00.000Z")
        plan = Draft(
            body="council",
            slug="2026-06",
            docket=docket,
            papers={1: (Paper("第1号議案.pdf", GIAN),)},
            contact="架空協議会事務局 電話000-0000-0000",
            policy=policy,
            checkpoint_mail=checkpoint_mail,
            disclosure=disclosure,
        )
        self.origin = assemblies.draft(self.rt, administrator, plan)
        if letterhead:
            set_letterhead(self.rt, administrator, self.origin, letterhead)

    def two(self, act: Act, first: Role, second: Role) -> None:
        """Let one officer propose and another approve; the chair types what it has to."""
        terms = certifying.required_terms(self.rt, self.origin) if act is Act.CERTIFY else {}
        request = approvals.request(self.rt, self.officer(first), self.origin, act, terms=terms)
        approvals.approve(self.rt, self.officer(second), request.id)

    def send(self) -> None:
        """Send every mail that is owed."""
        schedule.send_mails(self.rt, limit=10_000)

    def read_codes(self) -> None:
        """Read each member's code from its mail, as the member does."""
        for mail in self.mails:
            lines = mail.get_content().splitlines()
            code = next((line.split()[1] for line in lines if line.startswith("回答コード ")), None)
            number = next(line for line in lines if line.startswith("(会員番号 "))
            if code is not None:
                self.codes[number.removeprefix("(会員番号 ").rstrip(")")] = code

    def key(self, member: str) -> Key:
        return ballots.open_code(self.rt, self.codes[member])

    def cast(
        self, member: str, choices: Mapping[int, Choice] = ALL_FOR, *, request: bytes | None = None
    ) -> Receipt:
        answer = Answer(choices=choices, section="企画課", respondent="担当 花子")
        request_key = request or self.rt.token(16)
        receipt = ballots.cast(self.rt, Cast(self.key(member), answer, request_key, self.case.sealed_base))
        self.receipts.append(receipt)
        return receipt

    def paper(
        self,
        member: str,
        choices: Mapping[int, Choice] = ALL_FOR,
        *,
        serial: str,
        arrived: str,
        channel: Channel = Channel.FAX,
    ) -> None:
        """A paper at the door."""
        papers.arrive(
            self.rt,
            self.officer(Role.ENTRY),
            self.origin,
            serial=serial,
            channel=channel,
            arrived_at=jst(arrived),
            scan=png(f"scan of {serial}"),
        )

    def enter(self, serial: str, sheet: papers.Sheet, *, by: Role) -> Receipt | None:
        receipt = papers.read(self.rt, self.officer(by), self.origin, serial=serial, sheet=sheet)
        if receipt is not None:
            self.receipts.append(receipt)
        return receipt

    def ask_certification(self) -> Request:
        """The chair proposes the result, having typed what it has to."""
        terms = certifying.required_terms(self.rt, self.origin)
        return approvals.request(self.rt, self.officer(Role.CHAIR), self.origin, Act.CERTIFY, terms=terms)

    def certify(self) -> None:
        closing.tally(self.rt, self.officer(Role.ADMINISTRATOR), self.origin)
        self.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)

    def entries(self) -> list[bytes]:
        case = assemblies.find(self.rt, self.origin)
        with self.rt.database.reading() as tx:
            return [each.entry for each in ledger.entries(tx, case.id)]

    def check(self) -> None:
        """The ledger is legal, the tables agree with it, every receipt holds for ever."""
        if not self.origin:
            return
        case = assemblies.find(self.rt, self.origin)
        schedule_ = case.docket.assembly.schedule
        entries = [decode_entry(each) for each in self.entries()]
        history = replay(entries)
        with self.rt.database.reading() as tx:
            sent = stored_ballots.all_submissions(tx, case.id)
            voters = {each.commitment.hex(): each for each in roll.voters(tx, case.id)}
        recorded = {entry.index: entry for entry in entries if entry.kind in ("ballot", "refused")}
        if {each.index for each in sent} != set(recorded):
            raise AssertionError("submissions and ledger differ")
        latest = {voters[mc].member_id: one.index for mc, one in history.latest.items()}
        tabled = {each.member_id: each.index for each in sent if each.refused is None}
        if latest != tabled or schedule_.closes_at <= schedule_.opens_at:
            raise AssertionError("the tables and the replayed ledger differ")
        final = self.rt.anchors.read(self.origin)
        verifier = self.rt.keys.signer(self.origin).verifier
        checkpoints.open(final, [verifier])
        recompute(self.rt, self.origin)
        for receipt in self.receipts:
            check_receipt(receipt, [verifier])
            check_independently(format_receipt(receipt), case.vkey, final, self.entries())


def empty_database(url: str) -> Database:
    """A database of the newest shape, with two accounts for every role."""
    database = Database(url)
    upgrade(database)
    with database.transaction() as tx:
        for role in Role:
            for number in (1, 2):
                officer = Officer(f"{role.value}-{number}", f"{role.value} 担当{number}", role)
                accounts.add(tx, officer, password_hash="-", now="2026-05-01T00:00:00.000Z")
    return database


def world_at(folder: Path, url: str, *, start: str = "2026-05-20 10:00") -> World:
    """A world on a database that ``empty_database`` has made, with keys and anchors in *folder*."""
    for name in ("keys", "anchors"):
        (folder / name).mkdir(exist_ok=True)
    clock, mails = Clock(jst(start)), list[EmailMessage]()
    rt = Runtime(
        clock=clock,
        token=Chance(),
        database=Database(url),
        keys=LogKeys(folder / "keys", b"a passphrase of the tests"),
        paper_keys=PaperKeys(folder / "keys", b"a passphrase of the tests"),
        anchors=Anchors(folder / "anchors"),
        send=mails.append,
        site=Site("vote.example.or.jp", "https://vote.example.or.jp", "事務局 <office@example.or.jp>"),
    )
    return World(rt, clock, mails)
