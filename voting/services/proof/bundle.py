"""The ledger as it may leave the house: entries hold commitments only."""

from voting.runtime import Runtime
from voting.services.assemblies import find
from voting.store import ledger


def entries(rt: Runtime, origin: str) -> tuple[bytes, ...]:
    """The canonical entries, in order.  Raises: NoSuchAssembly."""
    case = find(rt, origin)
    with rt.database.reading() as tx:
        return tuple(each.entry for each in ledger.entries(tx, case.id))


def checkpoint(rt: Runtime, origin: str) -> bytes:
    """The latest checkpoint, as a signed note; empty before the first."""
    return rt.anchors.read(find(rt, origin).origin)
