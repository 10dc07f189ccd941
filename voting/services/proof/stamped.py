"""Time-stamps over checkpoints: which are due, which are there, and what the bundle makes of them.

Once a checkpoint is stamped its bytes stay as they were stamped: the bundle holds exactly these, and no
signature is added to that checkpoint afterwards.  So the last one waits for its witnesses, but not for
ever: one that has signed a lost history never signs again.  Source: ledger L8, L9 check 6; docs/adr/0009.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.ledger.canonical import parse_instant
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Genesis
from voting.runtime import Runtime
from voting.services.proof.cosigned import is_quorum, with_cosignatures
from voting.services.proof.policies import policy_of
from voting.services.proof.promised import Promised
from voting.services.recording import open_ledger
from voting.store import ledger, stamps
from voting.store.assemblies import Case
from voting.store.stamps import Stamp
from voting.store.transaction import Transaction

_DAILY = timedelta(hours=24)
# A witness at an auditor's office may be a week without anybody to look after it.
_WITNESSES_HAVE = timedelta(days=7)


@dataclass(eq=False)
class StampMissing(Refusal):
    """The ledger promises a time-stamp over its last checkpoint, and it is not there yet."""

    code: ClassVar[str] = "stamp-missing"
    origin: str
    size: int


@dataclass(eq=False)
class StampAwaitsWitnesses(Refusal):
    """The last checkpoint is stamped once its witnesses have signed it, or at *until* without them."""

    code: ClassVar[str] = "stamp-awaits-witnesses"
    origin: str
    size: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Stamps:
    """How far an assembly's time-stamps have come.

    Shape   ``promised``: genesis says that they are due.  ``waits_until``: the last one waits for the
            witnesses, and no longer than that; None where it does not.
    """

    promised: bool
    obtained: tuple[Stamp, ...]
    due: bool
    waits_until: datetime | None = None


def is_due(case: Case, have: Sequence[Stamp], *, size: int, now: datetime) -> bool:
    """Whether the checkpoint of *size* entries, the newest, is to be stamped now.

    Due after the freeze, at the opening, once a day while the vote is open, after the close; and, once
    there is a count, for each checkpoint that is the last one.  One that has its stamp needs no second.
    """
    if case.frozen_index is None or any(each.size == size for each in have):
        return False
    schedule = case.docket.assembly.schedule
    obtained = [parse_instant(each.obtained_at) for each in have]
    covered = max((each.size for each in have), default=0)
    is_open = schedule.opens_at <= now < schedule.closes_at
    return (
        covered <= case.frozen_index
        or (now >= schedule.opens_at and all(at < schedule.opens_at for at in obtained))
        or (is_open and all(now - at >= _DAILY for at in obtained))
        or (case.closed_index is not None and covered <= case.closed_index)
        or case.tally_index is not None
    )


def authorities(tx: Transaction, case: Case) -> tuple[str, ...]:
    """SHA-256 of the certificates that genesis names; none where no time-stamp is due, ever."""
    body = decode_entry(ledger.entry(tx, case.id, 0)).body
    if not isinstance(body, Genesis):
        raise Broken(f"{case.origin}: the first entry is no genesis")
    return body.timestamps


def for_bundle(state: Promised) -> tuple[Stamp, ...]:
    """The stamps of a bundle made of this state.

    Raises  StampMissing, StampAwaitsWitnesses where its last checkpoint is promised a stamp and has none.
    """
    tx, case, size = state.tx, state.case, state.size
    if not authorities(tx, case):
        return ()
    found = tuple(each for each in stamps.stamps(tx, case.id) if each.size <= size)
    if all(each.size != size for each in found):
        until = waits_until(tx, case, size=size, note=state.note)
        if until is None:
            raise StampMissing(case.origin, size)
        raise StampAwaitsWitnesses(case.origin, size, until)
    return found


def is_last_stamped(tx: Transaction, case: Case) -> bool:
    """Whether the checkpoint over all stored entries has the stamp that it was promised, if any."""
    size = ledger.head(tx, case.id).size
    return not authorities(tx, case) or any(each.size == size for each in stamps.stamps(tx, case.id))


def as_stamped(notes: Mapping[int, bytes], stamped: Iterable[Stamp]) -> dict[int, bytes]:
    """Checkpoints by size as a bundle holds them: what was stamped stays, whoever signed it afterwards."""
    return {**notes, **{each.size: each.note for each in stamped}}


def state(rt: Runtime, origin: str) -> Stamps:
    """Raises: NoSuchAssembly."""
    anchored, now = rt.anchors.read(origin), rt.now()
    with rt.database.reading() as tx:
        case, head = open_ledger(tx, origin)
        have, size = stamps.stamps(tx, case.id), head.size
        if not authorities(tx, case):
            return Stamps(promised=False, obtained=have, due=False)
        due = is_due(case, have, size=size, now=now)
        until = waits_until(tx, case, size=size, note=anchored) if due else None
    return Stamps(promised=True, obtained=have, due=due, waits_until=until)


def waits_until(tx: Transaction, case: Case, *, size: int, note: bytes) -> datetime | None:
    """How long the last checkpoint waits for its witnesses; None where it has them, or needs none."""
    policy = policy_of(tx, case)
    if case.tally_index is None or policy is None:
        return None
    if is_quorum(policy, with_cosignatures(tx, case, size, note)):
        return None
    return parse_instant(ledger.head(tx, case.id).last_time) + _WITNESSES_HAVE
