"""Where the minutes stand: what was signed, what waits for an auditor, and the very paper of a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger import canonical
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.errors import ChangedSince, NoSuchAssembly
from voting.services.office import approvals
from voting.services.office.office_requests import RequestLine, request_lines
from voting.services.outcome.versions import FIRST, stored_name, version_in_force
from voting.services.printing import minutes_signing, paper_signing
from voting.services.printing.letterheads import letterhead_of
from voting.services.printing.minutes import MINUTES_PDF, named, next_version, withheld
from voting.services.stages import AssemblyLine, line_of
from voting.store import approvals as stored
from voting.store import assemblies
from voting.store.assemblies import Case
from voting.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Signed:
    """One version of the signed minutes.  Shape: ``result`` is the version of the result that it rests on."""

    version: int
    result: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Signer:
    """Who is to sign.  Shape: ``key`` is the short name; ``name`` is empty where there is no key yet."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class State:
    """Shape: ``signed`` the newest first; ``is_current``: the newest rests on the result in force."""

    signed: tuple[Signed, ...]
    requests: tuple[RequestLine, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """Where the minutes stand.

    Shape   ``refusal`` says why nobody can propose them now; ``version`` is the number of the next ones;
            ``is_withheld``: there is not even a draft.
    """

    assembly: AssemblyLine
    state: State
    signers: tuple[Signer, ...]
    version: int
    refusal: Refusal | None
    is_withheld: bool


def minutes_page(rt: Runtime, who: Officer, origin: str) -> MinutesPage:
    """Raises: NotAllowed, NoSuchAssembly, PaperKeyUnusable."""
    require(who, Act.READ_ROLL)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        known = {each.signer: each.name for each in paper_signing.keys(rt, case.body)}
        return MinutesPage(
            assembly=line_of(case, now),
            state=state(tx, case, who, now),
            signers=tuple(Signer(each, known.get(each, "")) for each in named(letterhead_of(tx, case))),
            version=next_version(tx, case),
            refusal=_refusal(rt, tx, case),
            is_withheld=withheld(tx, case) is not None,
        )


def state(tx: Transaction, case: Case, who: Officer, now: datetime) -> State:
    """What was signed, and what waits."""
    found = []
    for request in stored.granted(tx, case.id, Act.SIGN_MINUTES.value):
        about = _document(request)["subject"]
        found.append(Signed(about["version"], about["result"], parse_instant(request.approved_at or "")))
    return State(
        signed=tuple(reversed(found)),
        requests=request_lines(tx, who, case, (Act.SIGN_MINUTES,), now),
        is_current=bool(found) and found[-1].result == version_in_force(tx, case),
    )


def signed_version(rt: Runtime, who: Officer, origin: str, version: int) -> bytes | None:
    """The signed minutes of that number, or None.  Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        return (
            assemblies.published(tx, case.id, stored_name(MINUTES_PDF, version)) if version >= FIRST else None
        )


def paper_now(rt: Runtime, who: Officer, origin: str) -> bytes:
    """The paper that would be proposed now.  Raises: NotAllowed, NoSuchAssembly; as ``unsigned``."""
    require(who, Act.SIGN_MINUTES)
    with rt.database.reading() as tx:
        return minutes_signing.unsigned(rt, tx, _case(tx, origin))


def paper_of(rt: Runtime, who: Officer, request_id: str) -> bytes | None:
    """The very paper of a request: as it will be signed, or as it was; None where it is about no minutes.

    Raises  NotAllowed, NoSuchRequest; ChangedSince where it could not be made any more; as ``unsigned``.
    """
    require(who, Act.SIGN_MINUTES)
    with rt.database.reading() as tx:
        asked = approvals.find(tx, request_id)
        if Act(asked.act) is not Act.SIGN_MINUTES or asked.assembly is None:
            return None
        case, about = assemblies.load(tx, asked.assembly), _document(asked)
        if asked.approved_by is not None:
            return assemblies.published(tx, case.id, stored_name(MINUTES_PDF, about["subject"]["version"]))
        paper = minutes_signing.unsigned(rt, tx, case)
    if sha256(paper).hexdigest() != about.get("terms", {}).get(minutes_signing.PAPER):
        raise ChangedSince(request_id)
    return paper


def _refusal(rt: Runtime, tx: Transaction, case: Case) -> Refusal | None:
    try:
        minutes_signing.require_ready(rt, case)
        minutes_signing.subject(tx, case)
    except Refusal as refused:
        return refused
    return None


def _document(request: stored.Request) -> Mapping[str, Any]:
    found: Any = canonical.decode(request.document.encode())
    return dict(found)


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case
