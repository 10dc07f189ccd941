"""The queue of what waits for a second person, and each request as it is shown before it is approved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from voting.core.errors import Refusal
from voting.core.permissions import TWO_PERSONS, Act, Officer
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.office import approvals as verbs
from voting.services.office.office_facts import Facts, facts
from voting.services.office.performances import NO_TERMS, Terms
from voting.services.period import reminders, replies
from voting.services.register import campaigns
from voting.services.register.campaign_proposals import body_of
from voting.services.stages import AssemblyLine, line_of
from voting.store import accounts, approvals, assemblies, members
from voting.store.approvals import Request
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

_SETTLED_SHOWN = 50
# What is sent during the period has a name of its own; the notice is the act itself.
_LETTERS = (reminders.KIND, replies.KIND)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in the queue.

    Shape   ``what`` is the act, or "reminder" or "replies" where the act sends those; ``state`` as
            ``Request.state``; ``is_for_me``: this officer can approve it; ``is_mine``: this officer
            proposed it.
    """

    id: str
    act: Act
    what: str
    about: str
    by: str
    requested_at: datetime
    expires_at: datetime
    state: str
    is_for_me: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Queue:
    for_me: tuple[RequestLine, ...]
    others: tuple[RequestLine, ...]
    settled: tuple[RequestLine, ...]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with everything that is approved.

    Shape   ``facts`` by act; ``document`` is the canonical text whose digest is approved; ``changed``: what
            would be done now is something else; ``ended`` says who ended it how, when and why.
    """

    line: RequestLine
    assembly: AssemblyLine | None
    account: str
    note: str
    digest: str
    document: str
    facts: Facts
    changed: bool
    refusal: Refusal | None
    ended: tuple[str, str, datetime, str] | None


def queue(rt: Runtime, who: Officer) -> Queue:
    now = rt.now()
    with rt.database.reading() as tx:
        waiting = [_line(tx, each, who, now) for each in approvals.waiting(tx, now=instant_text(now))]
        settled = approvals.settled(tx, now=instant_text(now), most=_SETTLED_SHOWN)
        return Queue(
            for_me=tuple(each for each in waiting if each.is_for_me),
            others=tuple(each for each in waiting if not each.is_for_me),
            settled=tuple(_line(tx, each, who, now) for each in settled),
        )


def request_lines(
    tx: Transaction, who: Officer, case: Case, acts: Collection[Act], now: datetime
) -> tuple[RequestLine, ...]:
    """What waits for a second person in one assembly, of these acts."""
    found = approvals.waiting(tx, now=instant_text(now), assembly=case.id)
    return tuple(_line(tx, each, who, now) for each in found if Act(each.act) in acts)


def waiting_for(rt: Runtime, who: Officer) -> int:
    """How many requests this officer can approve."""
    now = instant_text(rt.now())
    with rt.database.reading() as tx:
        return sum(1 for each in approvals.waiting(tx, now=now) if _is_for(each, who))


def request_page(rt: Runtime, who: Officer, request_id: str) -> RequestPage:
    """Raises: NoSuchRequest."""
    now = rt.now()
    with rt.database.reading() as tx:
        found = verbs.find(tx, request_id)
        case = None if found.assembly is None else assemblies.load(tx, found.assembly)
        line = _line(tx, found, who, now)
        changed, refusal = _compare(rt, tx, found, case) if line.state == "waiting" else (False, None)
        return RequestPage(
            line=line,
            assembly=None if case is None else line_of(case, now),
            account=found.account or "",
            note=found.note,
            digest=found.digest,
            document=found.document,
            facts=facts(tx, case, Act(found.act), found.document),
            changed=changed,
            refusal=refusal,
            ended=_ended(tx, found, line.state),
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be proposed now.  Shape: ``refusal`` says why it cannot be."""

    assembly: AssemblyLine
    facts: Facts
    document: str
    refusal: Refusal | None

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the document, which the form sends back."""
        return sha256(self.document.encode()).hexdigest()


def proposal(rt: Runtime, origin: str, act: Act, terms: Terms = NO_TERMS) -> Proposal:
    """Exactly what a request for *act* would ask a second person to approve.  Raises: NoSuchAssembly."""
    now = rt.now()
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        line = line_of(case, now)
        try:
            verbs.require_ready(rt, case, act)
            document = verbs.document(tx, case, act, verbs.bound_to(rt, case, act, terms)).decode()
        except Refusal as refused:
            return Proposal(line, {}, "", refused)
        return Proposal(line, facts(tx, case, act, document), document, None)


def _compare(rt: Runtime, tx: Transaction, found: Request, case: Case | None) -> tuple[bool, Refusal | None]:
    """Whether what would be done now is something else, and what it would be refused for."""
    if case is None:
        return campaigns.changed(rt, tx, found) if Act(found.act) is Act.ASK_MEMBERS else (False, None)
    try:
        act = Act(found.act)
        now = verbs.document(tx, case, act, verbs.bound_to(rt, case, act, verbs.terms_of(found)))
    except Refusal as refused:
        return False, refused
    return sha256(now).hexdigest() != found.digest, None


def _line(tx: Transaction, found: Request, who: Officer, now: datetime) -> RequestLine:
    case = None if found.assembly is None else assemblies.load(tx, found.assembly)
    state = found.state(instant_text(now))
    return RequestLine(
        id=found.id,
        act=Act(found.act),
        what=_what(found),
        about=_about(tx, found) if case is None else case.docket.assembly.title,
        by=_name(tx, found.requested_by),
        requested_at=parse_instant(found.requested_at),
        expires_at=parse_instant(found.expires_at),
        state=state,
        is_for_me=state == "waiting" and _is_for(found, who),
        is_mine=found.requested_by == who.id,
    )


def _what(found: Request) -> str:
    """The act, or the letter that it sends.  A document may have been erased: it is then none."""
    kind = verbs.terms_of(found).get("kind") if Act(found.act) is Act.SEND and found.document else None
    return kind if kind in _LETTERS and isinstance(kind, str) else found.act


def _about(tx: Transaction, found: Request) -> str:
    """The account, or the body whose members are asked."""
    if found.account is not None:
        return _name(tx, found.account)
    body = members.find_body(tx, body_of(found))
    return "" if body is None else body.body.name


def _is_for(found: Request, who: Officer) -> bool:
    sides = TWO_PERSONS[Act(found.act)]
    return who.role in sides.second and who.id not in (found.requested_by, found.account)


def _ended(tx: Transaction, found: Request, state: str) -> tuple[str, str, datetime, str] | None:
    if found.approved_by is not None and found.approved_at is not None:
        return state, _name(tx, found.approved_by), parse_instant(found.approved_at), ""
    if found.ended_by is not None and found.ended_at is not None:
        return state, _name(tx, found.ended_by), parse_instant(found.ended_at), found.ended_why or ""
    return None


def _name(tx: Transaction, officer_id: str | None) -> str:
    found = accounts.find(tx, officer_id or "")
    return officer_id or "" if found is None else f"{found.officer.name}({officer_id})"
