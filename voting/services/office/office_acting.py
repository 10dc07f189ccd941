"""Privileged acts of the office, written into the ledger as entries of kind operator.

What an entry says is made from the row that is kept, so that one can be compared with the other.
Source  ledger L3, operator.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from voting.core.errors import Broken
from voting.core.inquiries import Reply, replies_from_json
from voting.ledger import canonical
from voting.ledger.canonical import instant_text
from voting.ledger.kinds import Operator
from voting.runtime import Runtime
from voting.services.office.accounts import commitment_of
from voting.services.recording import Book
from voting.store import office_acts
from voting.store.office_acts import OfficeAct
from voting.wording.replies import replies_text

READ_PARTICIPATION = "read-participation"
REMINDER = "reminder"
DELIVERY = "delivery"
REISSUE, REISSUE_PROPOSED = "reissue", "reissue-proposed"
ERRATUM = "erratum"
# The other person of an act of two: both stand in the ledger.
ERRATUM_PROPOSED = "erratum-proposed"
REMINDER_PROPOSED = "reminder-proposed"
# Replies to members' questions; a ballot is an answer too, so they have another name everywhere else.
REPLIES, REPLIES_PROPOSED = "answers", "answers-proposed"


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
    if row.what == REPLIES_PROPOSED:
        return f"{row.what}: {facts['sha256']}"
    if row.what == REPLIES:
        # Over the very words that members are shown: an altered reply is found by the comparison.
        return f"{row.what}: {replies_digest(replies_from_json(facts['replies']))}"
    raise Broken(f"nobody knows what {row.what} says")


def replies_digest(replies: Iterable[Reply]) -> str:
    """SHA-256 (hex) of what is sent to all, as a member can save it."""
    return sha256(replies_text(replies).encode()).hexdigest()
