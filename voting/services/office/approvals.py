"""Acts that need two persons: one proposes, another approves, and the approval performs the act.

A request keeps the document of exactly what is approved and is bound to its digest.  What changed since is
not approved.  How each act is done stands in ``performances``.  Source: product.md P2.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.core.permissions import TWO_PERSONS, Act, Officer, Role, not_allowed, require_side
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.errors import ChangedSince as ChangedSince
from voting.services.errors import NoSuchAssembly
from voting.services.office.performances import NO_TERMS, PERFORMANCES, Performance, Terms, Two
from voting.services.recording import Book, recording
from voting.store import accounts, approvals, assemblies
from voting.store.approvals import Request
from voting.store.assemblies import Case
from voting.store.transaction import Transaction


@dataclass(eq=False)
class NoSuchRequest(Refusal):
    code: ClassVar[str] = "no-such-request"
    request: str


@dataclass(eq=False)
class SamePerson(Refusal):
    """Who proposed an act cannot give its second approval."""

    code: ClassVar[str] = "same-person"
    officer: str


@dataclass(eq=False)
class ProposerOut(Refusal):
    """Who proposed it could not propose it now: locked since, or of another role."""

    code: ClassVar[str] = "proposer-out"
    request: str
    officer: str


@dataclass(eq=False)
class ApprovedAlready(Refusal):
    code: ClassVar[str] = "approved-already"
    request: str


@dataclass(eq=False)
class RequestEnded(Refusal):
    """It was withdrawn, refused or overtaken.  Shape: ``what`` says which."""

    code: ClassVar[str] = "request-ended"
    request: str
    what: str


@dataclass(eq=False)
class RequestExpired(Refusal):
    """Nobody approved it in time; the facts may have grown old, so it has to be proposed again."""

    code: ClassVar[str] = "request-expired"
    request: str
    expired_at: datetime


@dataclass(eq=False)
class ShownOther(Refusal):
    """Who proposes has seen something else than what would be proposed now."""

    code: ClassVar[str] = "shown-other"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Withdrawing and refusing need a reason: the other person has to be told something."""

    code: ClassVar[str] = "reason-missing"


# A week covers an absence; what is older is proposed again, on the facts of that day.
EXPIRES_AFTER = timedelta(days=7)
LONGEST_REASON = 500


def document(tx: Transaction, case: Case, act: Act, terms: Terms = NO_TERMS) -> bytes:
    """Canonical JSON of exactly what *act* would do now.  Raises: what the act itself may refuse."""
    what: dict[str, object] = {
        "act": act.value,
        "log": case.origin,
        "subject": _performance(act).subject(tx, case, terms),
    }
    if terms:
        what["terms"] = dict(terms)
    return canonical.encode(what)


def require_ready(rt: Runtime, case: Case, act: Act) -> None:
    """Stop where the act is sure to be refused to the second person.  Raises: what it needs."""
    _performance(act).require_ready(rt, case)


def bound(rt: Runtime, origin: str, act: Act, terms: Terms = NO_TERMS) -> Terms:
    """The terms with what the act itself binds a request to: the digest of a paper that is to be signed.

    Raises  NoSuchAssembly, and what the act needs and is not there.
    """
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return bound_to(rt, case, act, terms)


def bound_to(rt: Runtime, case: Case, act: Act, terms: Terms) -> Terms:
    """As ``bound``, for an assembly at hand."""
    return MappingProxyType({**terms, **_performance(act).bind(rt, case)})


def request(
    rt: Runtime,
    who: Officer,
    origin: str,
    act: Act,
    *,
    note: str = "",
    terms: Terms = NO_TERMS,
    shown: str | None = None,
) -> Request:
    """Propose an act; it waits for a second person.

    Shape   *shown* is the digest of the document that a page has shown; None where the proposer saw none.
    Raises  NotAllowed, NoSuchAssembly, ShownOther, what the act needs and is not there, what it may refuse.
    """
    require_side(who, act, second=False)
    request_id, now = rt.token(8).hex(), rt.now()
    terms = bound(rt, origin, act, terms)
    with rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        require_ready(rt, case, act)
        content = document(tx, case, act, terms)
        digest = sha256(content).hexdigest()
        if shown is not None and shown != digest:
            raise ShownOther
        _performance(act).require_terms(tx, case, terms)
        proposed = Request(
            id=request_id,
            assembly=case.id,
            account=None,
            act=act.value,
            digest=digest,
            document=content.decode(),
            note=note[:LONGEST_REASON],
            requested_by=who.id,
            requested_at=instant_text(now),
            expires_at=instant_text(now + EXPIRES_AFTER),
        )
        approvals.add(tx, proposed)
    return proposed


def approve(rt: Runtime, who: Officer, request_id: str) -> Request:
    """Give the second approval; the act is done in the same transaction.

    Raises  NoSuchRequest, NotAllowed, SamePerson, ApprovedAlready, RequestEnded, RequestExpired,
            ProposerOut, ChangedSince, and whatever the act itself may refuse.
    """
    with rt.database.reading() as tx:
        pending = find(tx, request_id)
        if pending.assembly is None:
            raise NoSuchRequest(request_id)
        case = assemblies.load(tx, pending.assembly)
    act, terms = Act(pending.act), terms_of(pending)
    require_side(who, act, second=True)
    if pending.requested_by == who.id:
        raise SamePerson(who.id)
    require_waiting(pending, rt.now())
    sides = TWO_PERSONS[act]
    with rt.database.reading() as tx:
        first = proposer(tx, pending, sides.first)
    deed = _performance(act).prepare(rt, case, Two(first, who, request_id), terms)
    with recording(rt, case.origin) as book:
        if not approvals.approve(book.tx, request_id, by=who.id, at=instant_text(book.now)):
            require_waiting(find(book.tx, request_id), book.now)
            raise ApprovedAlready(request_id)
        proposer(book.tx, pending, sides.first)
        if sha256(document(book.tx, book.case, act, terms)).hexdigest() != pending.digest:
            raise ChangedSince(request_id)
        _performance(act).require_terms(book.tx, book.case, terms)
        deed(book)
        _overtake(book, pending, who)
    return pending


def withdraw(rt: Runtime, who: Officer, request_id: str, *, why: str) -> Request:
    """Take back a request of one's own.  Raises: NoSuchRequest, NotAllowed, ReasonMissing, as ``approve``."""
    with rt.database.reading() as tx:
        pending = find(tx, request_id)
    if pending.requested_by != who.id:
        raise not_allowed(who, Act(pending.act))
    return _end(rt, who, pending, how="withdrawn", why=why)


def refuse(rt: Runtime, who: Officer, request_id: str, *, why: str) -> Request:
    """Refuse as the second person.  Raises: NoSuchRequest, NotAllowed, SamePerson, ReasonMissing, …"""
    with rt.database.reading() as tx:
        pending = find(tx, request_id)
    require_side(who, Act(pending.act), second=True)
    if pending.requested_by == who.id:
        raise SamePerson(who.id)
    return _end(rt, who, pending, how="refused", why=why)


def waiting(rt: Runtime, origin: str) -> tuple[Request, ...]:
    """What waits for a second person in this assembly, oldest first."""
    now = instant_text(rt.now())
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        return () if case is None else approvals.waiting(tx, now=now, assembly=case.id)


def find(tx: Transaction, request_id: str) -> Request:
    """Raises: NoSuchRequest."""
    found = approvals.find(tx, request_id)
    if found is None:
        raise NoSuchRequest(request_id)
    return found


def proposer(tx: Transaction, pending: Request, roles: Collection[Role]) -> Officer:
    """Who proposed it, where that person still could.  Raises: ProposerOut."""
    found = accounts.find(tx, pending.requested_by)
    if found is None or found.locked_at is not None or found.officer.role not in roles:
        raise ProposerOut(pending.id, pending.requested_by)
    return found.officer


def require_waiting(pending: Request, now: datetime) -> None:
    """Raises: ApprovedAlready, RequestEnded, RequestExpired."""
    state = pending.state(instant_text(now))
    if state == "approved":
        raise ApprovedAlready(pending.id)
    if state == "expired":
        raise RequestExpired(pending.id, parse_instant(pending.expires_at))
    if state != "waiting":
        raise RequestEnded(pending.id, state)


def terms_of(pending: Request) -> Terms:
    """The terms an act was proposed with."""
    content = canonical.decode(pending.document.encode())
    found = content.get("terms") if isinstance(content, dict) else None
    return MappingProxyType(found) if isinstance(found, dict) else NO_TERMS


def _overtake(book: Book, done: Request, by: Officer) -> None:
    """End what else asks for an act that is done but once: it would wait for what nobody can approve."""
    is_once, now = _performance(Act(done.act)).is_once, instant_text(book.now)
    if not is_once(terms_of(done)):
        return
    for each in approvals.waiting(book.tx, now=now, assembly=book.case.id):
        if each.act == done.act and is_once(terms_of(each)):
            approvals.end(book.tx, each.id, by=by.id, at=now, how="overtaken", why="")


def _end(rt: Runtime, who: Officer, pending: Request, *, how: str, why: str) -> Request:
    if not why.strip():
        raise ReasonMissing
    now = rt.now()
    with rt.database.transaction() as tx:
        reason = why.strip()[:LONGEST_REASON]
        if not approvals.end(tx, pending.id, by=who.id, at=instant_text(now), how=how, why=reason):
            require_waiting(find(tx, pending.id), now)
    return pending


def _performance(act: Act) -> Performance:
    found = PERFORMANCES.get(act)
    if found is None:
        raise Broken(f"nothing performs {act.value}")
    return found
