"""A store that was turned back: what was signed beyond it, and how the ledger goes on.

The signed checkpoint that the store cannot keep is proof, and stays for ever: in a file beside the
anchor, in the database, and by size and root in the incident that tells of it.  The anchor is put on the
restored state by this module only, and only once the incident is committed: a crash anywhere before
leaves the ledger as suspended as it was.  Source: ledger L4; docs/adr/0009.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from voting.core.errors import Broken
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import b64
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.merkle import Frontier, frontier
from voting.ledger.note import NoteFault
from voting.runtime import Runtime
from voting.services.recording import promise
from voting.store.anchor import AnchorMissing
from voting.store.assemblies import Case
from voting.store.ledger import Head

LONGEST_NOTE = 2000  # characters of an officer's own words


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint that the log signed and the store does not continue."""

    note: bytes
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Found:
    """What stands against the store.

    Shape   ``lost`` are promises that it does not keep; ``has_anchor`` is false where the anchor is not
            there, or is none of this log's.
    """

    lost: tuple[Signed, ...]
    has_anchor: bool

    def and_lost(self, more: Iterable[Signed]) -> "Found":
        """The same with what else the store does not keep; nothing stands there twice."""
        known = {each.checkpoint for each in self.lost}
        return Found((*self.lost, *(each for each in more if each.checkpoint not in known)), self.has_anchor)


def look(rt: Runtime, case: Case, leaves: list[bytes]) -> Found:
    """Compare what was signed with what is stored.  Shape: *leaves* of all stored entries.

    What was signed is known from the anchor, and from a witness that has shown more.
    """
    found, shown = _anchored(rt, case, leaves), _shown(rt, case, leaves)
    return found if shown is None else found.and_lost([shown])


def _shown(rt: Runtime, case: Case, leaves: list[bytes]) -> Signed | None:
    """What contradicts the ledger and no incident accounts for; it was verified when it was kept."""
    note = case.contradiction
    if note is None or case.contradiction_settled is not None:
        return None
    stated = checkpoints.open(note, [rt.keys.signer(case.origin).verifier])
    return None if continues(leaves, stated) else Signed(note, stated)


def _anchored(rt: Runtime, case: Case, leaves: list[bytes]) -> Found:
    try:
        note = rt.anchors.read(case.origin)
    except (AnchorMissing, Broken):
        return Found((), has_anchor=False)
    if not note:
        return Found((), has_anchor=True)
    try:
        stated = checkpoints.open(note, [rt.keys.signer(case.origin).verifier])
    except (NoteFault, CheckpointFault):
        return Found((), has_anchor=False)
    lost = () if continues(leaves, stated) else (Signed(note, stated),)
    return Found(lost, has_anchor=True)


def continues(leaves: list[bytes], signed: Checkpoint) -> bool:
    """Whether the stored entries are those that were signed, or more."""
    return signed.size <= len(leaves) and frontier(leaves[: signed.size]).root() == signed.root


def loss_text(found: Found, head: Head) -> str:
    """What was lost, for everybody to read: the range, and size and root of what had been signed."""
    lost = "".join(_lost_text(each.checkpoint, head) for each in found.lost)
    if not found.has_anchor:
        here = f"{head.size}件の記録(ルート {b64(head.root)})"
        more = "このほかに" if lost else "これより後に"
        return f"{lost}記録の控えを失い、{here}から続ける。{more}署名した記録の有無は確かめられない。"
    return lost or f"署名した記録に欠けは見付からず、{head.size}件の記録から続ける。"


def _lost_text(signed: Checkpoint, head: Head) -> str:
    named = f"署名済みのチェックポイント {signed.size}件 ルート {b64(signed.root)}"
    if signed.size <= head.size:
        return f"署名した{signed.size}件と異なる記録に戻った({named})。"
    last = f"から{signed.size - 1}番まで" if signed.size - 1 > head.size else ""
    return f"記録{head.size}番{last}の{signed.size - head.size}件を失った({named})。"


def reseat(rt: Runtime, case: Case, found: Found, head: Head) -> None:
    """Put the anchor on the stored state, recomputed from its first entry.

    The caller holds both turns, and the incident is committed.
    """
    if not found.has_anchor:
        rt.anchors.renew(case.origin)
    promise(rt, case, Head(b"", Frontier(0, ()), head.last_time), head)
