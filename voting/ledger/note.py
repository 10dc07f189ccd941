"""Signed notes (C2SP signed-note) with Ed25519 keys: text, a blank line, signature lines.

Reading is strict: what is no note is refused, a signature by an unknown key is passed over, a wrong
signature by a known key refuses the whole note.
Source  c2sp.org/signed-note, signature type 0x01.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.ledger.canonical import CanonicalFault, b64, unb64
from voting.ledger.ed25519 import KEY_BYTES, Verify, verifies
from voting.ledger.signing_key import SigningKey, signing_key

ED25519 = b"\x01"
LARGEST_NOTE = 1_000_000
MOST_SIGNATURES = 100
_LINES_KEPT = 16

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DASH = "\u2014 "


class NoteFault(ValueError):
    """Bytes are no note, a key is no key, or no known key has signed."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature line as it stands, verified by nobody yet; *key_id* is four bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A note's text and the known keys that signed it, at least one."""

    text: str
    signed_by: tuple["Verifier", ...]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and a public key that may have signed a note."""

    name: str
    public_key: bytes
    key_id: bytes = field(init=False)

    def __post_init__(self) -> None:
        require_name(self.name)
        if len(self.public_key) != KEY_BYTES:
            raise NoteFault(f"an Ed25519 public key has {KEY_BYTES} bytes")
        object.__setattr__(self, "key_id", key_id(self.name, self.public_key))

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """Read ``name+hash+base64``, refused unless it prints back to itself.

        Raises  NoteFault, also for key types other than Ed25519.
        """
        # Neither a name nor the hash can hold a plus sign; base64 can.
        name, _, rest = vkey.partition("+")
        _, _, encoded = rest.partition("+")
        try:
            key = unb64(encoded)
        except CanonicalFault as error:
            raise NoteFault("the key of a verifier key is not base64") from error
        if key[:1] != ED25519:
            raise NoteFault("not an Ed25519 verifier key (signature type 1)")
        verifier = cls(name, key[1:])
        if verifier.vkey != vkey:
            raise NoteFault("the hash of the verifier key is not that of its name and key")
        return verifier

    @property
    def vkey(self) -> str:
        """The key as a string to print: ``name+hash+base64(0x01 || public key)``."""
        return f"{self.name}+{self.key_id.hex()}+{b64(ED25519 + self.public_key)}"

    def verifies(self, text: str, signature: bytes, *, by: Verify = verifies) -> bool:
        """Whether this key made the signature over the text."""
        return by(self.public_key, signature, text.encode())


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the private key that signs in it.  Keys are handed in, never made here."""

    name: str
    private_key: Ed25519PrivateKey = field(repr=False)
    verifier: Verifier = field(init=False)
    _key: SigningKey = field(init=False, repr=False, compare=False)
    # Ed25519 signs one text to the same bytes for ever: the last ones need not be made again.
    _lines: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        key = signing_key(self.private_key.private_bytes_raw())
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "verifier", Verifier(self.name, key.public_key))

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Self:
        """The signer whose Ed25519 private key is the 32 bytes *seed*.

        Raises  NoteFault for another length.
        """
        if len(seed) != KEY_BYTES:
            raise NoteFault(f"an Ed25519 seed has {KEY_BYTES} bytes")
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def vkey(self) -> str:
        """The verifier key string of this signer."""
        return self.verifier.vkey

    def sign(self, text: str) -> bytes:
        """The note over *text* with this one signature."""
        return sign_note(text, self)

    def line(self, text: str) -> str:
        """The signature line over *text*."""
        found = self._lines.get(text)
        if found is None:
            signature = self.verifier.key_id + self._key.sign(text.encode())
            found = f"{_DASH}{self.name} {b64(signature)}\n"
            if len(self._lines) >= _LINES_KEPT:
                self._lines.clear()
            self._lines[text] = found
        return found


def key_id(name: str, public_key: bytes) -> bytes:
    """The four bytes that, with the name, tell which key signed.  An identifier, not a proof."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def sign_note(text: str, *signers: Signer) -> bytes:
    """The note over *text*, signed by each signer in turn (two where a key is being replaced).

    Raises  NoteFault when the text cannot stand in a note, or nobody signs.
    """
    require_text(text)
    if not signers:
        raise NoteFault("a note needs a signature")
    lines = [signer.line(text) for signer in signers]
    return (text + "\n" + "".join(lines)).encode()


def split_note(note: bytes) -> tuple[str, tuple[SignatureLine, ...]]:
    """A note's text and signature lines, the syntax checked and no signature verified.

    Raises  NoteFault.
    """
    if len(note) > LARGEST_NOTE:
        raise NoteFault("the note is too large")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise NoteFault("the note is not UTF-8") from error
    # The text may hold empty lines itself: the last one is the border.
    above, border, below = whole.rpartition("\n\n")
    text = above + "\n"
    require_text(text)
    if not border or not below.endswith("\n"):
        raise NoteFault("the note has no signature lines")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteFault("the note has too many signatures")
    return text, tuple(_read_line(line) for line in lines)


def read_note(note: bytes, verifiers: Sequence[Verifier], *, by: Verify = verifies) -> Opened:
    """The text of a note and which of the known keys have signed it.

    Raises  NoteFault when a known key's signature is wrong, no known key has signed, or two of the known
            keys share name and id, so that nobody could tell which one a line means.
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    if len(known) != len(set(verifiers)):
        raise NoteFault("two of the known keys share a name and an id")
    text, lines = split_note(note)
    signed_by: dict[Verifier, None] = {}
    for line in lines:
        verifier = known.get((line.name, line.key_id))
        if verifier is None:
            continue
        if not verifier.verifies(text, line.signature, by=by):
            raise NoteFault(f"the signature of {line.name} is wrong")
        signed_by[verifier] = None
    if not signed_by:
        raise NoteFault("no known key has signed the note")
    return Opened(text, tuple(signed_by))


def open_note(note: bytes, verifiers: Sequence[Verifier]) -> str:
    """The text of a note that at least one of the known keys has signed.

    Raises  NoteFault, as read_note.
    """
    return read_note(note, verifiers).text


@lru_cache(maxsize=256)
def require_name(name: str) -> None:
    """Refuse what cannot be a key name: empty, with a space of any alphabet, a plus or a control.

    Raises  NoteFault.
    """
    if not name or "+" in name or any(each.isspace() or each < " " for each in name):
        raise NoteFault("a key name is not empty and holds no space, plus or control character")
    _require_unicode(name)


def require_text(text: str) -> None:
    """Refuse what cannot be the text of a note.

    Raises  NoteFault.
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        raise NoteFault("a note's text ends in a newline and holds no other control character")
    _require_unicode(text)


def _require_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NoteFault("half of a surrogate pair") from error


def _read_line(line: str) -> SignatureLine:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH):
        raise NoteFault("a signature line does not begin with a dash")
    require_name(name)
    try:
        data = unb64(encoded)
    except CanonicalFault as error:
        raise NoteFault("a signature is not base64") from error
    if len(data) < 5:
        raise NoteFault("a signature is too short")
    return SignatureLine(name, data[:4], data[4:])
