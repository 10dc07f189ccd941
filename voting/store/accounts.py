"""Officers' accounts, what was done to them, and the commitment each officer has in each ledger."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select, update

from voting.core.permissions import Officer, Role
from voting.store.tables import account, account_event, person
from voting.store.transaction import Row, Transaction

_COLUMNS = (
    account.c.id,
    account.c.name,
    account.c.role,
    account.c.password_hash,
    account.c.password_by,
    account.c.created_at,
    account.c.locked_at,
)
_INSERT = insert(account)
_BY_ID = select(*_COLUMNS).where(account.c.id == bindparam("id"))
_ALL = select(*_COLUMNS).order_by(account.c.id)
_SET_PASSWORD = (
    update(account)
    .where(account.c.id == bindparam("account"))
    .values(password_hash=bindparam("hash"), password_by=bindparam("by"))
)
_SET_ROLE = update(account).where(account.c.id == bindparam("account")).values(role=bindparam("new_role"))
_SET_LOCK = update(account).where(account.c.id == bindparam("account")).values(locked_at=bindparam("at"))
_INSERT_EVENT = insert(account_event)
_EVENTS = (
    select(
        account_event.c.at,
        account_event.c.account,
        account_event.c.by,
        account_event.c.what,
        account_event.c.detail,
    )
    .order_by(account_event.c.at.desc(), account_event.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
_EVENT_COUNT = select(func.count()).select_from(account_event)
_PERSON = select(person.c.commitment, person.c.salt).where(
    person.c.assembly == bindparam("assembly"), person.c.account == bindparam("account")
)
_INSERT_PERSON = insert(person)


@dataclass(frozen=True, slots=True)
class Account:
    """Shape: ``password_by`` is who chose the password, None where the officer did; instants as text."""

    officer: Officer
    password_hash: str
    password_by: str | None
    created_at: str
    locked_at: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """What was done to an account, and by whom ("host" for a command on the host)."""

    at: str
    account: str
    by: str
    what: str
    detail: str


def add(
    tx: Transaction, officer: Officer, *, password_hash: str, now: str, password_by: str | None = None
) -> None:
    tx.run(
        _INSERT,
        id=officer.id,
        name=officer.name,
        role=officer.role.value,
        password_hash=password_hash,
        password_by=password_by,
        created_at=now,
        locked_at=None,
    )


def find(tx: Transaction, officer_id: str) -> Account | None:
    row = tx.one(_BY_ID, id=officer_id)
    return None if row is None else _account(row)


def accounts(tx: Transaction) -> tuple[Account, ...]:
    """All accounts, by id."""
    return tuple(_account(row) for row in tx.all(_ALL))


def everybody(tx: Transaction) -> tuple[Officer, ...]:
    """All officers, by id."""
    return tuple(each.officer for each in accounts(tx))


def set_password(tx: Transaction, officer_id: str, *, password_hash: str, by: str | None) -> None:
    """*by*: who chose it; None for the officer itself."""
    tx.run(_SET_PASSWORD, account=officer_id, hash=password_hash, by=by)


def set_role(tx: Transaction, officer_id: str, role: Role) -> None:
    tx.run(_SET_ROLE, account=officer_id, new_role=role.value)


def set_lock(tx: Transaction, officer_id: str, at: str | None) -> None:
    """Lock since *at*; None opens it again."""
    tx.run(_SET_LOCK, account=officer_id, at=at)


def put_event(tx: Transaction, event_id: str, event: Event) -> None:
    tx.run(
        _INSERT_EVENT,
        id=event_id,
        at=event.at,
        account=event.account,
        by=event.by,
        what=event.what,
        detail=event.detail,
    )


def events(tx: Transaction, *, most: int, skipped: int) -> tuple[Event, ...]:
    """The newest first."""
    return tuple(Event(*row) for row in tx.all(_EVENTS, most=most, skipped=skipped))


def event_count(tx: Transaction) -> int:
    row = tx.one(_EVENT_COUNT)
    return 0 if row is None else int(row[0])


def commitment(tx: Transaction, assembly: int, officer_id: str) -> str | None:
    """The officer's pc in this ledger (64 hex digits), or None before the first act in it."""
    row = tx.one(_PERSON, assembly=assembly, account=officer_id)
    return None if row is None else str(row[0])


def put_commitment(tx: Transaction, assembly: int, officer_id: str, *, salt: bytes, commitment: str) -> None:
    tx.run(_INSERT_PERSON, assembly=assembly, account=officer_id, salt=salt, commitment=commitment)


def _account(row: Row) -> Account:
    return Account(Officer(row[0], row[1], Role(row[2])), row[3], row[4], row[5], row[6])
