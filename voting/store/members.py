"""The register of a body's members."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, insert, select

from voting.core.assembly import Body
from voting.core.members import Member
from voting.core.rules import BodyKind
from voting.store.tables import body, member
from voting.store.transaction import Row, Transaction

_INSERT_BODY = insert(body)
_BODY = select(body.c.slug, body.c.name, body.c.kind).where(body.c.slug == bindparam("slug"))
_BODIES = select(body.c.slug, body.c.name, body.c.kind).order_by(body.c.slug)
_COLUMNS = [column for column in member.c if column.name not in ("body", "changed_at")]
_SELECT = select(*_COLUMNS).where(member.c.body == bindparam("body"))
_DELETE = delete(member).where(
    member.c.body == bindparam("body_is"), member.c.member_id == bindparam("member_is")
)
_INSERT = insert(member)


@dataclass(frozen=True, slots=True)
class BodyRow:
    slug: str
    body: Body


def add_body(tx: Transaction, slug: str, facts: Body) -> None:
    tx.run(_INSERT_BODY, slug=slug, name=facts.name, kind=facts.kind.value)


def find_body(tx: Transaction, slug: str) -> BodyRow | None:
    row = tx.one(_BODY, slug=slug)
    return None if row is None else BodyRow(row[0], Body(row[1], BodyKind(row[2])))


def bodies(tx: Transaction) -> tuple[BodyRow, ...]:
    return tuple(BodyRow(row[0], Body(row[1], BodyKind(row[2]))) for row in tx.all(_BODIES))


def register(tx: Transaction, body_slug: str) -> tuple[Member, ...]:
    """All members of the body, by member number."""
    # Sorted here: a PostgreSQL set up for Japanese or English would sort by its own idea of letters.
    found = (_member(row) for row in tx.all(_SELECT, body=body_slug))
    return tuple(sorted(found, key=lambda each: each.member_id))


def add(tx: Transaction, body_slug: str, members: Iterable[Member], *, now: str) -> None:
    """Write members that are new to the register."""
    tx.many(_INSERT, (_row(body_slug, facts, now) for facts in members))


def put(tx: Transaction, body_slug: str, members: Sequence[Member], *, now: str) -> None:
    """Write these members, new or changed, whole; the others stay as they are."""
    tx.many(_DELETE, ({"body_is": body_slug, "member_is": facts.member_id} for facts in members))
    add(tx, body_slug, members, now=now)


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
