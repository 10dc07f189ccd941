"""Tiles and entry bundles as C2SP tlog-tiles lays them out."""

from hashlib import sha256

import pytest

from tests import reference
from voting.ledger.merkle import leaf_hash, root
from voting.ledger.tiles import Tile, TileFault, entry_files, parse_tile, read_entries, tile_files


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (0, []),
        (1, ["tile/0/000.p/1"]),
        (255, ["tile/0/000.p/255"]),
        (256, ["tile/0/000", "tile/1/000.p/1"]),
        (257, ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]),
        (512, ["tile/0/000", "tile/0/001", "tile/1/000.p/2"]),
    ],
)
def test_a_tile_holds_256_hashes_and_only_the_last_is_partial(size: int, paths: list[str]) -> None:
    assert sorted(tile_files(leaves(size))) == paths


def test_a_third_level_begins_at_65536_entries_and_paths_get_longer_at_a_thousand() -> None:
    files = tile_files([sha256(number.to_bytes(4, "big")).digest() for number in range(256 * 1001)])

    assert {"tile/0/x001/000", "tile/0/999", "tile/1/003.p/233", "tile/2/000.p/3"} <= set(files)
    assert len(files) == 1001 + 4 + 1


def test_a_hash_of_the_next_level_is_the_root_of_a_whole_tile() -> None:
    hashes = leaves(600)
    files = tile_files(hashes)

    assert files["tile/1/000.p/2"] == root(hashes[:256]) + root(hashes[256:512])
    assert files["tile/0/002.p/88"] == b"".join(hashes[512:])


@pytest.mark.parametrize("size", [1, 2, 200, 256, 257, 700])
def test_the_root_can_be_computed_from_tiles_alone(size: int) -> None:
    data = b"".join(
        part for path, part in sorted(tile_files(leaves(size)).items()) if path.startswith("tile/0/")
    )
    hashes = [data[place : place + 32] for place in range(0, len(data), 32)]

    assert root(hashes) == reference.root([str(number).encode() for number in range(size)])


def test_an_entry_stands_after_its_length_in_two_bytes() -> None:
    assert entry_files([b"a", b"", b"bc"]) == {"tile/entries/000.p/3": b"\0\1a\0\0\0\2bc"}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 1000])
def test_entries_are_read_back(size: int) -> None:
    entries = tuple(str(number).encode() * (number % 50) for number in range(size))

    assert read_entries(entry_files(entries)) == entries


def test_an_entry_of_64_kib_does_not_fit() -> None:
    with pytest.raises(TileFault):
        entry_files([bytes(2**16)])


BAD = {
    "cut off in an entry": {"tile/entries/000.p/1": b"\0\5abcd"},
    "cut off in a length": {"tile/entries/000.p/2": b"\0\1a\0"},
    "fewer than said": {"tile/entries/000.p/2": b"\0\1a"},
    "more than said": {"tile/entries/000.p/1": b"\0\1a\0\1b"},
    "a full one that is not": {"tile/entries/000": b"\0\1a"},
    "a width of none": {"tile/entries/000.p/0": b""},
    "a width in another spelling": {"tile/entries/000.p/01": b"\0\1a"},
    "a width that is full": {"tile/entries/000.p/256": b"\0\0" * 256},
    "a width beyond": {"tile/entries/000.p/9999": b"\0\1a"},
}


@pytest.mark.parametrize("files", BAD.values(), ids=BAD.keys())
def test_a_bundle_that_does_not_hold_what_its_path_says_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(TileFault):
        read_entries(files)


def test_what_comes_after_a_gap_is_not_read() -> None:
    files = entry_files([b"x"] * 600)
    del files["tile/entries/001"]

    assert len(read_entries(files)) == 256


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("tile/0/000", Tile(0, 0)),
        ("tile/63/999.p/255", Tile(63, 999, 255)),
        ("tile/1/x001/x234/067.p/7", Tile(1, 1_234_067, 7)),
        ("tile/entries/x001/000", Tile(None, 1000)),
    ],
)
def test_a_path_names_one_tile_and_is_its_only_spelling(path: str, tile: Tile) -> None:
    assert parse_tile(path) == tile
    assert tile.path == path


@pytest.mark.parametrize("size", [1, 255, 256, 257, 70_000])
def test_a_tree_holds_exactly_the_tiles_that_its_size_covers(size: int) -> None:
    paths = list(tile_files([bytes(32)] * size))

    assert all(parse_tile(path).covers <= size for path in paths)
    # One node more would be beyond it.
    last = [parse_tile(path) for path in paths if ".p/" in path]
    assert all(Tile(each.level, each.number, each.width + 1).covers > size for each in last)


def test_the_tree_of_70000_has_the_tiles_that_the_specification_gives_as_an_example() -> None:
    paths = [parse_tile(path) for path in tile_files([bytes(32)] * 70_000)]

    assert sum(each.level == 0 and each.is_full for each in paths) == 273
    assert [(each.level, each.number, each.width) for each in paths if not each.is_full] == [
        (0, 273, 112),
        (1, 1, 17),
        (2, 0, 1),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/",
        "tile/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/+1/000",
        "tile/0/x000/001",
        "tile/0/001/x000",
        "tile/0/1000",
        "tile/0/x1/000",
        "tile/0/X001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/entries/0/000",
        "Tile/0/000",
        "/tile/0/000",
        "tile/0/x001/x001/x001/x001/x001/001",
    ],
)
def test_any_other_spelling_is_no_path_of_a_tile(path: str) -> None:
    with pytest.raises(TileFault):
        parse_tile(path)
