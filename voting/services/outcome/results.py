"""The facts of a result: one set of them feeds the paper, the table and the page."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from voting.core.errors import Broken
from voting.core.letterhead import PaperKind
from voting.core.permissions import Officer, Role
from voting.documents.facts import Correction, LedgerFacts, Opinion, ResultFacts
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import b64, parse_instant
from voting.runtime import Runtime
from voting.services.outcome.closing import (
    RESULT_JSON,
    Counted,
    counted,
    effective_submissions,
    submissions_for_count,
)
from voting.services.outcome.counting_facts import result_facts
from voting.services.outcome.roll_call import roll_call
from voting.services.outcome.stated import incidents_of, stated_lines, stated_outcomes
from voting.services.outcome.versions import FIRST, last_correction, stored_name
from voting.services.period import amending
from voting.services.period.errata import erratum_sentences
from voting.services.printing.letterheads import letter_facts, letterhead_of
from voting.services.proof import cosigned
from voting.services.proof.incidents import sentences
from voting.services.recording import checkpoint_covering
from voting.services.register.listed import listed
from voting.store import accounts, assemblies, corrections, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.transaction import Transaction
from voting.wording import JAPAN

ROLE_WORDS = {Role.CHAIR: "議長", Role.AUDITOR: "監事"}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a result: who stands for it and, from the second on, why it was corrected."""

    number: int
    certified_at: datetime | None
    certified_by: tuple[Officer, ...]
    witnesses: tuple[Officer, ...]
    reason: str = ""


def facts(
    rt: Runtime,
    tx: Transaction,
    case: Case,
    *,
    certified_at: datetime | None,
    certified_by: tuple[Officer, ...],
    witnesses: tuple[Officer, ...],
) -> ResultFacts:
    """Everything that the papers of a tallied assembly print."""
    version = Version(FIRST, certified_at, certified_by, witnesses)
    return facts_of(rt, tx, case, counted(tx, case), version)


def facts_in_force(rt: Runtime, tx: Transaction, case: Case) -> ResultFacts:
    """What the newest papers of a certified assembly print, without the roll call: for pages."""
    last = last_correction(tx, case)
    chair, auditor = case.certified_chair, case.certified_auditor
    at, number, reason = case.certified_at, FIRST, ""
    if last is not None:
        chair, auditor, at = last.chair, last.auditor, last.corrected_at
        number, reason = last.version, last.reason
    if at is None:
        raise Broken(f"{case.origin} has not been certified")
    version = Version(number, parse_instant(at), _officer(tx, chair), _officer(tx, auditor), reason)
    return _facts(rt, tx, case, counted(tx, case), version)


def facts_of(rt: Runtime, tx: Transaction, case: Case, whole: Counted, version: Version) -> ResultFacts:
    """Everything that the papers of this version print."""
    known = submissions_for_count(case, whole.submissions)
    voters = listed(tx, case, roll.voters(tx, case.id))
    call = roll_call(case.docket, voters, known, whole.facts, disclosure=case.disclosure)
    return replace(_facts(rt, tx, case, whole, version), roll_call=call)


def _facts(rt: Runtime, tx: Transaction, case: Case, whole: Counted, version: Version) -> ResultFacts:
    at = version.certified_at
    day = None if at is None else at.astimezone(JAPAN).date()
    known = submissions_for_count(case, whole.submissions)
    letter = letter_facts(letterhead_of(tx, case), PaperKind.RESULT)
    counted_facts = result_facts(
        case.docket, whole.roll, known, whole.facts, result=whole.result, content=whole.content
    )
    return replace(
        counted_facts,
        certified_on=day,
        certified_by=tuple(_signed(each) for each in version.certified_by),
        witnesses=tuple(_signed(each) for each in version.witnesses),
        issued_on=day,
        document_number=letter.number,
        to=letter.to,
        sender=letter.sender,
        seal=letter.seal,
        contact=case.contact,
        disclosure=case.disclosure,
        opinions=tuple(
            Opinion(text=each.opinion) for each in _standing(whole) if each.opinion and each.opinion_public
        ),
        version=version.number,
        correction=_correction(tx, case, whole, version) if version.number > FIRST else None,
        amendments=(*amending.sentences(tx, case), *erratum_sentences(tx, case)),
        incidents=sentences(tx, case, told=incidents_of(whole.content)),
        ledger=_ledger_facts(rt, tx, case, whole.content),
    )


def _correction(tx: Transaction, case: Case, whole: Counted, version: Version) -> Correction:
    """What the version before said otherwise, question by question."""
    before = version.number - 1
    content = assemblies.published(tx, case.id, stored_name(RESULT_JSON, before))
    if content is None or case.certified_at is None:
        raise Broken(f"{case.origin}: version {before} of the result is not in the store")
    dated = [case.certified_at, *(each.corrected_at for each in corrections.corrections(tx, case.id))]
    wrong, right = stated_lines(content), stated_lines(whole.content)
    return Correction(
        of=parse_instant(dated[before - 1]).astimezone(JAPAN).date(),
        reason=version.reason,
        changes=tuple((old, new) for old, new in zip(wrong, right, strict=True) if old != new),
        outcomes_changed=stated_outcomes(content) != stated_outcomes(whole.content),
    )


def _ledger_facts(rt: Runtime, tx: Transaction, case: Case, content: bytes) -> LedgerFacts:
    """Where the tally stands in the ledger: the checkpoint that covers it."""
    if case.tally_index is None:
        raise Broken(f"{case.origin} has not been tallied")
    # A correction tells of incidents that came after the tally: it rests on these entries as well.
    note = checkpoint_covering(rt, tx, case, max((case.tally_index, *incidents_of(content))))
    found = checkpoints.open(note, [rt.keys.signer(case.origin).verifier])
    return LedgerFacts(
        origin=case.origin,
        vkey=case.vkey,
        size=found.size,
        root=b64(found.root),
        checkpoint=note.decode(),
        result_sha256=sha256(content).hexdigest(),
        cosignatures=cosigned.facts(tx, case, size=found.size),
    )


def _standing(whole: Counted) -> tuple[Submitted, ...]:
    """The submissions that count: an opinion in an answer replaced since was taken back with it."""
    accepted = {each.index: each for each in whole.submissions if each.refused is None}
    effective = effective_submissions(whole.case, accepted.values(), whole.facts.left)
    return tuple(accepted[each.order] for each in sorted(effective, key=lambda each: each.order))


def _officer(tx: Transaction, officer_id: str | None) -> tuple[Officer, ...]:
    found = None if officer_id is None else accounts.find(tx, officer_id)
    return () if found is None else (found.officer,)


def _signed(officer: Officer) -> str:
    return f"{ROLE_WORDS.get(officer.role, '')} {officer.name}".strip()
