"""A naive Merkle tree straight from the definitions of RFC 6962, as a judge for the fast one.

Recursive, slow, and shares no code with voting/: it is meant to be compared with the RFC line by line.
"""

from hashlib import sha256


def leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def split(count: int) -> int:
    """The largest power of two smaller than *count*."""
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(data: list[bytes]) -> bytes:
    """MTH of section 2.1."""
    if not data:
        return sha256().digest()
    if len(data) == 1:
        return leaf(data[0])
    k = split(len(data))
    return sha256(b"\x01" + root(data[:k]) + root(data[k:])).digest()


def path(m: int, data: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(data) == 1:
        return []
    k = split(len(data))
    if m < k:
        return [*path(m, data[:k]), root(data[k:])]
    return [*path(m - k, data[k:]), root(data[:k])]


def proof(m: int, data: list[bytes]) -> list[bytes]:
    """PROOF of section 2.1.2."""
    return _subproof(m, data, True)


def _subproof(m: int, data: list[bytes], is_old_tree: bool) -> list[bytes]:
    if m == len(data):
        return [] if is_old_tree else [root(data)]
    k = split(len(data))
    if m <= k:
        return [*_subproof(m, data[:k], is_old_tree), root(data[k:])]
    return [*_subproof(m - k, data[k:], False), root(data[:k])]
