"""The motions of an assembly as every page prints them, with their papers to download."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.errors import Broken
from voting.core.motions import Method, MotionKind
from voting.services.drafting.motion_texts import text_of
from voting.store import assemblies
from voting.store.documents import document_pages
from voting.store.transaction import Transaction
from voting.wording.page_editions import PageSay
from voting.wording.pages_japanese import PAGES_IN_JAPANESE


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A paper to download.

    Units   ``size`` in bytes; ``pages`` of a PDF, None where nobody has looked.
    """

    name: str
    sha256: str
    size: int
    pages: int | None = None
    folder: str = "/documents"


@dataclass(frozen=True, slots=True)
class MotionLine:
    """One motion as printed.

    Shape   ``question``: "marks" (for, against, perhaps abstain), "candidates" (a mark for each) or
            "names" (up to ``seats`` of the candidates).
    """

    number: int
    label: str
    title: str
    question: str
    candidates: tuple[str, ...]
    seats: int
    is_on_persons: bool
    condition: str
    requirement: str
    documents: tuple[DocumentLine, ...]
    text: str = ""


def motion_lines(
    tx: Transaction, docket: Docket, *, folder: str = "/documents", say: PageSay = PAGES_IN_JAPANESE
) -> tuple[MotionLine, ...]:
    """The motions as printed, in the words of *say*.  Shape: *folder* is where their papers are given out."""
    return tuple(
        MotionLine(
            number=motion.number,
            label=say.paper.motion(motion.number),
            title=motion.title,
            question=_question(motion.method),
            candidates=motion.candidates,
            seats=motion.seats or 0,
            is_on_persons=motion.kind is MotionKind.ELECTION,
            condition=say.condition(docket, motion),
            requirement=say.paper.requirement(docket, motion, None),
            documents=tuple(
                DocumentLine(
                    paper.name,
                    paper.sha256,
                    _size(tx, paper.sha256),
                    document_pages(tx, paper.sha256),
                    folder,
                )
                for paper in motion.documents
            ),
            text=text_of(tx, motion),
        )
        for motion in docket.motions
    )


def _question(method: Method | None) -> str:
    if method is Method.CONFIDENCE:
        return "candidates"
    return "names" if method is Method.PLURALITY else "marks"


def _size(tx: Transaction, digest: str) -> int:
    size = assemblies.document_size(tx, digest)
    if size is None:
        raise Broken(f"the document {digest} is not in the store")
    return size
