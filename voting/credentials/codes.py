"""The voting code a member receives, and the credential key made from it.

The code is never stored: the service keeps a look-up key and the public key only, so who can read
the database cannot vote, and who can write to it cannot forge a signature.  Source: ledger L5.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voting.core.errors import Refusal
from voting.ledger.signing_key import SigningKey, signing_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_RANDOM_CHARACTERS = 23
RANDOM_BYTES = _RANDOM_CHARACTERS  # one byte a character; its lowest five bits are used
# What a Japanese keyboard types where the hyphen, a space, or nothing at all was meant.
_SEPARATORS = frozenset("-‐‑‒–—―−ー　 \t\r\n")
_HALF_WIDTH = {ord("！") + place: ord("!") + place for place in range(ord("~") - ord("!") + 1)}


@dataclass(eq=False)
class NotACode(Refusal):
    """What was typed is no voting code: a character too many or too few, or one misread."""

    code: ClassVar[str] = "not-a-code"


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """A voting code.  Shape: ``characters`` are the 23 random ones, upper case.

    It has no repr, so that no log and no traceback shows it.
    """

    characters: str

    def printed(self) -> str:
        """24 characters in six groups of four, as on paper and in mails."""
        full = self.characters + check_character(self.characters)
        return "-".join(full[start : start + 4] for start in range(0, 24, 4))


def make_code(chance: bytes) -> Code:
    """A code from 23 random bytes; 115 bits of them count."""
    if len(chance) != RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes are needed")
    return Code("".join(ALPHABET[byte & 31] for byte in chance))


def read_code(typed: str) -> Code:
    """The code a person typed.

    Lower case, full width, O/I/L, and missing or other separators are read as they are meant.
    Raises  NotACode.
    """
    narrow = typed.translate(_HALF_WIDTH)
    values = [_VALUE.get(_upper(each)) for each in narrow if each not in _SEPARATORS]
    if len(values) != _RANDOM_CHARACTERS + 1 or None in values:
        raise NotACode
    characters = "".join(ALPHABET[value] for value in values if value is not None)
    code = Code(characters[:_RANDOM_CHARACTERS])
    if check_character(code.characters) != characters[-1]:
        raise NotACode
    return code


def credential_seed(code: Code, origin: str) -> bytes:
    """The Ed25519 seed of the member's credential in the ledger *origin*, 32 bytes."""
    salt = sha256(origin.encode()).digest()
    kdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"voting/credential/v1")
    return kdf.derive(code.characters.encode("ascii"))


def credential_key(seed: bytes) -> SigningKey:
    return signing_key(seed)


def lookup_key(code: Code, origin: str) -> bytes:
    """What the service finds the member by, without keeping the code, 32 bytes."""
    return sha256(b"voting/lookup/v1\0" + origin.encode() + b"\0" + code.characters.encode("ascii")).digest()


def _upper(character: str) -> str:
    # Of ASCII only: upper() makes an I of the dotless ı, and two letters of ß.
    return character.upper() if character.isascii() else character


def check_character(characters: str) -> str:
    """The last character of a code: it changes with any one of them, and with two that are exchanged."""
    return ALPHABET[sum(place * _VALUE[each] for place, each in enumerate(characters, 1)) % 31]
