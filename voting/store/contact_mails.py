"""Mails of a campaign of asking (``campaigns``): owed, sent, given up, as those of the outbox are."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, insert, select, update

from voting.store.campaign_tables import contact_campaign, contact_mail
from voting.store.mail_queue import MailQueue
from voting.store.outbox import ERASED
from voting.store.transaction import Row, Transaction

_COLUMNS = (
    contact_mail.c.message_id,
    contact_mail.c.campaign,
    contact_mail.c.kind,
    contact_mail.c.member_id,
    contact_mail.c.address,
    contact_mail.c.secret,
    contact_mail.c.attempts,
    contact_mail.c.queued_at,
)
QUEUE = MailQueue(contact_mail, _COLUMNS)
_INSERT = insert(contact_mail)
_OF_CAMPAIGN = (
    select(
        contact_mail.c.member_id,
        contact_mail.c.address,
        contact_mail.c.kind,
        contact_mail.c.queued_at,
        contact_mail.c.sent_at,
        contact_mail.c.failed_at,
        contact_mail.c.error,
    )
    .where(contact_mail.c.campaign == bindparam("campaign"))
    .order_by(contact_mail.c.queued_at, contact_mail.c.member_id, contact_mail.c.address)
)
_DROP = (
    update(contact_mail)
    .where(contact_mail.c.campaign == bindparam("campaign_is"), QUEUE.is_open)
    .values(failed_at=bindparam("at"), error=bindparam("why"), secret=None, claimed_until=None)
)
_OLD = select(contact_campaign.c.id).where(contact_campaign.c.last_day < bindparam("before"))
_WIPE = (
    update(contact_mail)
    .where(contact_mail.c.campaign.in_(_OLD), contact_mail.c.address != ERASED)
    .values(address=ERASED, secret=None)
)
_OVER = select(contact_campaign.c.id).where(contact_campaign.c.last_day < bindparam("today"))
_DROP_OVER = (
    update(contact_mail)
    .where(contact_mail.c.campaign.in_(_OVER), QUEUE.is_open)
    .values(failed_at=bindparam("at"), error=bindparam("why"), secret=None, claimed_until=None)
)
# Said of a mail that was not sent because its campaign had ended.
ENDED = "ended"


@dataclass(frozen=True, slots=True, repr=False)
class ContactLine:
    """One mail to one address.  It has no repr: ``secret`` opens a member's page until it is sent."""

    message_id: str
    campaign: str
    kind: str
    member_id: str
    address: str
    secret: str | None
    attempts: int
    queued_at: str


@dataclass(frozen=True, slots=True)
class ContactFate:
    """What became of one mail.  Shape: ``error`` as it was kept, "" where nothing was wrong."""

    member_id: str
    address: str
    kind: str
    queued_at: str
    sent_at: str | None
    failed_at: str | None
    error: str


def put(tx: Transaction, lines: Iterable[ContactLine]) -> None:
    tx.many(_INSERT, (_row(line) for line in lines))


def due(tx: Transaction, *, now: str, limit: int) -> tuple[ContactLine, ...]:
    """The next mails to send, oldest first."""
    return tuple(ContactLine(*row) for row in QUEUE.due(tx, now=now, limit=limit))


def fates(tx: Transaction, campaign: str) -> tuple[ContactFate, ...]:
    """Every mail of the campaign, in the order in which they were owed."""
    return tuple(_fate(row) for row in tx.all(_OF_CAMPAIGN, campaign=campaign))


def drop(tx: Transaction, campaign: str, *, at: str) -> None:
    """Send no more of a campaign that has ended; its codes are wiped."""
    tx.run(_DROP, campaign_is=campaign, at=at, why=ENDED)


def wipe(tx: Transaction, *, before: str) -> None:
    """Forget the addresses of campaigns whose last day is before that day."""
    tx.run(_WIPE, before=before)


def drop_over(tx: Transaction, *, today: str, at: str) -> None:
    """As ``drop``, of every campaign whose last day has passed: its links open nothing any more."""
    tx.run(_DROP_OVER, today=today, at=at, why=ENDED)


def _row(line: ContactLine) -> dict[str, object]:
    nothing = dict.fromkeys(("claimed_until", "sent_at", "failed_at", "error"))
    return {**asdict(line), "due_at": line.queued_at, **nothing}


def _fate(row: Row) -> ContactFate:
    member_id, address, kind, queued_at, sent_at, failed_at, error = row
    return ContactFate(member_id, address, kind, queued_at, sent_at, failed_at, error or "")
