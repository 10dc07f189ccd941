"""質問への回答: approved by two persons, told to every member, published on every member's page for good.

The second person approves the very text.  The ledger has an ``operator`` entry of each of the two, with the
SHA-256 of what was sent, as of an erratum; nothing of it touches a ballot.
Source  product.md P3; docs/adr/0011.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from voting.core.errors import Refusal
from voting.core.inquiries import Reply, replies_from_json, replies_json
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.office.office_acting import REPLIES, REPLIES_PROPOSED, act, replies_digest
from voting.services.period.inquiries import KIND as KIND
from voting.services.period.letters_owed import REPLIES_MAIL, lines_to
from voting.services.period.published_replies import published_wordings, sendings
from voting.services.recording import Book
from voting.store import assemblies, inquiries, outbox, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording.replies import replies_told

# Where the letter will have the address.
_PAGE = "(書面表決のページ)"


@dataclass(eq=False)
class NothingToSend(Refusal):
    """No question was chosen whose reply could be sent."""

    code: ClassVar[str] = "nothing-to-send"


@dataclass(eq=False)
class ReplyNotReady(Refusal):
    """A question that was chosen has no reply in draft, or was set aside: it may have been sent meanwhile."""

    code: ClassVar[str] = "reply-not-ready"
    number: int


@dataclass(eq=False)
class RepliesOver(Refusal):
    """The count has begun: nothing that members are told now could matter to a vote."""

    code: ClassVar[str] = "replies-over"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a sending reaches.  Shape: members, and mails to their addresses."""

    members: int
    mails: int
    without_address: tuple[tuple[str, str], ...]


def terms_of(numbers: list[int]) -> dict[str, object]:
    """The terms of a request to send the replies to these questions, in the order of their numbers."""
    return {"kind": KIND, "numbers": sorted(set(numbers))}


def subject(tx: Transaction, case: Case, terms: Any) -> dict[str, object]:
    """Exactly what would be sent to every member.

    Raises  NotThatFar, RepliesOver, NothingToSend, ReplyNotReady.
    """
    require_sendable(case)
    replies = _chosen(tx, case, terms)
    told = replies_told(case.docket, replies, page=_PAGE)
    return {
        "docket_sha256": case.docket_sha256,
        "kind": KIND,
        "mail": told.subject,
        "replies": replies_json(replies),
        "sha256": replies_digest(replies),
        "text": told.text(),
    }


def require_sendable(case: Case) -> None:
    """Stop before there are members to tell, and once the count has begun.  Raises: NotThatFar, RepliesOver.

    After the close what was asked in time may still be answered.
    """
    if case.issued_index is None:
        raise NotThatFar(KIND, "issue")
    if case.deemed_index is not None:
        raise RepliesOver


def send(rt: Runtime, book: Book, terms: Any, *, first: Officer, second: Officer) -> None:
    """Publish the replies, and owe one mail to every address of all who have not left.

    Raises  as ``subject``.
    """
    case, tx = book.case, book.tx
    facts: Any = subject(tx, case, terms)
    target = f"entry:{case.frozen_index}"
    act(rt, book, first.id, REPLIES_PROPOSED, {"sha256": facts["sha256"]}, target=target)
    index = act(rt, book, second.id, REPLIES, {"replies": facts["replies"]}, target=target)
    for each in replies_from_json(facts["replies"]):
        inquiries.note_sent(tx, case.id, each.number)
    queued_at = instant_text(book.now)
    outbox.put(tx, lines_to(rt, case, _told(tx, case), kind=REPLIES_MAIL, index=index, queued_at=queued_at))


def audience(rt: Runtime, who: Officer, origin: str) -> Audience:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        told = _told(tx, case)
    reachable = [each for each in told if each.addresses]
    return Audience(
        members=len(reachable),
        mails=sum(len(each.addresses) for each in reachable),
        without_address=tuple((each.member_id, each.name) for each in told if not each.addresses),
    )


def _chosen(tx: Transaction, case: Case, terms: Any) -> tuple[Reply, ...]:
    """The replies as they are drafted now.  Raises: NothingToSend, ReplyNotReady."""
    published = published_wordings(sendings(tx, case))
    found = []
    for number in terms.get("numbers", ()):
        asked = inquiries.find(tx, case.id, number)
        if asked is None or not asked.reply or asked.aside_at is not None:
            raise ReplyNotReady(number)
        wording = published.get(number, asked.wording)
        found.append(Reply(number, wording, asked.reply, supplements=number in published))
    if not found:
        raise NothingToSend
    return tuple(found)


def _told(tx: Transaction, case: Case) -> list[Voter]:
    """All on the roll that have not left since."""
    left = roll.facts_for_count(tx, case.id).left
    return [each for each in roll.voters(tx, case.id) if each.member_id not in left]
