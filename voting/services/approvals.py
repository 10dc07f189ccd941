"""Acts that need two persons: one proposes, another approves, and the approval performs the act.

A request is bound to a digest of exactly what is approved.  What changed since is not approved.
Source: product.md P2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import TWO_PERSONS, Act, NotAllowed, Officer
from voting.ledger import canonical
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services import assemblies as verbs
from voting.services import certifying, correcting, issuing
from voting.services.accounts import commitment_of
from voting.services.errors import NoSuchAssembly
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
class ChangedSince(Refusal):
    """What would be done is no longer what was proposed; it has to be proposed again."""

    code: ClassVar[str] = "changed-since"
    request: str


@dataclass(eq=False)
class ApprovedAlready(Refusal):
    code: ClassVar[str] = "approved-already"
    request: str


@dataclass(frozen=True, slots=True)
class _Two:
    """The two persons of an act: who proposed it, who approves it."""

    first: Officer
    second: Officer


# What is left to do inside the transaction, once everything slow has been done before it.
_Deed = Callable[[Book], None]


@dataclass(frozen=True, slots=True)
class _Performance:
    """How an act is described for its digest, and how it is made ready to be done."""

    subject: Callable[[Transaction, Case], dict[str, object]]
    prepare: Callable[[Runtime, Case, _Two], _Deed]
    # What is sure to stop the second person is told to the first.
    require_ready: Callable[[Runtime, Case], object] = lambda rt, case: None


def _freeze(rt: Runtime, case: Case, two: _Two) -> _Deed:
    def deed(book: Book) -> None:
        pair = commitment_of(rt, book, two.first.id), commitment_of(rt, book, two.second.id)
        verbs.freeze(rt, book, pair)

    return deed


def _send(rt: Runtime, case: Case, two: _Two) -> _Deed:
    return lambda book: issuing.issue(rt, book)


def _certify(rt: Runtime, case: Case, two: _Two) -> _Deed:
    papers = certifying.make_papers(rt, case, chair=two.first, auditor=two.second)
    return lambda book: certifying.publish(book, papers, chair=two.first, auditor=two.second)


def _correct(rt: Runtime, case: Case, two: _Two) -> _Deed:
    papers = correcting.make_papers(rt, case, chair=two.first, auditor=two.second)
    return lambda book: correcting.publish(rt, book, papers, chair=two.first, auditor=two.second)


_PERFORMANCES: Mapping[Act, _Performance] = {
    Act.FREEZE: _Performance(verbs.freeze_subject, _freeze),
    Act.SEND: _Performance(issuing.subject, _send),
    Act.CERTIFY: _Performance(certifying.subject, _certify, certifying.require_ready),
    Act.CORRECT: _Performance(correcting.subject, _correct, certifying.require_ready),
}


def request(rt: Runtime, who: Officer, origin: str, act: Act) -> Request:
    """Propose an act; it waits for a second person.

    Raises  NotAllowed, NoSuchAssembly, and what the act needs and is not there.
    """
    _require_side(who, act, side=0)
    request_id, now = rt.token(8).hex(), rt.now()
    with rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        _PERFORMANCES[act].require_ready(rt, case)
        proposed = Request(
            id=request_id,
            assembly=case.id,
            act=act.value,
            digest=_digest(act, tx, case),
            requested_by=who.id,
            requested_at=instant_text(now),
            approved_by=None,
            approved_at=None,
        )
        approvals.add(tx, proposed)
    return proposed


def approve(rt: Runtime, who: Officer, request_id: str) -> Request:
    """Give the second approval; the act is done in the same transaction.

    Raises  NoSuchRequest, NotAllowed, SamePerson, ApprovedAlready, ChangedSince, and whatever the act
            itself may refuse.
    """
    with rt.database.reading() as tx:
        pending = approvals.find(tx, request_id)
        if pending is None:
            raise NoSuchRequest(request_id)
        case = assemblies.load(tx, pending.assembly)
        first = accounts.find(tx, pending.requested_by)
    act = Act(pending.act)
    _require_side(who, act, side=1)
    if first is None or first.officer.id == who.id:
        raise SamePerson(who.id)
    if pending.approved_by is not None:
        raise ApprovedAlready(request_id)
    deed = _PERFORMANCES[act].prepare(rt, case, _Two(first.officer, who))
    with recording(rt, case.origin) as book:
        if not approvals.approve(book.tx, request_id, by=who.id, at=instant_text(book.now)):
            raise ApprovedAlready(request_id)
        if _digest(act, book.tx, book.case) != pending.digest:
            raise ChangedSince(request_id)
        deed(book)
    return pending


def waiting(rt: Runtime, origin: str) -> tuple[Request, ...]:
    """What waits for a second person in this assembly, oldest first."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        return () if case is None else approvals.waiting(tx, case.id)


def _digest(act: Act, tx: Transaction, case: Case) -> str:
    what = {"act": act.value, "log": case.origin, "subject": _PERFORMANCES[act].subject(tx, case)}
    return sha256(canonical.encode(what)).hexdigest()


def _require_side(who: Officer, act: Act, *, side: int) -> None:
    if act not in TWO_PERSONS or who.role not in TWO_PERSONS[act][side]:
        raise NotAllowed(who.id, who.role, act)
