"""Whether two persons can freeze: not accounts are counted, but persons who can sign in now.

On the pages that takes a password of one's own and a second factor.  Where no account has a second factor the
service is used from its host alone, where the password signs in.
"""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import TWO_PERSONS, Act
from voting.store import accounts, factors
from voting.store.accounts import Account
from voting.store.transaction import Transaction


@dataclass(eq=False)
class SecondPersonMissing(Refusal):
    """There is nobody who could give the second approval."""

    code: ClassVar[str] = "second-person-missing"


@dataclass(eq=False)
class OfficerOut(Refusal):
    """An officer who cannot sign in.  Shape: ``what``: first-password, no-factor or locked."""

    code: ClassVar[str] = "officer-out"
    name: str
    officer: str
    what: str


@dataclass(eq=False)
class SecondPersonOut(Refusal):
    """Those who could give the second approval have accounts, and cannot sign in."""

    code: ClassVar[str] = "second-person-out"
    people: tuple[OfficerOut, ...]


def missing(tx: Transaction, act: Act) -> Refusal | None:
    """What keeps two persons from *act*; None where one can propose it and another approve it."""
    sides = TWO_PERSONS[act]
    enrolled = factors.enrolled(tx)
    having = [each for each in accounts.accounts(tx) if each.officer.role in sides.first | sides.second]
    out = [(each, _lack(each, enrolled)) for each in having]
    able = [each.officer for each, lack in out if not lack]
    first = {each.id for each in able if each.role in sides.first}
    second = {each.id for each in able if each.role in sides.second}
    if any(second - {each} for each in first):
        return None
    people = tuple(OfficerOut(each.officer.name, each.officer.id, lack) for each, lack in out if lack)
    return SecondPersonOut(people) if people else SecondPersonMissing()


def _lack(account: Account, enrolled: frozenset[str]) -> str:
    """What keeps this officer from signing in, "" where nothing does."""
    if account.locked_at is not None:
        return "locked"
    if not enrolled or (account.password_by is None and account.officer.id in enrolled):
        return ""
    return "no-factor" if account.password_by is None else "first-password"
