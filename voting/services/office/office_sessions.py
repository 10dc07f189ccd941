"""Sessions of officers: begun by a password, completed by a second factor, ended by time or by hand.

A session that only the password has begun opens nothing but the pages for the second factor.  Every step
up changes the token, so that one planted beforehand is worth nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from voting.core.permissions import Officer
from voting.ledger.canonical import b64, instant_text, parse_instant
from voting.runtime import Runtime
from voting.store import accounts, factors, office_sessions, tries
from voting.store.accounts import Account
from voting.store.office_sessions import Session
from voting.store.transaction import Transaction

# A desk left for lunch is locked; a working day is not interrupted.  Source: trust.md T28, ASVS 7.3.
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SIGNING_IN = timedelta(minutes=10)
STEP_UP = timedelta(minutes=10)
# Reading a page notes the use no oftener than this: a page is not a write.
_NOTED_EVERY = timedelta(seconds=60)
_KEPT = timedelta(days=90)
# Edge and Opera say their own name last, after those of all others.
_LONGEST_AGENT = 250
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Visit:
    """An officer at a browser, as the present request finds it.

    Shape   ``is_complete``: the second factor was given; ``wants_password``: somebody else chose the
            password; ``told``: the sentence that this page has to say, with its values.
    """

    session: Session
    officer: Officer
    is_complete: bool
    is_stepped_up: bool
    wants_password: bool
    has_factor: bool
    told: tuple[str, dict[str, str]] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One session in the list of its officer."""

    id: str
    agent: str
    factor: str
    made_at: datetime
    seen_at: datetime
    is_this: bool


def start(rt: Runtime, officer_id: str, *, agent: str, pending: bytes | None) -> str:
    """A session for the second factor; the answer is its token, which nothing but the cookie keeps."""
    now = rt.now()
    token, challenge = rt.token(TOKEN_BYTES), rt.token(TOKEN_BYTES)
    made = Session(
        id=_id(b64(token)),
        account=officer_id,
        factor=None,
        made_at=instant_text(now),
        seen_at=instant_text(now),
        stepped_up_at=None,
        agent=agent[:_LONGEST_AGENT],
        pending=pending,
        challenge=challenge,
    )
    with rt.database.transaction() as tx:
        office_sessions.add(tx, made)
        office_sessions.forget(tx, before=instant_text(now - _KEPT))
        tries.forget(tx, now=int(now.timestamp()))
    return b64(token)


def complete(tx: Transaction, visit: Visit, *, factor: str, chance: bytes, now: datetime) -> str:
    """The full session in the place of the one that waited for the factor; the answer is its token.

    Shape   *chance* are 64 random bytes: the token, and the question for the next passkey.
    """
    half, at, token = visit.session, instant_text(now), chance[:TOKEN_BYTES]
    office_sessions.revoke(tx, half.account, half.id, at=at)
    office_sessions.add(
        tx,
        Session(
            id=_id(b64(token)),
            account=half.account,
            factor=factor,
            made_at=at,
            seen_at=at,
            # Both factors were given this very moment.
            stepped_up_at=at,
            agent=half.agent,
            challenge=chance[TOKEN_BYTES:],
        ),
    )
    return b64(token)


def find(rt: Runtime, token: str | None) -> Visit | None:
    """The visit that a cookie's token stands for; None where it is none, was ended, or is too old."""
    if not token:
        return None
    now = rt.now()
    with rt.database.reading() as tx:
        session = office_sessions.find(tx, _id(token))
        account = None if session is None else accounts.find(tx, session.account)
        if session is None or account is None or not _holds(session, account, now):
            return None
        has_factor = _has_factor(tx, session.account)
    if session.told is not None or now - parse_instant(session.seen_at) >= _NOTED_EVERY:
        with rt.database.transaction() as tx:
            office_sessions.touch(tx, session.id, at=instant_text(now))
    stepped_up_at = session.stepped_up_at
    return Visit(
        session=session,
        officer=account.officer,
        is_complete=session.factor is not None,
        is_stepped_up=stepped_up_at is not None and _within(parse_instant(stepped_up_at), now, STEP_UP),
        wants_password=account.password_by is not None,
        has_factor=has_factor,
        told=session.told,
    )


def tell(rt: Runtime, visit: Visit, sentence: str, values: dict[str, str]) -> None:
    """Let the next page say *sentence*, a Japanese one of the catalogue."""
    with rt.database.transaction() as tx:
        office_sessions.tell(tx, visit.session.id, (sentence, values))


def mine(rt: Runtime, visit: Visit) -> tuple[Listed, ...]:
    """The officer's open sessions, the one used last first."""
    now = rt.now()
    with rt.database.reading() as tx:
        found = office_sessions.open_ones(
            tx,
            visit.officer.id,
            made_after=instant_text(now - ABSOLUTE),
            seen_after=instant_text(now - IDLE),
        )
    return tuple(
        Listed(
            id=each.id,
            agent=each.agent,
            factor=each.factor,
            made_at=parse_instant(each.made_at),
            seen_at=parse_instant(each.seen_at),
            is_this=each.id == visit.session.id,
        )
        for each in found
        if each.factor is not None
    )


def end(rt: Runtime, visit: Visit, session_id: str) -> bool:
    """End one of the officer's own sessions; False where there is none such."""
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        return office_sessions.revoke(tx, visit.officer.id, session_id, at=now)


def end_others(rt: Runtime, visit: Visit) -> int:
    """End all of the officer's sessions but this one."""
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        return office_sessions.revoke_all(tx, visit.officer.id, at=now, kept=visit.session.id)


def _holds(session: Session, account: Account, now: datetime) -> bool:
    if session.revoked_at is not None or account.locked_at is not None:
        return False
    made_at, seen_at = parse_instant(session.made_at), parse_instant(session.seen_at)
    if session.factor is None:
        return _within(made_at, now, SIGNING_IN)
    return _within(made_at, now, ABSOLUTE) and _within(seen_at, now, IDLE)


def _within(since: datetime, now: datetime, most: timedelta) -> bool:
    # One from the future was made by a clock that was wrong: its age is unknown.
    return timedelta(0) <= now - since < most


def _has_factor(tx: Transaction, officer_id: str) -> bool:
    return factors.totp_secret(tx, officer_id) is not None or bool(factors.passkeys(tx, officer_id))


def _id(token: str) -> str:
    """Kept hashed: a copy of the database opens no session."""
    return sha256(token.encode()).hexdigest()
