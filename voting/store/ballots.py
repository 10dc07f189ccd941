"""Submissions: anything that came in and was answered with a receipt, accepted or refused.

All of it can be made again from the ledger and the openings kept here.
"""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import and_, bindparam, func, insert, select, union_all

from voting.core.errors import Broken
from voting.ledger import canonical
from voting.ledger.canonical import CanonicalFault
from voting.ledger.commitments import CommitmentFault, require_ballot
from voting.store.tables import paper, roll_entry, submission
from voting.store.transaction import Row, Transaction

_INSERT_SUBMISSION = insert(submission)
_SUBMISSIONS = select(
    *[column for column in submission.c if column.name != "assembly"], paper.c.idx
).select_from(
    submission.outerjoin(
        paper, and_(paper.c.assembly == submission.c.assembly, paper.c.serial == submission.c.paper_serial)
    )
)
_BY_KEY = _SUBMISSIONS.where(
    submission.c.assembly == bindparam("assembly"), submission.c.request_key == bindparam("request_key")
)
_BY_INDEX = _SUBMISSIONS.where(
    submission.c.assembly == bindparam("assembly"), submission.c.idx == bindparam("idx")
)
_OF_MEMBER = _SUBMISSIONS.where(
    submission.c.assembly == bindparam("assembly"), submission.c.member_id == bindparam("member_id")
).order_by(submission.c.idx)
_ALL = _SUBMISSIONS.where(submission.c.assembly == bindparam("assembly")).order_by(submission.c.idx)
# Canonical JSON has no blanks, and a quotation mark within a text has a backslash before it.
_WITH_PROXY = _ALL.where(submission.c.refused.is_(None), submission.c.opening.contains('"proxy":true'))
_FOLLOWED = (
    submission.c.idx,
    submission.c.sequence,
    submission.c.refused,
    submission.c.salt,
    submission.c.member_id,
)
# Everything that the member sent, and the newest submission of all.
_STANDING = union_all(
    select(*_FOLLOWED).where(
        submission.c.assembly == bindparam("assembly"), submission.c.member_id == bindparam("member_id")
    ),
    select(*_FOLLOWED).where(
        submission.c.assembly == bindparam("assembly"),
        submission.c.idx
        == select(func.max(submission.c.idx))
        .where(submission.c.assembly == bindparam("assembly"))
        .scalar_subquery(),
    ),
)
_ANSWERED_MEMBERS = (
    select(roll_entry.c.member_id, roll_entry.c.votes)
    .join(
        submission,
        and_(
            submission.c.assembly == roll_entry.c.assembly,
            submission.c.member_id == roll_entry.c.member_id,
            submission.c.refused.is_(None),
        ),
    )
    .where(roll_entry.c.assembly == bindparam("assembly"))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """One submission as kept: its place in the ledger, its opening, and who answered.

    Shape   ``opening`` is the ballot of ledger L2 as canonical JSON text; ``refused`` is the reason,
            None where the ballot was accepted; ``paper`` is the index of its sheet's entry, None by the
            web.  Erased: ``opening``, ``salt`` and who answered are empty.
    """

    index: int
    member_id: str | None
    sequence: int
    replaces: int | None
    refused: str | None
    channel: str
    level: str
    received_at: str
    opening: str
    salt: bytes
    section: str
    respondent: str
    opinion: str
    opinion_public: bool
    request_key: bytes | None
    paper_serial: str | None
    paper: int | None

    @property
    def is_erased(self) -> bool:
        """Whether its content is gone, with the salt: an ``erase`` entry has to account for that."""
        return not self.opening

    def ballot(self) -> dict[str, object]:
        """The opening as a value.  Shape: the ballot of ledger L2.

        Raises  Broken where it is erased, or no ballot.
        """
        if self.is_erased:
            raise Broken(f"the content of entry {self.index} is not there any more")
        try:
            value = canonical.decode(self.opening.encode())
            require_ballot(value)
        except (CanonicalFault, CommitmentFault) as fault:
            raise Broken(f"the opening of entry {self.index} is no ballot: {fault}") from fault
        return cast(dict[str, object], value)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands.

    Shape   ``sequence`` and ``index`` of the latest accepted ballot, 0 and None before the first; ``salts``
            are those of everything the member sent, and that of the newest submission of all.  Only votes
            of one member could come to the same commitment; a source of chance that stands still shows in
            the newest.  Looking through all would cost every ballot an index.
    """

    sequence: int
    index: int | None
    salts: frozenset[bytes]


def put_submission(tx: Transaction, assembly: int, sent: Submitted) -> None:
    tx.run(
        _INSERT_SUBMISSION,
        assembly=assembly,
        idx=sent.index,
        member_id=sent.member_id,
        sequence=sent.sequence,
        replaces=sent.replaces,
        refused=sent.refused,
        channel=sent.channel,
        level=sent.level,
        received_at=sent.received_at,
        opening=sent.opening,
        salt=sent.salt,
        section=sent.section,
        respondent=sent.respondent,
        opinion=sent.opinion,
        opinion_public=int(sent.opinion_public),
        request_key=sent.request_key,
        paper_serial=sent.paper_serial,
    )


def by_request_key(tx: Transaction, assembly: int, key: bytes) -> Submitted | None:
    row = tx.one(_BY_KEY, assembly=assembly, request_key=key)
    return None if row is None else _submitted(row)


def by_index(tx: Transaction, assembly: int, index: int) -> Submitted | None:
    row = tx.one(_BY_INDEX, assembly=assembly, idx=index)
    return None if row is None else _submitted(row)


def of_member(tx: Transaction, assembly: int, member_id: str) -> tuple[Submitted, ...]:
    """All that a member sent, in the order of recording."""
    return tuple(_submitted(row) for row in tx.all(_OF_MEMBER, assembly=assembly, member_id=member_id))


def all_submissions(tx: Transaction, assembly: int) -> tuple[Submitted, ...]:
    return tuple(_submitted(row) for row in tx.all(_ALL, assembly=assembly))


def with_proxy(tx: Transaction, assembly: int) -> tuple[Submitted, ...]:
    """The accepted submissions that are proxies, in the order of recording."""
    return tuple(_submitted(row) for row in tx.all(_WITH_PROXY, assembly=assembly))


def standing(tx: Transaction, assembly: int, member_id: str) -> Standing:
    """What a new submission of the member follows."""
    sequence, index, salts = 0, None, set()
    for row in tx.all(_STANDING, assembly=assembly, member_id=member_id):
        salts.add(bytes(row[3]))
        # Sequences are counted in the order of the ledger, so the largest of both are those of one row.
        if row[4] == member_id and row[2] is None and row[1] > sequence:
            sequence, index = row[1], row[0]
    return Standing(sequence, index, frozenset(salts))


def answered(tx: Transaction, assembly: int) -> tuple[int, int]:
    """How many members have at least one accepted ballot, and their votes (millionths)."""
    rows = tx.all(_ANSWERED_MEMBERS, assembly=assembly)
    return len(rows), sum(row[1] for row in rows)


def _submitted(row: Row) -> Submitted:
    values = list(row)
    values[9] = bytes(row[9])
    values[13] = bool(row[13])
    values[14] = None if row[14] is None else bytes(row[14])
    return Submitted(*values)
