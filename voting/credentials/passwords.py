"""Officers' passwords, by argon2 (OWASP's m = 46 MiB, t = 1: about 55 ms)."""

from dataclasses import dataclass
from typing import ClassVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from voting.core.errors import Refusal

_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
SHORTEST = 12


@dataclass(eq=False)
class PasswordTooShort(Refusal):
    code: ClassVar[str] = "password-too-short"
    shortest: int = SHORTEST


def hash_password(password: str) -> str:
    """Slow on purpose: call it outside a transaction.  Raises: PasswordTooShort."""
    if len(password) < SHORTEST:
        raise PasswordTooShort
    return _HASHER.hash(password)


def matches(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerifyMismatchError:
        return False
