"""Amended dockets: the one in force stands with its assembly, those before it are kept here.

An amendment writes the hash of its docket into the assembly's row, so that nobody who reads the row is
given a docket remembered from before; not even where a restored database was amended otherwise at the same
place.
"""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import bindparam, insert, select, update

from voting.store.during_tables import amendment
from voting.store.tables import assembly
from voting.store.transaction import Transaction

_INSERT = insert(amendment)
_ALL = (
    select(amendment.c.idx, amendment.c.what, amendment.c.reason, amendment.c.amended_at, amendment.c.before)
    .where(amendment.c.assembly == bindparam("assembly"))
    .order_by(amendment.c.idx)
)
_AMEND = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"))
    .values(
        docket=bindparam("new_docket"),
        sealed_docket=bindparam("new_sealed"),
        base=bindparam("new_base"),
        amended_sha256=bindparam("new_sha256"),
        texts_index=bindparam("texts"),
    )
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the docket.  Shape: ``before`` is docket.json as it was published until then."""

    index: int
    what: str
    reason: str
    at: str
    before: str


@dataclass(frozen=True, slots=True)
class NewDocket:
    """What comes into force.

    Shape   ``docket`` names members by number, ``sealed`` by commitment; ``base`` is the leaf hash (hex) that
            ballots name from now on, ``texts_index`` the last amendment of texts, None where there is none.
    """

    docket: str
    sealed: str
    base: str
    texts_index: int | None


def put(tx: Transaction, assembly_id: int, change: Amendment, new: NewDocket) -> None:
    """Put another docket in force."""
    tx.run(
        _INSERT,
        assembly=assembly_id,
        idx=change.index,
        what=change.what,
        reason=change.reason,
        amended_at=change.at,
        before=change.before,
    )
    tx.run(
        _AMEND,
        assembly_id=assembly_id,
        new_docket=new.docket,
        new_sealed=new.sealed,
        new_base=new.base,
        new_sha256=sha256(new.sealed.encode()).hexdigest(),
        texts=new.texts_index,
    )


def amendments(tx: Transaction, assembly_id: int) -> tuple[Amendment, ...]:
    """All of them, in the order of the ledger."""
    return tuple(Amendment(*row) for row in tx.all(_ALL, assembly=assembly_id))
