"""What the secretariat's pages show: facts looked up, ready to be put into words in either language.

Participation only: who answered and how many, never how (product.md P2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from voting.core.assembly import Phase, phase
from voting.core.errors import Refusal
from voting.core.members import on_roll
from voting.core.permissions import Act, Officer, Role, require
from voting.core.votes import votes_text
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.issuing import BALLOT_MAIL
from voting.services.office import approvals
from voting.services.period import inquiries, proxies
from voting.services.stages import AssemblyLine, line_of
from voting.store import (
    accounts,
    assemblies,
    ballots,
    factors,
    members,
    outbox,
    papers,
    participation,
    roll,
)
from voting.store import approvals as pending
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

# The steps of an assembly in their order; each names the page or the act that takes it.
STEPS = ("draft", "freeze", "send", "open", "close", "tally", "certify")


@dataclass(frozen=True, slots=True)
class Mails:
    """How far the mails with the codes have come; what waits for the post is none of them."""

    total: int
    sent: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an assembly.  Shape: ``state`` is done, now or later; ``at`` where the schedule sets it."""

    name: str
    state: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Where an assembly stands.

    Shape   ``missing`` are the refusals that the next step would meet, to be said in words; ``next_act``
            the act that can be proposed now, None where nothing can; ``mails`` those with the codes;
            ``unread_papers`` serials that two persons have not finished; ``waiting`` requests;
            ``undecided``: motions on which proxies wait for the chair's decision, until the close;
            ``inquiries``: how many questions of members there are, by state.
    """

    line: AssemblyLine
    now: datetime
    steps: tuple[Step, ...]
    missing: tuple[Refusal, ...]
    next_act: Act | None
    members: int
    votes: str
    answered: int
    answered_votes: str
    not_answered: int
    without_address: int
    mails: Mails
    unread_papers: tuple[str, ...]
    waiting: int
    undecided: tuple[str, ...]
    inquiries: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One account in the list of officers."""

    id: str
    name: str
    role: Role
    created_at: datetime
    locked_at: datetime | None
    has_factor: bool
    wants_password: bool


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What was done to an account, and by whom ("host" for a command on the host)."""

    at: datetime
    account: str
    by: str
    what: str
    detail: str


def dashboard(rt: Runtime, who: Officer, origin: str) -> Dashboard:
    """Raises: NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        answered, answered_votes = _answered(tx, case)
        entitled = _entitled(tx, case)
        next_act = _next_act(case, now)
        return Dashboard(
            line=line_of(case, now),
            now=now,
            steps=_steps(case, now),
            missing=() if next_act is None else _missing(rt, tx, case, next_act),
            next_act=next_act,
            members=len(entitled),
            votes=votes_text(sum(votes for votes, _ in entitled)),
            answered=answered,
            answered_votes=votes_text(answered_votes),
            not_answered=len(entitled) - answered,
            without_address=sum(1 for _, addresses in entitled if not addresses),
            mails=_mails(tx, case),
            unread_papers=papers.undisposed(tx, case.id),
            waiting=len(pending.waiting(tx, now=instant_text(now), assembly=case.id)),
            undecided=() if case.closed_index is not None else proxies.undecided(tx, case),
            inquiries=inquiries.counts(tx, case, now),
        )


def officers(rt: Runtime, who: Officer) -> tuple[OfficerLine, ...]:
    """All accounts, by id."""
    require(who, Act.MANAGE_ACCOUNTS)
    with rt.database.reading() as tx:
        found, enrolled = accounts.accounts(tx), factors.enrolled(tx)
    return tuple(
        OfficerLine(
            id=each.officer.id,
            name=each.officer.name,
            role=each.officer.role,
            created_at=parse_instant(each.created_at),
            locked_at=None if each.locked_at is None else parse_instant(each.locked_at),
            has_factor=each.officer.id in enrolled,
            wants_password=each.password_by is not None,
        )
        for each in found
    )


def journal(rt: Runtime, *, most: int, skipped: int) -> tuple[tuple[JournalLine, ...], int]:
    """What was done to accounts, the newest first, and how many entries there are in all."""
    with rt.database.reading() as tx:
        events, total = accounts.events(tx, most=most, skipped=skipped), accounts.event_count(tx)
    lines = (
        JournalLine(parse_instant(each.at), each.account, each.by, each.what, each.detail) for each in events
    )
    return tuple(lines), total


def _answered(tx: Transaction, case: Case) -> tuple[int, int]:
    """How many members have answered the texts in force, and their votes (millionths)."""
    texts = case.new_texts
    if texts is None:
        return ballots.answered(tx, case.id)
    first = participation.first_answers(tx, case.id, texts=texts)
    votes = [each.votes for each in roll.voters(tx, case.id) if each.member_id in first]
    return len(votes), sum(votes)


def _entitled(tx: Transaction, case: Case) -> list[tuple[int, tuple[str, ...]]]:
    """Votes and addresses of everybody on the roll: the frozen one, before that the one of today."""
    if case.frozen_index is not None:
        return [(each.votes, each.addresses) for each in roll.voters(tx, case.id)]
    record_date = case.docket.assembly.schedule.record_date
    register = members.register(tx, case.body)
    return [(each.votes, each.addresses) for each in register if on_roll(each, record_date)]


def _mails(tx: Transaction, case: Case) -> Mails:
    counts = outbox.mail_counts(tx, case.id, BALLOT_MAIL)
    return Mails(counts.queued, counts.sent, counts.queued - counts.sent - counts.failed, counts.failed)


def _steps(case: Case, now: datetime) -> tuple[Step, ...]:
    schedule = case.docket.assembly.schedule
    at = phase(schedule, now)
    done = {
        "draft": True,
        "freeze": case.frozen_index is not None,
        "send": case.issued_index is not None,
        "open": case.issued_index is not None and at is not Phase.EARLY,
        "close": case.closed_index is not None,
        "tally": case.tally_index is not None,
        "certify": case.result_index is not None,
    }
    when = {"open": schedule.opens_at, "close": schedule.closes_at}
    current = next((name for name in STEPS if not done[name]), None)
    return tuple(
        Step(name, "done" if done[name] else "now" if name == current else "later", when.get(name))
        for name in STEPS
    )


def _next_act(case: Case, now: datetime) -> Act | None:
    if case.frozen_index is None:
        return Act.FREEZE
    if case.issued_index is None:
        return Act.SEND
    if case.tally_index is not None and case.result_index is None:
        return Act.CERTIFY
    return None


def _missing(rt: Runtime, tx: Transaction, case: Case, act: Act) -> tuple[Refusal, ...]:
    """What the act would be refused for; empty where it can be proposed."""
    try:
        approvals.require_ready(rt, case, act)
        approvals.document(tx, case, act)
    except Refusal as refused:
        faults = getattr(refused, "faults", ())
        return tuple(each for each in faults if isinstance(each, Refusal)) or (refused,)
    return ()
