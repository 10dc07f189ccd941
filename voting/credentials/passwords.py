"""Officers' passwords, by argon2 (OWASP's m = 46 MiB, t = 1: about 55 ms)."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from voting.core.errors import Refusal

_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
SHORTEST = 12
LONGEST = 200
# A password of which names and common words leave fewer characters than this is made of them.
_LEFT = 6
# Of so few different characters, a password is one that hands type without a thought.
_DIFFERENT = 5
_COMMON = ("password", "qwerty", "123456", "abcdef", "パスワード", "letmein", "administrator")


@dataclass(eq=False)
class PasswordTooShort(Refusal):
    code: ClassVar[str] = "password-too-short"
    shortest: int = SHORTEST


@dataclass(eq=False)
class PasswordTooEasy(Refusal):
    """A password that is the account's name, a common one, one character many times, or far too long."""

    code: ClassVar[str] = "password-too-easy"


def hash_password(password: str, *, about: tuple[str, ...] = ()) -> str:
    """Slow on purpose: call it outside a transaction.

    Shape   *about*: the names of account and person, which are no password.
    Raises  PasswordTooShort, PasswordTooEasy.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise PasswordTooShort
    if len(plain) > LONGEST or len(set(plain)) < _DIFFERENT or _is_known(plain.casefold(), about):
        raise PasswordTooEasy
    return _HASHER.hash(plain)


def matches(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, _plain(password))
    except (VerificationError, InvalidHashError):
        return False


def match_nobody(password: str) -> None:
    """Take as long as a real comparison, for an account that is not there."""
    matches(password, _nobody())


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _plain(password: str) -> str:
    """The same password from every keyboard: Japanese ones type some characters in two ways."""
    return unicodedata.normalize("NFKC", password)


def _is_known(password: str, about: tuple[str, ...]) -> bool:
    words = (*(each.casefold() for each in about), *_COMMON)
    rest = password
    for word in sorted((each for each in words if len(each) > 2), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != password and len(rest) < _LEFT
