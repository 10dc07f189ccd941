"""Checkpoints (C2SP tlog-checkpoint): a signed promise of what a log held at one size.

Ours have exactly three lines; extension lines, which no monitor could audit, are refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voting.ledger.canonical import LARGEST_INTEGER, CanonicalFault, b64, unb64
from voting.ledger.merkle import EMPTY_ROOT, HASH_BYTES
from voting.ledger.note import NoteFault, Signer, Verifier, read_note, require_name, sign_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


class CheckpointFault(ValueError):
    """A text is no checkpoint, or the log itself has not signed it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root of the first *size* entries of the log *origin*; *root* is 32 bytes."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        try:
            require_name(self.origin)
        except NoteFault as error:
            raise CheckpointFault("the origin is no key name") from error
        if not 0 <= self.size <= LARGEST_INTEGER or len(self.root) != HASH_BYTES:
            raise CheckpointFault("a size below 0 or above 2^53-1, or a root that is no hash")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointFault("an empty log has the root of no entries")


def format(checkpoint: Checkpoint) -> str:
    """The three lines: origin, size, base64 of the root."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{b64(checkpoint.root)}\n"


def parse(text: str) -> Checkpoint:
    """Read what format writes, and nothing else.

    Raises  CheckpointFault.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise CheckpointFault("a checkpoint has exactly three lines")
    origin, size, root, _ = lines
    if not _SIZE.fullmatch(size):
        raise CheckpointFault("the size is no plain decimal number")
    try:
        return Checkpoint(origin, int(size), unb64(root))
    except CanonicalFault as error:
        raise CheckpointFault("the root is not base64") from error


def sign(checkpoint: Checkpoint, *signers: Signer) -> bytes:
    """The signed note; by the old and the new key where a key is being replaced.

    Raises  CheckpointFault when a signer does not sign in the log's name.
    """
    if any(signer.name != checkpoint.origin for signer in signers):
        raise CheckpointFault("the key of one log may not sign for another")
    return sign_note(format(checkpoint), *signers)


def open(note: bytes, verifiers: Sequence[Verifier]) -> Checkpoint:
    """The checkpoint in a note that the log itself has signed.

    Raises  NoteFault when it is no note or a known key's signature is wrong; CheckpointFault when it is no
            checkpoint, or the only known keys that signed bear another name (a witness, another log).
    """
    opened = read_note(note, verifiers)
    checkpoint = parse(opened.text)
    if all(verifier.name != checkpoint.origin for verifier in opened.signed_by):
        raise CheckpointFault("signed by known keys, but not by the log's own")
    return checkpoint
