"""The files of one version of a result: made from one set of facts, kept under their names.

The ledger names the signed papers, in the order of ``SIGNED``; a bundle holds exactly those (ledger L3, L8).
The others are made from the same facts and say which result.json they belong to, or are plain numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from voting.documents.facts import ResultFacts
from voting.documents.result_csv import render_csv
from voting.documents.result_pdf import ENGLISH, render_result
from voting.documents.result_summary_pdf import render_summary
from voting.documents.result_xlsx import render_xlsx
from voting.runtime import Runtime
from voting.services.outcome.versions import stored_name
from voting.services.printing import paper_signing
from voting.store import assemblies
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

RESULT_PDF, SUMMARY_PDF = "result.pdf", "result-summary.pdf"
RESULT_CSV, RESULT_XLSX, ENGLISH_PDF = "result.csv", "result.xlsx", "result-en.pdf"
SIGNED = (RESULT_PDF, SUMMARY_PDF)


@dataclass(frozen=True, slots=True)
class Papers:
    """The files of a result by name.  Shape: ``signed`` has those of ``SIGNED`` in that order."""

    signed: Mapping[str, bytes]
    others: Mapping[str, bytes]


def make(rt: Runtime, case: Case, facts: ResultFacts, *, reason: str) -> Papers:
    """All files, the papers signed now; to be made outside of the transaction that publishes them.

    Raises  NoGlyph, SumsDisagree, NoPaperKey, PaperKeyExpired, StampNotGiven, StampRejected, StampRefused.
    """
    signers = paper_signing.result_signers(rt, case.body)
    found = replace(facts, signers=tuple(each.name for each in signers))
    papers = {RESULT_PDF: render_result(found), SUMMARY_PDF: render_summary(found)}
    return Papers(
        signed={name: paper_signing.sign_paper(rt, papers[name], signers, reason=reason) for name in SIGNED},
        others={
            RESULT_CSV: render_csv(found),
            RESULT_XLSX: render_xlsx(found),
            ENGLISH_PDF: render_result(found, language=ENGLISH),
        },
    )


def keep(tx: Transaction, case: Case, papers: Papers, *, version: int) -> tuple[str, ...]:
    """Keep the files of a version.  The answer: the digests that the ledger has to name, in its order."""
    for name, content in papers.others.items():
        assemblies.publish(tx, case.id, stored_name(name, version), content)
    return tuple(
        assemblies.publish(tx, case.id, stored_name(name, version), papers.signed[name]) for name in SIGNED
    )
