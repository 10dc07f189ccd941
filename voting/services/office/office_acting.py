"""Privileged acts of the office, written into the ledger as entries of kind operator.

What an entry says is made from the row that is kept, so that one can be compared with the other.
Source  ledger L3, operator.
"""

from collections.abc import Mapping

from voting.core.errors import Broken
from voting.ledger import canonical
from voting.ledger.canonical import instant_text
from voting.ledger.kinds import Operator
from voting.runtime import Runtime
from voting.services.office.accounts import commitment_of
from voting.services.recording import Book
from voting.store import office_acts
from voting.store.office_acts import OfficeAct

READ_PARTICIPATION = "read-participation"
REMINDER = "reminder"
DELIVERY = "delivery"
REISSUE, REISSUE_PROPOSED = "reissue", "reissue-proposed"
ERRATUM = "erratum"
# The other person of an act of two: both stand in the ledger.
ERRATUM_PROPOSED = "erratum-proposed"
REMINDER_PROPOSED = "reminder-proposed"


def act(
    rt: Runtime,
    book: Book,
    officer_id: str,
    what: str,
    detail: Mapping[str, object],
    *,
    target: str | None = None,
) -> int:
    """Record that an officer did something; the answer is its index."""
    kept = canonical.encode(dict(detail)).decode()
    by = commitment_of(rt, book, officer_id)
    row = OfficeAct(
        index=book.head.size + len(book.written),
        what=what,
        account=officer_id,
        at=instant_text(book.now),
        detail=kept,
    )
    index = book.append(Operator(action=action_text(row), by=by, target=target))
    office_acts.put(book.tx, book.case.id, row)
    return index


def action_text(row: OfficeAct) -> str:
    """What the entry of an act says, public for ever: no name, no number of a member."""
    facts = row.facts()
    if row.what == READ_PARTICIPATION:
        return f"{row.what}: {facts['day']}"
    if row.what == DELIVERY:
        return f"{row.what}: {facts['channel']}"
    if row.what in (REISSUE, REISSUE_PROPOSED):
        return f"{row.what}: to {'a new' if facts['new'] else 'a known'} address"
    if row.what in (REMINDER, REMINDER_PROPOSED):
        return f"{row.what}: {facts['members']} members"
    if row.what in (ERRATUM, ERRATUM_PROPOSED):
        return f"{row.what}: {facts['sha256']} {facts['name']}: {facts['reason']}"
    raise Broken(f"nobody knows what {row.what} says")
