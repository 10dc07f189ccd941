"""Reminders to those who have not answered: two persons, one text made from the rules, no word of how.

Who gets one is decided when it is approved: whoever has answered meanwhile is not reminded.
Source  product.md P3; domain.md 1.4.8, 8.6.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.core.assembly import Phase, phase
from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar, PeriodOver
from voting.services.office.office_acting import REMINDER, REMINDER_PROPOSED, act
from voting.services.period.letters_owed import REMINDER_MAIL, lines_to
from voting.services.period.turnout import answers_in_force
from voting.services.recording import Book
from voting.store import assemblies, outbox, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording import Told, reminder_told

KIND = "reminder"
# Where the letter will say when it was written.
_AS_OF = "(送信の日時)"
_PAGE = "(回答のページ)"


@dataclass(eq=False)
class NotOpenYet(Refusal):
    """Before the opening nobody can have answered, and nobody is reminded."""

    code: ClassVar[str] = "not-open-yet"
    opens_at: datetime


@dataclass(eq=False)
class NobodyToRemind(Refusal):
    """Everybody with an address has answered."""

    code: ClassVar[str] = "nobody-to-remind"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a reminder sent now would reach.  Shape: members, and mails to their addresses."""

    members: int
    mails: int
    without_address: int


def subject(case: Case) -> dict[str, object]:
    """Exactly what is sent: the text, and the docket and deadline that it speaks of.

    Raises  NotThatFar, DoneAlready.
    """
    if case.issued_index is None:
        raise NotThatFar("reminder", "issue")
    told = _draft(case)
    return {
        "docket_sha256": case.docket_sha256,
        "kind": KIND,
        "mail": told.subject,
        "text": told.text(),
    }


def require_open(case: Case, now: datetime) -> None:
    """Stop outside of the period.  Raises: NotThatFar, NotOpenYet, PeriodOver."""
    if case.issued_index is None:
        raise NotThatFar("reminder", "issue")
    schedule = case.docket.assembly.schedule
    when = phase(schedule, now)
    if when is Phase.EARLY:
        raise NotOpenYet(schedule.opens_at)
    if when is Phase.LATE or case.closed_index is not None:
        raise PeriodOver(schedule.closes_at)


def require_possible(rt: Runtime, origin: str) -> None:
    """Stop where a reminder could not go out now.  Raises: as ``remind``; NoSuchAssembly."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        require_open(case, rt.now())
        if not any(each.addresses for each in _silent(tx, case)):
            raise NobodyToRemind


def refusal_now(rt: Runtime, origin: str) -> Refusal | None:
    """Why no reminder could go out now; None where one could."""
    try:
        require_possible(rt, origin)
    except Refusal as refused:
        return refused
    return None


def audience(rt: Runtime, who: Officer, origin: str) -> Audience:
    """Numbers only.  Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        silent = _silent(tx, case)
    reachable = [each for each in silent if each.addresses]
    mails = sum(len(each.addresses) for each in reachable)
    return Audience(len(reachable), mails, len(silent) - len(reachable))


def remind(rt: Runtime, book: Book, *, first: Officer, second: Officer) -> None:
    """Owe a reminder to every address of those who have not answered.

    Raises  as ``require_open``; NobodyToRemind.
    """
    case, tx = book.case, book.tx
    require_open(case, book.now)
    reachable = [each for each in _silent(tx, case) if each.addresses]
    if not reachable:
        raise NobodyToRemind
    detail: dict[str, object] = {"members": len(reachable)}
    act(rt, book, first.id, REMINDER_PROPOSED, detail)
    index = act(rt, book, second.id, REMINDER, detail)
    queued_at = instant_text(book.now)
    outbox.put(tx, lines_to(rt, case, reachable, kind=REMINDER_MAIL, index=index, queued_at=queued_at))


def _silent(tx: Transaction, case: Case) -> list[Voter]:
    """Those on the roll who have not answered, and have not left since."""
    answered, left = answers_in_force(tx, case), roll.facts_for_count(tx, case.id).left
    return [
        each
        for each in roll.voters(tx, case.id)
        if each.member_id not in answered and each.member_id not in left
    ]


def _draft(case: Case) -> Told:
    return reminder_told(case.docket, as_of=_AS_OF, page=_PAGE)
