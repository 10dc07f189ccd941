"""Paper and fax: logged at the door, read by one person, checked blind by another.

The hour that counts is that of arrival, never that of entry (rules R2; product.md P3).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from voting.core.ballots import Channel
from voting.core.permissions import Act, Officer, require
from voting.documents.scans import scan_kind
from voting.ledger import kinds
from voting.ledger.canonical import instant_text, milliseconds
from voting.ledger.receipt import Receipt
from voting.runtime import Runtime
from voting.services.casting import receipts
from voting.services.desk.paper_entering import (
    NOBODY,
    content_of,
    enter,
    is_same,
    put_aside,
    require_readable,
)
from voting.services.desk.paper_entering import (
    Sheet as Sheet,
)
from voting.services.desk.paper_finding import find_member
from voting.services.desk.paper_list import require_taken
from voting.services.desk.paper_refusals import (
    ArrivesInFuture,
    BadSerial,
    NoSuchPaper,
    NotAPaperChannel,
    NothingToTakeBack,
    PaperDone,
    ReadByTheSame,
    ReadingsDiffer,
    ScanThere,
    SenderUnclear,
    SerialTaken,
)
from voting.services.errors import CountingDone, NoSuchAssembly
from voting.services.office.accounts import commitment_of
from voting.services.outcome import closing
from voting.services.recording import Book, recording
from voting.store import assemblies, paper_senders, papers, roll
from voting.store.paper_senders import PaperSender
from voting.store.papers import Reading

LONGEST_SERIAL = 32
LONGEST_SENDER = 200
LONGEST_WHY = 500


def arrive(
    rt: Runtime,
    who: Officer,
    origin: str,
    *,
    serial: str,
    channel: Channel,
    arrived_at: datetime,
    scan: bytes,
    sender: str = "",
    unclear: bool = False,
) -> None:
    """Log a paper at the door, before anybody reads it, with its scan.

    Shape   *sender* as far as the door can tell: a number, a code of a form or a name that is on the roll;
            for an *unclear* one whatever stands on the paper.
    One logged after the close is refused as late when it is entered, whatever hour it claims (ledger
    L3): otherwise a sheet could be invented once the count is known.
    Raises  NotAPaperChannel, BadSerial, NotAScan, ScanTooLarge, ScanUnreadable, NotThatFar, CountingDone,
            ArrivesInFuture, SerialTaken, ScanThere, FormOfAnother, SenderUnknown, SenderAmbiguous.
    """
    require(who, Act.REGISTER_PAPER)
    if channel in (Channel.WEB, Channel.PAPER):
        raise NotAPaperChannel(channel.value)
    _require_serial(serial)
    scan_kind(scan)
    arrived = milliseconds(arrived_at)
    closing.close_if_due(rt, origin)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        require_taken(case)
        if arrived > book.now:
            raise ArrivesInFuture(arrived)
        if papers.find(tx, case.id, serial) is not None:
            raise SerialTaken(serial)
        told = _sender(book, serial, sender, unclear=unclear)
        digest = sha256(scan).hexdigest()
        if not papers.put_scan(tx, case.id, sha256=digest, content=scan):
            raise ScanThere(papers.serial_of_scan(tx, case.id, digest))
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
        if told is not None:
            paper_senders.put(tx, case.id, told)


def read(rt: Runtime, who: Officer, origin: str, *, serial: str, sheet: Sheet) -> Receipt | None:
    """Enter what stands on a paper.  The first person's reading waits (None); as soon as two persons have
    read the same it is a ballot, and gives the receipt.

    Where they differ both readings are kept, and shown: then somebody looks once more.
    Raises  NoSuchPaper, PaperDone, SenderUnclear, ReadByTheSame, ReadingsDiffer, NotOnRoll, BadChoices,
            ProxyNotAllowed, CountingDone.
    """
    sent = None
    with _reading(rt, who, origin, serial, content_of(sheet)) as found:
        require_readable(found.book, found.paper, sheet)
        if found.first is not None:
            sent = enter(rt, found.book, found.paper, sheet, first=found.first, second=who.id)
    return None if sent is None else receipts.of_entry(rt, origin, sent.index)


def reject(rt: Runtime, who: Officer, origin: str, *, serial: str, why: str = "") -> bool:
    """Put a paper aside whose sender is on no roll or cannot be made out; it is in no number.

    Two persons, as for a reading; True once the second one has said the same.
    Raises  as ``read``; nobody has to say first whose an unclear one is.
    """
    done = False
    content = {**NOBODY, "why": " ".join(why.split())[:LONGEST_WHY]}
    with _reading(rt, who, origin, serial, content) as found:
        if found.first is not None:
            put_aside(rt, found.book, found.paper, first=found.first, second=who.id)
            done = True
    return done


def take_back(rt: Runtime, who: Officer, origin: str, *, serial: str) -> None:
    """Take back one's own reading before anybody has checked it, to enter it again.

    Raises  NoSuchAssembly, NoSuchPaper, PaperDone, NothingToTakeBack, also once another has read it.
    """
    require(who, Act.ENTER_PAPER)
    with rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        found = papers.find(tx, case.id, serial)
        if found is None:
            raise NoSuchPaper(serial)
        if found.disposed_index is not None:
            raise PaperDone(serial)
        if [each.account for each in papers.readings(tx, case.id, serial)] != [who.id]:
            raise NothingToTakeBack(serial)
        papers.forget_reading(tx, case.id, serial, who.id)


def waiting(rt: Runtime, origin: str) -> tuple[str, ...]:
    """Serials of the papers that two persons have not finished; they block the count."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return papers.undisposed(tx, case.id)


@dataclass(frozen=True, slots=True)
class _Found:
    """A paper being read.  ``first``: who has read the same before, None where nobody has."""

    book: Book
    paper: papers.Paper
    first: str | None


@contextmanager
def _reading(
    rt: Runtime, who: Officer, origin: str, serial: str, content: Mapping[str, object]
) -> Iterator[_Found]:
    """Keep a reading, and compare it with those of others.

    Whoever has read a paper may read it again only where another one read something else: alone, nobody
    checks what they entered themselves.
    """
    require(who, Act.ENTER_PAPER)
    closing.close_if_due(rt, origin)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        paper = _open_paper(book, serial, content)
        before = papers.readings(tx, case.id, serial)
        mine = [each for each in before if each.account == who.id]
        others = [each for each in before if each not in mine]
        if mine and not others:
            raise ReadByTheSame(who.id)
        alike = [each.account for each in others if is_same(each.content, content)]
        yield _Found(book, paper, alike[0] if alike else None)
        papers.put_reading(tx, case.id, serial, Reading(who.id, dict(content), instant_text(book.now)))
    if others and not alike:
        # Only now: nobody's reading wins, and none of them is lost.
        raise ReadingsDiffer(serial)


def _open_paper(book: Book, serial: str, content: Mapping[str, object]) -> papers.Paper:
    """Raises: NoSuchPaper, PaperDone, CountingDone, SenderUnclear."""
    tx, case = book.tx, book.case
    found = papers.find(tx, case.id, serial)
    if found is None:
        raise NoSuchPaper(serial)
    if found.disposed_index is not None:
        raise PaperDone(serial)
    if case.deemed_index is not None:
        raise CountingDone
    sender = paper_senders.find(tx, case.id, serial)
    if content["member"] is not None and sender is not None and sender.is_open:
        raise SenderUnclear(serial)
    return found


def _require_serial(serial: str) -> None:
    """A serial number stands in addresses and on the sheet itself.  Raises: BadSerial."""
    if not serial.isprintable() or serial != serial.strip() or not 1 <= len(serial) <= LONGEST_SERIAL:
        raise BadSerial(serial[:LONGEST_SERIAL], LONGEST_SERIAL)
    if set(serial) & set("/\\?#%") or not set(serial) - {"."}:
        raise BadSerial(serial, LONGEST_SERIAL)


def _sender(book: Book, serial: str, sender: str, *, unclear: bool) -> PaperSender | None:
    """Whom the paper comes from; None where the door did not say.  Raises: as ``find_member``."""
    written = " ".join(sender.split())[:LONGEST_SENDER]
    if unclear:
        return PaperSender(serial, written, unclear=True, member_id=None)
    if not written:
        return None
    found = find_member(roll.voters(book.tx, book.case.id), book.case.origin, sender)
    return PaperSender(serial, written, unclear=False, member_id=found.member_id)
