"""Time-stamps (RFC 3161) over checkpoints: how one is got and kept.

An authority outside then confirms that the ledger had come so far by a certain hour; nobody who holds all
our keys can put that back.  Stamps are asked for by ``voting tick``, never on the way to an answer.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import instant_text
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.merkle import root
from voting.runtime import Runtime
from voting.services.errors import Suspended
from voting.services.proof.cosigned import with_cosignatures
from voting.services.proof.stamped import authorities, is_due, waits_until
from voting.services.recording import open_ledger
from voting.stamps.authority import StampRejected
from voting.store import ledger, stamps
from voting.store.assemblies import Case
from voting.store.stamps import Stamp
from voting.store.transaction import Transaction
from voting.verify.cms import CmsFault
from voting.verify.timestamps import read_timestamp


@dataclass(eq=False)
class NoStamper(Refusal):
    """The ledger promises time-stamps, and the configuration names no authority."""

    code: ClassVar[str] = "no-stamper"
    origin: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A checkpoint to be stamped.  Shape: ``note`` with its cosignatures; ``named`` as ``authorities``."""

    case: Case
    signed: Checkpoint
    note: bytes
    named: tuple[str, ...]


def stamp_if_due(rt: Runtime, origin: str) -> int | None:
    """Have the newest checkpoint stamped where that is due; the answer is its size, None where not.

    Raises  NoStamper, StampNotGiven, StampRejected; Suspended where more was signed than is stored; Broken
            where something else was.
    """
    wanted = _wanted(rt, origin)
    if wanted is None:
        return None
    if rt.stamper is None:
        raise NoStamper(origin)
    token = rt.stamper.stamp(wanted.note)
    _require_named(token, wanted.note, wanted.named)
    size = wanted.signed.size
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        # The authority took its time, and what is kept here is kept for ever.
        _require_held(tx, wanted.case, wanted.signed)
        # Another run may have been quicker; the first stamp stays.
        if all(each.size != size for each in stamps.stamps(tx, wanted.case.id)):
            stamps.put(tx, wanted.case.id, Stamp(size, wanted.note, token, instant_text(rt.now())))
    return size


def _wanted(rt: Runtime, origin: str) -> _Wanted | None:
    """What is to be stamped now, if anything is."""
    # The anchor first: the store can only have grown since.
    anchored, now = rt.anchors.read(origin), rt.now()
    with rt.database.reading() as tx:
        case, _ = open_ledger(tx, origin)
        named = authorities(tx, case)
        if not named or not anchored:
            return None
        signed = checkpoints.open(anchored, [rt.keys.signer(origin).verifier])
        if not is_due(case, stamps.stamps(tx, case.id), size=signed.size, now=now):
            return None
        until = waits_until(tx, case, size=signed.size, note=anchored)
        if until is not None and now < until:
            return None
        _require_held(tx, case, signed)
        return _Wanted(case, signed, with_cosignatures(tx, case, signed.size, anchored), named)


def _require_held(tx: Transaction, case: Case, signed: Checkpoint) -> None:
    """A stamp over what the ledger does not continue would stay in its bundle for ever.

    Raises  Suspended, Broken.
    """
    stored = ledger.head(tx, case.id).size
    if signed.size > stored:
        raise Suspended(case.origin, stored, signed.size)
    if root(ledger.leaves(tx, case.id, signed.size)) != signed.root:
        raise Broken(f"{case.origin}: the ledger does not continue what was signed at size {signed.size}")


def _require_named(token: bytes, note: bytes, named: tuple[str, ...]) -> None:
    """Stop where the auditors' verifier would refuse the stamp.  Raises: StampRejected."""
    try:
        stamp = read_timestamp(token, note)
    except CmsFault as fault:
        raise StampRejected(str(fault)) from fault
    if sha256(stamp.certificate).hexdigest() not in named:
        raise StampRejected("its certificate is none that the ledger names")
