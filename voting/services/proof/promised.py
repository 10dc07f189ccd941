"""One state of the store that a signed checkpoint covers whole, for reading without holding anybody up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.ledger import checkpoint as checkpoints
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.recording import settle
from voting.store import assemblies, ledger
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

# Each try waits for the promises under way; so many entries in a row between two looks are a busy close.
_TRIES = 20


@dataclass(eq=False)
class LedgerBusy(Refusal):
    """Entries came one after the other; no state stood still for a look."""

    code: ClassVar[str] = "ledger-busy"
    origin: str


@dataclass(frozen=True, slots=True)
class Promised:
    """An assembly as of one checkpoint.  Shape: ``note`` is that checkpoint, signed, over all ``size``."""

    tx: Transaction
    case: Case
    note: bytes
    size: int


@contextmanager
def promised_state(rt: Runtime, origin: str) -> Iterator[Promised]:
    """A state in which store and anchor agree; ballots go on being recorded meanwhile.

    Raises  NoSuchAssembly; Suspended where the store is behind what was signed; LedgerBusy; Broken.
    """
    for _ in range(_TRIES):
        with rt.database.reading() as tx:
            found = _look(rt, tx, origin)
            if found is not None:
                yield found
                return
        # A promise is under way, or was left open by a crash, or the store was turned back.
        settle(rt, origin)
    raise LedgerBusy(origin)


def _look(rt: Runtime, tx: Transaction, origin: str) -> Promised | None:
    # The head first: it fixes the state that this transaction reads.
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    head = ledger.head(tx, case.id)
    note = rt.anchors.read(origin)
    if not note:
        return None
    signed = checkpoints.open(note, [rt.keys.signer(origin).verifier])
    if signed.size != head.size:
        return None
    if signed.root != head.root:
        raise Broken(f"{origin}: the anchor is not the checkpoint over the {head.size} stored entries")
    return Promised(tx, case, note, head.size)
