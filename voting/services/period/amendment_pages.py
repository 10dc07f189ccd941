"""What the pages of changes show, and the papers that come with a proposal."""

from dataclasses import dataclass
from typing import Any

from voting.core.errors import Refusal
from voting.core.motions import DocumentRef
from voting.core.permissions import Act, Officer, require, require_side
from voting.documents.uploaded_pdf import page_count
from voting.ledger import canonical
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.drafting.draft_documents import usable_name
from voting.services.errors import NoSuchAssembly, NotAPdf
from voting.services.period import amending
from voting.services.period.errata import ErratumLine, errata_lines
from voting.services.stages import AssemblyLine, line_of
from voting.store import approvals, assemblies
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import motion_label


@dataclass(frozen=True, slots=True)
class MotionChoice:
    number: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Amendable:
    """What can be changed now.  Shape: ``is_possible`` false before the notice and from the close on."""

    line: AssemblyLine
    is_possible: bool
    motions: tuple[MotionChoice, ...]
    changes: tuple[str, ...]
    errata: tuple[ErratumLine, ...]


def amendable(rt: Runtime, who: Officer, origin: str) -> Amendable:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.AMEND)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        return Amendable(
            line=line_of(case, now),
            is_possible=_refusal(rt, case) is None,
            motions=tuple(
                MotionChoice(each.number, motion_label(each), each.title) for each in case.docket.motions
            ),
            changes=amending.sentences(tx, case),
            errata=errata_lines(tx, case),
        )


def require_possible(rt: Runtime, origin: str) -> None:
    """Stop before the notice, and from the close on.  Raises: NoSuchAssembly, NotThatFar, PeriodOver."""
    with rt.database.reading() as tx:
        case = _case(tx, origin)
    refusal = _refusal(rt, case)
    if refusal is not None:
        raise refusal


def keep_paper(rt: Runtime, who: Officer, origin: str, *, name: str, content: bytes) -> DocumentRef:
    """Keep a paper for a proposal; nobody outside of the office is shown it before the approval.

    It is looked into like a draft's: members open what comes later as readily as what came first.
    Raises  NotAllowed, NoSuchAssembly, NotAPdf, DocumentNameUnusable, PdfTooLarge, PdfUnusable.
    """
    require_side(who, Act.AMEND, second=False)
    if not content.startswith(b"%PDF-"):
        raise NotAPdf(name)
    own = usable_name(name)
    pages = page_count(content, name=own)
    with rt.database.transaction() as tx:
        _case(tx, origin)
        return DocumentRef(own, assemblies.put_document(tx, content, pages=pages))


def proposed_paper(rt: Runtime, who: Officer, origin: str, digest: str) -> bytes | None:
    """A paper that a waiting request of this assembly names; None for any other."""
    require(who, Act.AMEND)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        waiting = approvals.waiting(tx, now=instant_text(rt.now()), assembly=case.id)
        named = {name for each in waiting for name in _named(canonical.decode(each.document.encode()))}
        return assemblies.read_document(tx, digest) if digest in named else None


def _named(document: Any) -> set[str]:
    terms = document.get("terms", {})
    return {str(each["sha256"]) for each in (*terms.get("documents", ()), terms) if "sha256" in each}


def _refusal(rt: Runtime, case: Case) -> Refusal | None:
    try:
        amending.require_amendable(case, rt.now())
    except Refusal as refused:
        return refused
    return None


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case
