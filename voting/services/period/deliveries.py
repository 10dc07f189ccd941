"""What became of the notices, written into the ledger before it decides anything.

A mail that the relay took counts as delivered, one that it refused for good as failed; a member with
several addresses has been reached where one of them was.  What comes back later, and what goes by post,
fax, hand or telephone, an officer records.  A member whose every channel failed is not deemed to have
agreed where the rules exclude it, so the last word is written at the tally at the latest.
Source  ledger L3, delivery; rules R2, step 6.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text, milliseconds, parse_instant
from voting.ledger.commitments import DeliveryLeaf, delivery_root
from voting.ledger.kinds import Delivery
from voting.mail.troubles import MailTrouble, trouble
from voting.runtime import Runtime
from voting.services.errors import CountingDone, NoSuchAssembly, NotThatFar
from voting.services.issuing import BALLOT_MAIL
from voting.services.office.office_acting import DELIVERY, act
from voting.services.recording import Book, recording
from voting.services.register.listed import listed
from voting.services.stages import AssemblyLine, line_of
from voting.store import assemblies, deliveries, openings, participation, roll
from voting.store.assemblies import Case
from voting.store.deliveries import Delivered, KindCounts, MailLine
from voting.store.roll import Voter
from voting.store.transaction import Transaction

MAIL = "mail"
CHANNELS = ("mail", "post", "fax", "hand", "phone")
_AT_MOST_EVERY = timedelta(hours=1)


@dataclass(eq=False)
class NotOnTheRoll(Refusal):
    """Nobody of that number stands on the roll."""

    code: ClassVar[str] = "not-on-the-roll"
    member: str


@dataclass(eq=False)
class UnknownChannel(Refusal):
    code: ClassVar[str] = "unknown-channel"
    channel: str


@dataclass(eq=False)
class NotThen(Refusal):
    """Something is reported for an instant that lies in the future."""

    code: ClassVar[str] = "not-then"
    at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """A notice that has not arrived.

    Shape   ``state`` is failed, retrying, queued or post; ``error`` None where nothing was tried in vain.
    """

    member_id: str
    name: str
    prefecture: str
    address: str
    state: str
    attempts: int
    error: MailTrouble | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """How far the mails have come, and what keeps the rest, in the order of official lists.

    Shape   ``unreached``: members whose every channel failed so far, by the ledger, as (number, name);
            ``unopened``: reached, and neither opened nor answered; ``may_record``: after the tally there is
            no place for a delivery.
    """

    line: AssemblyLine
    now: datetime
    kinds: tuple[KindCounts, ...]
    troubles: tuple[Trouble, ...]
    delivered: int
    unreached: tuple[tuple[str, str], ...]
    pending: int
    unopened: int
    may_record: bool


def board(rt: Runtime, who: Officer, origin: str) -> Board:
    """Raises: NotAllowed, NoSuchAssembly, NotThatFar."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _issued(tx, origin)
        voters = {each.member_id: each for each in listed(tx, case, roll.voters(tx, case.id))}
        mails = {number: list[MailLine]() for number in voters}
        for each in deliveries.mails(tx, case.id, BALLOT_MAIL):
            if each.state not in ("sent", "replaced"):
                mails[each.member_id].append(each)
        reached = deliveries.reached(tx, case.id)
        return Board(
            line=line_of(case, now),
            now=now,
            kinds=deliveries.by_kind(tx, case.id),
            troubles=tuple(
                _trouble(each, voters[number]) for number, lines in mails.items() for each in lines
            ),
            delivered=sum(reached.values()),
            unreached=tuple(
                (number, each.name) for number, each in voters.items() if reached.get(number) is False
            ),
            pending=len(voters) - len(reached),
            unopened=_unopened(tx, case, voters, reached),
            may_record=case.deemed_index is None,
        )


def report(
    rt: Runtime,
    who: Officer,
    origin: str,
    *,
    member_id: str,
    channel: str,
    is_delivered: bool,
    at: datetime,
) -> int:
    """Record by hand that a notice arrived or came back; the answer is the entry's index.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar, CountingDone, NotOnTheRoll, UnknownChannel, NotThen.
    """
    require(who, Act.RECORD_FACT)
    if channel not in CHANNELS:
        raise UnknownChannel(channel)
    at = milliseconds(at)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        require_countable(case)
        voter = roll.voter(tx, case.id, member_id)
        if voter is None:
            raise NotOnTheRoll(member_id)
        if at > book.now:
            raise NotThen(at)
        # What the relay said of the mails comes first: a later word of an officer goes over it.
        settle(book, always=True)
        index = _append(book, [Delivered(0, member_id, channel, is_delivered, instant_text(at))])
        act(rt, book, who.id, DELIVERY, {"channel": channel}, target=f"entry:{index}")
    return index


def record_if_due(rt: Runtime, origin: str) -> bool:
    """Write down what has become of the mails since the last time; True where something was written."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None or not _is_due(tx, case, rt.now()):
            return False
    with recording(rt, origin) as book:
        if not _is_due(book.tx, book.case, book.now):
            return False
        settle(book, always=True)
    return True


def settle(book: Book, *, always: bool = False) -> None:
    """Write the outcomes that are not in the ledger yet; without *always* only where a mail has failed.

    Who is pending and who was delivered count alike; who could not be reached must be known.
    """
    found = _news(book.tx, book.case)
    if found and (always or not all(each.is_delivered for each in found)):
        _append(book, found)


def require_countable(case: Case) -> None:
    """Stop where the count could not use it.  Raises: NotThatFar before the notice; CountingDone."""
    if case.issued_index is None:
        raise NotThatFar("delivery", "issue")
    if case.deemed_index is not None:
        raise CountingDone


def _append(book: Book, found: list[Delivered]) -> int:
    commitments = {each.member_id: each.commitment.hex() for each in roll.voters(book.tx, book.case.id)}
    index = book.append(
        Delivery(
            delivered=sum(each.is_delivered for each in found),
            failed=sum(not each.is_delivered for each in found),
            root=delivery_root(leaf(each, commitments[each.member_id]) for each in found).hex(),
        )
    )
    rows = [Delivered(index, each.member_id, each.channel, each.is_delivered, each.at) for each in found]
    deliveries.put(book.tx, book.case.id, rows)
    return index


def leaf(each: Delivered, member: str) -> DeliveryLeaf:
    """The leaf of one delivery.  Shape: *member* is mc in hex."""
    status = "delivered" if each.is_delivered else "failed"
    return DeliveryLeaf(each.channel, member, status, parse_instant(each.at))


def _is_due(tx: Transaction, case: Case, now: datetime) -> bool:
    if case.issued_index is None or case.deemed_index is not None or not _news(tx, case):
        return False
    mails = deliveries.mails(tx, case.id, BALLOT_MAIL)
    if not any(each.state in ("queued", "retrying") for each in mails):
        return True
    ends = [each.sent_at or each.failed_at or "" for each in mails]
    first = min(filter(None, ends))
    known = [each.at for each in deliveries.deliveries(tx, case.id)]
    return now - parse_instant(max(known, default=first)) >= _AT_MOST_EVERY


def _news(tx: Transaction, case: Case) -> list[Delivered]:
    """One outcome of each notice whose every mail has come to an end, where the ledger lacks it."""
    known = {(each.member_id, each.at) for each in deliveries.deliveries(tx, case.id) if each.channel == MAIL}
    found: dict[str, Delivered] = {}
    every = deliveries.mails(tx, case.id, BALLOT_MAIL)
    mails = [each for each in every if each.address and each.state != "replaced"]
    for (member_id, _), lines in groupby(mails, key=lambda each: (each.member_id, each.ref)):
        outcome = _outcome(member_id, lines)
        if outcome is not None and (member_id, outcome.at) not in known:
            # A notice sent again comes later in the order; its outcome is the newer one.
            found[member_id] = outcome
    return list(found.values())


def _outcome(member_id: str, lines: Iterable[MailLine]) -> Delivered | None:
    """What became of one notice to all addresses of a member; None while one of them is on its way."""
    mails = tuple(lines)
    sent = [each.sent_at for each in mails if each.sent_at is not None]
    failed = [each.failed_at for each in mails if each.failed_at is not None]
    if len(sent) + len(failed) < len(mails):
        return None
    return Delivered(0, member_id, MAIL, bool(sent), max(sent or failed))


def _unopened(tx: Transaction, case: Case, voters: Iterable[str], reached: Mapping[str, bool]) -> int:
    """Whom the mail has reached and who has not looked; an answer on paper needs no look."""
    known = (
        openings.opened(tx, case.id).keys()
        | participation.first_answers(tx, case.id, texts=case.new_texts).keys()
    )
    return sum(1 for each in voters if reached.get(each) and each not in known)


def _trouble(each: MailLine, voter: Voter) -> Trouble:
    return Trouble(
        member_id=each.member_id,
        name=voter.name,
        prefecture=voter.prefecture,
        address=each.address,
        state=each.state,
        attempts=each.attempts,
        error=trouble(each.error) if each.error else None,
        since=parse_instant(each.failed_at or each.queued_at),
    )


def _issued(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    if case.issued_index is None:
        raise NotThatFar("delivery", "issue")
    return case
