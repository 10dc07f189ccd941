"""正誤表: a list of misprints, bound to the papers that were fixed at the freeze.

The file is the office's; nothing of it is kept, and nothing in the ledger changes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from voting.core.errata import Errata, Erratum
from voting.core.letterhead import Letterhead, PaperKind
from voting.core.permissions import Act, Officer, require
from voting.documents.errata_pdf import render_errata
from voting.documents.facts_letter import ErrataFacts, ErrataTable, LetterFacts
from voting.runtime import Runtime
from voting.services.printing.forms import frozen
from voting.services.printing.letterheads import letter_facts, letterhead_of, style_of
from voting.services.stages import AssemblyLine, line_of
from voting.sheets.errata_toml import read_errata
from voting.store.assemblies import Case
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS

_Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can have misprints.  Shape: ``motion`` None for one of no motion; ``key`` in a form."""

    key: str
    motion: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Papers:
    assembly: AssemblyLine
    papers: tuple[Paper, ...]

    def find(self, key: str) -> Paper | None:
        return next((each for each in self.papers if each.key == key), None)


def papers(rt: Runtime, who: Officer, origin: str) -> Papers:
    """What was fixed at the freeze, in the order of the docket.  Raises: NoSuchAssembly, NotThatFar."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, _ = frozen(tx, origin, "errata")
    found = [(None, each.name) for each in case.docket.documents] + [
        (motion.number, each.name) for motion in case.docket.motions for each in motion.documents
    ]
    return Papers(
        line_of(case, rt.now()),
        tuple(Paper(f"{motion or 0}:{name}", motion, name) for motion, name in found),
    )


def errata_letter(rt: Runtime, who: Officer, origin: str, source: str, *, language: str = "ja") -> bytes:
    """The letter made of *source*, an ERRATA.toml, or its translation.

    Raises  ErrataFaults; NoSuchAssembly; NotThatFar before the freeze; NoGlyph, CounterUntrue.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "errata")
        letterhead = letterhead_of(tx, case)
    given, edition = read_errata(source, case.docket), PAPERS[language]
    return render_errata(_facts(case, letterhead, given, style_of(letterhead, voters, edition), edition))


def _facts(case: Case, letterhead: Letterhead, given: Errata, say: _Say, edition: PaperSay) -> ErrataFacts:
    opening = edition.says(
        "{assembly}(書面開催)の資料に次のとおり誤りがありましたので、おわびして訂正します。"
        "お手元の資料は、次の「誤」を「正」に読み替えてください。",
        assembly=case.docket.assembly.title,
    )
    return ErrataFacts(
        docket=case.docket,
        letter=_letter(letterhead, given, say, edition),
        opening=(say(opening), *((given.reason,) if given.reason else ())),
        tables=_tables(given, say, edition),
        effect=(
            edition.term(
                "議決規則確定の時に定めた資料は、差し替えていません。"
                "既に提出された表決書は、そのまま有効です。"
            ),
            say(edition.change(case.docket)),
        ),
        contact=case.contact,
        say=edition,
    )


def _letter(letterhead: Letterhead, given: Errata, say: _Say, edition: PaperSay) -> LetterFacts:
    """The head of the letterhead; a second list has its number and date in its own file."""
    head = letter_facts(letterhead, PaperKind.ERRATA, edition)
    dated = head.date if given.dated is None else say(edition.letter_date(given.dated))
    return replace(head, number=given.number or head.number, date=dated)


def _tables(given: Errata, say: _Say, edition: PaperSay) -> tuple[ErrataTable, ...]:
    """A table for each paper, in the order in which the file first names it.

    What was wrong and what is right are quoted as they stand: the width of a digit may be the misprint.
    """
    by_paper: dict[tuple[int | None, str], list[Erratum]] = {}
    for row in given.rows:
        by_paper.setdefault((row.motion, row.document.sha256), []).append(row)
    return tuple(
        ErrataTable(
            head=edition.says(
                "{motion}　{title}", motion=say(_label(motion, edition)), title=rows[0].document.name
            ),
            sha256=digest,
            rows=tuple((say(each.place), each.wrong, each.right) for each in rows),
        )
        for (motion, digest), rows in by_paper.items()
    )


def _label(motion: int | None, edition: PaperSay) -> str:
    return edition.term("総会の資料") if motion is None else edition.motion(motion)
