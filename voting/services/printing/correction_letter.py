"""結果の訂正の通知: what members are told when a corrected result has been published."""

from collections.abc import Callable
from hashlib import sha256

from voting.core.errors import Broken
from voting.core.letterhead import PaperKind
from voting.core.permissions import Act, Officer, require
from voting.documents.correction_pdf import render_correction
from voting.documents.facts import Correction, ResultFacts
from voting.documents.facts_letter import CorrectionFacts
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome import results
from voting.services.outcome.closing import RESULT_JSON
from voting.services.outcome.publishing import SIGNED
from voting.services.outcome.result_files import names_of
from voting.services.outcome.stated import Stated, stated_questions
from voting.services.outcome.versions import FIRST, stored_name
from voting.services.printing.letterheads import letter_facts, letterhead_of, style_of
from voting.services.stages import path
from voting.store import assemblies, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS


def correction_letter(rt: Runtime, who: Officer, origin: str, *, language: str = "ja") -> bytes:
    """The letter on the newest correction, or its translation.

    Raises  NoSuchAssembly; NotThatFar where nothing was corrected; NoGlyph, CounterUntrue.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        if case.result_index is None:
            raise NotThatFar("correction", "result")
        found = results.facts_in_force(rt, tx, case)
        if found.correction is None:
            raise NotThatFar("correction", "correct")
        facts = _facts(rt, tx, case, found, found.correction, PAPERS[language])
    return render_correction(facts)


def _facts(
    rt: Runtime,
    tx: Transaction,
    case: Case,
    found: ResultFacts,
    correction: Correction,
    edition: PaperSay,
) -> CorrectionFacts:
    letterhead = letterhead_of(tx, case)
    say = style_of(letterhead, roll.voters(tx, case.id), edition)
    opening = edition.says(
        "{day}付けで公表した{assembly}(書面開催)の結果(第{before}版)を、"
        "下記のとおり訂正し、訂正版(第{version}版)を公表しました。",
        day=edition.day(correction.of),
        assembly=case.docket.assembly.title,
        before=found.version - 1,
        version=found.version,
    )
    return CorrectionFacts(
        docket=case.docket,
        letter=letter_facts(letterhead, PaperKind.CORRECTION, edition),
        version=found.version,
        opening=say(opening),
        reason=correction.reason,
        approved=(
            *((say(edition.day(found.certified_on)),) if found.certified_on else ()),
            *found.certified_by,
            *found.witnesses,
        ),
        outcome=edition.term(_outcome(correction)),
        rows=_rows(tx, case, found.version, say, edition),
        incidents=found.incidents,
        digests=_digests(tx, case, found.version, edition),
        published=f"{rt.site.base_url}/assemblies/{path(case)}",
        contact=case.contact,
        say=edition,
    )


def _rows(
    tx: Transaction, case: Case, version: int, say: Callable[[str], str], edition: PaperSay
) -> tuple[tuple[str, str, str], ...]:
    wrong, right = (
        stated_questions(_kept(tx, case, RESULT_JSON, number), edition) for number in (version - 1, version)
    )
    return tuple(
        (
            # The motion in the office's figures; a candidate's name stays as it is.
            f"{say(new.motion)} {new.name}".rstrip(),
            say(_two_lines(old)),
            say(_two_lines(new)) if old != new else edition.term("変更なし"),
        )
        for old, new in zip(wrong, right, strict=True)
    )


def _two_lines(stated: Stated) -> str:
    """The numbers, and below them the outcome."""
    return "\n".join(filter(None, (stated.numbers, stated.outcome)))


def _outcome(correction: Correction) -> str:
    if correction.outcomes_changed:
        return "次のとおり。議案の可否に変更があります。"
    if correction.changes:
        return "次のとおり。各議案の可否に変更はありません。"
    return "報告書を改めるもので、各議案の数及び可否に変更はありません。"


def _digests(tx: Transaction, case: Case, version: int, edition: PaperSay) -> tuple[str, ...]:
    """Every version's signed papers and its result.json with their digests, the first one first."""
    names = [
        (number, name)
        for number in range(FIRST, version + 1)
        for name in names_of(tx, case, number)
        if name in (*SIGNED, RESULT_JSON)
    ]
    return tuple(
        edition.says(
            "第{version}版 {name}　SHA-256　{value}",
            version=number,
            name=name,
            value=sha256(_kept(tx, case, name, number)).hexdigest(),
        )
        for number, name in names
    )


def _kept(tx: Transaction, case: Case, name: str, version: int) -> bytes:
    content = assemblies.published(tx, case.id, stored_name(name, version))
    if content is None:
        raise Broken(f"{case.origin}: version {version} of {name} is not in the store")
    return content
