"""One act upon a register: taken alone, noted with who and when, each member before and after.

Every verb that changes a register goes through here, so that there is no change without a history.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.japanese_dates import JST
from voting.core.member_json import member_json
from voting.core.members import Member
from voting.core.permissions import Officer
from voting.ledger import canonical
from voting.ledger.canonical import instant_text
from voting.services.errors import NoSuchBody
from voting.store import members, register_history, seats
from voting.store.members import BodyRow
from voting.store.register_history import RegisterAct
from voting.store.seats import Seat
from voting.store.transaction import Transaction


class Did(StrEnum):
    """What was done to a register, as its history says it."""

    IMPORTED = "imported"
    JOINED = "joined"
    EDITED = "edited"
    LEFT = "left"
    RETURNED = "returned"  # a leaving was taken back
    CONFIRMED = "contact-confirmed"
    KINDS = "kinds-changed"


@dataclass(eq=False)
class NoSuchMember(Refusal):
    code: ClassVar[str] = "no-such-member"
    body: str
    member: str


@dataclass(eq=False)
class CommitteeRegister(Refusal):
    """A committee's members are chosen from those of its body; nobody is entered there directly."""

    code: ClassVar[str] = "committee-register"
    slug: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The register of one body while nobody else may change it.

    Shape   ``revision`` numbers this act; ``by`` is an account, or "" where the member itself did it.
    """

    tx: Transaction
    body: BodyRow
    revision: int
    by: str
    now: str

    def write(self, what: Did, changes: Sequence[tuple[Member | None, Member]], *, detail: str = "") -> None:
        """Store each member as it is after the change, and note what it was before."""
        slug, after = self.body.slug, [each for _, each in changes]
        if self.body.parent is None:
            members.put(self.tx, slug, after, now=self.now)
        else:
            seats.put(self.tx, slug, [_seat(each) for each in after])
        act = RegisterAct(self.revision, self.now, self.by, what.value, detail)
        register_history.put(self.tx, slug, act, changes)


def turn(tx: Transaction, slug: str, who: Officer, *, now: datetime) -> Turn:
    """Begin an act.  Order: before anything of the register is read.  Raises: NoSuchBody."""
    return _turn(tx, slug, who.id, now)


def member_turn(tx: Transaction, slug: str, *, now: datetime) -> Turn:
    """As ``turn``, of a member that says something of itself."""
    return _turn(tx, slug, "", now)


def _turn(tx: Transaction, slug: str, by: str, now: datetime) -> Turn:
    found = require_body(tx, slug)
    return Turn(tx, found, register_history.turn(tx, slug), by, instant_text(now))


def require_body(tx: Transaction, slug: str) -> BodyRow:
    """Raises: NoSuchBody."""
    found = members.find_body(tx, slug)
    if found is None:
        raise NoSuchBody(slug)
    return found


def require_own_register(body: BodyRow) -> None:
    """Stop where the members are those of another body.  Raises: CommitteeRegister."""
    if body.parent is not None:
        raise CommitteeRegister(body.slug)


def find_member(tx: Transaction, body: BodyRow, member_id: str) -> Member:
    """The member as entered; in a committee with the votes and days of its seat.  Raises: NoSuchMember."""
    found = members.find(tx, body.parent or body.slug, member_id)
    if found is not None and body.parent is not None:
        place = seats.find(tx, body.slug, member_id)
        found = (
            None if place is None else replace(found, votes=place.votes, joined=place.joined, left=place.left)
        )
    if found is None:
        raise NoSuchMember(body.slug, member_id)
    return found


def stamp(member: Member) -> str:
    """What tells one state of a member from another: a form carries it, to see whether it has grown old."""
    return sha256(canonical.encode(member_json(member))).hexdigest()


def today(now: datetime) -> date:
    """The day in Japan."""
    return now.astimezone(JST).date()


def _seat(member: Member) -> Seat:
    return Seat(member.member_id, member.votes, member.joined, member.left)
