"""The register of a body's members, and the rolls that are made of it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from voting.core.assembly import Body
from voting.core.errors import Broken
from voting.core.members import Member
from voting.core.register import CONTACT
from voting.core.rules import BodyKind
from voting.store import seats
from voting.store.tables import body, committee, member, voteless_kind
from voting.store.transaction import Row, Transaction

_INSERT_BODY = insert(body)
_INSERT_COMMITTEE = insert(committee)
_BODIES = (
    select(body.c.slug, body.c.name, body.c.kind, committee.c.parent)
    .join(committee, committee.c.slug == body.c.slug, isouter=True)
    .order_by(body.c.slug)
)
_BODY = _BODIES.where(body.c.slug == bindparam("slug"))
_COLUMNS = [column for column in member.c if column.name not in ("body", "changed_at", "contact_at")]
_SELECT = select(*_COLUMNS).where(member.c.body == bindparam("body"))
_ONE = _SELECT.where(member.c.member_id == bindparam("member_id"))
_INSERT = insert(member)
# SQLite has ON CONFLICT from PostgreSQL, and its compiler takes the statement of that dialect.
_NEW = insert_or_update(member)
_CONTACT_CHANGED = or_(*(member.c[name] != _NEW.excluded[name] for name in CONTACT))
_PUT = _NEW.on_conflict_do_update(
    index_elements=[member.c.body, member.c.member_id],
    set_={
        **{column.name: _NEW.excluded[column.name] for column in _COLUMNS if column.name != "member_id"},
        "changed_at": _NEW.excluded.changed_at,
        "contact_at": case(
            (_CONTACT_CHANGED, _NEW.excluded.contact_at),
            else_=func.coalesce(member.c.contact_at, member.c.changed_at),
        ),
    },
)
_CONTACTS = select(member.c.member_id, func.coalesce(member.c.contact_at, member.c.changed_at)).where(
    member.c.body == bindparam("body")
)
_CONFIRM = (
    update(member)
    .where(member.c.body == bindparam("body_is"), member.c.member_id == bindparam("member_is"))
    .values(contact_at=bindparam("at"))
)
_FORGET_VOTELESS = delete(voteless_kind).where(voteless_kind.c.body == bindparam("body"))
_INSERT_VOTELESS = insert(voteless_kind)
_VOTELESS = select(voteless_kind.c.kind).where(voteless_kind.c.body == bindparam("body"))


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as stored.  Shape: ``parent`` is the body whose committee it is, None for a body of its own."""

    slug: str
    body: Body
    parent: str | None = None


def add_body(tx: Transaction, slug: str, facts: Body, *, parent: str | None = None) -> None:
    """Write a body; with *parent* one of its committees."""
    tx.run(_INSERT_BODY, slug=slug, name=facts.name, kind=facts.kind.value)
    if parent is not None:
        tx.run(_INSERT_COMMITTEE, slug=slug, parent=parent)


def find_body(tx: Transaction, slug: str) -> BodyRow | None:
    row = tx.one(_BODY, slug=slug)
    return None if row is None else _body(row)


def bodies(tx: Transaction) -> tuple[BodyRow, ...]:
    return tuple(_body(row) for row in tx.all(_BODIES))


def register(tx: Transaction, body_slug: str) -> tuple[Member, ...]:
    """All members of the body as they may vote, by member number: what a roll is made of.

    Shape   members of a kind without a vote have 0 votes; those of a committee are the parent's, with the
            votes and days of their seat.
    """
    found = find_body(tx, body_slug)
    if found is not None and found.parent is not None:
        return seats.seated(seats.seats(tx, body_slug), recorded(tx, found.parent))
    voteless = voteless_kinds(tx, body_slug)
    members = recorded(tx, body_slug)
    if not voteless:
        return members
    return tuple(replace(each, votes=0) if each.kind in voteless else each for each in members)


def recorded(tx: Transaction, body_slug: str) -> tuple[Member, ...]:
    """All members as they were entered, by member number; none where the body is a committee."""
    # Sorted here: a PostgreSQL set up for Japanese or English would sort by its own idea of letters.
    found = (_member(row) for row in tx.all(_SELECT, body=body_slug))
    return tuple(sorted(found, key=lambda each: each.member_id))


def find(tx: Transaction, body_slug: str, member_id: str) -> Member | None:
    """One member as entered."""
    row = tx.one(_ONE, body=body_slug, member_id=member_id)
    return None if row is None else _member(row)


def voteless_kinds(tx: Transaction, body_slug: str) -> frozenset[str]:
    """The kinds of members that have no vote."""
    return frozenset(row[0] for row in tx.all(_VOTELESS, body=body_slug))


def set_voteless(tx: Transaction, body_slug: str, kinds: Collection[str]) -> None:
    """Write the kinds without a vote in the place of those before."""
    tx.run(_FORGET_VOTELESS, body=body_slug)
    tx.many(_INSERT_VOTELESS, ({"body": body_slug, "kind": kind} for kind in sorted(set(kinds))))


def contacts(tx: Transaction, body_slug: str) -> Mapping[str, str]:
    """When each member's contact was last stated or confirmed: member number -> instant."""
    return {row[0]: row[1] for row in tx.all(_CONTACTS, body=body_slug)}


def confirm_contact(tx: Transaction, body_slug: str, member_id: str, *, at: str) -> None:
    """Note that the contact was found right."""
    tx.run(_CONFIRM, body_is=body_slug, member_is=member_id, at=at)


def add(tx: Transaction, body_slug: str, members: Iterable[Member], *, now: str) -> None:
    """Write members that are new to the register."""
    tx.many(_INSERT, (_row(body_slug, facts, now) for facts in members))


def put(tx: Transaction, body_slug: str, members: Sequence[Member], *, now: str) -> None:
    """Write these members, new or changed, whole; the others stay as they are.

    Raises  Broken for a member that comes twice: the second would silently replace the first.
    """
    if len({each.member_id for each in members}) != len(members):
        raise Broken(f"{body_slug}: member numbers are unique")
    tx.many(_PUT, (_row(body_slug, facts, now) for facts in members))


def _body(row: Row) -> BodyRow:
    return BodyRow(row[0], Body(row[1], BodyKind(row[2])), row[3])


def _row(body_slug: str, facts: Member, now: str) -> dict[str, object]:
    return {
        "body": body_slug,
        "member_id": facts.member_id,
        "name": facts.name,
        "kana": facts.kana,
        "category": facts.category,
        "kind": facts.kind,
        "code": facts.code,
        "prefecture": facts.prefecture,
        "section": facts.section,
        "person": facts.person,
        "addresses": json.dumps(facts.addresses, ensure_ascii=False),
        "phone": facts.phone,
        "votes": facts.votes,
        "joined": None if facts.joined is None else facts.joined.isoformat(),
        "left_on": None if facts.left is None else facts.left.isoformat(),
        "note": facts.note,
        "other": json.dumps(facts.other, ensure_ascii=False),
        "changed_at": now,
        "contact_at": now,
    }


def _member(row: Row) -> Member:
    (number, name, kana, category, kind, code, prefecture, section, person) = row[:9]
    addresses, phone, votes, joined, left, note, other = row[9:]
    return Member(
        member_id=number,
        name=name,
        kana=kana,
        category=category,
        kind=kind,
        code=code,
        prefecture=prefecture,
        section=section,
        person=person,
        addresses=tuple(json.loads(addresses)),
        phone=phone,
        votes=votes,
        joined=None if joined is None else date.fromisoformat(joined),
        left=None if left is None else date.fromisoformat(left),
        note=note,
        other=tuple((key, value) for key, value in json.loads(other)),
    )
