"""The papers of a draft's motions: PDF by upload, the text of a motion as typed; until the freeze."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.motions import DocumentRef, Motion
from voting.core.permissions import Act, Officer, require
from voting.documents.uploaded_pdf import LARGEST as LARGEST
from voting.documents.uploaded_pdf import page_count
from voting.runtime import Runtime
from voting.services.assemblies import Paper
from voting.services.drafting.drafts import content_of, load_draft, papers_of, store
from voting.services.drafting.motion_texts import TEXT_NAME
from voting.services.errors import NoSuchAssembly, UnknownMotion
from voting.store import assemblies, documents
from voting.store.transaction import Transaction

MOST = 20  # papers of one motion
_LONGEST_NAME = 120


@dataclass(eq=False)
class DocumentNamed(Refusal):
    """A motion has a paper of that name already, and it was not to be replaced."""

    code: ClassVar[str] = "document-named"
    name: str


@dataclass(eq=False)
class DocumentNameUnusable(Refusal):
    """The name of an uploaded file is empty, too long, or that of the motion's text."""

    code: ClassVar[str] = "document-name-unusable"
    name: str
    longest: int


@dataclass(eq=False)
class TooManyDocuments(Refusal):
    code: ClassVar[str] = "too-many-documents"
    most: int


@dataclass(eq=False)
class NoSuchDocument(Refusal):
    code: ClassVar[str] = "no-such-document"


def attach(rt: Runtime, who: Officer, origin: str, number: int, paper: Paper, *, replaces: str = "") -> None:
    """Add a PDF to a motion, or put it in the place of the paper whose digest is *replaces*.

    Raises  PdfTooLarge, PdfUnusable, DocumentNameUnusable, DocumentNamed, TooManyDocuments, NoSuchDocument,
            UnknownMotion, and as ``drafts.revise``.
    """
    require(who, Act.DRAFT)
    name = usable_name(paper.name)
    pages = page_count(paper.content, name=name)

    def put(tx: Transaction, motion: Motion) -> tuple[DocumentRef, ...]:
        kept = tuple(each for each in motion.documents if each.sha256 != replaces)
        if replaces and len(kept) == len(motion.documents):
            raise NoSuchDocument
        if any(each.name == name for each in kept):
            raise DocumentNamed(name)
        if len(kept) >= MOST:
            raise TooManyDocuments(MOST)
        added = DocumentRef(name, documents.put_document(tx, paper.content, pages=pages))
        if replaces:
            return tuple(added if each.sha256 == replaces else each for each in motion.documents)
        return (*kept, added)

    _change(rt, who, origin, number, put)


def usable_name(name: str) -> str:
    """The name of an uploaded file without its folders.  Raises: DocumentNameUnusable."""
    own = name.replace("\\", "/").rpartition("/")[2].strip()
    if not 0 < len(own) <= _LONGEST_NAME or own == TEXT_NAME or not own.isprintable():
        raise DocumentNameUnusable(own[:_LONGEST_NAME], _LONGEST_NAME)
    return own


def detach(rt: Runtime, who: Officer, origin: str, number: int, digest: str) -> None:
    """Take a paper away from a motion.  Raises: NoSuchDocument, UnknownMotion, and as ``drafts.revise``."""
    require(who, Act.DRAFT)

    def take(tx: Transaction, motion: Motion) -> tuple[DocumentRef, ...]:
        kept = tuple(each for each in motion.documents if each.sha256 != digest)
        if len(kept) == len(motion.documents):
            raise NoSuchDocument
        return kept

    _change(rt, who, origin, number, take)


def read(rt: Runtime, who: Officer, origin: str, digest: str) -> bytes | None:
    """A paper of an assembly for the office, drafts too; None where no motion of it has that one.

    Raises  NoSuchAssembly.
    """
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return assemblies.read_document(tx, digest) if digest in papers_of(case.docket) else None


def _change(
    rt: Runtime,
    who: Officer,
    origin: str,
    number: int,
    change: Callable[[Transaction, Motion], tuple[DocumentRef, ...]],
) -> None:
    now = rt.now()
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = load_draft(tx, origin)
        before = content_of(tx, case)
        if all(motion.number != number for motion in case.docket.motions):
            raise UnknownMotion(number)
        motions = tuple(
            replace(motion, documents=change(tx, motion)) if motion.number == number else motion
            for motion in case.docket.motions
        )
        after = replace(before, docket=replace(before.docket, motions=motions))
        store(tx, case, after, who=who, now=now)
