"""An auditor's real witness beside the assembly: it remembers what it signed, and signs what continues it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.witness.logs import Owner, cosigner
from tests.world import World
from voting.core.errors import Refusal
from voting.ledger.merkle import consistency, leaf_hash
from voting.services.proof import cosigned
from voting.witness.desk import Desk
from voting.witness.judging import Submission, opened
from voting.witness.state import State

_KEY = cosigner("witness.example.or.jp/kanji", 7)
WITNESS_POLICY = f"witness kanji {_KEY.witness.vkey}\nquorum kanji\n"


def new_desk(folder: Path, clock: Callable[[], datetime]) -> Desk:
    """A witness for the assembly in *folder*, which remembers nothing yet."""
    return Desk(State(folder / "witness"), _KEY, clock, Owner())


def desk_in(folder: Path, clock: Callable[[], datetime]) -> Desk | None:
    """The witness of the assembly in *folder*, if it has one."""
    return new_desk(folder, clock) if (folder / "witness").exists() else None


def cosign(world: World, desk: Desk | None) -> None:
    """Ask the witness to sign the newest checkpoint; where it does not, the log goes without."""
    if desk is None:
        return
    origin, log = world.origin, world.rt.keys.signer(world.origin).verifier
    note, held = world.rt.anchors.read(origin), desk.state.held(origin)
    old = 0 if held is None else opened(held, log).size
    leaves = [leaf_hash(each) for each in world.entries()]
    proof = consistency(leaves, old, len(leaves)) if old <= len(leaves) else ()
    try:
        line = desk.cosign(Submission(old, proof, note))
    except Refusal:
        return
    cosigned.accept(world.rt, origin, note + line)
