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
from voting.ledger.note import NoteFault, Signer, Verifier, open_note

_DRILL = "voting key drill"


@dataclass(eq=False)
class KeyUnusable(Refusal):
    """The key file is missing or not encrypted, or the passphrase does not open it."""

    code: ClassVar[str] = "key-unusable"
    origin: str
    folder: str


@dataclass(eq=False)
class KeyOther(Refusal):
    """The key file opens, and is not that of the public key that the ledger names."""

    code: ClassVar[str] = "key-other"
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

    def drill(self, origin: str, vkey: str, *, at: str) -> None:
        """Sign with the key file as it lies there now, and verify with the public key *vkey*.

        Shape   *at* is the instant of the drill, as text.  What is signed is no checkpoint and no ballot,
                and nobody keeps it.
        Raises  KeyUnusable, KeyOther.
        """
        # Not the key that this process opened long ago: its file may have been lost since.
        note = Signer(origin, self._load(origin)).sign(f"{_DRILL}\n{origin}\n{at}\n")
        try:
            open_note(note, [Verifier.from_vkey(vkey)])
        except NoteFault as fault:
            raise KeyOther(origin, str(self._folder)) from fault

    def shares_files(self, folder: Path) -> bool:
        """Whether *folder* is our own, or holds one of our very files: a link is no copy."""
        ours = [self._folder, *(each for each in self._folder.rglob("*") if each.is_file())]
        there = ((each, folder / each.relative_to(self._folder)) for each in ours)
        return any(copy.exists() and copy.samefile(each) for each, copy in there)

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
