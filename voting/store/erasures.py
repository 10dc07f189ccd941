"""The end of a term: what is kept of an assembly beyond its ledger and its result, and how it is erased.

The ledger, the roll by number and name with what opens it, the keys, the docket and the published files
stay.  What is erased is overwritten, also inside SQLite's file (``durability``); backups are the operator's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from voting.store.outbox import ERASED
from voting.store.tables import (
    approval,
    ballot_opening,
    erasure,
    inquiry,
    outbox,
    paper_reading,
    paper_sender,
    roll_entry,
    scan,
    submission,
)
from voting.store.transaction import Transaction

# Requests whose documents hold addresses, or drafts of replies; what was approved stays bound by its digest.
_WITH_ADDRESSES = or_(*(approval.c.act == act for act in ("freeze", "send", "reissue")))
_INSERT = insert(erasure)
_FIND = select(
    erasure.c.idx, erasure.c.rule, erasure.c.erased_at, erasure.c.first, erasure.c.second, erasure.c.amounts
).where(erasure.c.assembly == bindparam("assembly"))
_SCANS = select(scan.c.sha256).where(scan.c.assembly == bindparam("assembly")).order_by(scan.c.sha256)
_READINGS = (
    select(paper_reading.c.serial)
    .where(paper_reading.c.assembly == bindparam("assembly"), paper_reading.c.reading != "{}")
    .order_by(paper_reading.c.serial)
)
_SENDERS = (
    select(paper_sender.c.serial)
    .where(
        paper_sender.c.assembly == bindparam("assembly"),
        or_(paper_sender.c.as_written != "", func.coalesce(paper_sender.c.settled_why, "") != ""),
    )
    .order_by(paper_sender.c.serial)
)
_MAILS = (
    select(outbox.c.message_id)
    .where(outbox.c.assembly == bindparam("assembly"), outbox.c.address != "", outbox.c.address != ERASED)
    .order_by(outbox.c.message_id)
)
_REQUESTS = (
    select(approval.c.id)
    .where(
        approval.c.assembly == bindparam("assembly"),
        _WITH_ADDRESSES,
        approval.c.document != "",
    )
    .order_by(approval.c.id)
)
_INQUIRIES = (
    select(inquiry.c.number)
    .where(inquiry.c.assembly == bindparam("assembly"), inquiry.c.original != "")
    .order_by(inquiry.c.number)
)
_ERASING = (
    update(submission)
    .where(submission.c.assembly == bindparam("in_assembly"))
    .values(opening="", salt=b"", section="", respondent="", opinion="", opinion_public=0, request_key=None),
    update(roll_entry).where(roll_entry.c.assembly == bindparam("in_assembly")).values(addresses="[]"),
    update(paper_reading).where(paper_reading.c.assembly == bindparam("in_assembly")).values(reading="{}"),
    update(paper_sender)
    .where(paper_sender.c.assembly == bindparam("in_assembly"))
    .values(as_written="", settled_why=None),
    # A mail that nobody ever took is not sent any more.
    update(outbox)
    .where(
        outbox.c.assembly == bindparam("in_assembly"),
        outbox.c.sent_at.is_(None),
        outbox.c.failed_at.is_(None),
    )
    .values(failed_at=bindparam("at"), claimed_until=None),
    update(outbox)
    .where(outbox.c.assembly == bindparam("in_assembly"), outbox.c.address != "")
    .values(address=ERASED, secret=None, error=None),
    update(approval)
    .where(approval.c.assembly == bindparam("in_assembly"), _WITH_ADDRESSES)
    .values(document=""),
    delete(scan).where(scan.c.assembly == bindparam("in_assembly")),
    delete(ballot_opening).where(ballot_opening.c.assembly == bindparam("in_assembly")),
    # What was told to all stays in the acts of the office; who asked, in which words, and what was not sent
    # goes.  The reason why one was not answered may name somebody too.
    update(inquiry)
    .where(inquiry.c.assembly == bindparam("in_assembly"))
    .values(
        member_id=None,
        original="",
        section="",
        asker="",
        request_key=None,
        wording="",
        reply="",
        aside_why=None,
    ),
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased of one assembly.

    Shape   ``index`` of the ledger's entry; ``amounts`` how many records of each kind.
    """

    index: int
    rule: str
    at: str
    first: str
    second: str
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies beside answers and roll.  Shape: digests, serials, ids and numbers, in order."""

    scans: tuple[str, ...]
    readings: tuple[str, ...]
    senders: tuple[str, ...]
    mails: tuple[str, ...]
    requests: tuple[str, ...]
    inquiries: tuple[int, ...]


def find(tx: Transaction, assembly: int) -> Erasure | None:
    row = tx.one(_FIND, assembly=assembly)
    if row is None:
        return None
    index, rule, at, first, second, amounts = row
    return Erasure(index, rule, at, first, second, json.loads(amounts))


def kept(tx: Transaction, assembly: int) -> Kept:
    """What there is now."""
    statements = (_SCANS, _READINGS, _SENDERS, _MAILS, _REQUESTS)
    found = (tx.all(statement, assembly=assembly) for statement in statements)
    scans, readings, senders, mails, requests = (tuple(str(row[0]) for row in rows) for rows in found)
    asked = tuple(int(row[0]) for row in tx.all(_INQUIRIES, assembly=assembly))
    return Kept(scans, readings, senders, mails, requests, asked)


def erase(tx: Transaction, assembly: int, done: Erasure) -> None:
    """Erase everything that has a term, and keep what was done; all in the caller's transaction."""
    for statement in _ERASING:
        tx.run(statement, in_assembly=assembly, at=done.at)
    tx.run(
        _INSERT,
        assembly=assembly,
        idx=done.index,
        rule=done.rule,
        erased_at=done.at,
        first=done.first,
        second=done.second,
        amounts=json.dumps(dict(done.amounts), sort_keys=True),
    )
