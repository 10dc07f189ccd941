"""Paper and fax: logged at the door, read by one person, checked blind by another.

The hour that counts is that of arrival, never that of entry (rules R2; product.md P3).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from voting.core.ballots import Channel, Choice
from voting.core.permissions import Act, Officer, require
from voting.ledger import kinds
from voting.ledger.canonical import instant_text, milliseconds, parse_instant
from voting.ledger.receipt import Receipt
from voting.runtime import Runtime
from voting.services import closing, receipts
from voting.services.accounts import commitment_of
from voting.services.answers import Answer, Sender, choices_json, record, require_choices
from voting.services.errors import AlreadyThere, BadName, CountingDone, NoSuchAssembly, NotThatFar
from voting.services.paper_refusals import (
    ArrivesInFuture,
    NoSuchPaper,
    NotAPaperChannel,
    NotOnRoll,
    PaperDone,
    ReadByTheSame,
    ReadingsDiffer,
)
from voting.services.recording import Book, recording
from voting.store import assemblies, ballots, papers, roll
from voting.store.ballots import Submitted
from voting.store.papers import Reading

LONGEST_SERIAL = 32


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a paper.  Shape: ``choices`` by motion number, empty for a proxy."""

    member_id: str
    choices: Mapping[int, Choice]
    proxy: bool = False
    defect: str | None = None
    opinion: str = ""


def arrive(
    rt: Runtime,
    who: Officer,
    origin: str,
    *,
    serial: str,
    channel: Channel,
    arrived_at: datetime,
    scan: bytes,
) -> None:
    """Log a paper at the door, before anybody reads it, with its scan.

    One logged after the close is refused as late when it is entered, whatever hour it claims (ledger
    L3): otherwise a sheet could be invented once the count is known.
    Raises  NotAPaperChannel, ArrivesInFuture, AlreadyThere, CountingDone.
    """
    require(who, Act.REGISTER_PAPER)
    if channel in (Channel.WEB, Channel.PAPER):
        raise NotAPaperChannel(channel.value)
    if not serial.strip() or len(serial) > LONGEST_SERIAL:
        raise BadName("paper", serial)
    arrived = milliseconds(arrived_at)
    closing.close_if_due(rt, origin)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        if case.issued_index is None:
            raise NotThatFar("paper", "issue")
        if case.deemed_index is not None:
            raise CountingDone
        if arrived > book.now:
            raise ArrivesInFuture(arrived)
        if papers.find(tx, case.id, serial) is not None:
            raise AlreadyThere("paper", serial)
        digest = sha256(scan).hexdigest()
        if not papers.put_scan(tx, case.id, sha256=digest, content=scan):
            raise AlreadyThere("scan", digest[:16])
        index = book.append(
            kinds.Paper(
                serial=serial, arrived_at=arrived, scan_sha256=digest, by=commitment_of(rt, book, who.id)
            )
        )
        papers.add(
            tx,
            case.id,
            serial=serial,
            index=index,
            channel=channel.value,
            arrived_at=instant_text(arrived),
            scan_sha256=digest,
            registered_by=who.id,
        )


def read(rt: Runtime, who: Officer, origin: str, *, serial: str, sheet: Sheet) -> Receipt | None:
    """Enter what stands on a paper.  The first person's reading waits (None); the second person's, where
    it is the same, makes it a ballot and gives the receipt.

    Raises  NoSuchPaper, PaperDone, ReadByTheSame, ReadingsDiffer, NotOnRoll, BadChoices, CountingDone.
    """
    sent = None
    with _second_reading(rt, who, origin, serial, _content(sheet)) as found:
        _require_readable(found.book, sheet)
        if found.first is not None:
            sent = _enter(rt, found.book, found.paper, sheet, first=found.first, second=who.id)
    return None if sent is None else receipts.of_entry(rt, origin, sent.index)


def waiting(rt: Runtime, origin: str) -> tuple[str, ...]:
    """Serials of the papers that two persons have not finished; they block the count."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return papers.undisposed(tx, case.id)


def reject(rt: Runtime, who: Officer, origin: str, *, serial: str) -> bool:
    """Put a paper aside whose sender is on no roll or cannot be made out; it is in no number.

    Two persons, as for a reading; True once the second one has said the same.
    Raises  as ``read``.
    """
    done = False
    with _second_reading(rt, who, origin, serial, {"member": None}) as found:
        if found.first is not None:
            _put_aside(rt, found.book, found.paper, first=found.first, second=who.id)
            done = True
    return done


@dataclass(frozen=True, slots=True)
class _Found:
    """A paper being read.  ``first``: who has read the same before, None for the first reading."""

    book: Book
    paper: papers.Paper
    first: str | None


@contextmanager
def _second_reading(
    rt: Runtime, who: Officer, origin: str, serial: str, content: dict[str, object]
) -> Iterator[_Found]:
    """Compare a reading with the first person's, or keep it as the first."""
    require(who, Act.ENTER_PAPER)
    closing.close_if_due(rt, origin)
    differs = False
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        waiting = papers.find(tx, case.id, serial)
        if waiting is None:
            raise NoSuchPaper(serial)
        if waiting.disposed_index is not None:
            raise PaperDone(serial)
        if case.deemed_index is not None:
            raise CountingDone
        before = papers.readings(tx, case.id, serial)
        if before and before[0].account == who.id:
            raise ReadByTheSame(who.id)
        differs = bool(before) and before[0].content != content
        if differs:
            # Nobody's reading wins: who typed what is put away, so that the next check is blind again.
            papers.forget_readings(tx, case.id, serial)
        else:
            yield _Found(book, waiting, before[0].account if before else None)
            if not before:
                papers.put_reading(tx, case.id, serial, Reading(who.id, content), now=instant_text(book.now))
    if differs:
        raise ReadingsDiffer(serial)


def _put_aside(rt: Runtime, book: Book, paper: papers.Paper, *, first: str, second: str) -> None:
    received_at = parse_instant(paper.arrived_at)
    index = book.append(
        kinds.Refused(
            member=None,
            reason="not_on_roll",
            channel=paper.channel,
            level="KP",
            received_at=received_at,
            commitment=None,
            signature=None,
            paper=paper.index,
            entered_by=(commitment_of(rt, book, first), commitment_of(rt, book, second)),
        )
    )
    ballots.put_submission(
        book.tx,
        book.case.id,
        Submitted(
            index=index,
            member_id=None,
            sequence=0,
            replaces=None,
            refused="not_on_roll",
            channel=paper.channel,
            level="KP",
            received_at=paper.arrived_at,
            opening="{}",
            salt=b"",
            section="",
            respondent="",
            opinion="",
            opinion_public=False,
            request_key=None,
            paper_serial=paper.serial,
        ),
    )
    papers.dispose(book.tx, book.case.id, paper.serial, index=index)


def _enter(
    rt: Runtime, book: Book, paper: papers.Paper, sheet: Sheet, *, first: str, second: str
) -> Submitted:
    received_at = parse_instant(paper.arrived_at)
    voter = roll.voter(book.tx, book.case.id, sheet.member_id)
    if voter is None:
        raise NotOnRoll(sheet.member_id)
    answer = Answer(
        choices={} if sheet.proxy else sheet.choices,
        proxy=sheet.proxy,
        defect=sheet.defect,
        opinion=sheet.opinion,
    )
    pair = commitment_of(rt, book, first), commitment_of(rt, book, second)
    sent, _ = record(
        rt,
        book,
        voter,
        answer,
        Sender(
            channel=paper.channel,
            level="KP",
            received_at=received_at,
            paper=paper,
            entered_by=pair,
        ),
    )
    papers.dispose(book.tx, book.case.id, paper.serial, index=sent.index)
    return sent


def _require_readable(book: Book, sheet: Sheet) -> None:
    if roll.voter(book.tx, book.case.id, sheet.member_id) is None:
        raise NotOnRoll(sheet.member_id)
    if not sheet.proxy:
        require_choices(book.case.docket, sheet.choices, on_paper=True)


def _content(sheet: Sheet) -> dict[str, object]:
    return {
        "member": sheet.member_id,
        "choices": choices_json(sheet.choices),
        "proxy": sheet.proxy,
        "defect": sheet.defect,
        "opinion": sheet.opinion,
    }
