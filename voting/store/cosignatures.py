"""What witnesses have signed, and what they have shown that the ledger should hold and does not."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select, update

from voting.store.tables import assembly, cosignature
from voting.store.transaction import Transaction

# In PostgreSQL two that bring the same line come one after the other; ballots' rows are not waited for.
_TURN = select(assembly.c.id).where(assembly.c.id == bindparam("assembly_id")).with_for_update(key_share=True)
_INSERT = insert(cosignature)
_ONE = select(cosignature.c.line).where(
    cosignature.c.assembly == bindparam("assembly"),
    cosignature.c.size == bindparam("size"),
    cosignature.c.witness == bindparam("witness"),
)
_AT = (
    select(cosignature.c.line)
    .where(cosignature.c.assembly == bindparam("assembly"), cosignature.c.size == bindparam("size"))
    .order_by(cosignature.c.stored_at, cosignature.c.witness)
)
_ALL = (
    select(cosignature.c.size, cosignature.c.witness, cosignature.c.line)
    .where(cosignature.c.assembly == bindparam("assembly"))
    .order_by(cosignature.c.size, cosignature.c.stored_at, cosignature.c.witness)
)
_COUNT = select(func.count()).where(cosignature.c.assembly == bindparam("assembly"))
_CONTRADICT = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"))
    .values(contradiction=bindparam("note"), contradiction_settled=None)
)
_SETTLE = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"), assembly.c.contradiction.is_not(None))
    .values(contradiction_settled=bindparam("index"))
)


@dataclass(frozen=True, slots=True)
class Cosigned:
    """One witness's signature line over the checkpoint of *size* entries."""

    size: int
    witness: str
    line: bytes


def put(tx: Transaction, assembly_id: int, cosigned: Cosigned, *, now: str) -> bool:
    """Keep a cosignature; False where the witness's first one over that checkpoint is kept already."""
    tx.one(_TURN, assembly_id=assembly_id)
    found = tx.one(_ONE, assembly=assembly_id, size=cosigned.size, witness=cosigned.witness)
    if found is not None:
        return False
    tx.run(
        _INSERT,
        assembly=assembly_id,
        size=cosigned.size,
        witness=cosigned.witness,
        line=cosigned.line,
        stored_at=now,
    )
    return True


def over(tx: Transaction, assembly_id: int, size: int) -> tuple[bytes, ...]:
    """The lines over one checkpoint, in the order in which they came."""
    return tuple(bytes(row[0]) for row in tx.all(_AT, assembly=assembly_id, size=size))


def everything(tx: Transaction, assembly_id: int) -> tuple[Cosigned, ...]:
    rows = tx.all(_ALL, assembly=assembly_id)
    return tuple(Cosigned(size, witness, bytes(line)) for size, witness, line in rows)


def count(tx: Transaction, assembly_id: int) -> int:
    """How many there are; none is ever taken away."""
    row = tx.one(_COUNT, assembly=assembly_id)
    return 0 if row is None else int(row[0])


def contradict(tx: Transaction, assembly_id: int, note: bytes) -> None:
    """Keep a checkpoint that the log has signed and the ledger does not hold: nothing is recorded now."""
    tx.run(_CONTRADICT, assembly_id=assembly_id, note=note)


def settle(tx: Transaction, assembly_id: int, *, index: int) -> None:
    """An incident at ledger *index* accounts for what contradicted: recording goes on."""
    tx.run(_SETTLE, assembly_id=assembly_id, index=index)
