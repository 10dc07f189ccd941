"""The facts of a result: one set of them feeds the paper, the table and the page."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from voting.core.errors import Broken
from voting.core.permissions import Officer, Role
from voting.documents.facts import LedgerFacts, Opinion, ResultFacts
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import b64
from voting.runtime import Runtime
from voting.services import cosigned
from voting.services.closing import Counted, counted, effective_submissions, submissions_for_count
from voting.services.counting_facts import result_facts
from voting.services.recording import checkpoint_covering
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.transaction import Transaction
from voting.wording import JAPAN

ROLE_WORDS = {Role.CHAIR: "議長", Role.AUDITOR: "監事"}


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
    whole = counted(tx, case)
    day = None if certified_at is None else certified_at.astimezone(JAPAN).date()
    known = submissions_for_count(case, whole.submissions)
    counted_facts = result_facts(
        case.docket, whole.roll, known, whole.facts, result=whole.result, content=whole.content
    )
    return replace(
        counted_facts,
        certified_on=day,
        certified_by=tuple(_signed(each) for each in certified_by),
        witnesses=tuple(_signed(each) for each in witnesses),
        issued_on=day,
        contact=case.contact,
        disclosure=case.disclosure,
        opinions=tuple(
            Opinion(text=each.opinion) for each in _standing(whole) if each.opinion and each.opinion_public
        ),
        ledger=_ledger_facts(rt, tx, case, whole.content),
    )


def _ledger_facts(rt: Runtime, tx: Transaction, case: Case, content: bytes) -> LedgerFacts:
    """Where the tally stands in the ledger: the checkpoint that covers it."""
    if case.tally_index is None:
        raise Broken(f"{case.origin} has not been tallied")
    note = checkpoint_covering(rt, tx, case, case.tally_index)
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
    effective = effective_submissions(whole.case, accepted.values())
    return tuple(accepted[each.order] for each in sorted(effective, key=lambda each: each.order))


def _signed(officer: Officer) -> str:
    return f"{ROLE_WORDS.get(officer.role, '')} {officer.name}".strip()
