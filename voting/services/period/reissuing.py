"""A voting code issued again: the old one is void from the very entry on, what was answered with it stands.

To an address that is on the roll one officer may send it; a new address needs two persons, for whoever
receives the code can vote.  All other contacts of the member are told either way.
Source  product.md P2; ledger L3, credential; L5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.credentials import codes
from voting.ledger.canonical import b64, instant_text
from voting.ledger.kinds import Credential as CredentialBody
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, PeriodOver
from voting.services.issuing import BALLOT_MAIL
from voting.services.office.office_acting import REISSUE, REISSUE_PROPOSED, act
from voting.services.period.amending import reason_of, require_amendable, require_issued
from voting.services.period.deliveries import NotOnTheRoll
from voting.services.period.letters_owed import REISSUE_MAIL, lines_to
from voting.services.recording import Book, recording
from voting.store import assemblies, outbox, roll
from voting.store.assemblies import Case
from voting.store.outbox import Line
from voting.store.roll import Credential, Voter
from voting.store.transaction import Transaction

_LONGEST_ADDRESS = 254


@dataclass(eq=False)
class NewAddress(Refusal):
    """The address is not on the roll: a second person has to approve it."""

    code: ClassVar[str] = "new-address"
    address: str


@dataclass(eq=False)
class KnownAddress(Refusal):
    """The address is on the roll already: no second person is needed."""

    code: ClassVar[str] = "known-address"
    address: str


@dataclass(eq=False)
class NoAddress(Refusal):
    """What was typed is no address of one mailbox."""

    code: ClassVar[str] = "no-address"
    address: str


@dataclass(frozen=True, slots=True)
class Order:
    """Issue a code again.

    Shape   ``drop`` is an address that is written to no more, empty for none; ``reason`` is public and
            names nobody.
    """

    member_id: str
    address: str
    reason: str
    drop: str = ""

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Order":
        named = {each: str(terms.get(each, "")).strip() for each in ("member", "address", "drop")}
        return cls(named["member"], named["address"], reason_of(terms), named["drop"])


def reissue(rt: Runtime, who: Officer, origin: str, order: Order) -> int:
    """Send a new code to an address that is on the roll; the answer is the entry's index.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar, PeriodOver, NotOnTheRoll, NewAddress, NoReasonGiven.
    """
    require(who, Act.REISSUE)
    with recording(rt, origin) as book:
        require_amendable(book.case, book.now)
        credential, voter = _holder(book.tx, book.case, order.member_id)
        if order.address not in voter.addresses or order.drop:
            raise NewAddress(order.address)
        return _issue(rt, book, credential, voter, order, by=(who.id,))


def subject(tx: Transaction, case: Case, terms: Mapping[str, Any]) -> dict[str, object]:
    """Exactly what would be issued, and to where.

    Raises  NotThatFar, PeriodOver, NotOnTheRoll, NoAddress, KnownAddress, NoReasonGiven.
    """
    require_issued(case)
    if case.closed_index is not None:
        raise PeriodOver(case.docket.assembly.schedule.closes_at)
    order = Order.of(terms)
    credential, voter = _holder(tx, case, order.member_id)
    if order.address in voter.addresses:
        raise KnownAddress(order.address)
    if not _is_mailbox(order.address) or (order.drop and order.drop not in voter.addresses):
        raise NoAddress(order.address)
    return {
        "address": order.address,
        "drop": order.drop,
        "key": b64(credential.public_key),
        "kind": "reissue",
        "known": list(voter.addresses),
        "member": voter.member_id,
        "name": voter.name,
        "reason": order.reason,
    }


def to_new_address(rt: Runtime, book: Book, order: Order, *, first: str, second: str) -> int:
    """Send a new code to an address that two persons have agreed upon; it is one of the member's from now on.

    Raises  as ``reissue``.
    """
    require_amendable(book.case, book.now)
    credential, voter = _holder(book.tx, book.case, order.member_id)
    kept = tuple(each for each in voter.addresses if each != order.drop)
    roll.set_addresses(book.tx, book.case.id, voter.member_id, (*kept, order.address))
    return _issue(rt, book, credential, voter, order, by=(first, second))


def _issue(
    rt: Runtime, book: Book, old: Credential, voter: Voter, order: Order, *, by: tuple[str, ...]
) -> int:
    case, tx, queued_at = book.case, book.tx, instant_text(book.now)
    code = codes.make_code(rt.token(codes.RANDOM_BYTES))
    public = codes.credential_key(codes.credential_seed(code, case.origin)).public_key
    index = book.append(
        CredentialBody(
            member=voter.commitment.hex(), operation="reissue", key=b64(public), reason=order.reason
        )
    )
    roll.replace_credential(
        tx, old, lookup=codes.lookup_key(code, case.origin), public_key=public, index=index
    )
    # A mail that still waits would bring a code that opens nothing.
    outbox.drop(tx, case.id, voter.member_id, BALLOT_MAIL, at=queued_at)
    mail = Line(
        message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
        assembly=case.id,
        kind=BALLOT_MAIL,
        member_id=voter.member_id,
        address=order.address,
        secret=code.printed(),
        ref=index,
        attempts=0,
        queued_at=queued_at,
    )
    detail: dict[str, object] = {"new": order.address not in voter.addresses}
    whats = (REISSUE,) if len(by) == 1 else (REISSUE_PROPOSED, REISSUE)
    target = f"member:{voter.commitment.hex()}"
    told = [act(rt, book, who, what, detail, target=target) for who, what in zip(by, whats, strict=True)]
    others = replace(voter, addresses=tuple(each for each in voter.addresses if each != order.address))
    letters = lines_to(rt, case, [others], kind=REISSUE_MAIL, index=told[-1], queued_at=queued_at)
    outbox.put(tx, [mail, *letters])
    return index


def find(rt: Runtime, who: Officer, origin: str, member_id: str) -> Voter:
    """The member on the roll with its addresses.  Raises: NotAllowed, NoSuchAssembly, NotOnTheRoll."""
    require(who, Act.REISSUE)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return _holder(tx, case, member_id)[1]


def _holder(tx: Transaction, case: Case, member_id: str) -> tuple[Credential, Voter]:
    found = roll.credential_and_voter(tx, case.id, member_id)
    if found is None:
        raise NotOnTheRoll(member_id)
    return found


def _is_mailbox(address: str) -> bool:
    """Whether it can be one mailbox; whether it is there only a mail can tell."""
    local, _, domain = address.rpartition("@")
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' ,;<>()[]"\\:')
    return (
        bool(local) and "@" not in local and "." in domain and is_plain and len(address) <= _LONGEST_ADDRESS
    )
