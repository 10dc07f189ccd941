"""How often something may be tried, and when it may be tried again.

Counted in the project's database by the library ``limits``, so that all processes share one count and the
clock is the runtime's.  Wrong passwords and codes are counted, right ones are not: behind one gateway
(LGWAN) sit many offices that share an address.

What is counted for an account from everywhere together never keeps its officer out of a place where both
factors were given before: whoever types nonsense elsewhere, even with the right password, stops only there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import ClassVar

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter

from voting.core.errors import Refusal
from voting.runtime import Runtime
from voting.store.tries import Tries

# A person mistypes less often, a machine guesses nothing.
PASSWORDS_FROM_HERE = RateLimitItemPerMinute(10, 15, namespace="password-here")
PASSWORDS_FROM_ADDRESS = RateLimitItemPerMinute(30, 15, namespace="password-address")
# From everywhere together: far more, or anybody could keep an officer out by typing nonsense.
PASSWORDS_OF_ACCOUNT = RateLimitItemPerMinute(100, 15, namespace="password-account")
# Who tries these knows the password already; five of a million codes are as good as none.
FACTORS_FROM_HERE = RateLimitItemPerMinute(5, 15, namespace="factor-here")
# From all places together where this officer never signed in: no more in a day than from a single place.
FACTORS_FROM_ELSEWHERE = RateLimitItemPerHour(20, 1, namespace="factor-elsewhere")
# Not a limit: it remembers that both factors were given there.
_KNOWN_PLACE = RateLimitItemPerDay(1, 90, namespace="known-place")
# Each one takes an administrator's time.
RECOVERIES_OF_ACCOUNT = RateLimitItemPerDay(3, 1, namespace="recovery")
# A code has 115 random bits, so this protects the machine and not the codes.
BALLOT_CODES_FROM_ADDRESS = RateLimitItemPerMinute(100, 10, namespace="ballot")
# Of their own: who guesses at contact data keeps nobody at the same gateway from voting.
CONTACT_CODES_FROM_ADDRESS = RateLimitItemPerMinute(100, 10, namespace="contact")

Counted = tuple[RateLimitItem, str]


@dataclass(eq=False)
class TooManyTries(Refusal):
    """Too many wrong tries; nothing is looked at before ``until``."""

    code: ClassVar[str] = "too-many-tries"
    until: datetime


def require_tries_left(rt: Runtime, *counted: Counted) -> None:
    """Stop where one of the limits is used up; nothing is counted.  Raises: TooManyTries."""
    limiter = _limiter(rt)
    for item, whose in counted:
        if not limiter.test(item, _short(whose)):
            raise _too_many(limiter, item, whose)


def count_try(rt: Runtime, *counted: Counted) -> None:
    """Count one try before it is looked at, so that tries made at the same moment share the limit.

    Shape   a limit, and whose tries it counts: any text.
    Order   the narrowest first.  What one refuses is no try for those behind it: a single machine that goes
            on and on uses up its own tries, and not those that all others share with it.
    Raises  TooManyTries.
    """
    limiter = _limiter(rt)
    for item, whose in counted:
        if not limiter.hit(item, _short(whose)):
            raise _too_many(limiter, item, whose)


def password_counts(rt: Runtime, account: str, address: str) -> tuple[Counted, ...]:
    """What a password is counted by; the first of them is of this account at this place alone."""
    here = (PASSWORDS_FROM_HERE, _place(account, address))
    everywhere = () if is_known(rt, account, address) else ((PASSWORDS_OF_ACCOUNT, account),)
    return (here, *everywhere, (PASSWORDS_FROM_ADDRESS, address))


def code_counts(rt: Runtime, account: str, address: str) -> tuple[Counted, ...]:
    """What an authenticator's code is counted by; the first is of this account at this place alone."""
    elsewhere = () if is_known(rt, account, address) else ((FACTORS_FROM_ELSEWHERE, account),)
    return (passkey_count(account, address), *elsewhere)


def passkey_count(account: str, address: str) -> Counted:
    """What a passkey is counted by: nobody guesses one, so what others do elsewhere never stops it."""
    return (FACTORS_FROM_HERE, _place(account, address))


def is_known(rt: Runtime, account: str, address: str) -> bool:
    """Whether both factors of *account* were given at this place within the last 90 days."""
    return not _limiter(rt).test(_KNOWN_PLACE, _short(_place(account, address)))


def remember(rt: Runtime, account: str, address: str) -> None:
    """Both factors were given here."""
    limiter, place = _limiter(rt), _short(_place(account, address))
    limiter.clear(_KNOWN_PLACE, place)
    limiter.hit(_KNOWN_PLACE, place)


def is_used_up(rt: Runtime, counted: Counted) -> bool:
    item, whose = counted
    return not _limiter(rt).test(item, _short(whose))


def forgive(rt: Runtime, *counted: Counted) -> None:
    """The try was right: forget what was counted for this account."""
    limiter = _limiter(rt)
    for item, whose in counted:
        limiter.clear(item, _short(whose))


def take_back(rt: Runtime, *counted: Counted) -> None:
    """The try was right: count one less.  Other people's tries from the same place stay counted."""
    tries = Tries(rt.database, rt.clock)
    for item, whose in counted:
        tries.take_back(item.key_for(_short(whose)))


def _limiter(rt: Runtime) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(Tries(rt.database, rt.clock))


def _place(account: str, address: str) -> str:
    return f"{address} {account}"


def _short(whose: str) -> str:
    """Of one length, whatever somebody types as an account, and not to be read in the table."""
    return sha256(whose.encode("utf-8", "replace")).hexdigest()[:32]


def _too_many(limiter: FixedWindowRateLimiter, item: RateLimitItem, whose: str) -> TooManyTries:
    ends = limiter.get_window_stats(item, _short(whose)).reset_time
    return TooManyTries(datetime.fromtimestamp(ends, UTC))
