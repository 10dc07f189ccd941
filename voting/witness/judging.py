"""Whether a witness signs: what it holds, what it is offered, and the proof between the two.

Pure: who stores and who signs is said in ``desk``.  Source: c2sp.org/tlog-witness, add-checkpoint.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import LARGEST_INTEGER, CanonicalFault, b64, unb64
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.merkle import EMPTY_ROOT, HASH_BYTES, ProofFault, verify_consistency
from voting.ledger.note import NoteFault, Verifier, split_note
from voting.witness.errors import (
    Forked,
    NoSubmission,
    NotProved,
    NotSignedByLog,
    OldSizeDiffers,
    WentSmaller,
)

MOST_PROOF_LINES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint and the proof that it continues the tree of *old* entries."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes


def format_submission(submission: Submission) -> bytes:
    """The body of add-checkpoint."""
    lines = (f"old {submission.old}", *(b64(each) for each in submission.proof))
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + submission.note


def parse_submission(body: bytes) -> Submission:
    """Read what format_submission writes, and nothing else.  Raises: NoSubmission."""
    head, border, note = body.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    if not border or len(lines) > MOST_PROOF_LINES:
        raise NoSubmission("no empty line before the checkpoint, or too many lines of proof")
    found = _OLD.fullmatch(first.decode("latin-1"))
    if found is None or int(found[1]) > LARGEST_INTEGER:
        raise NoSubmission("the first line is not: old SIZE")
    try:
        proof = tuple(unb64(line.decode("latin-1")) for line in lines)
    except CanonicalFault as fault:
        raise NoSubmission("a line of the proof is not base64") from fault
    if any(len(each) != HASH_BYTES for each in proof):
        raise NoSubmission("a line of the proof is no hash")
    stated(note)
    return Submission(int(found[1]), proof, note)


def stated(note: bytes) -> Checkpoint:
    """What a checkpoint's note says, its signatures not looked at.  Raises: NoSubmission."""
    try:
        return checkpoints.parse(split_note(note)[0])
    except (NoteFault, CheckpointFault) as fault:
        raise NoSubmission(str(fault)) from fault


def opened(note: bytes, log: Verifier) -> Checkpoint:
    """The checkpoint in *note*, signed by the log.  Raises: NotSignedByLog; NoSubmission."""
    claimed = stated(note)
    try:
        return checkpoints.open(note, [log])
    except (NoteFault, CheckpointFault) as fault:
        raise NotSignedByLog(claimed.origin, str(fault)) from fault


def judge(offered: Checkpoint, held: Checkpoint | None, *, old: int, proof: Sequence[bytes]) -> None:
    """Return where *offered* may be signed by a witness whose last signed checkpoint is *held*.

    Order   as the protocol says: sizes, then roots of one size, then the proof.
    Raises  WentSmaller, OldSizeDiffers, Forked, NotProved.
    """
    size = 0 if held is None else held.size
    if old > offered.size:
        raise WentSmaller(offered.origin, size, offered.size)
    if old != size:
        raise OldSizeDiffers(offered.origin, old, size)
    if held is not None and offered.size == held.size and offered.root != held.root:
        raise Forked(offered.origin, held.size, offered.size)
    old_root = EMPTY_ROOT if held is None else held.root
    try:
        verify_consistency(
            proof, old_size=size, old_root=old_root, new_size=offered.size, new_root=offered.root
        )
    except ProofFault as fault:
        raise NotProved(offered.origin, size, offered.size, str(fault)) from fault
