"""Checkpoints of a bundle, each signed by the key that was in force when it was made."""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.ledger import checkpoint as checkpoints
from voting.ledger.bundle_files import CHECKPOINT, CHECKPOINTS
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.ed25519 import Verify, verifies
from voting.ledger.note import NoteFault, Verifier, read_note, split_note
from voting.verify.bundle import Bundle
from voting.verify.findings import Unreadable, refuted

Keys = Sequence[tuple[int, Verifier]]


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint whose signatures were verified, and the note's bytes."""

    checkpoint: Checkpoint
    note: bytes


class NotSigned(ValueError):
    """A checkpoint is another one, or a key that had to sign it has not."""


def checkpoints_of(bundle: Bundle, keys: Keys, *, by: Verify = verifies) -> tuple[Signed, ...]:
    """The bundle's checkpoints by size, strict and signed.

    Raises  Refuted as check 4.
    """
    found: list[Signed] = []
    for size, path in sorted(_paths(bundle)):
        note = bundle.read(path) or b""
        before = found[-1].checkpoint.size if found else 0
        try:
            checkpoint = open_signed(note, keys, size=size, before=before, by=by)
        except (NoteFault, CheckpointFault, NotSigned) as fault:
            raise refuted(4, "checkpoint", path=path, detail=str(fault)) from fault
        found.append(Signed(checkpoint, note))
    if not found:
        raise refuted(4, "missing", path=CHECKPOINTS)
    if bundle.read(CHECKPOINT) != found[-1].note:
        raise refuted(4, "last-checkpoint", path=CHECKPOINT)
    return tuple(found)


def open_signed(
    note: bytes, keys: Keys, *, size: int, before: int | None = None, by: Verify = verifies
) -> Checkpoint:
    """A checkpoint of *size* entries, signed by the log's key of its time.

    Shape   *before* is the size of the checkpoint before it: where a key was replaced in between, the old
            one has to have signed too.
    Raises  NoteFault, CheckpointFault; NotSigned.
    Source  ledger L3, key.
    """
    known = [(index, verifier) for index, verifier in keys if index < size] or [keys[0]]
    fresh = [place for place, (index, _) in enumerate(known) if before is not None and index >= before]
    first = min([place - 1 for place in fresh if place] or [len(known) - 1])
    wanted = [verifier for _, verifier in known[first:]]
    opened = read_note(note, wanted, by=by)
    if len(opened.signed_by) != len(wanted):
        raise NotSigned("a key of the log that was in force has not signed it")
    checkpoint = checkpoints.parse(opened.text)
    if checkpoint.origin != keys[0][1].name or checkpoint.size != size:
        raise NotSigned("it is the checkpoint of another log or size")
    return checkpoint


def _paths(bundle: Bundle) -> list[tuple[int, str]]:
    found = []
    for path in bundle.under(CHECKPOINTS):
        size = path.removeprefix(CHECKPOINTS)
        if not size.isdecimal() or len(size) > 16 or str(int(size)) != size:
            raise refuted(4, "checkpoint-place", path=path)
        found.append((int(size), path))
    return found


def stated(note: bytes) -> Checkpoint:
    """What a checkpoint's note says, its signatures not looked at.

    Raises  Unreadable where it is none.
    """
    try:
        return checkpoints.parse(split_note(note)[0])
    except (NoteFault, CheckpointFault) as fault:
        raise Unreadable(str(fault)) from fault
