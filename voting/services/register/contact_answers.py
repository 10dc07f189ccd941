"""A member looks at what is known of it and says that it is right, or what is not.

It changes nothing of the register by itself: a change is a request, which the office takes over or refuses.
The code of the mail opens this page alone, and no ballot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.members import Member, belongs
from voting.credentials import codes
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.register.campaign_proposals import CampaignOver, is_open
from voting.services.register.contact_letters import look_up
from voting.services.register.frozen_rolls import frozen_rolls
from voting.services.register.membership import confirm, read_typed, typed_of
from voting.services.register.registers import find_member, member_turn, require_body, today
from voting.store import campaigns, members
from voting.store.campaigns import Answered, Ask, Campaign
from voting.store.transaction import Transaction

CONFIRMED, CHANGE, ELSEWHERE = "confirmed", "change", "elsewhere"
# What a member may ask to have changed; anything else it says in a remark.
CHANGEABLE = ("name", "kana", "section", "person", "addresses", "phone")


@dataclass(eq=False)
class UnknownContactCode(Refusal):
    """A well-formed code that opens no member's page, or that of one who has left."""

    code: ClassVar[str] = "unknown-contact-code"


@dataclass(eq=False)
class NothingWanted(Refusal):
    """A change was asked for, and nothing is otherwise than it is known."""

    code: ClassVar[str] = "nothing-wanted"


@dataclass(frozen=True, slots=True)
class ContactPage:
    """What a member is shown.

    Shape   ``ask`` with its answer so far; ``is_frozen``: it stands on the fixed roll of an assembly.
    """

    body: str
    member: Member
    last_day: date
    contact: str
    ask: Ask
    is_frozen: bool

    @property
    def answered_at(self) -> datetime | None:
        return None if self.ask.answered is None else parse_instant(self.ask.answered.at)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who answers for the member."""

    section: str
    person: str


def contact_page(rt: Runtime, typed: str) -> ContactPage:
    """Raises: NotACode, UnknownContactCode, CampaignOver."""
    with rt.database.reading() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        body = require_body(tx, campaign.body)
        ask = campaigns.ask(tx, campaign.id, member_id)
        if ask is None:
            raise UnknownContactCode
        frozen = frozen_rolls(tx, campaign.body, member_id)
        return ContactPage(
            body=body.body.name,
            member=find_member(tx, body, member_id),
            last_day=date.fromisoformat(campaign.last_day),
            contact=campaign.contact,
            ask=ask,
            is_frozen=any(each.entry is not None for each in frozen),
        )


def confirm_known(rt: Runtime, typed: str, sender: Sender) -> None:
    """Everything is as it is known: noted in the register's history as the member's own act.

    Raises  as ``contact_page``.
    """
    now = rt.now()
    with rt.database.transaction() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        act = member_turn(tx, campaign.body, now=now)
        confirm(act, find_member(tx, act.body, member_id), detail=f"{sender.section}　{sender.person}")
        _answer(tx, campaign, member_id, CONFIRMED, act.now, sender)


def ask_change(
    rt: Runtime, typed: str, sender: Sender, wanted: Mapping[str, str], *, remark: str = ""
) -> None:
    """Ask the office to change something.

    Shape   *wanted*: fields of CHANGEABLE -> text as typed.
    Raises  as ``contact_page``; NothingWanted; MemberUnsound where it could not be kept.
    """
    now = rt.now()
    with rt.database.transaction() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        act = member_turn(tx, campaign.body, now=now)
        known = typed_of(find_member(tx, act.body, member_id))
        plain = {
            field: wanted[field].replace("\r\n", "\n").strip() for field in CHANGEABLE if field in wanted
        }
        other = {field: text for field, text in plain.items() if text != known[field]}
        if not other and not remark:
            raise NothingWanted
        read_typed({**known, **other})
        _answer(tx, campaign, member_id, CHANGE, act.now, sender, remark=remark, wanted=other)


def say_elsewhere(rt: Runtime, typed: str, sender: Sender, *, remark: str) -> None:
    """Another section answers for the member.

    Raises  as ``contact_page``; NothingWanted without a remark.
    """
    now = rt.now()
    if not remark:
        raise NothingWanted
    with rt.database.transaction() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        act = member_turn(tx, campaign.body, now=now)
        _answer(tx, campaign, member_id, ELSEWHERE, act.now, sender, remark=remark)


def _answer(
    tx: Transaction,
    campaign: Campaign,
    member_id: str,
    kind: str,
    at: str,
    sender: Sender,
    *,
    remark: str = "",
    wanted: Mapping[str, str] | None = None,
) -> None:
    given = Answered(kind, at, sender.section, sender.person, remark, wanted or {})
    campaigns.answer(tx, campaign.id, member_id, given)


def _opened(rt: Runtime, tx: Transaction, typed: str) -> tuple[Campaign, str]:
    code = codes.read_code(typed)
    for campaign in campaigns.everything(tx):
        member_id = campaigns.member_of(tx, campaign.id, look_up(code, campaign.id))
        if member_id is None:
            continue
        if not is_open(rt, campaign):
            raise CampaignOver
        member = members.find(tx, campaign.body, member_id)
        if member is None or not belongs(replace(member, joined=None), today(rt.now())):
            raise UnknownContactCode
        return campaign, member_id
    raise UnknownContactCode
