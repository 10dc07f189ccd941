"""Whether each ledger still stands on what was signed; one that does not hides and holds up no other.

Three looks at different cost: at a glance each minute, the whole tree at the start, and everything that
an operator has to know before going on.  Nothing is mended here.  Source: ledger L4.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voting.core.errors import Broken, Refusal
from voting.runtime import Runtime
from voting.services.assemblies import everything
from voting.services.proof import agreement, contradictions
from voting.services.recording import open_ledger, recompute, require_not_behind, settle, signed_head

Fault = Broken | Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """How one ledger stands.  Shape: ``size`` in entries, 0 with a ``fault``; None is no fault."""

    origin: str
    size: int
    fault: Fault | None


def at_the_start(rt: Runtime) -> Iterator[Standing]:
    """Each ledger, its promises brought up after a crash and its whole tree recomputed."""
    return _each(rt, _recomputed)


def whole(rt: Runtime) -> Iterator[Standing]:
    """As at the start; what the tables say agrees with the ledger as well."""
    return _each(rt, _agreed)


def glance(rt: Runtime, origin: str) -> None:
    """Compare the head with the anchor, and ask whether anybody has shown what is not stored.

    Raises  NoSuchAssembly, AnchorMissing, Suspended, Broken.
    """
    # The anchor first, so that no turn is needed: the store can only have grown since.
    note = rt.anchors.read(origin)
    with rt.database.reading() as tx:
        case, head = open_ledger(tx, origin)
    require_not_behind(origin, head, own=signed_head(rt, case, head), anchored=note)
    contradictions.require_none(case, head)


def _each(rt: Runtime, look: Callable[[Runtime, str], int]) -> Iterator[Standing]:
    for case in everything(rt):
        try:
            size = look(rt, case.origin)
        except (Broken, Refusal) as fault:
            yield Standing(case.origin, 0, fault)
        else:
            yield Standing(case.origin, size, None)


def _recomputed(rt: Runtime, origin: str) -> int:
    settle(rt, origin)
    signed = recompute(rt, origin)
    glance(rt, origin)
    return 0 if signed is None else signed.size


def _agreed(rt: Runtime, origin: str) -> int:
    size = _recomputed(rt, origin)
    agreement.check(rt, origin)
    return size
