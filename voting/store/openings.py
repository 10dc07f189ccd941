"""When each member's ballot was first opened with its code.  It says nothing of any choice."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as insert_unless

from voting.store.during_tables import ballot_opening
from voting.store.transaction import Transaction

_INSERT = insert_unless(ballot_opening).on_conflict_do_nothing()
_ALL = select(ballot_opening.c.member_id, ballot_opening.c.opened_at).where(
    ballot_opening.c.assembly == bindparam("assembly")
)
_ONE = _ALL.where(ballot_opening.c.member_id == bindparam("member_id"))


def note(tx: Transaction, assembly: int, member_id: str, *, at: str) -> None:
    """Keep the first time alone."""
    tx.run(_INSERT, assembly=assembly, member_id=member_id, opened_at=at)


def was_opened(tx: Transaction, assembly: int, member_id: str) -> bool:
    return tx.one(_ONE, assembly=assembly, member_id=member_id) is not None


def opened(tx: Transaction, assembly: int) -> dict[str, str]:
    """Member number -> instant."""
    return {row[0]: row[1] for row in tx.all(_ALL, assembly=assembly)}
