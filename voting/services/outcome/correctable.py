"""What a correction can be about, in the words of the office: the count, a published result, a correction."""

from dataclasses import dataclass
from datetime import datetime

from voting.ledger.entries import decode_entry
from voting.services.outcome.versions import FIRST
from voting.store import corrections, ledger
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

TALLY, RESULT, CORRECTION = "tally", "result", "correction"


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry that can be corrected.

    Shape   ``what`` is tally, result or correction; ``version`` that of the result which it made; ``index``
            in the ledger.
    """

    index: int
    what: str
    version: int
    at: datetime


def subjects(tx: Transaction, case: Case) -> tuple[Subject, ...]:
    """Everything that can be corrected, the newest result first: it is what a correction is mostly about."""
    if case.tally_index is None or case.result_index is None:
        return ()
    found = [(case.tally_index, TALLY, FIRST), (case.result_index, RESULT, FIRST)]
    for each in corrections.corrections(tx, case.id):
        # The result of a correction comes right after it (ledger L3).
        found += [(each.index, CORRECTION, each.version), (each.index + 1, RESULT, each.version)]
    return tuple(
        Subject(index, what, version, decode_entry(ledger.entry(tx, case.id, index)).time)
        for index, what, version in reversed(found)
    )
