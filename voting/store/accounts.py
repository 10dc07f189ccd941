"""Officers' accounts, and the commitment each officer has in each ledger."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from voting.core.permissions import Officer, Role
from voting.store.tables import account, person
from voting.store.transaction import Transaction

_INSERT = insert(account)
_BY_ID = select(account.c.id, account.c.name, account.c.role, account.c.password_hash).where(
    account.c.id == bindparam("id")
)
_ALL = select(account.c.id, account.c.name, account.c.role).order_by(account.c.id)
_PERSON = select(person.c.commitment, person.c.salt).where(
    person.c.assembly == bindparam("assembly"), person.c.account == bindparam("account")
)
_INSERT_PERSON = insert(person)


@dataclass(frozen=True, slots=True)
class Account:
    officer: Officer
    password_hash: str


def add(tx: Transaction, officer: Officer, *, password_hash: str, now: str) -> None:
    tx.run(
        _INSERT,
        id=officer.id,
        name=officer.name,
        role=officer.role.value,
        password_hash=password_hash,
        created_at=now,
    )


def find(tx: Transaction, officer_id: str) -> Account | None:
    row = tx.one(_BY_ID, id=officer_id)
    return None if row is None else Account(Officer(row[0], row[1], Role(row[2])), row[3])


def everybody(tx: Transaction) -> tuple[Officer, ...]:
    """All officers, by id."""
    return tuple(Officer(row[0], row[1], Role(row[2])) for row in tx.all(_ALL))


def commitment(tx: Transaction, assembly: int, officer_id: str) -> str | None:
    """The officer's pc in this ledger (64 hex digits), or None before the first act in it."""
    row = tx.one(_PERSON, assembly=assembly, account=officer_id)
    return None if row is None else str(row[0])


def put_commitment(tx: Transaction, assembly: int, officer_id: str, *, salt: bytes, commitment: str) -> None:
    tx.run(_INSERT_PERSON, assembly=assembly, account=officer_id, salt=salt, commitment=commitment)
