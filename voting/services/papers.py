"""Paper and fax: logged at the door, read by one person, checked blind by another.

The hour that counts is that of arrival, never that of entry (rules R2; product.md P3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from voting.core.ballots import Channel, Choice
from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger import kinds
from voting.ledger.canonical import instant_text, milliseconds, parse_instant
from voting.ledger.receipt import Receipt
from voting.runtime import Runtime
from voting.services import closing, receipts
from voting.services.accounts import commitment_of
from voting.services.answers import Answer, Sender, choices_json, record, require_choices
from voting.services.errors import AlreadyThere, CountingDone
from voting.services.recording import Book, recording
from voting.store import assemblies, papers, roll
from voting.store.ballots import Submitted
from voting.store.papers import Reading


@dataclass(eq=False)
class NoSuchPaper(Refusal):
    code: ClassVar[str] = "no-such-paper"
    serial: str


@dataclass(eq=False)
class NotAPaperChannel(Refusal):
    """Papers come by post, fax, mail or hand."""

    code: ClassVar[str] = "not-a-paper-channel"
    channel: str


@dataclass(eq=False)
class ArrivesInFuture(Refusal):
    """The hour of arrival lies after now."""

    code: ClassVar[str] = "arrives-in-future"
    arrived_at: datetime


@dataclass(eq=False)
class NotOnRoll(Refusal):
    code: ClassVar[str] = "not-on-roll"
    member_id: str


@dataclass(eq=False)
class ReadByTheSame(Refusal):
    """The check is another person's, who has not seen the first reading."""

    code: ClassVar[str] = "read-by-the-same"
    officer: str


@dataclass(eq=False)
class ReadingsDiffer(Refusal):
    """The two persons read differently; both readings are put away and the paper is read again."""

    code: ClassVar[str] = "readings-differ"
    serial: str


@dataclass(eq=False)
class PaperDone(Refusal):
    code: ClassVar[str] = "paper-done"
    serial: str


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
    arrived = milliseconds(arrived_at)
    closing.close_if_due(rt, origin)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        if case.deemed_index is not None:
            raise CountingDone
        if arrived > book.now:
            raise ArrivesInFuture(arrived)
        if papers.find(tx, case.id, serial) is not None:
            raise AlreadyThere("paper", serial)
        digest = sha256(scan).hexdigest()
        index = book.append(
            kinds.Paper(
                serial=serial, arrived_at=arrived, scan_sha256=digest, by=commitment_of(rt, book, who.id)
            )
        )
        assemblies.put_document(tx, scan)
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
    require(who, Act.ENTER_PAPER)
    differs = False
    closing.close_if_due(rt, origin)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        waiting = papers.find(tx, case.id, serial)
        if waiting is None:
            raise NoSuchPaper(serial)
        if waiting.disposed_index is not None:
            raise PaperDone(serial)
        if case.deemed_index is not None:
            raise CountingDone
        _require_readable(book, sheet)
        mine = Reading(who.id, _content(sheet))
        before = papers.readings(tx, case.id, serial)
        if not before:
            papers.put_reading(tx, case.id, serial, mine, now=instant_text(book.now))
        elif before[0].account == who.id:
            raise ReadByTheSame(who.id)
        elif before[0].content != mine.content:
            # Nobody's reading wins: who typed what is put away, so that the next check is blind again.
            papers.forget_readings(tx, case.id, serial)
            differs = True
        else:
            sent = _enter(rt, book, waiting, sheet, first=before[0].account, second=who.id)
    if differs:
        raise ReadingsDiffer(serial)
    return receipts.of_entry(rt, origin, sent.index) if before else None


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
    sent = record(
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
