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
from voting.services.register.membership import confirm, retyped, typed_of
from voting.services.register.registers import find_member, member_turn, require_body, stamp, today
from voting.store import campaigns, members
from voting.store.campaigns import Answered, Ask, Campaign
from voting.store.transaction import Transaction

CONFIRMED, CHANGE, ELSEWHERE = "confirmed", "change", "elsewhere"
# What a member may ask to have changed; anything else it says in a remark.
CHANGEABLE = ("name", "kana", "section", "person", "addresses", "phone", "postcode", "address", "fax")


@dataclass(eq=False)
class UnknownContactCode(Refusal):
    """A well-formed code that opens no member's page, or that of one who has left."""

    code: ClassVar[str] = "unknown-contact-code"


@dataclass(eq=False)
class NothingWanted(Refusal):
    """A change was asked for, and nothing is otherwise than it is known."""

    code: ClassVar[str] = "nothing-wanted"


@dataclass(eq=False)
class ContactSeenOther(Refusal):
    """The register, or the member's answer, has changed since the page was shown."""

    code: ClassVar[str] = "contact-seen-other"


@dataclass(frozen=True, slots=True)
class ContactPage:
    """What a member is shown.

    Shape   ``ask`` with its answer so far; ``is_frozen``: it stands on the fixed roll of an assembly;
            ``seen`` goes along in the form, so that nobody confirms what was not shown.
    """

    body: str
    member: Member
    last_day: date
    contact: str
    ask: Ask
    is_frozen: bool

    @property
    def seen(self) -> str:
        return _seen(self.member, self.ask)

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


def confirm_known(rt: Runtime, typed: str, sender: Sender, *, seen: str) -> None:
    """Everything is as it is known: noted in the register's history as the member's own act.

    Raises  as ``contact_page``; ContactSeenOther.
    """
    now = rt.now()
    with rt.database.transaction() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        act = member_turn(tx, campaign.body, now=now)
        member = find_member(tx, act.body, member_id)
        given = Answered(CONFIRMED, act.now, sender.section, sender.person, "", {})
        if _is_new(tx, campaign, member, given, seen=seen):
            confirm(act, member, detail=f"{sender.section}　{sender.person}")
            campaigns.answer(tx, campaign.id, member_id, given)


def ask_change(
    rt: Runtime, typed: str, sender: Sender, wanted: Mapping[str, str], *, seen: str, remark: str = ""
) -> None:
    """Ask the office to change something.

    Shape   *wanted*: fields of CHANGEABLE -> text as typed.
    Raises  as ``contact_page``; ContactSeenOther; NothingWanted; MemberUnsound where it could not be kept.
    """
    now = rt.now()
    with rt.database.transaction() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        act = member_turn(tx, campaign.body, now=now)
        member = find_member(tx, act.body, member_id)
        known = typed_of(member)
        plain = {
            field: wanted[field].replace("\r\n", "\n").strip() for field in CHANGEABLE if field in wanted
        }
        other = {field: text for field, text in plain.items() if text != known[field]}
        if not other and not remark:
            raise NothingWanted
        retyped(member, other)
        given = Answered(CHANGE, act.now, sender.section, sender.person, remark, other)
        if _is_new(tx, campaign, member, given, seen=seen):
            campaigns.answer(tx, campaign.id, member_id, given)


def say_elsewhere(rt: Runtime, typed: str, sender: Sender, *, seen: str, remark: str) -> None:
    """Another section answers for the member.

    Raises  as ``contact_page``; ContactSeenOther; NothingWanted without a remark.
    """
    now = rt.now()
    if not remark:
        raise NothingWanted
    with rt.database.transaction() as tx:
        campaign, member_id = _opened(rt, tx, typed)
        act = member_turn(tx, campaign.body, now=now)
        member = find_member(tx, act.body, member_id)
        given = Answered(ELSEWHERE, act.now, sender.section, sender.person, remark, {})
        if _is_new(tx, campaign, member, given, seen=seen):
            campaigns.answer(tx, campaign.id, member_id, given)


def _is_new(tx: Transaction, campaign: Campaign, member: Member, given: Answered, *, seen: str) -> bool:
    """Whether the answer is to be kept; False where the same form was sent twice.

    Raises  ContactSeenOther where an old page would confirm what it has not shown, or undo a later answer.
    """
    ask = campaigns.ask(tx, campaign.id, member.member_id)
    if ask is None:
        raise UnknownContactCode
    if seen == _seen(member, ask):
        return True
    if ask.answered is not None and replace(ask.answered, at=given.at) == given:
        return False
    raise ContactSeenOther


def _seen(member: Member, ask: Ask) -> str:
    return f"{stamp(member)} {'' if ask.answered is None else ask.answered.at}"


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
