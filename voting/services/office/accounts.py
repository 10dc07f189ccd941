"""Officers: who they are, and how each is written into a ledger."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, Role, require
from voting.credentials.passwords import hash_password, match_nobody, matches
from voting.ledger.canonical import instant_text
from voting.ledger.commitments import person_commitment
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere, BadName
from voting.services.names import is_plain
from voting.services.recording import Book
from voting.store import accounts, office_sessions
from voting.store.accounts import Account, Event
from voting.store.transaction import Transaction

# Who did it, where a command on the host did.
HOST = "host"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


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


@dataclass(eq=False)
class NameMissing(Refusal):
    """An officer without a name: it stands on results and in the records."""

    code: ClassVar[str] = "name-missing"


@dataclass(eq=False)
class NoSuchAccount(Refusal):
    code: ClassVar[str] = "no-such-account"
    account: str


@dataclass(eq=False)
class LastAdministrator(Refusal):
    """Without an administrator nobody could make, open or recover an account."""

    code: ClassVar[str] = "last-administrator"
    account: str


@dataclass(eq=False)
class NotOneself(Refusal):
    """An act on an account that its own officer cannot do."""

    code: ClassVar[str] = "not-oneself"
    account: str


def create(
    rt: Runtime, who: Officer | None, officer: Officer, *, password: str, is_initial: bool = True
) -> None:
    """Make an account.

    The first one needs nobody's leave and is an administrator's: whoever can run commands on this host
    holds the database anyway.  An *initial* password is one that the officer replaces at the first log-in.
    Raises  FirstIsAdministrator, AdministratorsOnly, AlreadyThere, BadName, NameMissing, PasswordTooShort,
            PasswordTooEasy.
    """
    if not is_plain(officer.id):
        raise BadName("account", officer.id)
    if not officer.name.strip():
        raise NameMissing
    secret = hash_password(password, about=(officer.id, officer.name))
    now, by = instant_text(rt.now()), who.id if who is not None and is_initial else None
    with rt.database.transaction() as tx:
        if not accounts.everybody(tx):
            if officer.role is not Role.ADMINISTRATOR:
                raise FirstIsAdministrator
        elif who is None or who.role is not Role.ADMINISTRATOR:
            raise AdministratorsOnly
        if accounts.find(tx, officer.id) is not None:
            raise AlreadyThere("account", officer.id)
        accounts.add(tx, officer, password_hash=secret, now=now, password_by=by)
        maker = HOST if who is None else who.id
        note(rt, tx, officer.id, by=maker, what="created", detail=officer.role.value)


def initial_password(rt: Runtime) -> str:
    """A password to hand over on paper: 100 random bits in groups of five, no letter like a figure."""
    letters = [_LETTERS[byte % len(_LETTERS)] for byte in rt.token(20)]
    return "-".join("".join(letters[place : place + 5]) for place in range(0, 20, 5))


def set_role(rt: Runtime, who: Officer, officer_id: str, role: Role) -> bool:
    """Whether it is another than before.

    Raises  NotAllowed, NoSuchAccount, NotOneself, LastAdministrator.
    """
    require(who, Act.MANAGE_ACCOUNTS)
    if officer_id == who.id:
        raise NotOneself(officer_id)
    with rt.database.transaction() as tx:
        found = find(tx, officer_id)
        if found.officer.role is role:
            return False
        _require_another(tx, found)
        accounts.set_role(tx, officer_id, role)
        change = f"{found.officer.role.value} → {role.value}"
        note(rt, tx, officer_id, by=who.id, what="role-changed", detail=change)
    return True


def lock(rt: Runtime, who: Officer, officer_id: str) -> None:
    """Let nobody sign in with the account, and end its sessions.  Raises: as ``set_role``."""
    require(who, Act.MANAGE_ACCOUNTS)
    if officer_id == who.id:
        raise NotOneself(officer_id)
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        found = find(tx, officer_id)
        if found.locked_at is not None:
            return
        _require_another(tx, found)
        accounts.set_lock(tx, officer_id, now)
        office_sessions.revoke_all(tx, officer_id, at=now)
        note(rt, tx, officer_id, by=who.id, what="locked")


def unlock(rt: Runtime, who: Officer, officer_id: str) -> None:
    """Raises: NotAllowed, NoSuchAccount."""
    require(who, Act.MANAGE_ACCOUNTS)
    with rt.database.transaction() as tx:
        if find(tx, officer_id).locked_at is not None:
            accounts.set_lock(tx, officer_id, None)
            note(rt, tx, officer_id, by=who.id, what="unlocked")


def sign_in(rt: Runtime, officer_id: str, password: str) -> Officer:
    """The officer who knows this password, for a command on the host; the web asks for more.

    Raises  SignInRefused.
    """
    with rt.database.reading() as tx:
        found = accounts.find(tx, officer_id)
    if found is None:
        match_nobody(password)
        raise SignInRefused
    if not matches(password, found.password_hash) or found.locked_at is not None:
        raise SignInRefused
    return found.officer


def find(tx: Transaction, officer_id: str) -> Account:
    """Raises: NoSuchAccount."""
    found = accounts.find(tx, officer_id)
    if found is None:
        raise NoSuchAccount(officer_id)
    return found


def note(rt: Runtime, tx: Transaction, officer_id: str, *, by: str, what: str, detail: str = "") -> None:
    """Write into the journal of the accounts.  Shape: *what* is a word of the catalogue."""
    event = Event(at=instant_text(rt.now()), account=officer_id, by=by, what=what, detail=detail)
    accounts.put_event(tx, rt.token(8).hex(), event)


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


def _require_another(tx: Transaction, found: Account) -> None:
    """Stop where *found* is the only administrator who can sign in."""
    others = [
        each
        for each in accounts.accounts(tx)
        if each.officer.role is Role.ADMINISTRATOR and each.locked_at is None and each != found
    ]
    if found.officer.role is Role.ADMINISTRATOR and not others:
        raise LastAdministrator(found.officer.id)
