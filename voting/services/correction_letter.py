"""結果の訂正の通知: what members are told when a corrected result has been published."""

from collections.abc import Callable
from hashlib import sha256

from voting.core.errors import Broken
from voting.core.japanese_dates import wareki
from voting.core.letterhead import PaperKind
from voting.core.permissions import Act, Officer, require
from voting.documents.correction_pdf import render_correction
from voting.documents.facts import Correction, ResultFacts
from voting.documents.facts_letter import CorrectionFacts
from voting.runtime import Runtime
from voting.services import results
from voting.services.closing import RESULT_JSON
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.letterheads import letter_facts, letterhead_of, style_of
from voting.services.pages import path
from voting.services.publishing import SIGNED
from voting.services.result_files import names_of
from voting.services.stated import stated_questions
from voting.services.versions import FIRST, stored_name
from voting.store import assemblies, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction


def correction_letter(rt: Runtime, who: Officer, origin: str) -> bytes:
    """The letter on the newest correction.

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
        facts = _facts(rt, tx, case, found, found.correction)
    return render_correction(facts)


def _facts(
    rt: Runtime, tx: Transaction, case: Case, found: ResultFacts, correction: Correction
) -> CorrectionFacts:
    letterhead = letterhead_of(tx, case)
    say = style_of(letterhead, roll.voters(tx, case.id))
    contents = [_kept(tx, case, RESULT_JSON, version) for version in (found.version - 1, found.version)]
    wrong, right = (stated_questions(content) for content in contents)
    day = say(wareki(correction.of, weekday=True))
    approved = [*found.certified_by, *found.witnesses]
    return CorrectionFacts(
        docket=case.docket,
        letter=letter_facts(letterhead, PaperKind.CORRECTION),
        version=found.version,
        opening=say(
            f"{day}付けで公表した{case.docket.assembly.title}(書面開催)の結果(第{found.version - 1}版)を、"
            f"下記のとおり訂正し、訂正版(第{found.version}版)を公表しました。"
        ),
        reason=correction.reason,
        approved=(
            *((say(wareki(found.certified_on, weekday=True)),) if found.certified_on else ()),
            *approved,
        ),
        outcome=_outcome(correction),
        rows=tuple(
            (_label(label, say), say(_two_lines(old)), say(_two_lines(new)) if old != new else "変更なし")
            for (label, old), (_, new) in zip(wrong, right, strict=True)
        ),
        incidents=found.incidents,
        digests=_digests(tx, case, found.version),
        published=f"{rt.site.base_url}/assemblies/{path(case)}",
        contact=case.contact,
    )


def _label(label: str, say: Callable[[str], str]) -> str:
    """The motion in the office's figures; a candidate's name stays as it is."""
    motion, gap, name = label.partition(" ")
    return f"{say(motion)}{gap}{name}"


def _two_lines(stated: str) -> str:
    """The numbers, and below them the outcome."""
    return "\n".join(stated.rsplit(" ", 1))


def _outcome(correction: Correction) -> str:
    if correction.outcomes_changed:
        return "次のとおり。議案の可否に変更があります。"
    if correction.changes:
        return "次のとおり。各議案の可否に変更はありません。"
    return "報告書を改めるもので、各議案の数及び可否に変更はありません。"


def _digests(tx: Transaction, case: Case, version: int) -> tuple[str, ...]:
    """Every version's signed papers and its result.json with their digests, the first one first."""
    names = [
        (number, name)
        for number in range(FIRST, version + 1)
        for name in names_of(tx, case, number)
        if name in (*SIGNED, RESULT_JSON)
    ]
    return tuple(
        f"第{number}版 {name}　SHA-256　{sha256(_kept(tx, case, name, number)).hexdigest()}"
        for number, name in names
    )


def _kept(tx: Transaction, case: Case, name: str, version: int) -> bytes:
    content = assemblies.published(tx, case.id, stored_name(name, version))
    if content is None:
        raise Broken(f"{case.origin}: version {version} of {name} is not in the store")
    return content
