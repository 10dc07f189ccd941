"""The mail that makes every member a witness: three lines to keep, the same for all of a day.

Whoever keeps them can show later that the log was turned back or split: history is fixed in as many
mailboxes as there are members.  No choice and no code is in it.  Source: docs/adr/0007.
"""

from datetime import datetime
from enum import StrEnum

from voting.core.assembly import Phase, phase
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.store import checkpoint_mails, ledger, outbox, roll
from voting.store.assemblies import Case
from voting.store.outbox import Line
from voting.store.transaction import Transaction
from voting.wording import JAPAN

CHECKPOINT_MAIL = "checkpoint"
_FROM_HOUR = 8  # in Japan; no office is mailed in the night
_CLOSED = "closed"


class CheckpointMail(StrEnum):
    """When members are mailed the checkpoint."""

    DAILY = "daily"  # each day of the period, and after the close
    CLOSING = "closing"  # on the first day of the period, and after the close
    NONE = "none"


def owe_if_due(rt: Runtime, case: Case) -> int:
    """Owe each address the mail that is due now; the answer is how many, 0 where it was owed before."""
    now = rt.now()
    with rt.database.reading() as tx:
        day = _due(tx, case, now)
    if day is None:
        return 0
    with rt.database.transaction() as tx:
        # Another run may have come first: whoever claims the day writes its lines.
        if not checkpoint_mails.claim(tx, case.id, day):
            return 0
        lines = _lines(rt, tx, case, now)
        outbox.put(tx, lines)
    return len(lines)


def _due(tx: Transaction, case: Case, now: datetime) -> str | None:
    """The day whose mail is due and was not yet owed."""
    setting, mailed = checkpoint_mails.find(tx, case.id)
    if setting == CheckpointMail.NONE or case.issued_index is None or mailed == _CLOSED:
        return None
    if case.closed_index is not None:
        return _CLOSED
    local = now.astimezone(JAPAN)
    if phase(case.docket.assembly.schedule, now) is not Phase.OPEN or local.hour < _FROM_HOUR:
        return None
    day = local.date().isoformat()
    if mailed is None or (setting == CheckpointMail.DAILY and mailed < day):
        return day
    return None


def _lines(rt: Runtime, tx: Transaction, case: Case, now: datetime) -> list[Line]:
    """One for each address.  All name the same entry, so that members can compare what they were told."""
    newest = ledger.head(tx, case.id).size - 1 if case.closed_index is None else case.closed_index
    return [
        Line(
            message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
            assembly=case.id,
            kind=CHECKPOINT_MAIL,
            member_id=voter.member_id,
            address=address,
            secret=None,
            ref=newest,
            attempts=0,
            queued_at=instant_text(now),
        )
        for voter in roll.voters(tx, case.id)
        for address in voter.addresses
    ]
