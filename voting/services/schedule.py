"""What time brings: votes that close, mails that are due, the hourly check of every ledger.

Run by ``voting tick`` each minute.  Running it twice at once, late, or not at all changes no vote:
admission never asks the scheduler.
"""

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from voting.core.errors import Broken, Refusal
from voting.ledger.canonical import instant_text
from voting.mail import troubles
from voting.mail.troubles import MailTrouble
from voting.runtime import Runtime
from voting.services import notices
from voting.services.assemblies import everything, find
from voting.services.outcome import closing
from voting.services.period import deliveries
from voting.services.proof import agreement, checkpoint_mail, stamping, standing, witnessing
from voting.services.proof.stamping import NoStamper
from voting.services.proof.standing import Fault
from voting.services.recording import ensure_covered, recompute
from voting.services.register import campaigns, contact_letters, roll_uploads
from voting.services.sending import Post, send_due
from voting.stamps.authority import StampNotGiven, StampRejected
from voting.store import assemblies, contact_mails, outbox
from voting.store.outbox import Line

_CHECK_EVERY = timedelta(hours=1)
Faults = list[tuple[str, Fault]]
# Why mails could not be written, with the number of the assembly they are about; None for a body's own.
Unwritten = list[tuple[int | None, Exception]]


@dataclass(frozen=True, slots=True)
class Done:
    """What one run did.

    Shape   ``put_off``: mails tried in vain so far; ``reason``: what kept one of them; ``cosigned``: new
            cosignatures; ``unwitnessed``: one sentence for each witness that gave none;
            ``contradicted``: assemblies suspended because a witness has shown what the ledger lacks;
            ``stamped``: checkpoints that got their time-stamp, by origin and size; ``unstamped``: those
            that did not, and why; ``faults``: assemblies that do not stand, by origin, each fault once.
    """

    closed: tuple[str, ...]
    checked: tuple[str, ...]
    sent: int
    failed: int
    put_off: int = 0
    reason: MailTrouble | None = None
    cosigned: int = 0
    unwitnessed: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    stamped: tuple[tuple[str, int], ...] = ()
    unstamped: tuple[tuple[str, Refusal], ...] = ()
    faults: tuple[tuple[str, Fault], ...] = ()


def run_due(rt: Runtime, *, mails: int = 5000) -> Done:
    """Do everything that is due now.

    A ledger that does not check is told with its fault, each time, and holds up no other.
    Raises  what a mail could not be written for, where no ledger is at fault, once all else has been done.
    """
    checked, closed, faults = list[str](), list[str](), Faults()
    roll_uploads.wipe_expired(rt)
    campaigns.wipe_old(rt)
    for case in everything(rt):
        try:
            # Each minute: the whole tree is an hour away, and a backup may have been restored meanwhile.
            standing.glance(rt, case.origin)
            if check_if_due(rt, case.id, case.origin):
                checked.append(case.origin)
            if closing.close_if_due(rt, case.origin):
                closed.append(case.origin)
            # Loaded anew: it may have been closed a moment ago.
            checkpoint_mail.owe_if_due(rt, find(rt, case.origin))
        except (Broken, Refusal) as fault:
            faults.append((case.origin, fault))
    sent, failed, unwritten = _send_all(rt, limit=mails)
    record_deliveries(rt, faults)
    # Last: a witness that does not answer is waited for, and so is the authority.
    asked = witnessing.ask_all(rt)
    stamped, unstamped = get_stamps(rt, faults)
    faults += asked.faults
    _add_unwritten(rt, faults, unwritten)
    with rt.database.reading() as tx:
        waiting = [each.put_off(tx) for each in (outbox.QUEUE, contact_mails.QUEUE)]
    put_off, reason = sum(count for count, _ in waiting), next((why for _, why in waiting if why), "")
    return Done(
        closed=tuple(closed),
        checked=tuple(checked),
        sent=sent,
        failed=failed,
        put_off=put_off,
        reason=troubles.trouble(reason) if reason else None,
        cosigned=asked.cosigned,
        unwitnessed=tuple(asked.failures),
        contradicted=tuple(asked.contradicted),
        stamped=stamped,
        unstamped=unstamped,
        # Several steps meet the same one.
        faults=tuple({(origin, repr(fault)): (origin, fault) for origin, fault in faults}.values()),
    )


def _add_unwritten(rt: Runtime, faults: Faults, unwritten: Unwritten) -> None:
    """Add what kept mails from being written.  Raises: what is no fault of a ledger, but of ours."""
    for assembly, why in unwritten:
        if assembly is None or not isinstance(why, Broken | Refusal):
            for origin, fault in faults:
                why.add_note(f"and {origin}: {fault!r}")
            raise why
        faults.append((_origin(rt, assembly), why))


def record_deliveries(rt: Runtime, faults: Faults) -> None:
    """Write into each ledger what has become of its notices.

    A ledger that does not check adds to *faults*.
    """
    for case in everything(rt):
        try:
            deliveries.record_if_due(rt, case.origin)
        except (Broken, Refusal) as fault:
            faults.append((case.origin, fault))


def get_stamps(
    rt: Runtime, faults: Faults
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, Refusal], ...]]:
    """Ask for the time-stamps that are due: what was got, and what was not; the next run tries again.

    A ledger that does not check adds to *faults*.
    """
    stamped, unstamped = list[tuple[str, int]](), list[tuple[str, Refusal]]()
    for case in everything(rt):
        try:
            size = stamping.stamp_if_due(rt, case.origin)
        except (NoStamper, StampNotGiven, StampRejected) as refused:
            unstamped.append((case.origin, refused))
            if isinstance(refused, StampNotGiven):
                break  # nobody waits for it once for each assembly
        except (Broken, Refusal) as fault:
            faults.append((case.origin, fault))
        else:
            stamped += [] if size is None else [(case.origin, size)]
    return tuple(stamped), tuple(unstamped)


def check_if_due(rt: Runtime, assembly: int, origin: str) -> bool:
    """Recompute the ledger where the last time it was found right is an hour ago.  Source: ledger L4."""
    now = rt.now()
    with rt.database.reading() as tx:
        if not assemblies.is_check_due(tx, assembly, before=instant_text(now - _CHECK_EVERY)):
            return False
    recompute(rt, origin)
    agreement.check(rt, origin)
    with rt.database.transaction() as tx:
        assemblies.note_check(tx, assembly, now=instant_text(now))
    return True


def send_mails(rt: Runtime, *, limit: int) -> tuple[int, int]:
    """Send what is due; the answer is how many were taken, and how many never will be.

    Where the relay is down the rest waits for the next run.  A mail that cannot be written holds up no
    other: its fault is raised once the others have been sent.
    """
    sent, failed, unwritten = _send_all(rt, limit=limit)
    if unwritten:
        raise unwritten[0][1]
    return sent, failed


def _send_all(rt: Runtime, *, limit: int) -> tuple[int, int, Unwritten]:
    """As ``send_mails``, with why mails could not be written.  What is about a vote goes first."""
    voting = send_due(rt, _MEMBERS, limit=limit)
    unwritten: Unwritten = [(mail.assembly, fault) for mail, fault in voting.unwritten]
    left = limit - voting.sent
    if voting.is_relay_down or left <= 0:
        return voting.sent, voting.failed, unwritten
    campaigns.stop_over(rt)
    asking = send_due(rt, contact_letters.POST, limit=left)
    unwritten += [(None, fault) for _, fault in asking.unwritten]
    return voting.sent + asking.sent, voting.failed + asking.failed, unwritten


def _origin(rt: Runtime, assembly: int) -> str:
    with rt.database.reading() as tx:
        return assemblies.load(tx, assembly).origin


def _written(rt: Runtime, line: Line) -> EmailMessage:
    if line.ref is not None:
        ensure_covered(rt, _origin(rt, line.assembly), line.ref)
    with rt.database.reading() as tx:
        return notices.message(rt, tx, line)


_MEMBERS = Post(outbox.QUEUE, outbox.due, _written)
