"""Log keys: one Ed25519 key per ledger, in a file of its own, encrypted under a passphrase.

A key is never in the database or in the environment.  The file is PKCS #8 PEM, so any tool can read
it; the passphrase comes from another file.  Source: ledger L1, trust.md 7.1.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from voting.core.errors import Broken, Refusal
from voting.credentials.vault import Vault
from voting.ledger.note import Signer


@dataclass(eq=False)
class KeyUnusable(Refusal):
    """The key file is missing or not encrypted, or the passphrase does not open it."""

    code: ClassVar[str] = "key-unusable"
    origin: str
    folder: str


class LogKeys:
    """The keys of all ledgers of this host, each opened once a process."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._open: dict[str, Signer] = {}
        # What the same passphrase seals in the database.
        self.vault = Vault(passphrase)

    def create(self, origin: str, seed: bytes) -> Signer:
        """Make the key of a new ledger from 32 random bytes.  Raises: Broken where it has one."""
        key = Ed25519PrivateKey.from_private_bytes(seed)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(self._passphrase))
        try:
            handle = os.open(self._path(origin), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Broken(f"there is a key of {origin} already: a name is never used twice") from None
        try:
            os.write(handle, pem)
            os.fsync(handle)
        finally:
            os.close(handle)
        return self.signer(origin)

    def signer(self, origin: str) -> Signer:
        """Raises: KeyUnusable."""
        found = self._open.get(origin)
        if found is None:
            found = Signer(origin, self._load(origin))
            self._open[origin] = found
        return found

    def _load(self, origin: str) -> Ed25519PrivateKey:
        try:
            key = load_pem_private_key(self._path(origin).read_bytes(), self._passphrase)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as fault:
            # TypeError: the key lies there in the clear, which is not how we keep keys.
            raise KeyUnusable(origin, str(self._folder)) from fault
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyUnusable(origin, str(self._folder))
        return key

    def _path(self, origin: str) -> Path:
        return self._folder / (quote(origin, safe="") + ".key.pem")
