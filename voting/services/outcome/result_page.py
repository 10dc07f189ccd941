"""The public page of a result, made from the very facts of the paper."""

from dataclasses import dataclass
from typing import Any

from voting.core.errors import Broken
from voting.documents.facts import ResultFacts
from voting.documents.result_tables import deemed, given
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.casting.motion_lines import DocumentLine, motion_lines
from voting.services.errors import NoSuchAssembly
from voting.services.outcome import results
from voting.services.outcome.closing import RESULT_JSON
from voting.services.outcome.erased import erased_on
from voting.services.outcome.result_files import ResultFile, files_of, lost_of
from voting.services.outcome.versions import stored_name
from voting.services.period import amending
from voting.services.period.errata import ErratumLine, errata_lines
from voting.services.proof import incidents, stamped
from voting.services.stages import path, stage
from voting.store import assemblies, corrections
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import Question, number_text, outcomes
from voting.wording.page_editions import PageSay
from voting.wording.pages import PAGES
from voting.wording.results import motion_questions


@dataclass(frozen=True, slots=True)
class Bar:
    """Parts of a stacked bar.  Units: thousandths of the whole; ``kind`` names the colour."""

    kind: str
    label: str
    value: str
    thousandths: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question's numbers, in words and as a row that adds up to the roll."""

    label: str
    headline: str
    full: str
    requirement: str
    without_deemed: str
    row: tuple[
        str, ...
    ]  # for, of it expressed, of it deemed, against, abstain, invalid, excluded, not counted, sum
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class MotionResultLine:
    label: str
    title: str
    headline: str
    outcome: str
    sentence: str
    condition: str
    documents: tuple[DocumentLine, ...]
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction: when and why; ``before`` is the number of the version that it replaced."""

    corrected: str
    reason: str
    before: int
    files: tuple[ResultFile, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """An assembly as the public sees it; ``motions`` have numbers only once ``stage`` is "declared".

    Shape   ``incidents`` are sentences; ``corrections`` the newest first; ``lost`` says
            what the CSV loses in CP932; ``bundle_awaited`` while the bundle's last checkpoint has not got the
            time-stamp that it was promised; ``erased`` a sentence where the votes were, else empty.
    """

    origin: str
    path: str
    body: str
    title: str
    stage: str
    period: str
    record_date: str
    roll: str
    returned: str
    channels: tuple[tuple[str, str], ...]
    motions: tuple[MotionResultLine, ...]
    notes: tuple[str, ...]
    flags: tuple[str, ...]
    certified: str
    certified_by: tuple[str, ...]
    result_sha256: str
    checkpoint: str
    witnesses: tuple[str, ...]
    vkey: str
    contact: str
    bundle_note: str
    bundle_awaited: bool
    incidents: tuple[str, ...]
    changes: tuple[str, ...]
    errata: tuple[ErratumLine, ...]
    corrections: tuple[CorrectionLine, ...]
    files: tuple[ResultFile, ...] = ()
    lost: tuple[str, ...] = ()
    erased: str = ""


def result_page(rt: Runtime, origin: str, *, language: str = "ja") -> ResultPage:
    """Raises: NoSuchAssembly, also for one whose notice has not gone out."""
    say = PAGES[language]
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None or case.issued_index is None:
            raise NoSuchAssembly(origin)
        if case.result_index is None or case.certified_at is None:
            return _unfinished(rt, tx, case, say)
        return _finished(rt, tx, case, say, results.facts_in_force(rt, tx, case))


def _unfinished(rt: Runtime, tx: Transaction, case: Case, say: PageSay) -> ResultPage:
    lines = motion_lines(tx, case.docket, say=say)
    return ResultPage(
        **_common(rt, case, say),
        # Before there is a result everything recorded so far is told, or members would not look.
        incidents=incidents.sentences(tx, case, told=incidents.indices(tx, case), say=say),
        changes=amending.sentences(tx, case, say),
        errata=errata_lines(tx, case, say),
        corrections=(),
        bundle_awaited=True,
        roll="",
        returned="",
        channels=(),
        motions=tuple(
            MotionResultLine(each.label, each.title, "", "", "", each.condition, each.documents, ())
            for each in lines
        ),
        notes=(),
        flags=(),
        certified="",
        certified_by=(),
        result_sha256="",
        checkpoint="",
        witnesses=(),
    )


def _finished(rt: Runtime, tx: Transaction, case: Case, say: PageSay, facts: ResultFacts) -> ResultPage:
    if facts.ledger is None or facts.certified_on is None:
        raise Broken(f"{case.origin} is certified without a ledger")
    if facts.result_json != assemblies.published(tx, case.id, stored_name(RESULT_JSON, facts.version)):
        raise Broken(f"{case.origin}: counting again gives another result than the certified one")
    result, words = facts.result, say.result
    erased = erased_on(tx, case)
    common = _common(rt, case, say) | ({} if erased is None else {"bundle_note": words.erased_bundle})
    return ResultPage(
        **common,
        incidents=incidents.sentences(tx, case, told=incidents.indices(tx, case), say=say),
        changes=amending.sentences(tx, case, say),
        errata=errata_lines(tx, case, say),
        corrections=_corrections(tx, case, say),
        files=files_of(tx, case, facts.version),
        lost=lost_of(tx, case, facts.version),
        erased="" if erased is None else words.erased(erased.at, erased.rule),
        bundle_awaited=not stamped.is_last_stamped(tx, case),
        roll=words.amount(result.roll_members, result.roll_votes),
        returned=words.amount(result.returned_members, result.returned_votes),
        channels=tuple((say.paper.channel(name), f"{number:,}") for name, number in facts.channels),
        motions=_motions(tx, facts, say),
        notes=say.paper.minutes.notes(facts.docket, result),
        flags=words.flags(facts.docket, result),
        certified=say.day(facts.certified_on),
        certified_by=tuple(map(words.signer, (*facts.certified_by, *facts.witnesses))),
        result_sha256=facts.ledger.result_sha256,
        checkpoint=facts.ledger.checkpoint,
        witnesses=words.witnesses(facts.ledger.cosignatures),
    )


def _corrections(tx: Transaction, case: Case, say: PageSay) -> tuple[CorrectionLine, ...]:
    made = [
        CorrectionLine(
            corrected=say.instant(parse_instant(each.corrected_at)),
            reason=each.reason,
            before=each.version - 1,
            files=files_of(tx, case, each.version - 1),
        )
        for each in corrections.corrections(tx, case.id)
    ]
    return tuple(reversed(made))


def _common(rt: Runtime, case: Case, say: PageSay) -> dict[str, Any]:
    assembly = case.docket.assembly
    return {
        "origin": case.origin,
        "path": path(case),
        "body": case.docket.body.name,
        "title": assembly.title,
        "stage": stage(case, rt.now()),
        "period": say.period(assembly.schedule),
        "record_date": say.day(assembly.schedule.record_date),
        "vkey": case.vkey,
        "contact": case.contact,
        "bundle_note": say.result.bundles[case.disclosure],
    }


def _motions(tx: Transaction, facts: ResultFacts, say: PageSay) -> tuple[MotionResultLine, ...]:
    docket, reached = facts.docket, outcomes(facts.result)
    found = []
    for line, result in zip(motion_lines(tx, docket, say=say), facts.result.motions, strict=True):
        motion = docket.motion(result.number)
        found.append(
            MotionResultLine(
                label=line.label,
                title=line.title,
                headline=say.result.headline(result),
                outcome=say.result.outcome(result.outcome),
                sentence=say.paper.minutes.reason(docket, motion, result),
                condition=say.paper.minutes.condition(docket, motion, reached),
                documents=line.documents,
                questions=tuple(_question(facts, each, say) for each in motion_questions(docket, result)),
            )
        )
    return tuple(found)


def _question(facts: ResultFacts, question: Question, say: PageSay) -> QuestionLine:
    votes, words, term = question.count.votes, question.words, say.paper.term
    # As on the paper: a blank that counts as a vote is deemed, although a form was sent.
    sent, silent = given(votes.in_favour), deemed(votes.in_favour)
    parts = (
        ("for-expressed", say.tell("{favour}(提出)", favour=term(words.favour)), sent),
        ("for-deemed", say.tell("{favour}(みなし)", favour=term(words.favour)), silent),
        ("against", term(words.against), votes.against.total),
        ("abstain", term("棄権"), votes.abstain.total),
        ("other", term("その他"), votes.invalid + votes.excluded + votes.barred + votes.not_counted),
    )
    return QuestionLine(
        label=say.paper.question(question),
        headline=say.result.line(question.count, words),
        full=say.paper.minutes.full_line(question.count, words),
        requirement=say.paper.requirement(facts.docket, question.motion, question.count),
        without_deemed=say.result.without_deemed(question.count, words),
        row=tuple(
            number_text(each)
            for each in (
                votes.in_favour.total,
                sent,
                silent,
                votes.against.total,
                votes.abstain.total,
                votes.invalid,
                votes.excluded + votes.barred,
                votes.not_counted,
                votes.total,
            )
        ),
        bars=tuple(
            Bar(kind, label, number_text(amount), amount * 1000 // votes.total)
            for kind, label, amount in parts
            if amount
        ),
    )
