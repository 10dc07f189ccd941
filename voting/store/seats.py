"""Who sits in a committee: members of its parent, with votes and days of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from voting.core.members import Member
from voting.store.tables import seat
from voting.store.transaction import Row, Transaction

_SELECT = select(seat.c.member_id, seat.c.votes, seat.c.joined, seat.c.left_on).where(
    seat.c.body == bindparam("body")
)
_ONE = _SELECT.where(seat.c.member_id == bindparam("member_id"))
_NEW = insert(seat)
_PUT = _NEW.on_conflict_do_update(
    index_elements=[seat.c.body, seat.c.member_id],
    set_={name: _NEW.excluded[name] for name in ("votes", "joined", "left_on")},
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One member in one committee.  Units: votes in millionths; days in Japan."""

    member_id: str
    votes: int
    joined: date | None
    left: date | None


def seats(tx: Transaction, committee: str) -> tuple[Seat, ...]:
    """All seats of the committee, in no particular order."""
    return tuple(_seat(row) for row in tx.all(_SELECT, body=committee))


def find(tx: Transaction, committee: str, member_id: str) -> Seat | None:
    row = tx.one(_ONE, body=committee, member_id=member_id)
    return None if row is None else _seat(row)


def put(tx: Transaction, committee: str, rows: Sequence[Seat]) -> None:
    """Write these seats, new or changed."""
    tx.many(
        _PUT,
        (
            {
                "body": committee,
                "member_id": each.member_id,
                "votes": each.votes,
                "joined": None if each.joined is None else each.joined.isoformat(),
                "left_on": None if each.left is None else each.left.isoformat(),
            }
            for each in rows
        ),
    )


def seated(rows: Iterable[Seat], parents: Iterable[Member]) -> tuple[Member, ...]:
    """The committee's members, by member number.

    Ties    whoever leaves the parent leaves the committee on that day at the latest, and nobody belongs to
            the committee before belonging to the parent.
    """
    known = {each.member_id: each for each in parents}
    found = (_in_committee(known[each.member_id], each) for each in rows)
    return tuple(sorted(found, key=lambda each: each.member_id))


def _in_committee(member: Member, place: Seat) -> Member:
    joined = [day for day in (member.joined, place.joined) if day is not None]
    left = [day for day in (member.left, place.left) if day is not None]
    return replace(member, votes=place.votes, joined=max(joined, default=None), left=min(left, default=None))


def _seat(row: Row) -> Seat:
    member_id, votes, joined, left = row
    return Seat(
        member_id,
        votes,
        None if joined is None else date.fromisoformat(joined),
        None if left is None else date.fromisoformat(left),
    )
