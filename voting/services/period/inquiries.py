"""質問 at the secretariat's desk: what was asked, the replies that are drafted, what is set aside.

The original stays as it was asked; beside it stands the wording that is to be published, for a question can
name persons.  Who reads participation sees who asked; nobody but the office ever does.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from voting.core.errors import Refusal
from voting.core.inquiries import LONGEST_INQUIRY, LONGEST_REPLY
from voting.core.permissions import Act, Officer, require
from voting.core.printable import is_printable
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.period.amending import LONGEST_REASON, NoReasonGiven
from voting.services.period.asking import NoSuchInquiry, is_open, until_in_words
from voting.services.period.published_replies import Sending, published_wordings, sendings
from voting.services.stages import AssemblyLine, line_of
from voting.store import accounts, approvals, assemblies, inquiries, roll
from voting.store.assemblies import Case
from voting.store.inquiries import Inquiry
from voting.store.transaction import Transaction
from voting.wording.pages import PAGES

KIND = "replies"
STATES = ("unanswered", "draft", "waiting", "answered", "aside")


@dataclass(eq=False)
class WordingMissing(Refusal):
    """A question cannot be published without its words, nor with too many."""

    code: ClassVar[str] = "wording-missing"
    most: int


@dataclass(eq=False)
class ReplyTooLong(Refusal):
    code: ClassVar[str] = "reply-too-long"
    most: int


@dataclass(eq=False)
class Unprintable(Refusal):
    """A text with signs that nobody sees: in the mail it could read otherwise than on the page approved."""

    code: ClassVar[str] = "unprintable"


@dataclass(eq=False)
class InquiryAnswered(Refusal):
    """What every member has read is not taken back, and its question keeps its published words."""

    code: ClassVar[str] = "inquiry-answered"
    number: int


@dataclass(eq=False)
class InquiryAside(Refusal):
    """It was set aside, and has to be taken up again before it is answered."""

    code: ClassVar[str] = "inquiry-aside"
    number: int


@dataclass(eq=False)
class InquiryChanged(Refusal):
    """Somebody else has changed the draft meanwhile; neither text is lost by writing over it."""

    code: ClassVar[str] = "inquiry-changed"
    number: int


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """One question in the office's list.

    Shape   ``state`` as in ``STATES``; ``seen`` names the draft as it is shown; ``replies`` as (when, text);
            ``member_id``, ``name`` and ``original`` are empty once they were erased; ``came`` by which way
            and ``entered_by`` whom, empty where the member asked on its page.
    """

    number: int
    state: str
    asked_at: datetime
    member_id: str
    name: str
    section: str
    asker: str
    original: str
    wording: str
    reply: str
    seen: str
    why: str
    replies: tuple[tuple[datetime, str], ...]
    came: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class Desk:
    """All questions of an assembly.

    Shape   ``is_open`` to members on their pages, ``until`` the last day in words; ``is_answerable``: replies
            can be sent, and what came to the office be entered; ``counts`` by state.
    """

    line: AssemblyLine
    is_open: bool
    is_answerable: bool
    until: str
    lines: tuple[InquiryLine, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What an officer typed.  Shape: ``seen`` as in the line that was shown."""

    number: int
    wording: str
    reply: str
    seen: str


def desk(rt: Runtime, who: Officer, origin: str, *, language: str = "ja") -> Desk:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        lines = _lines(tx, case, now)
        return Desk(
            line=line_of(case, now),
            is_open=is_open(tx, case, now),
            is_answerable=case.issued_index is not None and case.deemed_index is None,
            until=until_in_words(tx, case, PAGES[language]),
            lines=lines,
            counts=Counter(each.state for each in lines),
        )


def one(rt: Runtime, who: Officer, origin: str, number: int) -> tuple[AssemblyLine, InquiryLine]:
    """Raises: NotAllowed, NoSuchAssembly, NoSuchInquiry."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        found = next((each for each in _lines(tx, case, now) if each.number == number), None)
    if found is None:
        raise NoSuchInquiry(number)
    return line_of(case, now), found


def counts(tx: Transaction, case: Case, now: datetime) -> Mapping[str, int]:
    """How many questions there are, by state."""
    return Counter(each.state for each in _lines(tx, case, now))


def draft(rt: Runtime, who: Officer, origin: str, drafted: Drafted) -> None:
    """Keep the wording that is to be published, and the reply to it; both may be changed until they are sent.

    Raises  NotAllowed, NoSuchAssembly, NoSuchInquiry, InquiryAside, InquiryChanged, WordingMissing,
            ReplyTooLong, Unprintable; InquiryAnswered for other words than the published ones.
    """
    require(who, Act.SEND)
    wording, reply, now = drafted.wording.strip(), drafted.reply.strip(), instant_text(rt.now())
    if not wording or len(wording) > LONGEST_INQUIRY:
        raise WordingMissing(LONGEST_INQUIRY)
    if len(reply) > LONGEST_REPLY:
        raise ReplyTooLong(LONGEST_REPLY)
    if not is_printable(wording) or not is_printable(reply):
        raise Unprintable
    # In the ledger's turn: what a second person approves meanwhile is what that person has seen.
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = _case(tx, origin)
        found = _found(tx, case, drafted.number)
        if found.aside_at is not None:
            raise InquiryAside(found.number)
        sent = sendings(tx, case)
        if seen_of(found, sent) != drafted.seen:
            raise InquiryChanged(found.number)
        if published_wordings(sent).get(found.number, wording) != wording:
            raise InquiryAnswered(found.number)
        inquiries.put_draft(tx, case.id, found.number, wording=wording, reply=reply, at=now, by=who.id)


def set_aside(rt: Runtime, who: Officer, origin: str, number: int, *, why: str) -> None:
    """Decide not to answer, with a reason that the member reads.

    Raises  NotAllowed, NoSuchAssembly, NoSuchInquiry, NoReasonGiven, InquiryAnswered.
    """
    require(who, Act.SEND)
    reason, now = " ".join(why.split()), instant_text(rt.now())
    if not reason or len(reason) > LONGEST_REASON:
        raise NoReasonGiven(LONGEST_REASON)
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = _case(tx, origin)
        found = _found(tx, case, number)
        if number in published_wordings(sendings(tx, case)):
            raise InquiryAnswered(number)
        inquiries.set_aside(tx, case.id, found.number, at=now, by=who.id, why=reason)


def take_up(rt: Runtime, who: Officer, origin: str, number: int) -> None:
    """Take a question that was set aside up again.  Raises: NotAllowed, NoSuchAssembly, NoSuchInquiry."""
    require(who, Act.SEND)
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = _case(tx, origin)
        found = _found(tx, case, number)
        inquiries.set_aside(tx, case.id, found.number, at=None, by=None, why=None)


def seen_of(found: Inquiry, sent: tuple[Sending, ...]) -> str:
    """A name for the draft as it is now: another one after each change, and after each sending of it."""
    return f"{found.changed_at or ''} {sum(1 for each in _replies(found.number, sent))}"


def _lines(tx: Transaction, case: Case, now: datetime) -> tuple[InquiryLine, ...]:
    found, sent = inquiries.everything(tx, case.id), sendings(tx, case)
    if not found:
        return ()
    waiting, published = _proposed(tx, case, now), published_wordings(sent)
    entered = {each.entered_by for each in found if each.entered_by}
    known = [account for each in sorted(entered) if (account := accounts.find(tx, each)) is not None]
    officers = {each.officer.id: each.officer.name for each in known}
    names = {each.member_id: each.name for each in roll.voters(tx, case.id)}
    return tuple(
        InquiryLine(
            number=each.number,
            state=_state(each, waiting, sent),
            asked_at=parse_instant(each.asked_at),
            member_id=each.member_id or "",
            name=names.get(each.member_id or "", ""),
            section=each.section,
            asker=each.asker,
            original=each.original,
            wording=published.get(each.number, each.wording),
            reply=each.reply,
            seen=seen_of(each, sent),
            why=each.aside_why or "",
            replies=_replies(each.number, sent),
            came=each.came or "",
            entered_by=officers.get(each.entered_by or "", ""),
        )
        for each in found
    )


def _state(found: Inquiry, waiting: frozenset[int], sent: tuple[Sending, ...]) -> str:
    if found.aside_at is not None:
        return "aside"
    if found.number in waiting:
        return "waiting"
    if found.reply:
        return "draft"
    return "answered" if _replies(found.number, sent) else "unanswered"


def _replies(number: int, sent: tuple[Sending, ...]) -> tuple[tuple[datetime, str], ...]:
    return tuple((each.at, reply.text) for each in sent for reply in each.replies if reply.number == number)


def _proposed(tx: Transaction, case: Case, now: datetime) -> frozenset[int]:
    """The questions whose replies wait for a second person."""
    waiting = approvals.waiting(tx, now=instant_text(now), assembly=case.id)
    documents: list[Any] = [canonical.decode(each.document.encode()) for each in waiting if each.document]
    terms = [each.get("terms", {}) for each in documents]
    return frozenset(number for each in terms if each.get("kind") == KIND for number in each["numbers"])


def _found(tx: Transaction, case: Case, number: int) -> Inquiry:
    found = inquiries.find(tx, case.id, number)
    if found is None:
        raise NoSuchInquiry(number)
    return found


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case
