"""The Merkle tree of RFC 6962 and RFC 9162 over SHA-256: roots, proofs and their verification.

Everything is a level-by-level walk: a level's last node without a partner moves up as it is, which gives
the same tree as the recursive definition and no depth to worry about.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

_sha256 = hashlib.sha256


class ProofFault(ValueError):
    """A proof does not prove what it should."""


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data): the hash of a leaf."""
    return _sha256(b"\x00" + data).digest()


def hash_leaves(items: Iterable[bytes]) -> list[bytes]:
    """The hash of each leaf, in order."""
    return [_sha256(b"\x00" + data).digest() for data in items]


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): the hash of an inner node."""
    return _sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaves in order; of none, SHA-256 of nothing."""
    level = list(leaf_hashes)
    while len(level) > 1:
        level = _parents(level)
    return level[0] if level else EMPTY_ROOT


def levels_of(leaf_hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The roots of all perfect subtrees: those of one leaf, then in each next list of twice as many.

    A last node without a partner is in no list but its own.
    """
    found = [list(leaf_hashes)]
    while len(found[-1]) > 1:
        whole = len(found[-1]) & ~1
        found.append(_parents(found[-1][:whole]))
    return found


def roots(levels: Sequence[Sequence[bytes]], sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots over the first so many leaves, by size; a size without as many leaves is left out.

    Shape   *levels* as made by ``levels_of``.
    """
    return {size: _joined(_subtrees(levels, size)) for size in sizes if 0 <= size <= len(levels[0])}


def _subtrees(levels: Sequence[Sequence[bytes]], size: int) -> list[bytes]:
    """The perfect subtrees that a tree of *size* leaves consists of, largest first: one for each bit."""
    bits = (bit for bit in reversed(range(size.bit_length())) if size >> bit & 1)
    return [levels[bit][(size >> bit) - 1] for bit in bits]


def inclusion(leaf_hashes: Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """The proof that leaf *index* is in the tree of the first *size* leaves, leaf's sibling first.

    Raises  ProofFault when there is no such leaf or no such tree.
    Source  RFC 9162 2.1.3.1.
    """
    if not 0 <= index < size <= len(leaf_hashes):
        raise ProofFault(f"no leaf {index} in a tree of {size} over {len(leaf_hashes)} leaves")
    return _path(list(leaf_hashes[:size]), index)


def consistency(leaf_hashes: Sequence[bytes], old: int, new: int) -> tuple[bytes, ...]:
    """The proof that the tree of *new* leaves begins with the tree of *old* ones.

    Raises  ProofFault when one of the trees does not exist.
    Source  RFC 9162 2.1.4.1; from an empty tree or to the same one the proof is empty.
    """
    if not 0 <= old <= new <= len(leaf_hashes):
        raise ProofFault(f"no trees of {old} and {new} over {len(leaf_hashes)} leaves")
    if old in (0, new):
        return ()
    level, index = list(leaf_hashes[:new]), old - 1
    while index & 1:
        level, index = _parents(level), index >> 1
    # An old tree that is one perfect subtree is known to the verifier as the old root itself.
    start = (level[index],) if index else ()
    return start + _path(level, index)


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Prove that the leaf hash *leaf* stands at *index* in the tree of *size* leaves with this root.

    Raises  ProofFault.
    Source  RFC 9162 2.1.3.2.
    """
    _require_hashes(leaf, root, *proof)
    if not 0 <= index < size:
        raise ProofFault(f"index {index} is outside a tree of {size}")
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofFault("the proof is too long")
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise ProofFault("the proof is too short")
    if node != root:
        raise ProofFault("the proof leads to another root")


def verify_consistency(
    proof: Sequence[bytes], *, old_size: int, old_root: bytes, new_size: int, new_root: bytes
) -> None:
    """Prove that the old tree is the beginning of the new one.

    Raises  ProofFault.
    Source  RFC 9162 2.1.4.2.
    """
    _require_hashes(old_root, new_root, *proof)
    if not 0 <= old_size <= new_size:
        raise ProofFault(f"a tree of {new_size} cannot begin with one of {old_size}")
    if old_size in (0, new_size):
        if proof:
            raise ProofFault("the proof is too long")
        if old_root != (new_root if old_size == new_size else EMPTY_ROOT):
            raise ProofFault("the roots of the same tree differ")
        return
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    path = list(proof) if place else [old_root, *proof]
    if not path:
        raise ProofFault("the proof is too short")
    old_node = new_node = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofFault("the proof is too long")
        if place & 1 or place == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_node = node_hash(new_node, sibling)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise ProofFault("the proof is too short")
    if old_node != old_root:
        raise ProofFault("the proof leads to another old root")
    if new_node != new_root:
        raise ProofFault("the proof leads to another new root")


@dataclass(frozen=True, slots=True)
class Frontier:
    """What is needed of a tree to append to it: the roots of its perfect subtrees, largest first.

    At most one hash for each bit of *size*, so that one row can hold it.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ProofFault(f"a frontier of {self.size} leaves has {self.size.bit_count()} hashes")

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier after one more leaf hash."""
        hashes, ones = list(self.hashes), self.size
        while ones & 1:
            leaf, ones = node_hash(hashes.pop(), leaf), ones >> 1
        hashes.append(leaf)
        return Frontier(self.size + 1, tuple(hashes))

    def root(self) -> bytes:
        """The root of the tree."""
        return _joined(self.hashes)

    def proof_of_next(self) -> tuple[bytes, ...]:
        """The inclusion proof, in the tree of size + 1, of the leaf that is appended next.

        Everything to its left is whole, so its siblings are these subtrees, the smallest first.
        """
        return self.hashes[::-1]

    def proof_in_batch(self, batch: Sequence[bytes], offset: int) -> tuple[bytes, ...]:
        """The inclusion proof of ``batch[offset]`` in the tree that this one becomes with *batch* appended.

        Needs no other leaf, so that one checkpoint can serve several entries without reading the log.
        Raises  ProofFault when the batch has no such leaf.
        """
        if not 0 <= offset < len(batch):
            raise ProofFault(f"no leaf {offset} in a batch of {len(batch)}")
        level, start, index = list(batch), self.size, self.size + offset
        whole, siblings = list(self.hashes), []
        while start or len(level) > 1:
            # An odd start means that the node to its left is the root of a perfect subtree.
            if start & 1:
                level, start = [whole.pop(), *level], start - 1
            if 0 <= (index ^ 1) - start < len(level):
                siblings.append(level[(index ^ 1) - start])
            level, start, index = _parents(level), start >> 1, index >> 1
        return tuple(siblings)

    def to_bytes(self) -> bytes:
        """Eight bytes of size, big-endian, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what to_bytes wrote.

        Raises  ProofFault when the length does not fit the size.
        """
        size = int.from_bytes(data[:8], "big")
        if len(data) != 8 + HASH_BYTES * size.bit_count():
            raise ProofFault(f"{len(data)} bytes are no frontier of {size} leaves")
        places = range(8, len(data) + 1, HASH_BYTES)
        return cls(size, tuple(data[start:end] for start, end in pairwise(places)))


def frontier(leaf_hashes: Sequence[bytes]) -> Frontier:
    """The frontier of the tree over these leaves."""
    size = len(leaf_hashes)
    return Frontier(size, tuple(_subtrees(levels_of(leaf_hashes), size)))


def _joined(whole: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees, given the root of each, largest first."""
    if not whole:
        return EMPTY_ROOT
    *larger, node = whole
    for left in reversed(larger):
        node = node_hash(left, node)
    return node


def _parents(level: list[bytes]) -> list[bytes]:
    """The level above: pairs hashed, a last one without a partner moved up as it is."""
    nodes = iter(level)
    above = [_sha256(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)]
    return above + level[-1:] if len(level) & 1 else above


def _path(level: list[bytes], index: int) -> tuple[bytes, ...]:
    """The siblings on the way from *index* in this level to the root."""
    siblings = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            siblings.append(level[index ^ 1])
        level, index = _parents(level), index >> 1
    return tuple(siblings)


def _require_hashes(*hashes: bytes) -> None:
    """Refuse anything that is not 32 bytes: shorter ones would move the boundary between two nodes."""
    if any(len(each) != HASH_BYTES for each in hashes):
        raise ProofFault(f"a hash is not {HASH_BYTES} bytes")
