"""The log as it stands in a bundle's tiles, read once: each bundle of entries while it is at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voting.ledger.entries import Entry, EntryFault, Piece, decode_entry, decode_pieces
from voting.ledger.merkle import hash_leaves
from voting.ledger.tiles import ENTRIES, WIDTH, TileFault, entry_bundles, entry_paths, split_bundle
from voting.verify.bundle import Bundle
from voting.verify.findings import Refuted, refuted


@dataclass(slots=True)
class Log:
    """Leaf hashes of all entries, and what these say up to *fault*, which refutes as check 10.

    Shape   ballots by the web that follow each other are one piece, every other entry is one by itself.
    """

    leaves: list[bytes] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    fault: Refuted | None = None


def read_log(bundle: Bundle, told: Callable[[Sequence[Piece]], None]) -> Log:
    """The log; *told* of the next pieces as soon as they are read.

    Raises  Refuted as check 7.
    """
    found = Log()
    try:
        for entries in entry_bundles(bundle.under(ENTRIES), lambda path: bundle.read(path) or b""):
            start = len(found.leaves)
            found.leaves += hash_leaves(entries)
            if found.fault is None:
                _read(found, entries, start, told)
    except TileFault as fault:
        raise refuted(7, "tile", detail=str(fault)) from fault
    if not found.leaves:
        raise refuted(7, "no-entries")
    return found


def _read(found: Log, entries: Sequence[bytes], start: int, told: Callable[[Sequence[Piece]], None]) -> None:
    """Read *entries*, of which the first stands at index *start*."""
    try:
        pieces = _decoded(entries, start)
    except Refuted as fault:
        found.fault = fault
        return
    found.pieces += pieces
    told(pieces)


def _decoded(entries: Sequence[bytes], start: int) -> Sequence[Piece]:
    try:
        return decode_pieces(entries)
    except EntryFault:
        return [_entry(data, index) for index, data in enumerate(entries, start)]


def _entry(data: bytes, index: int) -> Entry:
    try:
        return decode_entry(data)
    except EntryFault as fault:
        raise refuted(10, "entry", index=index, detail=str(fault)) from fault


def entry_bytes(bundle: Bundle, index: int, *, size: int) -> bytes:
    """The bytes of one entry of a log of *size* that was read."""
    path = entry_paths(size)[index // WIDTH]
    return split_bundle(bundle.read(path) or b"")[index % WIDTH]
