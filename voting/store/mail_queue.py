"""How a table of mails that are owed is worked off: claimed, sent, put off, given up.

The tables differ in what a mail is about (``outbox``, ``contact_mails``); the columns by which it is worked
off bear the same names in all of them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select, update

from voting.store.transaction import Row, Transaction


class MailQueue:
    """One table of mails.  Shape: *columns* are what ``due`` gives of each."""

    def __init__(self, table: Table, columns: Sequence[ColumnElement[Any]]) -> None:
        c, this = table.c, table.c.message_id == bindparam("message")
        self.is_open = and_(c.sent_at.is_(None), c.failed_at.is_(None))
        claimable = (
            self.is_open,
            # Another sender may have put it off since this one read what was due.
            c.due_at <= bindparam("now"),
            or_(c.claimed_until.is_(None), c.claimed_until <= bindparam("now")),
        )
        self._due = (
            select(*columns)
            .where(*claimable, c.address != "")
            .order_by(c.due_at, c.message_id)
            .limit(bindparam("limit"))
        )
        self._claim = update(table).where(this, *claimable).values(claimed_until=bindparam("until"))
        self._sent = (
            update(table)
            .where(this)
            .values(sent_at=bindparam("at"), secret=None, error=None, claimed_until=None)
        )
        # A sender whose claim ran out may fail after another has succeeded: what was sent stays sent.
        self._retry = (
            update(table)
            .where(this, self.is_open)
            .values(
                attempts=bindparam("tries"),
                due_at=bindparam("again_at"),
                error=bindparam("why"),
                claimed_until=None,
            )
        )
        self._failed = (
            update(table)
            .where(this, self.is_open)
            .values(
                attempts=bindparam("tries"),
                failed_at=bindparam("at"),
                error=bindparam("why"),
                secret=None,
                claimed_until=None,
            )
        )
        self._put_off = select(func.count(), func.max(c.error)).where(self.is_open, c.attempts > 0)

    def due(self, tx: Transaction, *, now: str, limit: int) -> Sequence[Row]:
        """The next mails to send, oldest first; what has no address waits for the post."""
        return tx.all(self._due, now=now, limit=limit)

    def claim(self, tx: Transaction, message_id: str, *, now: str, until: str) -> bool:
        """Take one line for this sender alone; False where another sender has it, or put it off."""
        return tx.run(self._claim, message=message_id, now=now, until=until) == 1

    def mark_sent(self, tx: Transaction, message_id: str, *, at: str) -> None:
        """The relay took it: the secret is wiped from the line."""
        tx.run(self._sent, message=message_id, at=at)

    def retry_later(
        self, tx: Transaction, message_id: str, *, attempts: int, again_at: str, why: str
    ) -> None:
        tx.run(self._retry, message=message_id, tries=attempts, again_at=again_at, why=why)

    def give_up(self, tx: Transaction, message_id: str, *, attempts: int, at: str, why: str) -> None:
        """No use trying again; the secret is wiped here too, the member is told another way."""
        tx.run(self._failed, message=message_id, tries=attempts, at=at, why=why)

    def put_off(self, tx: Transaction) -> tuple[int, str]:
        """How many mails were tried and wait for another try, and what the relay said of one of them."""
        row = tx.one(self._put_off)
        return (0, "") if row is None else (row[0], row[1] or "")
