"""The log that other people's tools are asked about, and how one bit of it is turned."""

from dataclasses import dataclass
from hashlib import sha256

from tests.ledger.story import ORIGIN, signer
from voting.ledger import checkpoint, merkle
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.note import Signer


@dataclass(frozen=True)
class Log:
    """Entries of any bytes, and what we say of them."""

    entries: tuple[bytes, ...]
    signer: Signer

    @property
    def leaves(self) -> list[bytes]:
        return [merkle.leaf_hash(each) for each in self.entries]

    def root(self, size: int) -> bytes:
        return merkle.root(self.leaves[:size])

    def checkpoint(self, size: int) -> bytes:
        return checkpoint.sign(Checkpoint(self.signer.name, size, self.root(size)), self.signer)


def log(size: int) -> Log:
    """A log of *size* invented entries of different lengths."""
    entries = (sha256(b"%d" % number).digest() * (number % 5 + 1) for number in range(size))
    return Log(tuple(entries), signer(ORIGIN))


def turned(data: bytes, bit: int) -> bytes:
    """The bytes with one bit turned."""
    place = bit % (len(data) * 8)
    changed = data[place // 8] ^ 1 << place % 8
    return data[: place // 8] + bytes([changed]) + data[place // 8 + 1 :]
