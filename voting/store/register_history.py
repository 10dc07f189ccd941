"""Who changed which register, when and how: each act with its number, each member before and after."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from voting.core.errors import Broken
from voting.core.member_json import member_from_json, member_json
from voting.core.members import Member
from voting.store.tables import member_change, register_act, register_head
from voting.store.transaction import Row, Transaction

_NEXT = (
    insert_or_update(register_head)
    .values(body=bindparam("body"), revision=1)
    .on_conflict_do_update(
        index_elements=[register_head.c.body], set_={"revision": register_head.c.revision + 1}
    )
)
_REVISION = select(register_head.c.revision).where(register_head.c.body == bindparam("body"))
_INSERT_ACT = insert(register_act)
_INSERT_CHANGE = insert(member_change)
_ACT = (register_act.c.revision, register_act.c.at, register_act.c.by, register_act.c.what)
_ACTS = (
    select(*_ACT, register_act.c.detail)
    .where(register_act.c.body == bindparam("body"))
    .order_by(register_act.c.revision.desc())
    .limit(bindparam("most"))
)
_CHANGES = (
    select(*_ACT, register_act.c.detail, member_change.c.before, member_change.c.after)
    .join(
        register_act,
        (register_act.c.body == member_change.c.body) & (register_act.c.revision == member_change.c.revision),
    )
    .where(member_change.c.body == bindparam("body"), member_change.c.member_id == bindparam("member_id"))
    .order_by(member_change.c.revision.desc())
)


@dataclass(frozen=True, slots=True)
class RegisterAct:
    """One act upon a register.  Shape: ``by`` an account; ``what`` a word of ``services.registers``."""

    revision: int
    at: str
    by: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What an act made of one member.  Shape: ``before`` is None where the member was new."""

    act: RegisterAct
    before: Member | None
    after: Member


def turn(tx: Transaction, body: str) -> int:
    """Be the only one that changes the register until the transaction ends; the answer numbers the act.

    Order   before the register is read: what was read earlier may be old.
    """
    tx.run(_NEXT, body=body)
    row = tx.one(_REVISION, body=body)
    if row is None:
        raise Broken(f"{body}: the register has no head")
    return int(row[0])


def put(
    tx: Transaction, body: str, act: RegisterAct, changes: Iterable[tuple[Member | None, Member]]
) -> None:
    """Note an act and what it changed: each member before and after."""
    tx.run(
        _INSERT_ACT,
        body=body,
        revision=act.revision,
        at=act.at,
        by=act.by,
        what=act.what,
        detail=act.detail,
    )
    tx.many(
        _INSERT_CHANGE,
        (
            {
                "body": body,
                "member_id": after.member_id,
                "revision": act.revision,
                "before": None if before is None else _text(before),
                "after": _text(after),
            }
            for before, after in changes
        ),
    )


def acts(tx: Transaction, body: str, *, most: int) -> tuple[RegisterAct, ...]:
    """The newest first."""
    return tuple(RegisterAct(*row) for row in tx.all(_ACTS, body=body, most=most))


def changes(tx: Transaction, body: str, member_id: str) -> tuple[MemberChange, ...]:
    """Everything that was done to one member, the newest first."""
    return tuple(_change(row) for row in tx.all(_CHANGES, body=body, member_id=member_id))


def _change(row: Row) -> MemberChange:
    before, after = row[5:]
    return MemberChange(
        RegisterAct(*row[:5]),
        None if before is None else member_from_json(json.loads(before)),
        member_from_json(json.loads(after)),
    )


def _text(member: Member) -> str:
    return json.dumps(member_json(member), ensure_ascii=False)
