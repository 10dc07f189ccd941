"""Who has answered, and when for the first time; never how."""

from sqlalchemy import bindparam, func, select

from voting.store.tables import submission
from voting.store.transaction import Transaction

_FIRST = (
    select(submission.c.member_id, func.min(submission.c.received_at))
    .where(
        submission.c.assembly == bindparam("assembly"),
        submission.c.member_id.is_not(None),
        submission.c.refused.is_(None),
        submission.c.idx > bindparam("after"),
    )
    .group_by(submission.c.member_id)
)


def first_answers(tx: Transaction, assembly: int, *, after: int = -1) -> dict[str, str]:
    """The instant of each member's first accepted answer that stands behind ledger index *after*."""
    return {row[0]: row[1] for row in tx.all(_FIRST, assembly=assembly, after=after)}
