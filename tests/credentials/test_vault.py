"""What is sealed opens for its own purpose and under its own passphrase alone."""

import pytest

from voting.core.errors import Broken
from voting.credentials.vault import NONCE_BYTES, Vault

NONCE = bytes(range(NONCE_BYTES))
SECRET = b"the secret of an authenticator"


@pytest.fixture(scope="module")
def vault() -> Vault:
    return Vault(b"a passphrase")


def test_what_was_sealed_opens_again(vault: Vault) -> None:
    sealed = vault.seal(SECRET, about="suzuki", nonce=NONCE)

    assert SECRET not in sealed
    assert Vault(b"a passphrase").open(sealed, about="suzuki") == SECRET


def test_attack_a_sealed_secret_is_moved_to_another_account(vault: Vault) -> None:
    sealed = vault.seal(SECRET, about="suzuki", nonce=NONCE)

    with pytest.raises(Broken):
        vault.open(sealed, about="tanaka")


def test_another_passphrase_opens_nothing(vault: Vault) -> None:
    sealed = vault.seal(SECRET, about="suzuki", nonce=NONCE)

    with pytest.raises(Broken):
        Vault(b"another passphrase").open(sealed, about="suzuki")


@pytest.mark.parametrize("damage", [lambda each: each[:-1], lambda each: each[:5], lambda each: b""])
def test_what_is_damaged_does_not_open(vault: Vault, damage: object) -> None:
    sealed = vault.seal(SECRET, about="suzuki", nonce=NONCE)

    with pytest.raises(Broken):
        vault.open(damage(sealed), about="suzuki")  # type: ignore[operator]
