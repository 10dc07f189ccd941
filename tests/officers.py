"""Officers who sign in: with a password everybody in the tests knows, and an authenticator of their own."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256

from tests.world import World
from voting.core.permissions import Officer, Role
from voting.credentials import totp
from voting.credentials.passwords import hash_password
from voting.ledger.canonical import instant_text
from voting.services.office import office_sessions, sign_in
from voting.services.office.office_sessions import Visit
from voting.store import accounts, factors

PASSWORD = "three quiet herons"


@dataclass(frozen=True, slots=True)
class Person:
    """An officer, and what the officer's telephone holds."""

    world: World
    officer: Officer
    secret: bytes

    @property
    def id(self) -> str:
        return self.officer.id

    def code(self, *, steps: int = 0) -> str:
        """What the telephone shows now, or so many half minutes later."""
        return totp.code_at(self.secret, totp.step_of(self.world.clock.at) + steps)

    def fresh_code(self) -> str:
        """The next code: half a minute passes, so that none is shown twice."""
        self.world.clock.at += timedelta(seconds=totp.SECONDS)
        return self.code()

    def visit(self) -> Visit:
        """Sign in at another browser, by the verbs."""
        return found(self.world, self.token())

    def token(self) -> str:
        world = self.world
        half = self.half_token()
        return sign_in.check_code(world.rt, found(world, half), self.fresh_code(), address="tests")

    def half_token(self) -> str:
        """A session for which only the password has been given."""
        return sign_in.check_password(self.world.rt, self.id, PASSWORD, agent="tests", address="tests")


def found(world: World, token: str) -> Visit:
    visit = office_sessions.find(world.rt, token)
    if visit is None:
        raise AssertionError("the session is not open")
    return visit


def hire(world: World, role: Role, *, number: int = 1) -> Person:
    """Give one of the world's officers a password and an authenticator."""
    person = unenrolled(world, role, number=number)
    rt = world.rt
    with rt.database.transaction() as tx:
        sealed = rt.keys.vault.seal(person.secret, about=person.id, nonce=rt.token(12))
        factors.put_totp(tx, person.id, sealed=sealed, step=0, now=instant_text(rt.now()))
    return person


def unenrolled(world: World, role: Role, *, number: int = 1) -> Person:
    """Give one of the world's officers a password, and nothing else yet."""
    officer = world.officer(role, number=number)
    with world.rt.database.transaction() as tx:
        accounts.set_password(tx, officer.id, password_hash=_hash(), by=None)
    return Person(world, officer, sha256(officer.id.encode()).digest()[: totp.SECRET_BYTES])


@cache
def _hash() -> str:
    return hash_password(PASSWORD)
