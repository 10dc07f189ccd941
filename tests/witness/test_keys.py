"""The witness's key: made once, its owner's alone."""

import stat
from pathlib import Path

import pytest

from voting.ledger.cosignature import Witness
from voting.witness.errors import BadWitnessName, KeyNotUsable, KeyThere
from voting.witness.keys import load_key, make_key

SEED = bytes(range(32))


@pytest.mark.parametrize("passphrase", [None, b"a passphrase"])
def test_a_key_is_read_as_it_was_made(tmp_path: Path, passphrase: bytes | None) -> None:
    made = make_key(tmp_path, "w.example/a", seed=SEED, passphrase=passphrase)

    assert load_key(tmp_path, passphrase=passphrase).witness == made.witness
    assert Witness.from_vkey(made.witness.vkey) == made.witness
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert (b"ENCRYPTED" in (tmp_path / "key.pem").read_bytes()) == (passphrase is not None)


def test_a_second_key_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    made = make_key(tmp_path, "w.example/a", seed=SEED, passphrase=None)

    with pytest.raises(KeyThere):
        make_key(tmp_path, "w.example/b", seed=bytes(32), passphrase=None)

    assert load_key(tmp_path, passphrase=None).witness == made.witness


@pytest.mark.parametrize("passphrase", [None, b"a wrong one"])
def test_an_encrypted_key_opens_with_its_passphrase_only(tmp_path: Path, passphrase: bytes | None) -> None:
    make_key(tmp_path, "w.example/a", seed=SEED, passphrase=b"right")

    with pytest.raises(KeyNotUsable):
        load_key(tmp_path, passphrase=passphrase)


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    with pytest.raises(KeyNotUsable):
        load_key(tmp_path, passphrase=None)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "全角 空白"])
def test_a_name_that_no_key_can_have_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadWitnessName):
        make_key(tmp_path / "new", name, seed=SEED, passphrase=None)

    assert not (tmp_path / "new").exists()
