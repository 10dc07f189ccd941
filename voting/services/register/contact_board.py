"""How far a campaign of asking members has come, and what the office makes of their answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.members import Member
from voting.core.permissions import Act, Officer, require
from voting.core.register import official_order
from voting.ledger.canonical import parse_instant
from voting.mail.troubles import MailTrouble, trouble
from voting.runtime import Runtime
from voting.services.office.approvals import LONGEST_REASON, ReasonMissing
from voting.services.register.bodies import BodyLine, body_line
from voting.services.register.campaign_proposals import NoSuchCampaign, is_open
from voting.services.register.contact_answers import CHANGE, CONFIRMED, ELSEWHERE
from voting.services.register.contact_letters import REMIND
from voting.services.register.member_list import Belonging, member_lines
from voting.services.register.membership import MemberChangedSince, confirm, retyped, typed_of
from voting.services.register.registers import Did, find_member, stamp, turn
from voting.store import accounts, campaigns, contact_mails, members
from voting.store.campaigns import Answered, Ask, Campaign, Settled
from voting.store.contact_mails import ContactFate
from voting.store.transaction import Transaction

TAKEN, REFUSED = "taken", "refused"
# In the order in which an office looks at them; what waits for it first.
STATES = (CHANGE, ELSEWHERE, "silent", "failed", "no-address", CONFIRMED, "settled", "left")


@dataclass(eq=False)
class NothingToSettle(Refusal):
    """The member has not asked for anything, has answered anew, or somebody has settled it already."""

    code: ClassVar[str] = "nothing-to-settle"


@dataclass(eq=False)
class NothingChosen(Refusal):
    """None of the fields that the member wants to be changed was chosen."""

    code: ClassVar[str] = "nothing-chosen"


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One member that is asked.

    Shape   ``state`` of STATES; ``reminded``: how many reminders it was sent; ``troubles``: address and cause
            of each mail that was given up, the newest of an address.
    """

    member: Member
    state: str
    answered: Answered | None
    settled: Settled | None
    reminded: int
    troubles: tuple[tuple[str, MailTrouble], ...]

    @property
    def answered_at(self) -> datetime | None:
        return None if self.answered is None else parse_instant(self.answered.at)


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign.  Shape: ``by``: who asked and who approved."""

    id: str
    last_day: date
    opened_at: datetime
    by: tuple[str, str]
    ended_at: datetime | None
    is_open: bool
    words: str
    contact: str


@dataclass(frozen=True, slots=True)
class Board:
    """A body's campaigns, the newest first, and the one that is looked at.

    Shape   ``counts`` by state; ``rows`` in the order of official lists; ``mails`` owed, sent, given up.
    """

    body: BodyLine
    campaigns: tuple[CampaignLine, ...]
    shown: CampaignLine | None
    rows: tuple[ContactRow, ...]
    counts: dict[str, int]
    mails: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class RequestOf:
    """What one member has answered, beside what is known.

    Shape   ``columns``: (field, what is known, what is wanted); for its form ``seen``, the state of the
            member that is shown, and ``of``, the instant of the answer.
    """

    body: BodyLine
    campaign: CampaignLine
    row: ContactRow
    columns: tuple[tuple[str, str, str], ...]
    seen: str
    of: str
    settled_by: str


def board(rt: Runtime, who: Officer, slug: str, campaign: str = "") -> Board:
    """Raises: NotAllowed, NoSuchBody, NoSuchCampaign."""
    require(who, Act.READ_ROLL)
    body = body_line(rt, who, slug)
    with rt.database.reading() as tx:
        every = campaigns.of_body(tx, slug)
        shown = (
            next((each for each in every if each.id == campaign), None)
            if campaign
            else next(iter(every), None)
        )
        if campaign and shown is None:
            raise NoSuchCampaign
        fates = contact_mails.fates(tx, shown.id) if shown else ()
        rows = _rows(rt, tx, shown, fates) if shown else ()
        return Board(
            body=body,
            campaigns=tuple(_line(rt, tx, each) for each in every),
            shown=None if shown is None else _line(rt, tx, shown),
            rows=rows,
            counts={state: sum(1 for each in rows if each.state == state) for state in STATES},
            mails=(
                len(fates),
                sum(1 for each in fates if each.sent_at),
                sum(1 for each in fates if each.failed_at and each.error != contact_mails.ENDED),
            ),
        )


def request_of(rt: Runtime, who: Officer, slug: str, campaign: str, member_id: str) -> RequestOf:
    """Raises: NotAllowed, NoSuchBody, NoSuchCampaign, NoSuchMember."""
    page = board(rt, who, slug, campaign)
    row = next((each for each in page.rows if each.member.member_id == member_id), None)
    if row is None or page.shown is None:
        raise NoSuchCampaign
    known, wanted = typed_of(row.member), row.answered.wanted if row.answered else {}
    with rt.database.reading() as tx:
        by = accounts.find(tx, row.settled.by) if row.settled else None
    return RequestOf(
        body=page.body,
        campaign=page.shown,
        row=row,
        columns=tuple((field, known[field], text) for field, text in wanted.items()),
        seen=stamp(row.member),
        of="" if row.answered is None else row.answered.at,
        settled_by="" if by is None else by.officer.name,
    )


def take_over(
    rt: Runtime,
    who: Officer,
    slug: str,
    campaign: str,
    member_id: str,
    fields: Collection[str],
    *,
    seen: str,
    of: str,
) -> None:
    """Write what the member wants into the register, those *fields* of it, and note its contact as right.

    Raises  NotAllowed, NoSuchBody, NoSuchCampaign, NoSuchMember, NothingToSettle, NothingChosen,
            MemberChangedSince, MemberUnsound.
    """
    require(who, Act.EDIT_ROLL)
    now = rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, slug, who, now=now)
        ask = _ask(tx, slug, campaign, member_id)
        before = find_member(tx, act.body, member_id)
        if stamp(before) != seen:
            raise MemberChangedSince(member_id)
        answered = _open_answer(ask, of)
        detail = f"{answered.section}　{answered.person}"
        taken = {field: text for field, text in answered.wanted.items() if field in fields}
        if answered.wanted and not taken:
            raise NothingChosen
        after = retyped(before, taken)
        if after != before:
            act.write(Did.EDITED, [(before, after)], detail=detail)
            members.confirm_contact(tx, slug, member_id, at=act.now)
        elif answered.answer == CHANGE:
            confirm(act, before, detail=detail)
        if not campaigns.settle(tx, campaign, member_id, Settled(TAKEN, act.now, who.id, ""), of=answered.at):
            raise NothingToSettle


def refuse(rt: Runtime, who: Officer, slug: str, campaign: str, member_id: str, *, why: str, of: str) -> None:
    """Leave the register as it is, with a reason.  Raises: as ``take_over``; ReasonMissing."""
    require(who, Act.EDIT_ROLL)
    if not why.strip():
        raise ReasonMissing
    now = rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, slug, who, now=now)
        answered = _open_answer(_ask(tx, slug, campaign, member_id), of)
        settled = Settled(REFUSED, act.now, who.id, why.strip()[:LONGEST_REASON])
        if not campaigns.settle(tx, campaign, member_id, settled, of=answered.at):
            raise NothingToSettle


def _ask(tx: Transaction, slug: str, campaign: str, member_id: str) -> Ask:
    found, ask = campaigns.find(tx, campaign), campaigns.ask(tx, campaign, member_id)
    if found is None or found.body != slug or ask is None:
        raise NoSuchCampaign
    return ask


def _open_answer(ask: Ask, of: str) -> Answered:
    """The answer given at *of*, which the officer has read: never one that came since."""
    if ask.answered is None or ask.answered.answer == CONFIRMED or ask.settled is not None:
        raise NothingToSettle
    # A year after, what was wanted is forgotten (``campaigns.wipe_old``): nothing is left to be taken over.
    if ask.answered.at != of or not ask.answered.person:
        raise NothingToSettle
    return ask.answered


def _rows(
    rt: Runtime, tx: Transaction, campaign: Campaign, fates: Collection[ContactFate]
) -> tuple[ContactRow, ...]:
    # What was not sent because the campaign had ended says nothing of an address.
    reached = {
        each.member_id for each in fates if each.failed_at is None or each.error == contact_mails.ENDED
    }
    mailed = {each.member_id for each in fates}
    reminders: dict[str, set[str]] = {}
    for each in fates:
        if each.kind == REMIND and each.sent_at:
            reminders.setdefault(each.member_id, set()).add(each.queued_at)
    troubles: dict[str, dict[str, MailTrouble]] = {}
    for each in fates:
        if each.sent_at:
            # A later mail has reached it after all.
            troubles.get(each.member_id, {}).pop(each.address, None)
        elif each.failed_at and each.error != contact_mails.ENDED:
            troubles.setdefault(each.member_id, {})[each.address] = trouble(each.error)
    lines = {each.member.member_id: each for each in member_lines(tx, campaign.body, now=rt.now())}
    rows = []
    for ask in campaigns.asks(tx, campaign.id):
        line = lines[ask.member_id]
        if line.belonging is Belonging.LEFT:
            state = "left"
        elif ask.answered is not None:
            state = "settled" if ask.settled else ask.answered.answer
        elif not line.member.addresses:
            state = "no-address"
        else:
            state = "silent" if ask.member_id in reached or ask.member_id not in mailed else "failed"
        rows.append(
            ContactRow(
                member=line.member,
                state=state,
                answered=ask.answered,
                settled=ask.settled,
                reminded=len(reminders.get(ask.member_id, ())),
                troubles=tuple(troubles.get(ask.member_id, {}).items()),
            )
        )
    return tuple(sorted(rows, key=lambda each: official_order(each.member)))


def _line(rt: Runtime, tx: Transaction, campaign: Campaign) -> CampaignLine:
    names = [accounts.find(tx, each) for each in (campaign.first, campaign.second)]
    first, second = (each.officer.name if each else "" for each in names)
    return CampaignLine(
        id=campaign.id,
        last_day=date.fromisoformat(campaign.last_day),
        opened_at=parse_instant(campaign.opened_at),
        by=(first, second),
        ended_at=None if campaign.ended_at is None else parse_instant(campaign.ended_at),
        is_open=is_open(rt, campaign),
        words=campaign.words,
        contact=campaign.contact,
    )
