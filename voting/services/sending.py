"""Mails that are owed go to the relay: claimed, written, sent; put off or given up where one is not taken.

What a mail is about differs from table to table (``Post``); how often it is tried does not.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Generic, Protocol, TypeVar

from voting.core.errors import Refusal
from voting.i18n import sentence
from voting.ledger.canonical import instant_text
from voting.mail import troubles
from voting.mail.smtp import MailNotTaken
from voting.runtime import Runtime
from voting.store.mail_queue import MailQueue
from voting.store.transaction import Transaction

_CLAIM = timedelta(minutes=5)
_RETRY_AFTER = (1, 5, 15, 60, 180, 360)  # minutes; the last one again and again


class Owed(Protocol):
    """One mail of any table."""

    @property
    def message_id(self) -> str: ...

    @property
    def attempts(self) -> int: ...


OwedMail = TypeVar("OwedMail", bound=Owed)
_Given = TypeVar("_Given", bound=Owed, covariant=True)


class _Due(Protocol[_Given]):
    def __call__(self, tx: Transaction, /, *, now: str, limit: int) -> tuple[_Given, ...]: ...


@dataclass(frozen=True, slots=True)
class Post(Generic[OwedMail]):
    """A table of mails.  Shape: ``due`` gives the next of them, ``write`` makes one as it is sent."""

    queue: MailQueue
    due: _Due[OwedMail]
    write: Callable[[Runtime, OwedMail], EmailMessage]


@dataclass(slots=True)
class Sent(Generic[OwedMail]):
    """What one run did.

    Shape   ``sent`` were taken, ``failed`` never will be; ``unwritten``: why a mail could not be written.
    """

    sent: int = 0
    failed: int = 0
    is_relay_down: bool = False
    unwritten: list[tuple[OwedMail, Exception]] = field(default_factory=list)


def send_due(rt: Runtime, post: Post[OwedMail], *, limit: int) -> Sent[OwedMail]:
    """Send what is due.

    Where the relay is down the rest waits for the next run.  A mail that cannot be written holds up no other.
    """
    with rt.database.reading() as tx:
        owed = post.due(tx, now=instant_text(rt.now()), limit=limit)
    done = Sent[OwedMail]()
    for mail in owed:
        if not _claim(rt, post.queue, mail):
            continue
        try:
            _send(rt, post, mail)
            done.sent += 1
        except MailNotTaken as refused:
            done.failed += _not_taken(rt, post.queue, mail, why=refused.reason, for_good=refused.for_good)
            if refused.relay_down:
                done.is_relay_down = True
                break
        except Exception as fault:
            _not_taken(rt, post.queue, mail, why=_unwritten(fault), for_good=False)
            done.unwritten.append((mail, fault))
    return done


def _unwritten(fault: Exception) -> str:
    """What is kept of a mail that could not be written; who runs the tick gets the fault itself."""
    # Officers read it: what was refused has its own words.
    told = sentence(fault) if isinstance(fault, Refusal) else type(fault).__name__
    return troubles.kept(troubles.NOT_WRITTEN, told)


def _claim(rt: Runtime, queue: MailQueue, mail: Owed) -> bool:
    now = rt.now()
    with rt.database.transaction() as tx:
        until = instant_text(now + _CLAIM)
        return queue.claim(tx, mail.message_id, now=instant_text(now), until=until)


def _send(rt: Runtime, post: Post[OwedMail], mail: OwedMail) -> None:
    rt.send(post.write(rt, mail))
    # A crash here sends the mail a second time, under the same Message-ID: late is better than never.
    with rt.database.transaction() as tx:
        post.queue.mark_sent(tx, mail.message_id, at=instant_text(rt.now()))


def _not_taken(rt: Runtime, queue: MailQueue, mail: Owed, *, why: str, for_good: bool) -> bool:
    """Put the mail off, or give it up; True where it was given up."""
    now, attempts = rt.now(), mail.attempts + 1
    with rt.database.transaction() as tx:
        if for_good:
            queue.give_up(tx, mail.message_id, attempts=attempts, at=instant_text(now), why=why[:500])
            return True
        wait = timedelta(minutes=_RETRY_AFTER[min(attempts, len(_RETRY_AFTER)) - 1])
        again_at = instant_text(now + wait)
        queue.retry_later(tx, mail.message_id, attempts=attempts, again_at=again_at, why=why[:500])
    return False
