"""What time brings: votes that close, mails that are due, the hourly check of every ledger.

Run by ``voting tick`` each minute.  Running it twice at once, late, or not at all changes no vote:
admission never asks the scheduler.
"""

from dataclasses import dataclass
from datetime import timedelta

from voting.core.errors import Refusal
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services import closing, notices
from voting.services.assemblies import everything
from voting.services.recording import recompute
from voting.store import assemblies, outbox
from voting.store.outbox import Line

_CLAIM = timedelta(minutes=5)
_RETRY_AFTER = (1, 5, 15, 60, 180, 360)  # minutes; the last one again and again
_GIVE_UP_AFTER = timedelta(days=3)
_CHECK_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What one run did."""

    closed: tuple[str, ...]
    checked: tuple[str, ...]
    sent: int
    failed: int


def run_due(rt: Runtime, *, mails: int = 5000) -> Done:
    """Do everything that is due now.

    Raises  Broken or Suspended where a ledger does not check: nothing else is done then.
    """
    cases = everything(rt)
    checked = tuple(case.origin for case in cases if check_if_due(rt, case.id, case.origin))
    closed = tuple(case.origin for case in cases if closing.close_if_due(rt, case.origin))
    sent, failed = send_mails(rt, limit=mails)
    return Done(closed, checked, sent, failed)


def check_if_due(rt: Runtime, assembly: int, origin: str) -> bool:
    """Recompute the ledger where the last time is an hour ago.  Source: ledger L4."""
    now = rt.now()
    with rt.database.transaction() as tx:
        if not assemblies.claim_check(
            tx, assembly, now=instant_text(now), before=instant_text(now - _CHECK_EVERY)
        ):
            return False
    recompute(rt, origin)
    return True


def send_mails(rt: Runtime, *, limit: int) -> tuple[int, int]:
    """Send what is due; the answer is how many were taken, and how many never will be."""
    with rt.database.reading() as tx:
        lines = outbox.due(tx, now=instant_text(rt.now()), limit=limit)
    outcomes = [_send(rt, line) for line in lines]
    return outcomes.count("sent"), outcomes.count("failed")


def _send(rt: Runtime, line: Line) -> str:
    now = rt.now()
    with rt.database.transaction() as tx:
        until = instant_text(now + _CLAIM)
        if not outbox.claim(tx, line.message_id, now=instant_text(now), until=until):
            return "claimed"
    with rt.database.reading() as tx:
        mail = notices.message(rt, tx, line)
    try:
        rt.send(mail)
    except Refusal as refused:
        return _not_taken(rt, line, refused)
    # A crash here sends the mail a second time, under the same Message-ID: late is better than never.
    with rt.database.transaction() as tx:
        outbox.mark_sent(tx, line.message_id, at=instant_text(rt.now()))
    return "sent"


def _not_taken(rt: Runtime, line: Line, refused: Refusal) -> str:
    now, attempts = rt.now(), line.attempts + 1
    why = str(getattr(refused, "reason", refused.code))[:500]
    too_old = instant_text(now - _GIVE_UP_AFTER) > line.queued_at
    with rt.database.transaction() as tx:
        if getattr(refused, "for_good", False) or too_old:
            outbox.give_up(tx, line.message_id, attempts=attempts, at=instant_text(now), why=why)
            return "failed"
        wait = timedelta(minutes=_RETRY_AFTER[min(attempts, len(_RETRY_AFTER)) - 1])
        again_at = instant_text(now + wait)
        outbox.retry_later(tx, line.message_id, attempts=attempts, again_at=again_at, why=why)
    return "later"
