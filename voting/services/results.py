"""The facts of a result: one set of them feeds the paper, the table and the page."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from voting.core.ballots import Submission
from voting.core.errors import Broken
from voting.core.members import Roll
from voting.core.permissions import Officer, Role
from voting.core.tally import count
from voting.documents.facts import CategoryFacts, LedgerFacts, Opinion, ResultFacts
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import b64
from voting.runtime import Runtime
from voting.services.closing import Counted, counted, effective_submissions, submissions_for_count
from voting.services.recording import checkpoint_covering
from voting.store.assemblies import Case
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
    known = submissions_for_count(case, whole.submissions)
    day = None if certified_at is None else certified_at.astimezone(JAPAN).date()
    return ResultFacts(
        docket=case.docket,
        result=whole.result,
        channels=_channels(whole),
        proxies=sum(each.proxy for each in _effective(whole)),
        categories=_categories(case, whole, known),
        refused_late=sum(each.refused == "late" for each in whole.submissions),
        certified_on=day,
        certified_by=tuple(_signed(each) for each in certified_by),
        witnesses=tuple(_signed(each) for each in witnesses),
        issued_on=day,
        sender=(case.docket.body.name, *((case.chair,) if case.chair else ())),
        contact=case.contact,
        disclosure=case.disclosure,
        opinions=tuple(
            Opinion(text=each.opinion)
            for each in whole.submissions
            if each.opinion and each.opinion_public and each.refused is None
        ),
        ledger=_ledger_facts(rt, tx, case, whole.content),
        result_json=whole.content,
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
    )


def _effective(whole: Counted) -> tuple[Submission, ...]:
    accepted = [each for each in whole.submissions if each.refused is None]
    return effective_submissions(whole.case, accepted)


def _channels(whole: Counted) -> tuple[tuple[str, int], ...]:
    found = Counter(each.channel for each in _effective(whole))
    return tuple((channel.value, number) for channel, number in found.most_common())


def _categories(case: Case, whole: Counted, known: Iterable[Submission]) -> tuple[CategoryFacts, ...]:
    """Who answered, by category of members; nothing where there is only one."""
    names = list(dict.fromkeys(each.category for each in whole.roll.entries))
    if len(names) < 2:
        return ()
    found = []
    for name in names:
        entries = Roll(tuple(each for each in whole.roll.entries if each.category == name))
        part = count(case.docket, entries, known, whole.facts)
        found.append(
            CategoryFacts(
                name=name,
                roll_members=part.roll_members,
                roll_votes=part.roll_votes,
                returned_members=part.returned_members,
                returned_votes=part.returned_votes,
            )
        )
    return tuple(found)


def _signed(officer: Officer) -> str:
    return f"{ROLE_WORDS.get(officer.role, '')} {officer.name}".strip()
