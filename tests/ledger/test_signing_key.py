"""Whichever library signs, a key and a message give the same bytes."""

import sys
from collections.abc import Callable, Iterator

import pytest

from voting.ledger import signing_key as module
from voting.ledger.signing_key import SigningKey, signing_key

# RFC 8032, 7.1: test 2.
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC_KEY = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


@pytest.fixture(autouse=True)
def nothing_chosen_before() -> Iterator[None]:
    module._fastest.cache_clear()
    yield
    module._fastest.cache_clear()


@pytest.fixture(params=["cryptography", "PyNaCl"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "cryptography":
        monkeypatch.setitem(sys.modules, "nacl.bindings", None)
    name: str = request.param
    return name


def test_the_signature_is_that_of_the_standard(library: str) -> None:
    key = signing_key(SEED)

    assert (module._fastest() is module._by_cryptography) == (library == "cryptography")
    assert key.public_key == PUBLIC_KEY
    assert key.sign(b"\x72") == SIGNATURE


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_of_another_length_is_no_key(library: str, length: int) -> None:
    with pytest.raises(ValueError):
        signing_key(bytes(length))


def test_a_key_never_shows_itself(library: str) -> None:
    shown = repr(signing_key(SEED)) + str(signing_key(SEED))

    assert SEED.hex() not in shown
    assert repr(SEED)[2:-1] not in shown


def other_public_key(seed: bytes) -> SigningKey:
    return SigningKey(bytes(32), module._by_cryptography(seed).sign)


def other_signature(seed: bytes) -> SigningKey:
    return SigningKey(module._by_cryptography(seed).public_key, lambda message: bytes(64))


@pytest.mark.parametrize("make", [other_public_key, other_signature])
def test_a_library_that_signs_otherwise_is_not_used(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[bytes], SigningKey]
) -> None:
    monkeypatch.setattr(module, "_by_nacl", lambda: make)

    assert signing_key(SEED).sign(b"\x72") == SIGNATURE
