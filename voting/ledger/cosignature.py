"""Cosignatures (C2SP tlog-cosignature, cosignature/v1): a witness's word that a log only ever grew.

A cosignature says: at this time, of all trees of this log that I have seen and proved consistent, this
checkpoint is of the largest.  It is a signature line of the checkpoint's note, with a key of type 0x04.
Source  c2sp.org/tlog-cosignature, Ed25519.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.ledger.canonical import CanonicalFault, b64, unb64
from voting.ledger.ed25519 import KEY_BYTES, SIGNATURE_BYTES, verifies
from voting.ledger.note import NoteFault, SignatureLine, require_name, split_note

COSIGNATURE = b"\x04"
_TIME_BYTES = 8
_LATEST = 2**63


class CosignatureFault(NoteFault):
    """A key is no witness's key, or a line that bears a witness's name and id is not its signature."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness's name and its public key, which signs cosignatures and nothing else."""

    name: str
    public_key: bytes

    @classmethod
    def from_vkey(cls, vkey: str) -> "Witness":
        """Read a verifier key of signature type 4.  Raises: CosignatureFault."""
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            require_name(name)
            key = unb64(encoded)
        except (NoteFault, CanonicalFault) as fault:
            raise CosignatureFault("a witness's key is no verifier key") from fault
        witness = cls(name, key[1:])
        if key[:1] != COSIGNATURE or len(key) != KEY_BYTES + 1 or witness.key_id.hex() != key_id:
            raise CosignatureFault("a witness's key is no Ed25519 cosignature key")
        return witness

    @property
    def key_id(self) -> bytes:
        """The four bytes that, with the name, tell who signed."""
        return hashlib.sha256(self.name.encode() + b"\n" + COSIGNATURE + self.public_key).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as a string to print."""
        return f"{self.name}+{self.key_id.hex()}+{b64(COSIGNATURE + self.public_key)}"

    def signatures(self, text: str, lines: Sequence[SignatureLine]) -> tuple[SignatureLine, ...]:
        """Those of the signature lines that are this witness's over the checkpoint's text.

        Raises  CosignatureFault where a line bears its name and id and is wrong.
        """
        mine = tuple(each for each in lines if (each.name, each.key_id) == (self.name, self.key_id))
        for line in mine:
            time = int.from_bytes(line.signature[:_TIME_BYTES], "big")
            if len(line.signature) != _TIME_BYTES + SIGNATURE_BYTES or time >= _LATEST:
                raise CosignatureFault(f"the cosignature of {self.name} is none")
            if not verifies(self.public_key, line.signature[_TIME_BYTES:], message(text, time)):
                raise CosignatureFault(f"the cosignature of {self.name} is wrong")
        return mine


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness that can sign.  Keys are handed in, never made here."""

    name: str
    private_key: Ed25519PrivateKey = field(repr=False)
    witness: Witness = field(init=False)

    def __post_init__(self) -> None:
        require_name(self.name)
        witness = Witness(self.name, self.private_key.public_key().public_bytes_raw())
        object.__setattr__(self, "witness", witness)

    def line(self, text: str, *, time: int) -> bytes:
        """The signature line over a checkpoint's text.  Units: *time* in seconds since 1970, UTC."""
        if not 0 < time < _LATEST:
            raise CosignatureFault("a cosignature's time is after 1970")
        signature = time.to_bytes(_TIME_BYTES, "big") + self.private_key.sign(message(text, time))
        return f"\u2014 {self.name} {b64(self.witness.key_id + signature)}\n".encode()


def message(text: str, time: int) -> bytes:
    """What an Ed25519 cosignature signs: two lines, then the checkpoint's text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def line_bytes(line: SignatureLine) -> bytes:
    """A signature line as it stands in a note."""
    return f"\u2014 {line.name} {b64(line.key_id + line.signature)}\n".encode()


def merged(note: bytes, lines: Sequence[bytes]) -> bytes:
    """*note* with more signature lines behind its own, each once.

    Raises  NoteFault where the whole is no note.
    """
    present = set(note.splitlines(keepends=True))
    whole = note + b"".join(line for line in dict.fromkeys(lines) if line not in present)
    split_note(whole)
    return whole
