"""Officers: who they are, and how each is written into a ledger."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Officer, Role
from voting.credentials.passwords import hash_password, matches
from voting.ledger.canonical import instant_text
from voting.ledger.commitments import person_commitment
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere, BadName
from voting.services.names import is_plain
from voting.services.recording import Book
from voting.store import accounts


@dataclass(eq=False)
class SignInRefused(Refusal):
    """Account and password do not fit.  It does not say which of the two is wrong."""

    code: ClassVar[str] = "sign-in-refused"


@dataclass(eq=False)
class FirstIsAdministrator(Refusal):
    """The first account has to be an administrator's: nobody else could make the others."""

    code: ClassVar[str] = "first-is-administrator"


@dataclass(eq=False)
class AdministratorsOnly(Refusal):
    """Accounts are made by an administrator."""

    code: ClassVar[str] = "administrators-only"


def create(rt: Runtime, who: Officer | None, officer: Officer, *, password: str) -> None:
    """Make an account.

    The first one needs nobody's leave and is an administrator's: whoever can run commands on this host
    holds the database anyway.
    Raises  FirstIsAdministrator, AdministratorsOnly, AlreadyThere, BadName, PasswordTooShort.
    """
    if not is_plain(officer.id):
        raise BadName("account", officer.id)
    secret = hash_password(password)
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        if not accounts.everybody(tx):
            if officer.role is not Role.ADMINISTRATOR:
                raise FirstIsAdministrator
        elif who is None or who.role is not Role.ADMINISTRATOR:
            raise AdministratorsOnly
        if accounts.find(tx, officer.id) is not None:
            raise AlreadyThere("account", officer.id)
        accounts.add(tx, officer, password_hash=secret, now=now)


def sign_in(rt: Runtime, officer_id: str, password: str) -> Officer:
    """The officer who knows this password.  Raises: SignInRefused."""
    with rt.database.reading() as tx:
        found = accounts.find(tx, officer_id)
    if found is None or not matches(password, found.password_hash):
        raise SignInRefused
    return found.officer


def everybody(rt: Runtime) -> tuple[Officer, ...]:
    with rt.database.reading() as tx:
        return accounts.everybody(tx)


def commitment_of(rt: Runtime, book: Book, officer_id: str) -> str:
    """The officer's pc in this ledger; the same person has the same one in all its entries."""
    known = accounts.commitment(book.tx, book.case.id, officer_id)
    if known is not None:
        return known
    found = accounts.find(book.tx, officer_id)
    if found is None:
        raise SignInRefused
    officer, salt = found.officer, rt.token(32)
    fresh = person_commitment(officer.id, officer.name, officer.role.value, salt).hex()
    accounts.put_commitment(book.tx, book.case.id, officer.id, salt=salt, commitment=fresh)
    return fresh
