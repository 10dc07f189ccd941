"""The picture of a paper, for those who may see it: it shows a choice.

Before the close whoever enters or checks the paper sees it, and nobody once it is done but those who read it;
afterwards the office and the auditors do (product.md P2).
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.core.permissions import Act, Officer, require
from voting.documents.scan_pictures import Picture, picture, picture_count
from voting.documents.scans import LARGEST_SCAN as LARGEST_SCAN
from voting.documents.scans import known_kind
from voting.runtime import Runtime
from voting.services.desk.paper_refusals import NoSuchPaper
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome.erased import require_kept
from voting.store import assemblies, papers
from voting.store.assemblies import Case
from voting.store.papers import Paper
from voting.store.transaction import Transaction


@dataclass(eq=False)
class ScanHidden(Refusal):
    """The paper has been dealt with; until the close only who entered and checked it sees its picture."""

    code: ClassVar[str] = "scan-hidden"
    serial: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that an officer may see.

    Shape   ``pictures``: how many pictures show all of it, 0 where it has to be opened as a file;
            ``mimetype`` of the file, empty for one from before kinds were asked for.
    """

    serial: str
    content: bytes
    mimetype: str
    pictures: int

    def picture(self, number: int) -> Picture | None:
        return picture(self.content, number)


def scan(rt: Runtime, who: Officer, origin: str, serial: str) -> Scan:
    """The picture for who enters papers.

    Raises  NotAllowed, NoSuchAssembly, NoSuchPaper, ScanHidden, Erased.
    """
    require(who, Act.ENTER_PAPER)
    with rt.database.reading() as tx:
        case, paper = _paper(tx, origin, serial)
        if not may_see(tx, case, paper, who):
            raise ScanHidden(serial)
        return _scan(tx, case, paper)


def evidence(rt: Runtime, who: Officer, origin: str, serial: str) -> Scan:
    """The picture for auditors, after the close.  Raises: as ``scan``; NotThatFar before the close."""
    require(who, Act.READ_NAMES)
    with rt.database.reading() as tx:
        case, paper = _paper(tx, origin, serial)
        if case.closed_index is None:
            raise NotThatFar("evidence", "close")
        return _scan(tx, case, paper)


def may_see(tx: Transaction, case: Case, paper: Paper, who: Officer) -> bool:
    """Whether *who*, who may enter papers, sees the picture of this one now."""
    if paper.disposed_index is None or case.closed_index is not None:
        return True
    return who.id in {each.account for each in papers.readings(tx, case.id, paper.serial)}


def _paper(tx: Transaction, origin: str, serial: str) -> tuple[Case, Paper]:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    paper = papers.find(tx, case.id, serial)
    if paper is None:
        raise NoSuchPaper(serial)
    return case, paper


def _scan(tx: Transaction, case: Case, paper: Paper) -> Scan:
    content = papers.scan_of(tx, case.id, paper.scan_sha256)
    if content is None:
        require_kept(tx, case)
    if content is None or sha256(content).hexdigest() != paper.scan_sha256:
        raise Broken(f"{case.origin}: the scan of {paper.serial} is not the one that was logged")
    kind = known_kind(content)
    return Scan(paper.serial, content, "" if kind is None else kind.value, picture_count(content))
