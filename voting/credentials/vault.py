"""Small secrets kept in the database: sealed under a key that comes from the passphrase of the log keys.

Whoever holds a copy of the database alone can make no one-time code with it.
"""

from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from voting.core.errors import Broken

NONCE_BYTES = 12
_SALT = b"voting/vault/v1"


class Vault:
    """Seals and opens.  The key takes some 80 ms to make, once a process: a passphrase may be a weak one."""

    def __init__(self, passphrase: bytes) -> None:
        self._passphrase = passphrase

    def seal(self, secret: bytes, *, about: str, nonce: bytes) -> bytes:
        """Shape: *nonce* are 12 bytes never used before; *about* has to be the same at the opening."""
        return nonce + AESGCM(self._key).encrypt(nonce, secret, about.encode())

    def open(self, sealed: bytes, *, about: str) -> bytes:
        """Raises: Broken where it was not sealed here for *about*: another passphrase, or another row."""
        try:
            return AESGCM(self._key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            raise Broken(f"the secret of {about} was sealed under another passphrase") from None

    @cached_property
    def _key(self) -> bytes:
        return Scrypt(salt=_SALT, length=32, n=2**15, r=8, p=1).derive(self._passphrase)
