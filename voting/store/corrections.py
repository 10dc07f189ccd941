"""Corrections of published results, and the one that the chair proposes."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from voting.store.history_tables import correction, proposed_correction
from voting.store.transaction import Transaction

_INSERT = insert(correction)
_ALL = (
    select(
        correction.c.idx,
        correction.c.version,
        correction.c.of,
        correction.c.reason,
        correction.c.result_sha256,
        correction.c.corrected_at,
        correction.c.chair,
        correction.c.auditor,
    )
    .where(correction.c.assembly == bindparam("assembly"))
    .order_by(correction.c.idx)
)
_PROPOSE = insert(proposed_correction)
_FORGET = delete(proposed_correction).where(proposed_correction.c.assembly == bindparam("in_assembly"))
_PROPOSED = select(proposed_correction.c.of, proposed_correction.c.reason).where(
    proposed_correction.c.assembly == bindparam("assembly")
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as the ledger has it at ``index``.  Shape: ``version`` of the result that it made."""

    index: int
    version: int
    of: int
    reason: str
    result_sha256: str
    corrected_at: str
    chair: str
    auditor: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be corrected, and why.  Shape: ``of`` is the index of an entry."""

    of: int
    reason: str


def put(tx: Transaction, assembly: int, one: Corrected) -> None:
    tx.run(
        _INSERT,
        assembly=assembly,
        idx=one.index,
        version=one.version,
        of=one.of,
        reason=one.reason,
        result_sha256=one.result_sha256,
        corrected_at=one.corrected_at,
        chair=one.chair,
        auditor=one.auditor,
    )


def corrections(tx: Transaction, assembly: int) -> tuple[Corrected, ...]:
    """All of them, in the order of the ledger."""
    return tuple(Corrected(*row) for row in tx.all(_ALL, assembly=assembly))


def propose(tx: Transaction, assembly: int, proposal: Proposed) -> None:
    """Put *proposal* in the place of one before it, which can then no longer be approved."""
    forget(tx, assembly)
    tx.run(_PROPOSE, assembly=assembly, of=proposal.of, reason=proposal.reason)


def proposed(tx: Transaction, assembly: int) -> Proposed | None:
    row = tx.one(_PROPOSED, assembly=assembly)
    return None if row is None else Proposed(*row)


def forget(tx: Transaction, assembly: int) -> None:
    """The proposal was approved, or another takes its place."""
    tx.run(_FORGET, in_assembly=assembly)
