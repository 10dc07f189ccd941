"""名簿確認: once a year every member is asked whether what is known of it is still right.

Two persons ask, and two remind: the mail's text and whom it reaches are bound by a digest.
Source  product.md P3; domain.md 4.6.
"""

from datetime import timedelta

from voting.core.errors import Refusal
from voting.core.permissions import TWO_PERSONS, Act, Officer, require, require_side
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.office.approvals import (
    EXPIRES_AFTER,
    LONGEST_REASON,
    ApprovedAlready,
    ChangedSince,
    NoSuchRequest,
    SamePerson,
    ShownOther,
    find,
    proposer,
    require_waiting,
)
from voting.services.register.campaign_proposals import (
    Asking,
    CampaignOver,
    Proposal,
    asking_of,
    body_of,
    proposed,
    running,
    unanswered,
    wanted,
)
from voting.services.register.contact_letters import REMIND, lines_and_tokens
from voting.services.register.registers import today, turn
from voting.store import approvals, campaigns, contact_mails
from voting.store.approvals import Request
from voting.store.campaigns import Campaign
from voting.store.transaction import Transaction

_KEPT = timedelta(days=366)  # the next campaign has been by then


def proposal(rt: Runtime, who: Officer, body: str, asking: Asking) -> Proposal:
    """Exactly what a request would ask a second person to approve.

    Raises  NotAllowed, NoSuchBody, CommitteeRegister, CampaignRuns, BadLastDay, CampaignWordsMissing,
            NobodyToAsk; of a reminder NoSuchCampaign, CampaignOver.
    """
    require_side(who, Act.ASK_MEMBERS, second=False)
    with rt.database.reading() as tx:
        return proposed(rt, tx, body, asking)


def request(
    rt: Runtime, who: Officer, body: str, asking: Asking, *, note: str = "", shown: str | None = None
) -> Request:
    """Propose to ask the members, or to remind them; it waits for a second person.

    Shape   *shown* is the digest that a page has shown.
    Raises  as ``proposal``; ShownOther.
    """
    require_side(who, Act.ASK_MEMBERS, second=False)
    request_id, now = rt.token(8).hex(), rt.now()
    with rt.database.transaction() as tx:
        made = proposed(rt, tx, body, asking)
        if shown is not None and shown != made.digest:
            raise ShownOther
        asked = Request(
            id=request_id,
            assembly=None,
            account=None,
            act=Act.ASK_MEMBERS.value,
            digest=made.digest,
            document=made.document,
            note=note[:LONGEST_REASON],
            requested_by=who.id,
            requested_at=instant_text(now),
            expires_at=instant_text(now + EXPIRES_AFTER),
        )
        approvals.add(tx, asked)
    return asked


def approve(rt: Runtime, who: Officer, request_id: str) -> None:
    """Give the second approval: the mails are owed in the same transaction.

    Raises  NoSuchRequest, NotAllowed, SamePerson, ApprovedAlready, RequestEnded, RequestExpired,
            ProposerOut, ChangedSince; as ``proposal``.
    """
    require_side(who, Act.ASK_MEMBERS, second=True)
    now = rt.now()
    with rt.database.transaction() as tx:
        pending = find(tx, request_id)
        if pending.act != Act.ASK_MEMBERS:
            raise NoSuchRequest(request_id)
        if pending.requested_by == who.id:
            raise SamePerson(who.id)
        if not approvals.approve(tx, request_id, by=who.id, at=instant_text(now)):
            require_waiting(find(tx, request_id), now)
            raise ApprovedAlready(request_id)
        proposer(tx, pending, TWO_PERSONS[Act.ASK_MEMBERS].first)
        body, asking = body_of(pending), asking_of(pending)
        # Two requests for one body wait for each other, and no member changes in between.
        turn(tx, body, who, now=now)
        if proposed(rt, tx, body, asking).digest != pending.digest:
            raise ChangedSince(request_id)
        if asking.kind == REMIND:
            campaign = running(rt, tx, body, asking.campaign)
            asked = unanswered(rt, tx, campaign)
        else:
            campaign = Campaign(
                id=request_id,
                body=body,
                last_day=asking.last_day,
                words=asking.words,
                contact=asking.contact,
                opened_at=instant_text(now),
                first=pending.requested_by,
                second=who.id,
            )
            asked = wanted(rt, tx, body, asking.scope)
            campaigns.start(tx, campaign, (each.member.member_id for each in asked))
        members = [each.member for each in asked if each.member.addresses]
        lines, tokens = lines_and_tokens(rt, campaign, members, kind=asking.kind, queued_at=instant_text(now))
        campaigns.put_tokens(tx, campaign.id, tokens)
        contact_mails.put(tx, lines)


def end(rt: Runtime, who: Officer, body: str, campaign: str) -> None:
    """End it before its last day: no more answers are taken, mails that wait are not sent.

    Raises  NotAllowed, NoSuchCampaign, CampaignOver.
    """
    require(who, Act.EDIT_ROLL)
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        running(rt, tx, body, campaign)
        if not campaigns.end(tx, campaign, at=now, by=who.id):
            raise CampaignOver
        contact_mails.drop(tx, campaign, at=now)


def wipe_old(rt: Runtime) -> None:
    """Forget what persons wrote in campaigns that ended a year ago: what was taken over has its history."""
    before = (today(rt.now()) - _KEPT).isoformat()
    with rt.database.transaction() as tx:
        campaigns.wipe(tx, before=before)
        contact_mails.wipe(tx, before=before)


def stop_over(rt: Runtime) -> None:
    """Send no mail after the last day of its campaign, whatever has kept the relay from it."""
    now = rt.now()
    with rt.database.transaction() as tx:
        contact_mails.drop_over(tx, today=today(now).isoformat(), at=instant_text(now))


def changed(rt: Runtime, tx: Transaction, pending: Request) -> tuple[bool, Refusal | None]:
    """Whether what would be done now is something else, and what it would be refused for."""
    try:
        now = proposed(rt, tx, body_of(pending), asking_of(pending))
    except Refusal as refused:
        return False, refused
    return now.digest != pending.digest, None
