"""What time brings: votes that close, mails that are due, the hourly check of every ledger.

Run by ``voting tick`` each minute.  Running it twice at once, late, or not at all changes no vote:
admission never asks the scheduler.
"""

from dataclasses import dataclass
from datetime import timedelta

from voting.ledger.canonical import instant_text
from voting.mail.smtp import MailNotTaken
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
    """Send what is due; the answer is how many were taken, and how many never will be.

    Where the relay is down the rest waits for the next run.  A mail that cannot be written holds up no
    other: its fault is raised once the others have been sent.
    """
    with rt.database.reading() as tx:
        lines = outbox.due(tx, now=instant_text(rt.now()), limit=limit)
    sent = failed = 0
    faults: list[Exception] = []
    for line in lines:
        if not _claim(rt, line):
            continue
        try:
            _send(rt, line)
            sent += 1
        except MailNotTaken as refused:
            failed += _not_taken(rt, line, why=refused.reason, for_good=refused.for_good)
            if refused.relay_down:
                break
        except Exception as fault:
            _not_taken(rt, line, why=repr(fault), for_good=False)
            faults.append(fault)
    if faults:
        raise faults[0]
    return sent, failed


def _claim(rt: Runtime, line: Line) -> bool:
    now = rt.now()
    with rt.database.transaction() as tx:
        until = instant_text(now + _CLAIM)
        return outbox.claim(tx, line.message_id, now=instant_text(now), until=until)


def _send(rt: Runtime, line: Line) -> None:
    with rt.database.reading() as tx:
        mail = notices.message(rt, tx, line)
    rt.send(mail)
    # A crash here sends the mail a second time, under the same Message-ID: late is better than never.
    with rt.database.transaction() as tx:
        outbox.mark_sent(tx, line.message_id, at=instant_text(rt.now()))


def _not_taken(rt: Runtime, line: Line, *, why: str, for_good: bool) -> bool:
    """Put the mail off, or give it up; True where it was given up."""
    now, attempts = rt.now(), line.attempts + 1
    too_old = instant_text(now - _GIVE_UP_AFTER) > line.queued_at
    with rt.database.transaction() as tx:
        if for_good or too_old:
            outbox.give_up(tx, line.message_id, attempts=attempts, at=instant_text(now), why=why[:500])
            return True
        wait = timedelta(minutes=_RETRY_AFTER[min(attempts, len(_RETRY_AFTER)) - 1])
        again_at = instant_text(now + wait)
        outbox.retry_later(tx, line.message_id, attempts=attempts, again_at=again_at, why=why[:500])
    return False
