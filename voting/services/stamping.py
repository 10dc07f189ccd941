"""Time-stamps (RFC 3161) over checkpoints: when one is due, and how it is got and kept.

An authority outside then confirms that the ledger had come so far by a certain hour; nobody who holds all
our keys can put that back.  Stamps are asked for by ``voting tick``, never on the way to an answer.

Once a checkpoint is stamped its bytes stay as they were stamped: the bundle holds exactly these, and no
signature is added to that checkpoint afterwards.  Source: ledger L8, L9 check 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import instant_text, parse_instant
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Genesis
from voting.runtime import Runtime
from voting.services.cosigned import is_quorum, with_cosignatures
from voting.services.errors import NoSuchAssembly, Suspended
from voting.services.policies import policy_of
from voting.stamps.authority import StampRejected
from voting.store import assemblies, ledger, stamps
from voting.store.assemblies import Case
from voting.store.stamps import Stamp
from voting.store.transaction import Transaction
from voting.verify.cms import CmsFault
from voting.verify.timestamps import read_timestamp

_DAILY = timedelta(hours=24)


@dataclass(eq=False)
class NoStamper(Refusal):
    """The ledger promises time-stamps, and the configuration names no authority."""

    code: ClassVar[str] = "no-stamper"
    origin: str


@dataclass(eq=False)
class StampMissing(Refusal):
    """The ledger promises a time-stamp over its last checkpoint, and it is not there yet."""

    code: ClassVar[str] = "stamp-missing"
    origin: str
    size: int


@dataclass(frozen=True, slots=True)
class Stamps:
    """How far an assembly's time-stamps have come.  ``promised``: genesis says that they are due."""

    promised: bool
    obtained: tuple[Stamp, ...]
    due: bool


def stamp_if_due(rt: Runtime, origin: str) -> int | None:
    """Have the newest checkpoint stamped where that is due; the answer is its size, None where not.

    Raises  NoStamper, StampNotGiven, StampRejected; Suspended where more was signed than is stored.
    """
    anchored = rt.anchors.read(origin)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        named, have = authorities(tx, case), stamps.stamps(tx, case.id)
        if not named or not anchored:
            return None
        size = checkpoints.open(anchored, [rt.keys.signer(origin).verifier]).size
        stored = ledger.head(tx, case.id).size
        note, policy = with_cosignatures(tx, case, size, anchored), policy_of(tx, case)
    if not is_due(case, have, size=size, now=rt.now()):
        return None
    if case.tally_index is not None and policy is not None and not is_quorum(policy, note):
        # No signature can be added to what is stamped: the last checkpoint waits for its witnesses.
        return None
    if size > stored:
        raise Suspended(origin, stored, size)
    if rt.stamper is None:
        raise NoStamper(origin)
    token = rt.stamper.stamp(note)
    _require_named(token, note, named)
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        # Another run may have been quicker; the first stamp stays.
        if all(each.size != size for each in stamps.stamps(tx, case.id)):
            stamps.put(tx, case.id, Stamp(size, note, token, instant_text(rt.now())))
    return size


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


def for_bundle(tx: Transaction, case: Case, *, size: int) -> tuple[Stamp, ...]:
    """The stamps of a bundle whose last checkpoint has *size* entries.

    Raises  StampMissing where that one is promised a stamp and has none.
    """
    if not authorities(tx, case):
        return ()
    found = tuple(each for each in stamps.stamps(tx, case.id) if each.size <= size)
    if all(each.size != size for each in found):
        raise StampMissing(case.origin, size)
    return found


def state(rt: Runtime, origin: str) -> Stamps:
    """Raises: NoSuchAssembly."""
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        promised, have = bool(authorities(tx, case)), stamps.stamps(tx, case.id)
        size = ledger.head(tx, case.id).size
    return Stamps(promised, have, promised and is_due(case, have, size=size, now=rt.now()))


def _require_named(token: bytes, note: bytes, named: tuple[str, ...]) -> None:
    """Stop where the auditors' verifier would refuse the stamp.  Raises: StampRejected."""
    try:
        stamp = read_timestamp(token, note)
    except CmsFault as fault:
        raise StampRejected(str(fault)) from fault
    if sha256(stamp.certificate).hexdigest() not in named:
        raise StampRejected("its certificate is none that the ledger names")


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case
