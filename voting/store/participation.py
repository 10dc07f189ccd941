"""Who has answered, and when for the first time; never how."""

from sqlalchemy import and_, bindparam, func, or_, select

from voting.ledger.answered import NewTexts
from voting.ledger.canonical import instant_text
from voting.store.tables import paper, submission
from voting.store.transaction import Transaction

_FIRST = (
    select(submission.c.member_id, func.min(submission.c.received_at))
    .select_from(
        submission.outerjoin(
            paper,
            and_(paper.c.assembly == submission.c.assembly, paper.c.serial == submission.c.paper_serial),
        )
    )
    .where(
        submission.c.assembly == bindparam("assembly"),
        submission.c.member_id.is_not(None),
        submission.c.refused.is_(None),
        # As ``ledger.answered.answers``: a sheet stands where it arrived, by its place and by its hour.
        func.coalesce(paper.c.idx, submission.c.idx) > bindparam("after"),
        or_(paper.c.idx.is_(None), submission.c.received_at >= bindparam("since")),
    )
    .group_by(submission.c.member_id)
)


def first_answers(tx: Transaction, assembly: int, *, texts: NewTexts | None) -> dict[str, str]:
    """The instant of each member's first accepted answer on *texts*; None stands for those of the freeze."""
    after, since = (-1, "") if texts is None else (texts.index, instant_text(texts.time))
    return {row[0]: row[1] for row in tx.all(_FIRST, assembly=assembly, after=after, since=since)}
