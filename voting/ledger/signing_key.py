"""Ed25519 private keys as they sign: by PyNaCl where it is installed, else by cryptography.

The algorithm leaves no choice (RFC 8032): one seed and one message give one signature, so whichever library
made it, the bytes are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.ledger.ed25519 import SIGNATURE_BYTES

_SEED, _MESSAGE = bytes(range(32)), b"one signature"


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A private key.  It has no repr: whoever holds it can sign."""

    public_key: bytes
    sign: Callable[[bytes], bytes]


Make = Callable[[bytes], SigningKey]


def signing_key(seed: bytes) -> SigningKey:
    """The key of 32 bytes *seed*.  Raises: ValueError for another length."""
    return _fastest()(seed)


@cache
def _fastest() -> Make:
    """How keys are made: by the fastest library that signs as every other does."""
    try:
        by_nacl = _by_nacl()
    except ImportError:
        return _by_cryptography
    made, known = by_nacl(_SEED), _by_cryptography(_SEED)
    signs_alike = made.sign(_MESSAGE) == known.sign(_MESSAGE) and made.public_key == known.public_key
    return by_nacl if signs_alike else _by_cryptography


def _by_cryptography(seed: bytes) -> SigningKey:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey(key.public_key().public_bytes_raw(), key.sign)


def _by_nacl() -> Make:
    """PyNaCl's keys.  Raises: ImportError where it is not installed."""
    from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

    def make(seed: bytes) -> SigningKey:
        public_key, both = crypto_sign_seed_keypair(seed)
        return SigningKey(public_key, lambda message: crypto_sign(message, both)[:SIGNATURE_BYTES])

    return make
