"""The key of each ledger: in a file of its own, encrypted, made once."""

import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from voting.core.errors import Broken
from voting.credentials.log_keys import KeyUnusable, LogKeys
from voting.ledger.note import Signer, open_note

ORIGIN = "vote.example.or.jp/council/2026-06"
SEED = bytes(range(32))
PASSPHRASE = b"a passphrase of the tests"


@pytest.fixture
def keys(tmp_path):
    return LogKeys(tmp_path, PASSPHRASE)


def file_in(folder):
    (file,) = folder.iterdir()
    return file


def test_a_key_signs_for_its_ledger(keys):
    signer = keys.create(ORIGIN, SEED)

    assert signer.vkey == Signer.from_seed(ORIGIN, SEED).vkey
    assert open_note(signer.sign("text\n"), [signer.verifier]) == "text\n"


def test_another_process_opens_the_same_key(keys, tmp_path):
    made = keys.create(ORIGIN, SEED)

    assert LogKeys(tmp_path, PASSPHRASE).signer(ORIGIN).vkey == made.vkey


def test_a_key_is_opened_once_a_process(keys, tmp_path):
    made = keys.create(ORIGIN, SEED)
    file_in(tmp_path).unlink()

    assert keys.signer(ORIGIN) is made


def test_the_key_lies_encrypted_in_a_file_that_any_tool_can_read(keys, tmp_path):
    keys.create(ORIGIN, SEED)
    pem = file_in(tmp_path).read_bytes()

    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    assert SEED not in pem
    key = load_pem_private_key(pem, PASSPHRASE)
    assert isinstance(key, Ed25519PrivateKey)
    assert key.private_bytes_raw() == SEED


def test_only_the_owner_may_read_the_key(keys, tmp_path):
    keys.create(ORIGIN, SEED)

    assert stat.S_IMODE(file_in(tmp_path).stat().st_mode) == 0o600


def test_a_wrong_passphrase_opens_nothing(keys, tmp_path):
    keys.create(ORIGIN, SEED)

    with pytest.raises(KeyUnusable) as refused:
        LogKeys(tmp_path, b"another passphrase").signer(ORIGIN)

    assert (refused.value.origin, refused.value.folder) == (ORIGIN, str(tmp_path))


def test_a_missing_key_is_refused(keys):
    with pytest.raises(KeyUnusable):
        keys.signer(ORIGIN)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"])
def test_a_damaged_key_is_refused(keys, tmp_path, content):
    keys.create(ORIGIN, SEED)
    file_in(tmp_path).write_bytes(content)

    with pytest.raises(KeyUnusable):
        LogKeys(tmp_path, PASSPHRASE).signer(ORIGIN)


def test_a_key_that_lies_there_in_the_clear_is_refused(keys, tmp_path):
    keys.create(ORIGIN, SEED)
    bare = Ed25519PrivateKey.from_private_bytes(SEED)
    pem = bare.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file_in(tmp_path).write_bytes(pem)

    with pytest.raises(KeyUnusable):
        LogKeys(tmp_path, PASSPHRASE).signer(ORIGIN)


def test_a_key_of_another_kind_is_refused(keys, tmp_path):
    keys.create(ORIGIN, SEED)
    other = generate_private_key(SECP256R1())
    file_in(tmp_path).write_bytes(
        other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE))
    )

    with pytest.raises(KeyUnusable):
        LogKeys(tmp_path, PASSPHRASE).signer(ORIGIN)


def test_a_key_is_made_once_and_never_replaced(keys, tmp_path):
    keys.create(ORIGIN, SEED)
    before = file_in(tmp_path).read_bytes()

    with pytest.raises(Broken):
        keys.create(ORIGIN, bytes(32))

    assert file_in(tmp_path).read_bytes() == before


def test_each_ledger_has_its_own_key_and_none_leaves_the_folder(keys, tmp_path):
    names = [ORIGIN, ORIGIN.replace("/", "."), "host/../../up/2026"]
    made = [keys.create(name, bytes([number]) * 32).vkey for number, name in enumerate(names)]

    again = LogKeys(tmp_path, PASSPHRASE)
    assert [again.signer(name).vkey for name in names] == made
    assert len(list(tmp_path.iterdir())) == len(names)


def test_neither_the_keys_nor_the_passphrase_show_themselves(keys):
    signer = keys.create(ORIGIN, SEED)
    shown = f"{keys!r} {keys} {signer!r} {signer}"

    assert PASSPHRASE.decode() not in shown
    assert repr(SEED) not in shown
    assert SEED.hex() not in shown
