"""A member asks: a question for the secretariat, which answers to all.

It is no vote and no part of one: nothing of it goes into the ledger, and no ballot is looked at.
Source  product.md P3; domain.md row 35.
"""

from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.inquiries import LONGEST_INQUIRY, MOST_A_DAY, asking_ends
from voting.core.japanese_dates import JST
from voting.core.printable import is_printable, is_seen
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.casting import ballots
from voting.services.casting.ballots import Key
from voting.services.errors import UnknownCode
from voting.services.office.office_acting import replies_digest
from voting.services.period.published_replies import published_wordings, sendings
from voting.services.printing.letterheads import questions_until, until_words
from voting.store import assemblies, inquiries
from voting.store.assemblies import Case
from voting.store.inquiries import Inquiry
from voting.store.transaction import Transaction
from voting.wording.page_editions import PageSay
from voting.wording.pages import PAGES
from voting.wording.replies import replies_text


@dataclass(eq=False)
class AskingOver(Refusal):
    """The last day for questions is over; the secretariat is still there.  Shape: ``contact`` as printed."""

    code: ClassVar[str] = "asking-over"
    contact: str


@dataclass(eq=False)
class AskingOff(Refusal):
    """The secretariat takes no questions on the pages of this vote.  Shape: ``contact`` as printed."""

    code: ClassVar[str] = "asking-off"
    contact: str


@dataclass(eq=False)
class AskedTooOften(Refusal):
    """One member asks a handful of questions a day, so that those of the others are found."""

    code: ClassVar[str] = "asked-too-often"
    most: int


@dataclass(eq=False)
class AskedAlready(Refusal):
    """The same form came again with another text; the question stands as it was first received."""

    code: ClassVar[str] = "asked-already"
    number: int


@dataclass(eq=False)
class NoSuchInquiry(Refusal):
    """There is no such question, or none of this member."""

    code: ClassVar[str] = "no-such-inquiry"
    number: int


@dataclass(eq=False)
class NoSuchReply(Refusal):
    """Nothing was answered to all at that place of the ledger."""

    code: ClassVar[str] = "no-such-reply"
    index: int


@dataclass(eq=False)
class InquiryUnusable(Refusal):
    """A question without a text, with one that is too long, or with signs that nobody sees."""

    code: ClassVar[str] = "inquiry-unusable"
    most: int


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One question as sent by the web.  Shape: ``request_key`` is 16 random bytes of the form."""

    key: Key
    text: str
    section: str
    asker: str
    request_key: bytes


@dataclass(frozen=True, slots=True)
class OwnInquiry:
    """A question that this member asked.

    Shape   ``state`` is waiting, answered or aside; ``why`` it is not answered, else empty; the text is
            empty once it was erased.
    """

    number: int
    asked: str
    text: str
    who: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class SentText:
    """Replies that were sent together, as a text to be kept.  Shape: ``sha256`` as the ledger has it."""

    index: int
    at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AskingPage:
    """Where a member asks.

    Shape   ``until`` is the last day, or the close, in words, empty where none are taken; ``own`` the newest
            first; ``left`` how many may still be asked today.
    """

    body: str
    title: str
    member_id: str
    name: str
    is_open: bool
    until: str
    own: tuple[OwnInquiry, ...]
    sent: tuple[SentText, ...]
    left: int
    contact: str


def ask(rt: Runtime, asked: Ask) -> int:
    """Keep a question; the answer is its number in this assembly.

    The same form sent again is one question.
    Raises  UnknownCode, CredentialReplaced, AskingOver, AskingOff, AskedTooOften, AskedAlready,
            InquiryUnusable.
    """
    key, now = asked.key, rt.now()
    ballots.view(rt, key)
    if not is_seen(asked.text) or len(asked.text) > LONGEST_INQUIRY or not is_printable(asked.text):
        raise InquiryUnusable(LONGEST_INQUIRY)
    # In the ledger's turn: two that come at once have two numbers, and neither passes the limit unseen.
    with rt.database.ledger_turn(key.origin), rt.database.transaction() as tx:
        case = _case(tx, key)
        before = inquiries.by_request_key(tx, case.id, key.member_id, asked.request_key)
        if before is not None:
            if (before.original, before.section, before.asker) != (asked.text, asked.section, asked.asker):
                raise AskedAlready(before.number)
            return before.number
        if questions_until(tx, case) is None:
            raise AskingOff(case.contact)
        if not is_open(tx, case, now):
            raise AskingOver(case.contact)
        if _asked_today(tx, case, key.member_id, now) >= MOST_A_DAY:
            raise AskedTooOften(MOST_A_DAY)
        number = inquiries.next_number(tx, case.id)
        inquiries.add(
            tx,
            case.id,
            Inquiry(
                number=number,
                member_id=key.member_id,
                asked_at=instant_text(now),
                original=asked.text,
                section=asked.section,
                asker=asked.asker,
                wording=asked.text,
            ),
            request_key=asked.request_key,
        )
    return number


def is_open(tx: Transaction, case: Case, now: datetime) -> bool:
    """Whether a question is received now: from the issue of the ballots to the end of the last day."""
    day = questions_until(tx, case)
    return (
        day is not None
        and case.issued_index is not None
        and now < asking_ends(case.docket.assembly.schedule, day)
    )


def until_in_words(tx: Transaction, case: Case, say: PageSay) -> str:
    """The last day for questions as the letter tells it, of the close with its hour; empty without any."""
    day = questions_until(tx, case)
    return "" if day is None else until_words(case, day, say)


def asking_page(rt: Runtime, key: Key, *, language: str = "ja") -> AskingPage:
    """Raises: UnknownCode, CredentialReplaced."""
    opened, now, say = ballots.view(rt, key), rt.now(), PAGES[language]
    case = opened.case
    with rt.database.reading() as tx:
        return AskingPage(
            body=case.docket.body.name,
            title=case.docket.assembly.title,
            member_id=opened.voter.member_id,
            name=opened.voter.name,
            is_open=is_open(tx, case, now),
            until=until_in_words(tx, case, say),
            own=_own(tx, case, key.member_id, say),
            sent=tuple(
                SentText(each.index, say.instant(each.at), replies_digest(each.replies))
                for each in sendings(tx, case)
            ),
            left=max(0, MOST_A_DAY - _asked_today(tx, case, key.member_id, now)),
            contact=case.contact,
        )


def sent_text(rt: Runtime, key: Key, index: int) -> bytes:
    """The text whose digest stands at *index* of the ledger.  Raises: NoSuchReply; as ``asking_page``."""
    ballots.view(rt, key)
    with rt.database.reading() as tx:
        found = next((each for each in sendings(tx, _case(tx, key)) if each.index == index), None)
    if found is None:
        raise NoSuchReply(index)
    return replies_text(found.replies).encode()


def own_inquiry(rt: Runtime, key: Key, number: int, *, language: str = "ja") -> OwnInquiry:
    """A question that this member asked.  Raises: NoSuchInquiry for anybody else's; as ``asking_page``."""
    ballots.view(rt, key)
    with rt.database.reading() as tx:
        found = _own(tx, _case(tx, key), key.member_id, PAGES[language])
    mine = next((each for each in found if each.number == number), None)
    if mine is None:
        raise NoSuchInquiry(number)
    return mine


def _own(tx: Transaction, case: Case, member_id: str, say: PageSay) -> tuple[OwnInquiry, ...]:
    replied = published_wordings(sendings(tx, case))
    return tuple(
        OwnInquiry(
            number=each.number,
            asked=say.instant(parse_instant(each.asked_at)),
            text=each.original,
            who=" ".join(filter(None, (each.section, each.asker))),
            state="answered" if each.number in replied else "aside" if each.aside_at else "waiting",
            why=each.aside_why or "",
        )
        for each in reversed(inquiries.of_member(tx, case.id, member_id))
    )


def _asked_today(tx: Transaction, case: Case, member_id: str, now: datetime) -> int:
    midnight = datetime.combine(now.astimezone(JST).date(), time(), JST)
    return inquiries.asked_since(tx, case.id, member_id, since=instant_text(midnight))


def _case(tx: Transaction, key: Key) -> Case:
    case = assemblies.find(tx, key.origin)
    if case is None:
        raise UnknownCode
    return case
