"""A log's files as C2SP tlog-tiles lays them out: tiles of hashes and bundles of entries.

A bundle holds all full tiles, and the partial ones of one size: that of the last checkpoint.
Source  c2sp.org/tlog-tiles; docs/ledger-format.md, L8.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from voting.ledger.merkle import levels_of

WIDTH = 256
_BITS = 8  # 2^8 nodes of one level are one of the next
FOLDER = "tile/"
ENTRIES = "tile/entries/"
_LONGEST = 2**16 - 1
_WIDTH = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
# Five groups reach beyond any log: 10^15 tiles.
_PLACE = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)
_HIGHEST = 63


class TileFault(ValueError):
    """A file is no bundle of entries, or one is missing, or a path is none of a tile."""


@dataclass(frozen=True, slots=True)
class Tile:
    """The place of one tile or bundle.

    Shape   *level* is None for a bundle of entries; *width* is 256 for a full one.
    """

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        return self.width == WIDTH

    @property
    def first(self) -> int:
        """The place of its first node, within its level."""
        return self.number * WIDTH

    @property
    def covers(self) -> int:
        """The size that a tree must have to hold all of it."""
        return int((self.first + self.width) * WIDTH ** (self.level or 0))

    @property
    def path(self) -> str:
        return _path(ENTRIES if self.level is None else f"{FOLDER}{self.level}/", self.number, self.width)


def parse_tile(path: str) -> Tile:
    """The tile at ``tile/<L>/<N>[.p/<W>]`` or ``tile/entries/<N>[.p/<W>]``, in the one spelling it has.

    Raises  TileFault.
    """
    found = _PLACE.fullmatch(path)
    if not found:
        raise TileFault(f"{path} is no path of a tile")
    level = None if found["level"] == "entries" else int(found["level"])
    number = int(found["number"].replace("/", "").replace("x", ""))
    tile = Tile(level, number, int(found["width"] or WIDTH))
    if (level or 0) > _HIGHEST or tile.path != path:
        raise TileFault(f"{path} is no path of a tile")
    return tile


def tile_files(leaf_hashes: Sequence[bytes]) -> dict[str, bytes]:
    """The tiles of the tree over these leaves, by path."""
    return tiles_of(levels_of(leaf_hashes))


def tiles_of(levels: Sequence[Sequence[bytes]]) -> dict[str, bytes]:
    """The tiles of a tree, by path.

    Shape   *levels* as made by ``levels_of``: those of one, 256, 65536 leaves are what stands in tiles.
    """
    files: dict[str, bytes] = {}
    for level, nodes in enumerate(levels[::_BITS]):
        for number, start in enumerate(range(0, len(nodes), WIDTH)):
            tile = nodes[start : start + WIDTH]
            files[_path(f"{FOLDER}{level}/", number, len(tile))] = b"".join(tile)
    return files


def entry_paths(size: int) -> list[str]:
    """The paths of the bundles that so many entries stand in."""
    return [_path(ENTRIES, start // WIDTH, min(WIDTH, size - start)) for start in range(0, size, WIDTH)]


def entry_files(entries: Sequence[bytes]) -> dict[str, bytes]:
    """The entries in bundles of 256, each entry after its length in two bytes, big-endian.

    Raises  TileFault for an entry of 64 KiB or more.
    """
    files = {}
    for number, start in enumerate(range(0, len(entries), WIDTH)):
        bundle = entries[start : start + WIDTH]
        files[_path(ENTRIES, number, len(bundle))] = entry_bundle(bundle)
    return files


def leaf_tiles(size: int) -> tuple[tuple[str, int], ...]:
    """Path and width of each tile that holds the leaf hashes of a tree of *size* leaves, in order."""
    starts = range(0, size, WIDTH)
    widths = [min(WIDTH, size - start) for start in starts]
    return tuple((_path(f"{FOLDER}0/", number, width), width) for number, width in enumerate(widths))


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """The content of one bundle.  Raises: TileFault as ``entry_files``."""
    if any(len(entry) > _LONGEST for entry in entries):
        raise TileFault("an entry is too long for a bundle")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_entries(files: Mapping[str, bytes]) -> tuple[bytes, ...]:
    """The entries that stand in *files*, from the first bundle to the first partial or missing one.

    Raises  TileFault for a bundle that does not hold as many entries as its path says.
    """
    return tuple(chain.from_iterable(entry_bundles(files, files.__getitem__)))


def entry_bundles(paths: Collection[str], read: Callable[[str], bytes]) -> Iterator[list[bytes]]:
    """The same, one bundle after another, each read when its turn comes.  Raises: as ``read_entries``."""
    for path, count in _bundles(paths):
        found = split_bundle(read(path))
        if len(found) != count:
            raise TileFault(f"{path} holds {len(found)} entries")
        yield found


def _bundles(paths: Collection[str]) -> Iterator[tuple[str, int]]:
    """The bundles in order, with the number of entries that each must have."""
    partial = {path.rpartition(".p/")[0]: path for path in paths if ".p/" in path}
    number = 0
    while (path := _path(ENTRIES, number, WIDTH)) in paths:
        yield path, WIDTH
        number += 1
    if path in partial:
        width = partial[path].rpartition("/")[2]
        if not _WIDTH.fullmatch(width) or _path(ENTRIES, number, int(width)) != partial[path]:
            raise TileFault(f"{partial[path]} is no path of a bundle")
        yield partial[path], int(width)


def split_bundle(data: bytes) -> list[bytes]:
    """The entries in one bundle.  Raises: TileFault."""
    found, place, last = [], 0, len(data) - 1
    while place < last:
        start = place + 2
        place = start + (data[place] << 8 | data[place + 1])
        found.append(data[start:place])
    if place != len(data):
        raise TileFault("an entry is cut off")
    return found


def _path(folder: str, number: int, width: int) -> str:
    """``x001/x234/067`` for 1,234,067; a partial one ends in ``.p/`` and its width."""
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.append(f"x{number % 1000:03d}")
    suffix = "" if width == WIDTH else f".p/{width}"
    return folder + "/".join(reversed(parts)) + suffix
