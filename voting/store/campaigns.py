"""Campaigns of asking members whether what is known of them is still right: whom, and what they answered."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from voting.store.campaign_tables import contact_ask, contact_campaign, contact_token
from voting.store.transaction import Row, Transaction

_CAMPAIGN = list(contact_campaign.c)
_FIND = select(*_CAMPAIGN).where(contact_campaign.c.id == bindparam("id"))
_OF_BODY = (
    select(*_CAMPAIGN)
    .where(contact_campaign.c.body == bindparam("body"))
    .order_by(contact_campaign.c.opened_at.desc(), contact_campaign.c.id)
)
_EVERYTHING = select(*_CAMPAIGN).order_by(contact_campaign.c.opened_at.desc(), contact_campaign.c.id)
_RUNNING = (
    select(*_CAMPAIGN)
    .where(contact_campaign.c.ended_at.is_(None), contact_campaign.c.last_day >= bindparam("today"))
    .order_by(contact_campaign.c.opened_at, contact_campaign.c.id)
)
_INSERT_CAMPAIGN = insert(contact_campaign)
_END = (
    update(contact_campaign)
    .where(contact_campaign.c.id == bindparam("campaign_is"), contact_campaign.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"))
)
_INSERT_ASK = insert(contact_ask)
_INSERT_TOKEN = insert(contact_token)
_ASK = [column for column in contact_ask.c if column.name != "campaign"]
_ASKS = select(*_ASK).where(contact_ask.c.campaign == bindparam("campaign")).order_by(contact_ask.c.member_id)
_ONE_ASK = select(*_ASK).where(
    contact_ask.c.campaign == bindparam("campaign"), contact_ask.c.member_id == bindparam("member_id")
)
_OF_TOKEN = select(contact_token.c.member_id).where(
    contact_token.c.look_up == bindparam("look_up"), contact_token.c.campaign == bindparam("campaign")
)
_THAT = (
    contact_ask.c.campaign == bindparam("campaign_is"),
    contact_ask.c.member_id == bindparam("member_is"),
)
_ANSWER = (
    update(contact_ask)
    .where(*_THAT)
    .values(
        answer=bindparam("now_answer"),
        answered_at=bindparam("at"),
        section=bindparam("now_section"),
        person=bindparam("now_person"),
        remark=bindparam("now_remark"),
        wanted=bindparam("now_wanted"),
        settled_as=None,
        settled_at=None,
        settled_by=None,
        settled_why=None,
    )
)
_SETTLE = (
    update(contact_ask)
    .where(*_THAT, contact_ask.c.answered_at == bindparam("of"), contact_ask.c.settled_as.is_(None))
    .values(
        settled_as=bindparam("how"),
        settled_at=bindparam("at"),
        settled_by=bindparam("by"),
        settled_why=bindparam("why"),
    )
)


_OLD = select(contact_campaign.c.id).where(contact_campaign.c.last_day < bindparam("before"))
_WIPE_ANSWERS = (
    update(contact_ask)
    .where(contact_ask.c.campaign.in_(_OLD), contact_ask.c.person.is_not(None))
    .values(section=None, person=None, remark=None, wanted=None)
)
_WIPE_TOKENS = delete(contact_token).where(contact_token.c.campaign.in_(_OLD))


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign.  Shape: ``last_day`` a day in Japan; the rest of it as its table has it."""

    id: str
    body: str
    last_day: str
    words: str
    contact: str
    opened_at: str
    first: str
    second: str
    ended_at: str | None = None
    ended_by: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a member has answered.  Shape: ``wanted``: field -> text, of what it wants to be otherwise."""

    answer: str
    at: str
    section: str
    person: str
    remark: str
    wanted: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the office made of it.  Shape: ``how`` is taken or refused; ``why`` for a refusal."""

    how: str
    at: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One member that is asked."""

    member_id: str
    answered: Answered | None
    settled: Settled | None


def find(tx: Transaction, campaign: str) -> Campaign | None:
    row = tx.one(_FIND, id=campaign)
    return None if row is None else Campaign(*row)


def of_body(tx: Transaction, body: str) -> tuple[Campaign, ...]:
    """The newest first."""
    return tuple(Campaign(*row) for row in tx.all(_OF_BODY, body=body))


def everything(tx: Transaction) -> tuple[Campaign, ...]:
    """Those of all bodies, the newest first."""
    return tuple(Campaign(*row) for row in tx.all(_EVERYTHING))


def running(tx: Transaction, *, today: str) -> tuple[Campaign, ...]:
    """Those that take answers on that day, the oldest first."""
    return tuple(Campaign(*row) for row in tx.all(_RUNNING, today=today))


def start(tx: Transaction, campaign: Campaign, members: Iterable[str]) -> None:
    """Write a campaign and whom it asks."""
    tx.run(
        _INSERT_CAMPAIGN,
        id=campaign.id,
        body=campaign.body,
        last_day=campaign.last_day,
        words=campaign.words,
        contact=campaign.contact,
        opened_at=campaign.opened_at,
        first=campaign.first,
        second=campaign.second,
        ended_at=None,
        ended_by=None,
    )
    empty = dict.fromkeys(column.name for column in _ASK if column.name != "member_id")
    tx.many(_INSERT_ASK, ({"campaign": campaign.id, "member_id": each, **empty} for each in members))


def end(tx: Transaction, campaign: str, *, at: str, by: str) -> bool:
    """End it before its last day; False where it has ended already."""
    return tx.run(_END, campaign_is=campaign, at=at, by=by) == 1


def put_tokens(tx: Transaction, campaign: str, tokens: Iterable[tuple[bytes, str]]) -> None:
    """Let each look-up key open the page of its member."""
    tx.many(
        _INSERT_TOKEN,
        ({"look_up": key, "campaign": campaign, "member_id": member_id} for key, member_id in tokens),
    )


def member_of(tx: Transaction, campaign: str, look_up: bytes) -> str | None:
    """The member whose page the key opens."""
    row = tx.one(_OF_TOKEN, look_up=look_up, campaign=campaign)
    return None if row is None else str(row[0])


def asks(tx: Transaction, campaign: str) -> tuple[Ask, ...]:
    """Everybody that is asked, by member number."""
    return tuple(
        sorted((_ask(row) for row in tx.all(_ASKS, campaign=campaign)), key=lambda each: each.member_id)
    )


def ask(tx: Transaction, campaign: str, member_id: str) -> Ask | None:
    row = tx.one(_ONE_ASK, campaign=campaign, member_id=member_id)
    return None if row is None else _ask(row)


def answer(tx: Transaction, campaign: str, member_id: str, given: Answered) -> None:
    """Keep the member's answer in the place of the one before; what was settled of that one is open again."""
    tx.run(
        _ANSWER,
        campaign_is=campaign,
        member_is=member_id,
        now_answer=given.answer,
        at=given.at,
        now_section=given.section,
        now_person=given.person,
        now_remark=given.remark,
        now_wanted=json.dumps(dict(given.wanted), ensure_ascii=False),
    )


def settle(tx: Transaction, campaign: str, member_id: str, settled: Settled, *, of: str) -> bool:
    """Note what was made of the answer given at *of*; False where another came since, or it was settled."""
    done = tx.run(
        _SETTLE,
        campaign_is=campaign,
        member_is=member_id,
        of=of,
        how=settled.how,
        at=settled.at,
        by=settled.by,
        why=settled.why,
    )
    return done == 1


def wipe(tx: Transaction, *, before: str) -> None:
    """Forget what persons have written, and the keys, of campaigns whose last day is before that day."""
    tx.run(_WIPE_ANSWERS, before=before)
    tx.run(_WIPE_TOKENS, before=before)


def _ask(row: Row) -> Ask:
    member_id, kind, at, section, person, remark, wanted, how, settled_at, by, why = row
    answered = None
    if kind is not None:
        answered = Answered(kind, at, section or "", person or "", remark or "", json.loads(wanted or "{}"))
    settled = None if how is None else Settled(how, settled_at, by or "", why or "")
    return Ask(member_id, answered, settled)
