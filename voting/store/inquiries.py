"""Questions of members: as they were asked, as they are to be published, and the replies drafted to them.

Nothing here is a promise: what was sent stands in the acts of the office (``office_acts``).
"""

from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, func, insert, select, update

from voting.store.inquiry_tables import inquiry
from voting.store.transaction import Row, Transaction

_COLUMNS = [column for column in inquiry.c if column.name not in ("assembly", "request_key")]
_HERE = inquiry.c.assembly == bindparam("assembly")
_ALL = select(*_COLUMNS).where(_HERE).order_by(inquiry.c.number)
_FIND = select(*_COLUMNS).where(_HERE, inquiry.c.number == bindparam("number"))
_OF_MEMBER = (
    select(*_COLUMNS).where(_HERE, inquiry.c.member_id == bindparam("member_id")).order_by(inquiry.c.number)
)
_BY_KEY = select(*_COLUMNS).where(
    _HERE, inquiry.c.member_id == bindparam("member_id"), inquiry.c.request_key == bindparam("request_key")
)
_NEWEST = select(func.coalesce(func.max(inquiry.c.number), 0)).where(_HERE)
_SINCE = (
    select(func.count())
    .select_from(inquiry)
    .where(_HERE, inquiry.c.member_id == bindparam("member_id"), inquiry.c.asked_at >= bindparam("since"))
    # What the office has entered for it is no question of its own: it would be locked out by a letter of six.
    .where(inquiry.c.came.is_(None))
)
_INSERT = insert(inquiry)
_THAT = (inquiry.c.assembly == bindparam("in_assembly"), inquiry.c.number == bindparam("of_number"))
_DRAFT = (
    update(inquiry)
    .where(*_THAT)
    .values(
        wording=bindparam("new_wording"),
        reply=bindparam("new_reply"),
        changed_at=bindparam("at"),
        changed_by=bindparam("by"),
    )
)
_SENT = update(inquiry).where(*_THAT).values(reply="")
_ASIDE = (
    update(inquiry)
    .where(*_THAT)
    .values(aside_at=bindparam("at"), aside_by=bindparam("by"), aside_why=bindparam("why"))
)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question.

    Shape   ``original`` as asked, ``wording`` as it is to be published; ``reply`` is a draft, empty where
            there is none or it was sent; ``member_id`` is None once it was erased; ``came`` by which way,
            where not the member itself but ``entered_by`` has typed it.
    """

    number: int
    member_id: str | None
    asked_at: str
    original: str
    section: str
    asker: str
    wording: str
    reply: str = ""
    changed_at: str | None = None
    changed_by: str | None = None
    aside_at: str | None = None
    aside_by: str | None = None
    aside_why: str | None = None
    came: str | None = None
    entered_by: str | None = None


def add(tx: Transaction, assembly: int, asked: Inquiry, *, request_key: bytes) -> None:
    tx.run(_INSERT, assembly=assembly, request_key=request_key, **asdict(asked))


def next_number(tx: Transaction, assembly: int) -> int:
    """From 1 in each assembly.  Order: only in the ledger's turn, or two questions would have one number."""
    row = tx.one(_NEWEST, assembly=assembly)
    return 1 if row is None else int(row[0]) + 1


def everything(tx: Transaction, assembly: int) -> tuple[Inquiry, ...]:
    """All of them, in the order in which they came."""
    return tuple(Inquiry(*row) for row in tx.all(_ALL, assembly=assembly))


def find(tx: Transaction, assembly: int, number: int) -> Inquiry | None:
    return _one(tx.one(_FIND, assembly=assembly, number=number))


def of_member(tx: Transaction, assembly: int, member_id: str) -> tuple[Inquiry, ...]:
    return tuple(Inquiry(*row) for row in tx.all(_OF_MEMBER, assembly=assembly, member_id=member_id))


def by_request_key(tx: Transaction, assembly: int, member_id: str, key: bytes) -> Inquiry | None:
    return _one(tx.one(_BY_KEY, assembly=assembly, member_id=member_id, request_key=key))


def asked_since(tx: Transaction, assembly: int, member_id: str, *, since: str) -> int:
    """How many this member has asked on its page at or after *since*."""
    row = tx.one(_SINCE, assembly=assembly, member_id=member_id, since=since)
    return 0 if row is None else int(row[0])


def put_draft(
    tx: Transaction, assembly: int, number: int, *, wording: str, reply: str, at: str, by: str
) -> None:
    tx.run(_DRAFT, in_assembly=assembly, of_number=number, new_wording=wording, new_reply=reply, at=at, by=by)


def note_sent(tx: Transaction, assembly: int, number: int) -> None:
    """The draft has become a reply that stands in the acts of the office; the next one begins empty."""
    tx.run(_SENT, in_assembly=assembly, of_number=number)


def set_aside(
    tx: Transaction, assembly: int, number: int, *, at: str | None, by: str | None, why: str | None
) -> None:
    """Note that it is not answered; with None for all three, that it is after all."""
    tx.run(_ASIDE, in_assembly=assembly, of_number=number, at=at, by=by, why=why)


def _one(row: Row | None) -> Inquiry | None:
    return None if row is None else Inquiry(*row)
