"""The first start makes what is missing, for the owner alone, and replaces nothing."""

import os
import stat

import pytest

from tests.world import Chance
from voting.setup import make_folder


@pytest.fixture
def loose_umask():
    """As careless as a machine can be set up."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_the_first_start_makes_folders_and_secrets_and_says_so(tmp_path):
    folder = tmp_path / "srv" / "voting"

    made = make_folder(folder, Chance())

    assert made == tuple(str(folder / name) for name in ("", "keys", "anchors", "passphrase", "secret"))
    assert sorted(each.name for each in folder.iterdir()) == ["anchors", "keys", "passphrase", "secret"]


def test_the_passphrase_is_one_line_of_256_bits_and_the_secret_32_bytes(tmp_path):
    make_folder(tmp_path, Chance())

    passphrase = (tmp_path / "passphrase").read_text()
    assert passphrase.count("\n") == 1 and passphrase.endswith("\n")
    assert len(bytes.fromhex(passphrase)) == 32
    assert len((tmp_path / "secret").read_bytes()) == 32
    assert bytes.fromhex(passphrase) != (tmp_path / "secret").read_bytes()


def test_only_the_owner_may_read_any_of_it(tmp_path, loose_umask):
    folder = tmp_path / "voting"
    make_folder(folder, Chance())

    rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.iterdir())}
    assert rights == {"voting": 0o700, "keys": 0o700, "anchors": 0o700, "passphrase": 0o600, "secret": 0o600}


def test_a_second_start_makes_and_changes_nothing(tmp_path):
    chance = Chance()
    make_folder(tmp_path, chance)
    before = [(tmp_path / name).read_bytes() for name in ("passphrase", "secret")]

    assert make_folder(tmp_path, chance) == ()
    assert [(tmp_path / name).read_bytes() for name in ("passphrase", "secret")] == before


def test_what_is_missing_is_made_and_the_rest_left_as_it_is(tmp_path):
    chance = Chance()
    make_folder(tmp_path, chance)
    secret = (tmp_path / "secret").read_bytes()
    (tmp_path / "passphrase").unlink()
    (tmp_path / "keys").rmdir()

    assert make_folder(tmp_path, chance) == (str(tmp_path / "keys"), str(tmp_path / "passphrase"))
    assert (tmp_path / "secret").read_bytes() == secret
