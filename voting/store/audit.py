"""What only the audit bundle reads: all checkpoints, all keys issued, all officers of one ledger."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from voting.store.tables import account, checkpoint, credential, person, replaced_credential
from voting.store.transaction import Transaction

_CHECKPOINTS = (
    select(checkpoint.c.size, checkpoint.c.note)
    .where(checkpoint.c.assembly == bindparam("assembly"))
    .order_by(checkpoint.c.size)
)
_ISSUED = select(
    credential.c.member_id, credential.c.public_key, credential.c.level, credential.c.issued_index
).where(credential.c.assembly == bindparam("assembly"))
_REPLACED = select(
    replaced_credential.c.member_id,
    replaced_credential.c.public_key,
    replaced_credential.c.level,
    replaced_credential.c.issued_index,
).where(replaced_credential.c.assembly == bindparam("assembly"))
_PERSONS = (
    select(account.c.id, account.c.name, account.c.role, person.c.salt, person.c.commitment)
    .join(person, person.c.account == account.c.id)
    .where(person.c.assembly == bindparam("assembly"))
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A key as it was issued; ``index`` is the entry that says so."""

    member_id: str
    public_key: bytes
    level: str
    index: int


@dataclass(frozen=True, slots=True)
class CommittedPerson:
    """An officer's account and its commitment in one ledger (hex)."""

    id: str
    name: str
    role: str
    salt: bytes
    commitment: str


def checkpoints(tx: Transaction, assembly: int) -> dict[int, bytes]:
    """All stored checkpoint notes by size; the newest one may still be in the anchor only."""
    return {size: bytes(note) for size, note in tx.all(_CHECKPOINTS, assembly=assembly)}


def issued(tx: Transaction, assembly: int) -> Iterator[Issued]:
    """The keys of all members, those replaced as well, in no particular order."""
    rows = (*tx.all(_ISSUED, assembly=assembly), *tx.all(_REPLACED, assembly=assembly))
    for member_id, public_key, level, index in rows:
        yield Issued(member_id, bytes(public_key), level, index)


def persons(tx: Transaction, assembly: int) -> Iterator[CommittedPerson]:
    """The officers that have acted in this ledger, in no particular order."""
    for id_, name, role, salt, commitment in tx.all(_PERSONS, assembly=assembly):
        yield CommittedPerson(id_, name, role, bytes(salt), commitment)
