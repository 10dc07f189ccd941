"""Signing in: a password, then an authenticator's code or a passkey.

Unknown account, wrong password and locked account give the same answer after the same time.
"""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.credentials import totp
from voting.credentials.passwords import hash_password, match_nobody, matches
from voting.credentials.vault import NONCE_BYTES
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.office import limits, passkeys
from voting.services.office.accounts import SignInRefused, note
from voting.services.office.office_sessions import TOKEN_BYTES, Visit, complete
from voting.services.office.office_sessions import start as start_session
from voting.store import accounts, factors
from voting.store import office_sessions as sessions


@dataclass(eq=False)
class CodeRefused(Refusal):
    """The code is not the one of now, or it was used already."""

    code: ClassVar[str] = "code-refused"


@dataclass(eq=False)
class SignInOver(Refusal):
    """The time for the second factor is over, or the factor is there already: sign in anew."""

    code: ClassVar[str] = "sign-in-over"


@dataclass(eq=False)
class SameAsBefore(Refusal):
    """The new password is the old one."""

    code: ClassVar[str] = "same-as-before"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app has to be given: ``qr`` is an SVG element, ``secret`` its text in fours."""

    qr: str
    secret: str


def check_password(rt: Runtime, account: str, password: str, *, agent: str, address: str) -> str:
    """The token of a session that waits for the second factor.

    Shape   *address* tells where it comes from, in any form that is the same each time.
    Raises  SignInRefused, TooManyTries.
    """
    here, *shared = limits.password_counts(rt, account, address)
    limits.count_try(rt, here, *shared)
    with rt.database.reading() as tx:
        found = accounts.find(tx, account)
    if found is None:
        match_nobody(password)
        raise SignInRefused
    if not matches(password, found.password_hash) or found.locked_at is not None:
        raise SignInRefused
    limits.forgive(rt, here)
    limits.take_back(rt, *shared)
    return start_session(rt, account, agent=agent, pending=_new_secret(rt, account))


def enrolment(rt: Runtime, visit: Visit) -> Enrolment:
    """Raises: SignInOver where nothing is to be enrolled."""
    secret = _pending(rt, visit)
    text = totp.secret_text(secret)
    address = totp.enrolment_address(secret, account=visit.officer.id, issuer=passkeys.SITE_NAME)
    fours = " ".join(text[place : place + 4] for place in range(0, len(text), 4))
    return Enrolment(qr=totp.qr_svg(address), secret=fours)


def enrol(rt: Runtime, visit: Visit, code: str, *, address: str) -> str:
    """Keep the authenticator that gave *code*, and sign in; the answer is the new session's token.

    Raises  CodeRefused, TooManyTries, SignInOver.
    """
    _require_half(visit)
    if visit.has_factor:
        raise SignInOver
    # The page has shown the secret: there is nothing to guess, whoever tries.
    counted, secret = limits.passkey_count(visit.officer.id, address), _pending(rt, visit)
    limits.count_try(rt, counted)
    now, chance, sealed = rt.now(), rt.token(2 * TOKEN_BYTES), visit.session.pending
    step = totp.matching_step(secret, code, now=now)
    if step is None or sealed is None:
        raise CodeRefused
    with rt.database.transaction() as tx:
        # Two browsers may enrol at once with one password: the second finds a factor there.
        if factors.totp_secret(tx, visit.officer.id) or factors.passkeys(tx, visit.officer.id):
            raise SignInOver
        factors.put_totp(tx, visit.officer.id, sealed=sealed, step=step, now=instant_text(now))
        note(rt, tx, visit.officer.id, by=visit.officer.id, what="enrolled")
        fresh = complete(tx, visit, factor="totp", chance=chance, now=now)
    limits.forgive(rt, counted)
    limits.remember(rt, visit.officer.id, address)
    return fresh


def check_code(rt: Runtime, visit: Visit, code: str, *, address: str) -> str:
    """Sign in by the authenticator's code.  Raises: CodeRefused, TooManyTries, SignInOver."""
    _require_half(visit)
    now, chance = rt.now(), rt.token(2 * TOKEN_BYTES)
    _take_code(rt, visit, code, address)
    with rt.database.transaction() as tx:
        return complete(tx, visit, factor="totp", chance=chance, now=now)


def check_passkey(rt: Runtime, visit: Visit, answer: str, *, address: str) -> str:
    """Sign in by a passkey.  Raises: PasskeyRefused, TooManyTries, SignInOver."""
    _require_half(visit)
    now, chance = rt.now(), rt.token(2 * TOKEN_BYTES)
    passkeys.use(rt, visit, answer, address=address)
    with rt.database.transaction() as tx:
        return complete(tx, visit, factor="passkey", chance=chance, now=now)


def step_up_by_code(rt: Runtime, visit: Visit, code: str, *, address: str) -> None:
    """Give the second factor once more, before an act of weight.  Raises: CodeRefused, TooManyTries."""
    _take_code(rt, visit, code, address)
    _stepped_up(rt, visit)


def step_up_by_passkey(rt: Runtime, visit: Visit, answer: str, *, address: str) -> None:
    """Raises: PasskeyRefused, TooManyTries."""
    passkeys.use(rt, visit, answer, address=address)
    _stepped_up(rt, visit)


def choose_password(rt: Runtime, visit: Visit, password: str) -> None:
    """The officer's own password in the place of one that somebody else chose.

    Raises  PasswordTooShort, PasswordTooEasy, SameAsBefore, SignInOver.
    """
    # Whoever has but the password may not change it: that takes the second factor.
    if not visit.wants_password:
        raise SignInOver
    _change(rt, visit, password)


def change_password(rt: Runtime, visit: Visit, *, old: str, new: str) -> None:
    """Raises: SignInRefused for a wrong old one, TooManyTries, and as ``choose_password``."""
    # Whoever sits at a screen left open has to guess the password, too.
    counted = (limits.PASSWORDS_FROM_HERE, visit.officer.id)
    limits.count_try(rt, counted)
    with rt.database.reading() as tx:
        found = accounts.find(tx, visit.officer.id)
    if found is None or not matches(old, found.password_hash):
        raise SignInRefused
    limits.forgive(rt, counted)
    _change(rt, visit, new)


def _change(rt: Runtime, visit: Visit, password: str) -> None:
    officer = visit.officer
    with rt.database.reading() as tx:
        found = accounts.find(tx, officer.id)
    if found is not None and matches(password, found.password_hash):
        raise SameAsBefore
    hashed, now = hash_password(password, about=(officer.id, officer.name)), instant_text(rt.now())
    with rt.database.transaction() as tx:
        accounts.set_password(tx, officer.id, password_hash=hashed, by=None)
        # Whoever knew the old one is out.
        sessions.revoke_all(tx, officer.id, at=now, kept=visit.session.id)
        note(rt, tx, officer.id, by=officer.id, what="password-changed")


def _new_secret(rt: Runtime, account: str) -> bytes | None:
    """A secret for the authenticator of an account that has no second factor yet, sealed."""
    with rt.database.reading() as tx:
        if factors.totp_secret(tx, account) or factors.passkeys(tx, account):
            return None
    return rt.keys.vault.seal(rt.token(totp.SECRET_BYTES), about=account, nonce=rt.token(NONCE_BYTES))


def _require_half(visit: Visit) -> None:
    """Stop where another step is wanted now: a password that somebody else chose goes first."""
    if visit.is_complete or visit.wants_password:
        raise SignInOver


def _pending(rt: Runtime, visit: Visit) -> bytes:
    if visit.session.pending is None:
        raise SignInOver
    return rt.keys.vault.open(visit.session.pending, about=visit.officer.id)


def _take_code(rt: Runtime, visit: Visit, code: str, address: str) -> None:
    """Use up a code of the authenticator."""
    here, *elsewhere = limits.code_counts(rt, visit.officer.id, address)
    limits.count_try(rt, here, *elsewhere)
    try:
        _use_code(rt, visit.officer.id, code)
    except CodeRefused:
        if limits.is_used_up(rt, here):
            _warn(rt, visit.officer.id)
        raise
    limits.forgive(rt, here)
    limits.take_back(rt, *elsewhere)
    limits.remember(rt, visit.officer.id, address)


def _warn(rt: Runtime, account: str) -> None:
    """Somebody with the right password has no right code: colleagues shall see it."""
    with rt.database.transaction() as tx:
        note(rt, tx, account, by=account, what="codes-wrong")


def _use_code(rt: Runtime, account: str, code: str) -> None:
    now = rt.now()
    with rt.database.reading() as tx:
        kept = factors.totp_secret(tx, account)
    if kept is None:
        raise CodeRefused
    step = totp.matching_step(rt.keys.vault.open(kept[0], about=account), code, now=now)
    if step is None:
        raise CodeRefused
    with rt.database.transaction() as tx:
        if not factors.take_step(tx, account, step):
            raise CodeRefused


def _stepped_up(rt: Runtime, visit: Visit) -> None:
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        sessions.step_up(tx, visit.session.id, at=now)
