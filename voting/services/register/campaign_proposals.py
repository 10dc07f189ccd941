"""What a campaign of asking members would send now, and to whom: what two persons approve.

Of addresses a request keeps a digest alone, so that none is left in it when members have changed theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.members import Member
from voting.core.permissions import Act
from voting.ledger import canonical
from voting.runtime import Runtime
from voting.services.office.approvals import terms_of
from voting.services.register.contact_letters import ASK, REMIND
from voting.services.register.member_list import Belonging, MemberLine, member_lines
from voting.services.register.registers import require_body, require_own_register, today
from voting.store import campaigns
from voting.store.approvals import Request
from voting.store.campaigns import Campaign
from voting.store.members import BodyRow
from voting.store.transaction import Transaction
from voting.wording.contacts import contact_told

EVERYBODY, OLD = "everybody", "old"
LONGEST_WORDS, LONGEST_CONTACT = 1000, 300
_LONGEST = timedelta(days=120)
_HERE, _CODE = "(確認のページ)", "(24文字の確認コード)"


@dataclass(eq=False)
class NoSuchCampaign(Refusal):
    code: ClassVar[str] = "no-such-campaign"


@dataclass(eq=False)
class CampaignRuns(Refusal):
    """The members of this body are being asked already."""

    code: ClassVar[str] = "campaign-runs"
    last_day: date


@dataclass(eq=False)
class CampaignOver(Refusal):
    """Its last day has passed, or the office has ended it."""

    code: ClassVar[str] = "campaign-over"


@dataclass(eq=False)
class BadLastDay(Refusal):
    """The last day to answer is today, past, or too far away."""

    code: ClassVar[str] = "bad-last-day"
    first: date
    last: date


@dataclass(eq=False)
class CampaignWordsMissing(Refusal):
    """Members would not know whom to ask, or what is written is too long.  Shape: ``what``: which of both."""

    code: ClassVar[str] = "campaign-words-missing"
    what: str


@dataclass(eq=False)
class NobodyToAsk(Refusal):
    """Nobody who could be asked by mail is left."""

    code: ClassVar[str] = "nobody-to-ask"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is proposed.  Shape: ``campaign`` is that of a reminder, and the rest its own, else empty."""

    kind: str
    scope: str = EVERYBODY
    last_day: str = ""
    words: str = ""
    contact: str = ""
    campaign: str = ""

    def terms(self) -> dict[str, object]:
        """As a request keeps it."""
        if self.kind == REMIND:
            return {"kind": REMIND, "campaign": self.campaign}
        return {
            "kind": ASK,
            "scope": self.scope,
            "last_day": self.last_day,
            "words": self.words,
            "contact": self.contact,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be approved now.  Shape: ``document`` canonical JSON; ``without_address`` of those asked."""

    document: str
    subject: str
    text: str
    members: int
    mails: int
    without_address: tuple[MemberLine, ...]

    @property
    def digest(self) -> str:
        return sha256(self.document.encode()).hexdigest()


def is_open(rt: Runtime, campaign: Campaign) -> bool:
    """Whether it takes answers now."""
    return campaign.ended_at is None and date.fromisoformat(campaign.last_day) >= today(rt.now())


def proposed(rt: Runtime, tx: Transaction, slug: str, asking: Asking) -> Proposal:
    """Raises: as ``campaigns.proposal``."""
    body = require_body(tx, slug)
    require_own_register(body)
    if asking.kind == REMIND:
        campaign = running(rt, tx, slug, asking.campaign)
        words, last_day, contact = campaign.words, campaign.last_day, campaign.contact
        asked = unanswered(rt, tx, campaign)
    else:
        _require_sound(rt, tx, body, asking)
        words, last_day, contact = asking.words, asking.last_day, asking.contact
        asked = wanted(rt, tx, slug, asking.scope)
    reached = [each.member for each in asked if each.member.addresses]
    if not reached:
        raise NobodyToAsk
    letter = contact_told(
        body.body.name,
        words=words,
        last_day=date.fromisoformat(last_day),
        link=_HERE,
        code=_CODE,
        is_reminder=asking.kind == REMIND,
    )
    document = canonical.encode(
        {
            "act": Act.ASK_MEMBERS.value,
            "body": slug,
            "name": body.body.name,
            "terms": asking.terms(),
            "mail": letter.subject,
            "text": letter.text(),
            "contact": contact,
            "members": [[each.member_id, each.name, len(each.addresses)] for each in reached],
            "addresses_sha256": _digest_of_addresses(reached),
        }
    )
    return Proposal(
        document=document.decode(),
        subject=letter.subject,
        text=letter.text(),
        members=len(reached),
        mails=sum(len(each.addresses) for each in reached),
        without_address=tuple(each for each in asked if not each.member.addresses),
    )


def _require_sound(rt: Runtime, tx: Transaction, body: BodyRow, asking: Asking) -> None:
    day, now = date.fromisoformat(asking.last_day), today(rt.now())
    if not now < day <= now + _LONGEST:
        raise BadLastDay(now + timedelta(days=1), now + _LONGEST)
    if not asking.contact.strip() or len(asking.contact) > LONGEST_CONTACT:
        raise CampaignWordsMissing("campaign-contact")
    if len(asking.words) > LONGEST_WORDS:
        raise CampaignWordsMissing("campaign-words")
    for each in campaigns.running(tx, today=now.isoformat()):
        if each.body == body.slug:
            raise CampaignRuns(date.fromisoformat(each.last_day))


def wanted(rt: Runtime, tx: Transaction, body: str, scope: str) -> tuple[MemberLine, ...]:
    """Today's members, or of these whose contact was not found right within a year."""
    present = [each for each in member_lines(tx, body, now=rt.now()) if each.belonging is Belonging.MEMBER]
    return tuple(each for each in present if scope == EVERYBODY or each.is_old or each.contact_at is None)


def unanswered(rt: Runtime, tx: Transaction, campaign: Campaign) -> tuple[MemberLine, ...]:
    """Those of today's members that were asked and have not answered."""
    silent = {each.member_id for each in campaigns.asks(tx, campaign.id) if each.answered is None}
    return tuple(each for each in wanted(rt, tx, campaign.body, EVERYBODY) if each.member.member_id in silent)


def running(rt: Runtime, tx: Transaction, body: str, campaign_id: str) -> Campaign:
    """The campaign, where it takes answers now.  Raises: NoSuchCampaign, CampaignOver."""
    found = campaigns.find(tx, campaign_id)
    if found is None or found.body != body:
        raise NoSuchCampaign
    if not is_open(rt, found):
        raise CampaignOver
    return found


def body_of(pending: Request) -> str:
    """The body whose members are asked."""
    content = canonical.decode(pending.document.encode())
    return str(content["body"]) if isinstance(content, dict) else ""


def asking_of(pending: Request) -> Asking:
    """The terms of a request."""
    return Asking(**{name: str(value) for name, value in terms_of(pending).items()})


def _digest_of_addresses(reached: Sequence[Member]) -> str:
    return sha256(canonical.encode([[each.member_id, *each.addresses] for each in reached])).hexdigest()
