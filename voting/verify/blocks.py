"""The lines of a bundle's lists, many at a time, and the roots over them; what they say is for others."""

from collections.abc import Iterator

from voting.ledger.merkle import hash_leaves, root
from voting.verify.bundle import Bundle

_BLOCK = 64 * 1024  # bytes


def whole_lines(bundle: Bundle, path: str) -> Iterator[bytes]:
    """As many lines at once as are read best, without the line feed behind the last.

    The file may not be there, or may end within a line.
    """
    place, step, size = 0, _BLOCK, bundle.size(path) or 0
    while place < size:
        block, end, _ = bundle.part(path, place, place + step).rpartition(b"\n")
        if end:
            yield block
            place, step = place + len(block) + 1, _BLOCK
        elif place + step < size:
            # Twice as much: a line without end is not looked at again and again.
            step *= 2
        else:
            return


def root_of(bundle: Bundle, path: str, start: int = 0, end: int | None = None) -> bytes:
    """The root over the lines of a list, or over those from number *start* to *end* - 1."""
    leaves: list[bytes] = []
    for block in whole_lines(bundle, path):
        leaves += hash_leaves(block.split(b"\n"))
    return root(leaves[start:end])
