"""議事録の署名: the very paper that the chair proposes and an auditor approves, signed and kept.

A request is bound to the digest of the paper as it is before the signatures, so that both have read what the
keys sign: what changes it in between (a letterhead, a key of another name) has to be proposed again.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from voting.credentials.paper_keys import PaperKey
from voting.documents.facts_minutes import MinutesFacts
from voting.documents.minutes_pdf import render_minutes
from voting.runtime import Runtime
from voting.services.errors import ChangedSince
from voting.services.outcome.erased import require_kept
from voting.services.outcome.versions import stored_name, version_in_force
from voting.services.printing import paper_signing
from voting.services.printing.letterheads import letterhead_of
from voting.services.printing.minutes import (
    MINUTES_PDF,
    facts_of,
    named,
    next_version,
    require_complete,
    require_result,
)
from voting.services.recording import Book
from voting.store import assemblies, letterheads
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording.papers import PAPERS

REASON = "議事録の署名"
# Where the digest of the paper stands in the terms of a request.
PAPER = "paper"


def subject(tx: Transaction, case: Case) -> dict[str, object]:
    """Exactly what is signed: the result in force, and what the office wrote.

    Raises  NotThatFar, Erased, MinutesIncomplete.
    """
    require_result(case)
    require_kept(tx, case)
    letterhead = letterhead_of(tx, case)
    require_complete(case, letterhead)
    return {
        "letterhead": letterheads.find(tx, case.id) or "",
        "signers": list(named(letterhead)),
        "result": version_in_force(tx, case),
        "version": next_version(tx, case),
    }


def require_ready(rt: Runtime, case: Case) -> None:
    """Stop where somebody could not sign.

    Raises  NotThatFar, Erased, NoPaperKey, NoKeyOfSigner, PaperKeyExpired.
    """
    require_result(case)
    with rt.database.reading() as tx:
        require_kept(tx, case)
        signers_of(rt, tx, case)


def signers_of(rt: Runtime, tx: Transaction, case: Case) -> tuple[PaperKey, ...]:
    """Whose keys sign: those that the letterhead names, else the chair's and the auditor's."""
    return paper_signing.minutes_signers(rt, case.body, named(letterhead_of(tx, case)))


def unsigned(rt: Runtime, tx: Transaction, case: Case) -> bytes:
    """The paper as it would be signed now.  Raises: as ``require_ready``; MinutesIncomplete, NoGlyph, …"""
    require_result(case)
    return render_minutes(_paper(rt, tx, case, signers_of(rt, tx, case)))


def bind(rt: Runtime, case: Case) -> Mapping[str, object]:
    """The terms that bind a request to the paper.  Raises: as ``unsigned``."""
    with rt.database.reading() as tx:
        return {PAPER: sha256(unsigned(rt, tx, case)).hexdigest()}


def signed(rt: Runtime, case: Case, terms: Mapping[str, object], *, request: str) -> Callable[[Book], None]:
    """The minutes, signed now, outside of the transaction; the answer keeps them in it.

    Raises  ChangedSince where the paper is not the one of *terms*; MinutesIncomplete, NoGlyph, NoPaperKey,
            NoKeyOfSigner, PaperKeyExpired, StampNotGiven, StampRejected, StampRefused, CounterUntrue.
    """
    with rt.database.reading() as tx:
        signers = signers_of(rt, tx, case)
        facts = _paper(rt, tx, case, signers)
    paper = render_minutes(facts)
    if sha256(paper).hexdigest() != terms.get(PAPER):
        # Whatever is set back to what was approved before the commit: this paper nobody has approved.
        raise ChangedSince(request)
    pdf = paper_signing.sign_paper(rt, paper, signers, reason=REASON)
    name = stored_name(MINUTES_PDF, facts.version)

    def keep(book: Book) -> None:
        # The approval compared the number with that of now: nobody has signed in between.
        assemblies.publish(book.tx, book.case.id, name, pdf)

    return keep


def _paper(rt: Runtime, tx: Transaction, case: Case, signers: tuple[PaperKey, ...]) -> MinutesFacts:
    return facts_of(
        rt,
        tx,
        case,
        letterhead_of(tx, case),
        signers=tuple(each.name for each in signers),
        version=next_version(tx, case),
        is_draft=False,
        edition=PAPERS["ja"],
    )
