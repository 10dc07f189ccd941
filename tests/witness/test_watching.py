"""A witness behind a firewall: it looks at what is published and believes nothing but the leaves."""

from pathlib import Path

import pytest

from tests.witness.logs import ORIGIN, Log, Owner, Site, desk, lines_by, published
from voting.core.errors import Refusal
from voting.ledger.merkle import HASH_BYTES
from voting.witness.client import ask
from voting.witness.desk import Desk
from voting.witness.errors import FilesDiffer, Forked, NotSignedByLog, UnknownLog, Unreachable, WentSmaller
from voting.witness.watching import watch


def look(witness: Desk, site: Site, tiles: dict[str, bytes] | None = None) -> bool:
    with published(site) as address:
        return watch(witness, ask, address, {} if tiles is None else tiles)


def test_what_is_published_is_checked_and_the_cosignature_brought(tmp_path: Path) -> None:
    log = Log.of(5)
    witness, site = desk(tmp_path, log), Site(log.files())

    assert look(witness, site)

    (brought,) = site.brought
    assert brought.startswith(log.note())
    assert lines_by(witness.cosigner, log.note(), brought.removeprefix(log.note())) == 1


def test_a_log_of_several_tiles_is_followed_and_full_tiles_are_fetched_once(tmp_path: Path) -> None:
    log, tiles = Log.of(300), dict[str, bytes]()
    witness, site = desk(tmp_path, log), Site(log.files())
    look(witness, site, tiles)
    log.grow(600)
    site.files = log.files()
    site.asked.clear()

    assert look(witness, site, tiles)

    assert witness.state.held(ORIGIN) == log.note()
    assert site.asked == ["checkpoint", "tile/0/001", "tile/0/002.p/88"]


def test_a_partial_tile_that_has_become_full_meanwhile_is_read_from_the_full_one(tmp_path: Path) -> None:
    log = Log.of(300)
    witness, site = desk(tmp_path, log), Site(Log.of(600).files())
    site.files["checkpoint"] = log.note()

    assert look(witness, site)


def test_what_bears_our_cosignature_already_is_left_alone(tmp_path: Path) -> None:
    log = Log.of(5)
    witness, site = desk(tmp_path, log), Site(log.files())
    look(witness, site)
    site.files["checkpoint"] = site.brought[0]

    assert not look(witness, site)
    assert len(site.brought) == 1


def test_a_cosignature_that_could_not_be_brought_is_brought_the_next_time(tmp_path: Path) -> None:
    log = Log.of(5)
    witness, site = desk(tmp_path, log), Site(log.files(), status=503)
    with pytest.raises(Unreachable):
        look(witness, site)
    site.status = 200

    assert look(witness, site)


def _attacks() -> dict[str, tuple[Log, type[Refusal]]]:
    fork, smaller = Log.of(20).branch(7), Log.of(10)
    grown = Log.of(20).branch(7)
    grown.grow(40)
    return {
        "another root at the same size": (fork, Forked),
        "a fork that grew on": (grown, Forked),
        "a smaller size": (smaller, WentSmaller),
    }


@pytest.mark.parametrize(("now", "refusal"), _attacks().values(), ids=_attacks().keys())
def test_a_log_that_was_turned_back_is_kept_shown_and_told_what_it_had_signed(
    tmp_path: Path, now: Log, refusal: type[Refusal]
) -> None:
    log = Log.of(20)
    witness = desk(tmp_path, log)
    witness.cosign(log.submission(0))
    site = Site(now.files(), status=503)

    with pytest.raises(refusal):
        look(witness, site)

    assert site.brought == [log.note()]
    (folder,) = (tmp_path / "forks").iterdir()
    assert (folder / "held").read_bytes() == log.note()
    assert (folder / "offered").read_bytes() == now.note()
    owner = witness.tell
    assert isinstance(owner, Owner) and [type(each) for each in owner.told] == [refusal]
    assert witness.state.held(ORIGIN) == log.note()


@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
def test_tiles_that_do_not_give_the_signed_root_prove_nothing_and_nothing_is_signed(
    tmp_path: Path, damage: str
) -> None:
    log = Log.of(300)
    files = log.files()
    path = "tile/0/000"
    if damage == "missing":
        del files[path]
    else:
        files[path] = files[path][:-1] + b"x" if damage == "changed" else files[path][:-HASH_BYTES]
    witness, site, tiles = desk(tmp_path, log), Site(files), dict[str, bytes]()

    with pytest.raises((FilesDiffer, Unreachable)):
        look(witness, site, tiles)

    assert (witness.state.held(ORIGIN), site.brought) == (None, [])
    assert tiles == {} and not (tmp_path / "forks").exists()


def test_another_log_or_a_forged_checkpoint_is_refused(tmp_path: Path) -> None:
    other, log = Log.of(5, origin="other.example/log"), Log.of(5)
    forged = log.files() | {"checkpoint": log.note().replace(b"\n5\n", b"\n6\n")}
    witness = desk(tmp_path, log)

    with pytest.raises(UnknownLog):
        look(witness, Site(other.files()))
    with pytest.raises(NotSignedByLog):
        look(witness, Site(forged))


def test_where_nothing_is_published_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        look(desk(tmp_path, Log.of(1)), Site({}))
