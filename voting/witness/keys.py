"""A witness's key: one file, readable by its owner alone, encrypted where a passphrase is given.

PKCS #8 PEM, so any tool can read it.  It is made once and never replaced: whoever has put it into a
policy would not know another one.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from voting.ledger.cosignature import Cosigner
from voting.ledger.note import NoteFault, require_name
from voting.witness.errors import BadWitnessName, KeyNotUsable, KeyThere

_KEY, _NAME = "key.pem", "name"


def make_key(folder: Path, name: str, *, seed: bytes, passphrase: bytes | None) -> Cosigner:
    """Make the key from 32 random bytes.  Raises: BadWitnessName, KeyThere."""
    try:
        require_name(name)
    except NoteFault:
        raise BadWitnessName(name) from None
    key = Ed25519PrivateKey.from_private_bytes(seed)
    sealed: KeySerializationEncryption = NoEncryption()
    if passphrase is not None:
        sealed = BestAvailableEncryption(passphrase)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The name first: a key without its name would be of no use, and could not be made again.
    if not (folder / _KEY).exists():
        _write(folder / _NAME, name.encode(), os.O_TRUNC)
    try:
        _write(folder / _KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed), os.O_EXCL)
    except FileExistsError:
        raise KeyThere(str(folder / _KEY)) from None
    return Cosigner(name, key)


def load_key(folder: Path, *, passphrase: bytes | None) -> Cosigner:
    """Raises: KeyNotUsable."""
    file = folder / _KEY
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase)
        name = (folder / _NAME).read_text("utf-8")
        if isinstance(key, Ed25519PrivateKey):
            return Cosigner(name, key)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as fault:
        # TypeError: a passphrase is missing, or was given for a key that has none.
        raise KeyNotUsable(str(file)) from fault
    raise KeyNotUsable(str(file))


def _write(file: Path, content: bytes, flags: int) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | flags, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
