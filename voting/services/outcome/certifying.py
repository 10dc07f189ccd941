"""Certification: the chair certifies, an auditor signs, and the result is published.

What is certified is result.json, by its digest; the papers say the same and are named in the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Officer
from voting.ledger.canonical import instant_text
from voting.ledger.kinds import Result
from voting.runtime import Runtime
from voting.services.errors import DoneAlready, NoSuchAssembly, NotThatFar, OutcomePending
from voting.services.outcome import closing, publishing, results
from voting.services.outcome.publishing import Papers
from voting.services.outcome.versions import FIRST
from voting.services.printing import paper_signing
from voting.services.recording import Book
from voting.store import assemblies
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import certifying_sentence

REASON = "議決結果の認証"
# Where the sentence stands in the terms of a request.
CONFIRMED = "confirmed"


@dataclass(eq=False)
class SentenceDiffers(Refusal):
    """The chair has to say in so many words what a reader of the result could overlook (product.md P3)."""

    code: ClassVar[str] = "sentence-differs"
    sentence: str


def subject(tx: Transaction, case: Case) -> dict[str, object]:
    """Exactly what is certified.  Raises: NotThatFar before the tally; OutcomePending; DoneAlready."""
    content = assemblies.published(tx, case.id, closing.RESULT_JSON)
    if case.tally_index is None or content is None:
        raise NotThatFar("result", "tally")
    if case.result_index is not None:
        raise DoneAlready("result")
    pending = closing.pending_motions(closing.counted(tx, case))
    if pending:
        raise OutcomePending(pending)
    return {"result.json": content.decode()}


def sentence(tx: Transaction, case: Case) -> str:
    """What the chair types to certify; empty where no flag of the result asks for it."""
    whole = closing.counted(tx, case)
    return certifying_sentence(whole.case.docket, whole.result)


def require_sentence(tx: Transaction, case: Case, terms: Mapping[str, object]) -> None:
    """The typed sentence goes with the request, so the auditor signs what the chair has confirmed.

    Raises  SentenceDiffers where it is not the very sentence that this result asks for.
    """
    wanted, typed = sentence(tx, case), terms.get(CONFIRMED, "")
    if typed != wanted:
        raise SentenceDiffers(wanted)


def confirmed(typed: str) -> dict[str, object]:
    """The terms of a request with what the chair typed; blanks at its ends are nobody's words."""
    said = typed.strip()
    return {CONFIRMED: said} if said else {}


def required_terms(rt: Runtime, origin: str) -> dict[str, object]:
    """The terms with which this result can be certified.  Raises: NoSuchAssembly, as ``subject``."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        subject(tx, case)
        return confirmed(sentence(tx, case))


def require_ready(rt: Runtime, case: Case) -> None:
    """Stop where nobody could sign the result.  Raises: NoPaperKey, PaperKeyExpired, PaperKeyUnusable."""
    paper_signing.result_signers(rt, case.body)


def make_papers(rt: Runtime, case: Case, *, chair: Officer, auditor: Officer) -> Papers:
    """The papers, dated and signed now; made outside of the transaction that publishes them.

    Raises  as ``publishing.make``.
    """
    now = rt.now()
    with rt.database.reading() as tx:
        found = results.facts(rt, tx, case, certified_at=now, certified_by=(chair,), witnesses=(auditor,))
    return publishing.make(rt, case, found, reason=REASON)


def publish(book: Book, papers: Papers, *, chair: Officer, auditor: Officer) -> None:
    """Keep the papers, name them in the ledger, and show the result to everybody."""
    case, tx = book.case, book.tx
    index = book.append(Result(documents=publishing.keep(tx, case, papers, version=FIRST)))
    assemblies.reach(tx, case.id, "result", index)
    assemblies.certify(tx, case.id, at=instant_text(book.now), chair=chair.id, auditor=auditor.id)
