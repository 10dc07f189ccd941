"""Two readings that differ, shown side by side; and the one that somebody says is right.

Until two of them differ nobody is shown what another one read: the check is blind.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from voting.core.docket import Docket
from voting.core.permissions import Act, Officer, require
from voting.ledger import canonical
from voting.ledger.canonical import parse_instant
from voting.ledger.wording import words
from voting.runtime import Runtime
from voting.services.casting.answers import choices_from_json
from voting.services.desk import papers as verbs
from voting.services.desk.paper_finding import member_text
from voting.services.desk.paper_list import find, name_of
from voting.services.desk.paper_refusals import PaperDone, ReadingsDiffer
from voting.services.desk.papers import Sheet
from voting.services.period import asked
from voting.store import papers, roll
from voting.store.assemblies import Case
from voting.store.papers import Paper, Reading
from voting.store.transaction import Transaction
from voting.wording import motion_label

_PROXY = (("表決", "議長に委任"),)


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What one person read, in words.

    Shape   ``mark`` stands for exactly this reading; ``member`` empty where it was put aside.
    """

    mark: str
    by: str
    at: datetime
    is_mine: bool
    member: str
    words: tuple[tuple[str, str], ...]
    defect: str
    opinion: str
    why: str


def adopt(rt: Runtime, who: Officer, origin: str, serial: str, mark: str) -> bool:
    """Say that the reading shown as *mark* is right; True where that settles the paper.

    Raises  as ``papers.read``; ReadingsDiffer where that reading is no longer there.
    """
    require(who, Act.ENTER_PAPER)
    with rt.database.reading() as tx:
        case, paper = find(tx, origin, serial)
        found = [each for each in papers.readings(tx, case.id, paper.serial) if _mark(each) == mark]
    if paper.disposed_index is not None:
        raise PaperDone(serial)
    if not found:
        raise ReadingsDiffer(serial)
    content = found[0].content
    if content.get("member") is None:
        return verbs.reject(rt, who, origin, serial=serial, why=str(content.get("why", "")))
    return verbs.read(rt, who, origin, serial=serial, sheet=_sheet(found[0])) is not None


def readings(tx: Transaction, case: Case, paper: Paper, who: Officer) -> tuple[ReadingLine, ...]:
    voters = {each.member_id: member_text(each) for each in roll.voters(tx, case.id)}
    docket, found = asked.on_paper(tx, case, paper).docket, []
    for each in papers.readings(tx, case.id, paper.serial):
        content, member = each.content, str(each.content.get("member") or "")
        found.append(
            ReadingLine(
                mark=_mark(each),
                by=name_of(tx, each.account),
                at=parse_instant(each.read_at),
                is_mine=each.account == who.id,
                member=voters.get(member, member),
                words=_PROXY if content.get("proxy") is True else _words(docket, content.get("choices")),
                defect=str(content.get("defect") or ""),
                opinion=str(content.get("opinion") or ""),
                why=str(content.get("why") or ""),
            )
        )
    return tuple(found)


def _words(docket: Docket, choices: object) -> tuple[tuple[str, str], ...]:
    said = words(choices) if isinstance(choices, dict) else {}
    return tuple(
        (motion_label(motion), said[str(motion.number)])
        for motion in docket.motions
        if str(motion.number) in said
    )


def _mark(reading: Reading) -> str:
    """A short name for exactly this reading, so that what is adopted is what was shown."""
    return sha256(canonical.encode([reading.account, reading.read_at, reading.content])).hexdigest()[:16]


def _sheet(reading: Reading) -> Sheet:
    content = reading.content
    choices, defect = content.get("choices"), content.get("defect")
    return Sheet(
        member_id=str(content["member"]),
        choices=choices_from_json(choices) if isinstance(choices, dict) else {},
        proxy=content.get("proxy") is True,
        defect=defect if isinstance(defect, str) else None,
        opinion=str(content.get("opinion") or ""),
    )
