"""Drafts: what is kept of one besides its docket."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from voting.store.tables import draft
from voting.store.transaction import Transaction

_COLUMNS = [column for column in draft.c if column.name != "assembly"]
_FIND = select(*_COLUMNS).where(draft.c.assembly == bindparam("assembly"))
_DELETE = delete(draft).where(draft.c.assembly == bindparam("assembly_is"))
_INSERT = insert(draft)
_WITHDRAWN = select(draft.c.assembly).where(draft.c.withdrawn_at.is_not(None))


@dataclass(frozen=True, slots=True)
class DraftState:
    """What is kept of a draft.

    Shape   ``changed_*`` say who changed it last; ``dates_confirmed`` is False where nobody has looked at
            the dates yet (proposed ones, or those of the assembly it was copied from).
    """

    changed_at: str
    changed_by: str
    notice_days: int | None = None
    dates_confirmed: bool = True
    copied_from: str | None = None
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None


def find(tx: Transaction, assembly: int) -> DraftState | None:
    """None for an assembly that was drafted before drafts could be changed."""
    row = tx.one(_FIND, assembly=assembly)
    if row is None:
        return None
    days, confirmed, copied, at, by, *withdrawn = row
    return DraftState(at, by, days, bool(confirmed), copied, *withdrawn)


def put(tx: Transaction, assembly: int, state: DraftState) -> None:
    """Keep *state* in the place of what was there before."""
    tx.run(_DELETE, assembly_is=assembly)
    tx.run(
        _INSERT,
        assembly=assembly,
        notice_days=state.notice_days,
        dates_confirmed=int(state.dates_confirmed),
        copied_from=state.copied_from,
        changed_at=state.changed_at,
        changed_by=state.changed_by,
        withdrawn_at=state.withdrawn_at,
        withdrawn_by=state.withdrawn_by,
        withdrawn_why=state.withdrawn_why,
    )


def withdrawn(tx: Transaction) -> frozenset[int]:
    """The assemblies that were withdrawn while they were drafts."""
    return frozenset(row[0] for row in tx.all(_WITHDRAWN))
