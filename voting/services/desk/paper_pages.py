"""One paper: its four times, whose it is, what else that member sent, and what is to be done next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from voting.core.permissions import ALLOWED, Act, Officer, require
from voting.ledger.canonical import parse_instant
from voting.ledger.entries import decode_entry
from voting.runtime import Runtime
from voting.services.casting.motion_lines import MotionLine, motion_lines
from voting.services.desk.paper_finding import member_text
from voting.services.desk.paper_list import Known, PaperLine, find, known_of, member_of, name_of, paper_line
from voting.services.desk.paper_readings import ReadingLine, readings
from voting.services.desk.paper_refusals import PaperDone
from voting.services.desk.paper_scans import may_see
from voting.services.outcome import closing
from voting.services.outcome.erased import ErasedOn, erased_on
from voting.services.period import asked, proxies
from voting.services.stages import AssemblyLine, line_of
from voting.store import ledger
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.papers import Paper, Reading
from voting.store.transaction import Transaction
from voting.wording import change_sentence, receipt_number


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a paper.  Shape: ``by`` is an officer's name."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """What a member sent, without how it voted.  Shape: ``refused`` is a reason, "void", or empty."""

    number: str
    channel: str
    received_at: datetime
    refused: str
    is_this: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """How it was found out whose an unclear paper is."""

    member: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One paper.

    Shape   ``logged``, ``entered``, ``checked`` say when and by whom; ``counted_at`` is the tally;
            ``answers`` are all of the member's, where it is known; ``sees_scan``: for who enters papers;
            ``sees_evidence``: for auditors, after the close; ``asides`` are the reasons of those who put
            it aside; ``change`` the rule for several answers in words; ``overtaken`` are the motions put
            again or withdrawn since it arrived: then it is void; ``erased`` when the picture was.
    """

    assembly: AssemblyLine
    line: PaperLine
    logged: Moment
    entered: Moment | None
    checked: Moment | None
    counted_at: datetime | None
    settled: Settled | None
    receipt: str
    scan_sha256: str
    answers: tuple[OtherAnswer, ...]
    asides: tuple[str, ...]
    change: str
    overtaken: tuple[str, ...]
    logged_after_close: bool
    sees_scan: bool
    sees_evidence: bool
    erased: ErasedOn | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The form beside the picture.

    Shape   ``motions`` are those that the sheet was asked; ``readings`` are empty until two of them differ:
            the check is blind; ``proxy_clause`` is what allows a proxy to the chair, empty where nothing
            does.
    """

    page: PaperPage
    motions: tuple[MotionLine, ...]
    readings: tuple[ReadingLine, ...]
    proxy_clause: str


def paper_page(rt: Runtime, who: Officer, origin: str, serial: str) -> PaperPage:
    """Raises: NotAllowed, NoSuchAssembly, NoSuchPaper."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case, paper = find(tx, origin, serial)
        return _page(tx, case, paper, who, now)


def entry_page(rt: Runtime, who: Officer, origin: str, serial: str) -> EntryPage:
    """Raises: NotAllowed, NoSuchAssembly, NoSuchPaper, PaperDone."""
    require(who, Act.ENTER_PAPER)
    now = rt.now()
    with rt.database.reading() as tx:
        case, paper = find(tx, origin, serial)
        if paper.disposed_index is not None:
            raise PaperDone(serial)
        page = _page(tx, case, paper, who, now)
        shown = readings(tx, case, paper, who) if page.line.state == "conflict" else ()
        motions = motion_lines(tx, asked.on_paper(tx, case, paper).docket)
        return EntryPage(page, motions, shown, proxies.clause(tx, case))


def _page(tx: Transaction, case: Case, paper: Paper, who: Officer, now: datetime) -> PaperPage:
    known = known_of(tx, case)
    read = known.readings.get(paper.serial, ())
    is_done, is_closed = paper.disposed_index is not None, case.closed_index is not None
    erased = erased_on(tx, case)
    is_kept = erased is None
    return PaperPage(
        assembly=line_of(case, now),
        line=paper_line(known, paper, who),
        logged=Moment(_entry_time(tx, case, paper.index), name_of(tx, paper.registered_by)),
        entered=_moment(tx, read[0]) if read else None,
        checked=_moment(tx, read[-1]) if is_done and len(read) > 1 else None,
        counted_at=None if case.tally_index is None else _entry_time(tx, case, case.tally_index),
        settled=_settled(tx, known, paper),
        receipt="" if paper.disposed_index is None else receipt_number(paper.disposed_index),
        scan_sha256=paper.scan_sha256,
        answers=_answers(known, paper),
        asides=_asides(tx, read) if is_done else (),
        change=change_sentence(case.docket),
        overtaken=asked.on_paper(tx, case, paper).changed,
        logged_after_close=case.closed_index is not None and paper.index > case.closed_index,
        sees_scan=is_kept and who.role in ALLOWED[Act.ENTER_PAPER] and may_see(tx, case, paper, who),
        sees_evidence=is_kept and who.role in ALLOWED[Act.READ_NAMES] and is_closed,
        erased=erased,
    )


def _answers(known: Known, paper: Paper) -> tuple[OtherAnswer, ...]:
    """Everything that the paper's member sent, with which of it stands; nothing where nobody is known."""
    member = member_of(known, paper)
    if member is None:
        return ()
    sent = [each for each in known.sent.values() if each.member_id == member.member_id]
    accepted = [each for each in sent if each.refused is None]
    standing = {each.order for each in closing.effective_submissions(known.case, accepted, known.left)}
    return tuple(
        OtherAnswer(
            number=receipt_number(each.index),
            channel=each.channel,
            received_at=parse_instant(each.received_at),
            refused=closing.no_effect(known.case, each),
            is_this=each.paper_serial == paper.serial,
            stands=each.index in standing,
        )
        for each in sorted(sent, key=_received)
    )


def _received(sent: Submitted) -> tuple[str, int]:
    return sent.received_at, sent.index


def _settled(tx: Transaction, known: Known, paper: Paper) -> Settled | None:
    sender = known.senders.get(paper.serial)
    if sender is None or sender.settled_at is None or sender.member_id is None:
        return None
    return Settled(
        member=member_text(known.voters[sender.member_id]),
        by=name_of(tx, sender.settled_by or ""),
        at=parse_instant(sender.settled_at),
        why=sender.settled_why or "",
    )


def _asides(tx: Transaction, read: Iterable[Reading]) -> tuple[str, ...]:
    said = ((name_of(tx, each.account), str(each.content.get("why") or "")) for each in read)
    return tuple(f"{name}: {why}" for name, why in said if why)


def _moment(tx: Transaction, reading: Reading) -> Moment:
    return Moment(parse_instant(reading.read_at), name_of(tx, reading.account))


def _entry_time(tx: Transaction, case: Case, index: int) -> datetime:
    return decode_entry(ledger.entry(tx, case.id, index)).time
