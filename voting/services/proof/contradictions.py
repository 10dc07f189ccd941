"""A checkpoint that the log has signed and the stored ledger does not hold: the store was turned back.

It may come from a witness or from anybody who kept one; it proves itself by the log's own signature.  What
a witness merely says is no proof, and stops nothing: an address that somebody else answers could otherwise
stop a vote with a number.  Source: ledger L4; docs/adr/0007.
"""

from voting.ledger import checkpoint as checkpoints
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.merkle import root
from voting.ledger.note import NoteFault, split_note
from voting.runtime import Runtime
from voting.services.errors import Suspended
from voting.store import assemblies, cosignatures, incidents, ledger
from voting.store.assemblies import Case
from voting.store.ledger import Head
from voting.store.transaction import Transaction


def require_none(case: Case, head: Head) -> None:
    """Raises: Suspended where something contradicts the ledger and no incident accounts for it."""
    if case.contradiction is not None and case.contradiction_settled is None:
        raise Suspended(case.origin, head.size, _stated(case.contradiction).size, was_shown=True)


def find(rt: Runtime, case: Case, note: bytes) -> bool:
    """Whether *note* is signed by the log and contradicts the stored ledger; then the assembly is suspended.

    What an incident has accounted for is no news.
    """
    signed = _signed(rt, case, note)
    if signed is None:
        return False
    with rt.database.reading() as tx:
        # Nearly always; and whoever brings what everybody can have must not hold up those who write.
        if _holds(tx, case, signed):
            return False
    with rt.database.transaction() as tx:
        now = assemblies.load(tx, case.id)
        if _holds(tx, now, signed) or were_told(tx, now, signed):
            return False
        known = None if now.contradiction is None else _stated(now.contradiction)
        if known is None or known.size < signed.size:
            cosignatures.contradict(tx, case.id, note)
            return True
        return now.contradiction_settled is None


def is_told_as_lost(rt: Runtime, case: Case, note: bytes) -> bool:
    """Whether an incident has told of exactly the checkpoint that the log has signed in *note*."""
    signed = _signed(rt, case, note)
    with rt.database.reading() as tx:
        return signed is not None and were_told(tx, case, signed)


def settle(tx: Transaction, case: Case, *, index: int) -> None:
    """The incident entry at ledger *index* accounts for what contradicts: recording goes on.

    What was shown stays kept; only a larger checkpoint suspends the assembly again.
    """
    cosignatures.settle(tx, case.id, index=index)


def _signed(rt: Runtime, case: Case, note: bytes) -> Checkpoint | None:
    try:
        return checkpoints.open(note, [rt.keys.signer(case.origin).verifier])
    except (NoteFault, CheckpointFault):
        return None


def _holds(tx: Transaction, case: Case, signed: Checkpoint) -> bool:
    kept = ledger.checkpoint_of(tx, case.id, signed.size)
    if kept is not None and _stated(kept) == signed:
        return True
    head = ledger.head(tx, case.id)
    return signed.size <= head.size and root(ledger.leaves(tx, case.id, signed.size)) == signed.root


def were_told(tx: Transaction, case: Case, signed: Checkpoint) -> bool:
    """Whether an incident has told that exactly these entries were lost.

    The anchor knew of it first, or a witness was asked: so it was never brought against the ledger.  Size
    and root have to be the same: of any other, a smaller one too, nobody can tell that it was signed over
    the entries that are known to be lost, and not over a third history.
    """
    return any(_stated(each) == signed for each in incidents.lost(tx, case.id))


def _stated(note: bytes) -> Checkpoint:
    return checkpoints.parse(split_note(note)[0])
