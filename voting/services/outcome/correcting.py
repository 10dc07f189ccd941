"""Correcting a published result: the ledger is counted again, and the papers are made anew.

A correction cannot change what was voted.  After the tally the ledger takes no ballot, no fact and no
amendment (ledger L3), so the numbers of a corrected result are those that the rules give from the same
entries; where they come out as before, the correction says why the papers were made anew.  Whatever would
need other ballots is refused: the result is withdrawn, or a meeting decides.  Source: docs/adr/0010.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.core.permissions import Act, Officer, require_side
from voting.ledger import kinds
from voting.ledger.canonical import instant_text
from voting.ledger.entries import decode_entry
from voting.runtime import Runtime
from voting.services.errors import ChangedSince, NoSuchAssembly, NotThatFar
from voting.services.office.accounts import commitment_of
from voting.services.outcome import closing, publishing, results
from voting.services.outcome.erased import require_kept
from voting.services.outcome.versions import last_correction, stored_name, version_in_force
from voting.services.recording import Book
from voting.store import assemblies, corrections, ledger
from voting.store.assemblies import Case
from voting.store.corrections import Corrected, Proposed
from voting.store.transaction import Transaction

REASON = "議決結果の訂正"
LONGEST_REASON = 1000  # characters
# What a correction may be about.  Anything else in the ledger is a fact that the count rests on.
_OF_RESULT = (kinds.Tally, kinds.Result, kinds.Correction)


@dataclass(eq=False)
class NoReason(Refusal):
    """A correction says why, in a few words that everybody reads."""

    code: ClassVar[str] = "correction-reason"
    most: int


@dataclass(eq=False)
class NeedsOtherVotes(Refusal):
    """The entry to be corrected is one that the count rests on: the result would need other ballots."""

    code: ClassVar[str] = "needs-other-votes"
    index: int


@dataclass(eq=False)
class NoSuchEntry(Refusal):
    code: ClassVar[str] = "no-such-entry"
    index: int


@dataclass(eq=False)
class NothingProposed(Refusal):
    """There is no correction that could be approved."""

    code: ClassVar[str] = "nothing-proposed"
    origin: str


@dataclass(frozen=True, slots=True)
class Papers:
    """A corrected result as it will be published.  Shape: ``proposal`` is what it was made of."""

    papers: publishing.Papers
    json: bytes
    proposal: Proposed


def propose(rt: Runtime, who: Officer, origin: str, *, reason: str, of: int | None = None) -> Proposed:
    """Say what is to be corrected; a request for two persons (``Act.CORRECT``) then follows.

    Shape   *of* is the entry that was wrong: the tally, a result or a correction; None for the last result.
    Raises  NotAllowed, NoSuchAssembly, NotThatFar, NoReason, NoSuchEntry, NeedsOtherVotes.
    """
    require_side(who, Act.CORRECT, second=False)
    told = " ".join(reason.split())
    if not told or len(told) > LONGEST_REASON:
        raise NoReason(LONGEST_REASON)
    with rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        require_kept(tx, case)
        proposal = Proposed(_checked(tx, case, of), told)
        corrections.propose(tx, case.id, proposal)
    return proposal


def subject(tx: Transaction, case: Case) -> dict[str, object]:
    """Exactly what is approved: reason, entry, version, and the result that takes the other's place.

    Raises  NotThatFar, Erased, NothingProposed.
    """
    if case.result_index is None:
        raise NotThatFar("correct", "result")
    require_kept(tx, case)
    proposal = corrections.proposed(tx, case.id)
    if proposal is None:
        raise NothingProposed(case.origin)
    return {
        "of": proposal.of,
        "reason": proposal.reason,
        "result.json": closing.recounted(tx, case).content.decode(),
        "version": version_in_force(tx, case) + 1,
    }


def make_papers(rt: Runtime, case: Case, *, chair: Officer, auditor: Officer) -> Papers:
    """The papers, dated and signed now; made outside of the transaction that publishes them.

    Raises  as ``certifying.make_papers``.
    """
    now = rt.now()
    with rt.database.reading() as tx:
        proposal = corrections.proposed(tx, case.id)
        if proposal is None:
            raise NothingProposed(case.origin)
        whole = closing.recounted(tx, case)
        draft = results.Version(
            number=version_in_force(tx, case) + 1,
            certified_at=now,
            certified_by=(chair,),
            witnesses=(auditor,),
            reason=proposal.reason,
        )
        found = results.facts_of(rt, tx, case, whole, draft)
    return Papers(publishing.make(rt, case, found, reason=REASON), whole.content, proposal)


def publish(
    rt: Runtime, book: Book, papers: Papers, *, chair: Officer, auditor: Officer, request: str
) -> None:
    """Record the correction and its papers; the files before it stay where they can be read.

    Raises  ChangedSince where the papers were made of another proposal than the one of now.
    """
    case, tx, proposal = book.case, book.tx, papers.proposal
    if corrections.proposed(tx, case.id) != proposal:
        # Proposed anew while the papers were made: they would give another reason than the ledger.
        raise ChangedSince(request)
    if papers.json != closing.recounted(tx, case).content:
        raise Broken(f"{case.origin}: the papers are not those of the correction that was approved")
    version = version_in_force(tx, case) + 1
    digest = sha256(papers.json).hexdigest()
    approvals = commitment_of(rt, book, chair.id), commitment_of(rt, book, auditor.id)
    index = book.append(
        kinds.Correction(of=proposal.of, reason=proposal.reason, result_sha256=digest, approvals=approvals)
    )
    named = publishing.keep(tx, case, papers.papers, version=version)
    assemblies.publish(tx, case.id, stored_name(closing.RESULT_JSON, version), papers.json)
    book.append(kinds.Result(documents=named))
    corrections.put(
        tx,
        case.id,
        Corrected(
            index,
            version,
            proposal.of,
            proposal.reason,
            digest,
            instant_text(book.now),
            chair.id,
            auditor.id,
        ),
    )
    corrections.forget(tx, case.id)


def _checked(tx: Transaction, case: Case, of: int | None) -> int:
    if case.result_index is None:
        raise NotThatFar("correct", "result")
    if of is None:
        last = last_correction(tx, case)
        return case.result_index if last is None else last.index + 1  # its result comes right after it
    if not 0 <= of < ledger.head(tx, case.id).size:
        raise NoSuchEntry(of)
    if not isinstance(decode_entry(ledger.entry(tx, case.id, of)).body, _OF_RESULT):
        raise NeedsOtherVotes(of)
    return of
