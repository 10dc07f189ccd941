"""Recovery of an account: somebody asks, an administrator other than both of them removes the factors.

Who lost the second factor asks with the password, which stays.  Where an administrator asks for somebody,
the password is replaced as well.  Never silently: the journal has it, and every session ends.

Whoever has but the password can ask as well, so one request at a time waits for each account, and each
account asks a few times a day: administrators are not buried in requests.

Where no second administrator is left, a command on the host does it: whoever can give one holds the database.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import ALLOWED, Act, NotAllowed, Officer, require, require_side
from voting.credentials.passwords import hash_password
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.office import limits
from voting.services.office.accounts import HOST, initial_password, note
from voting.services.office.accounts import find as find_account
from voting.services.office.approvals import (
    EXPIRES_AFTER,
    LONGEST_REASON,
    ApprovedAlready,
    ChangedSince,
    NoSuchRequest,
    ReasonMissing,
    SamePerson,
    find,
    proposer,
    require_waiting,
)
from voting.store import accounts, approvals, factors, office_sessions
from voting.store.approvals import Request
from voting.store.transaction import Transaction


@dataclass(eq=False)
class RecoveryWaits(Refusal):
    """A recovery of this account waits already.  Shape: its number, who asked, and when."""

    code: ClassVar[str] = "recovery-waits"
    request: str
    by: str
    asked_at: datetime


@dataclass(eq=False)
class RecoveryOften(Refusal):
    """This account has asked as often as it may within a day."""

    code: ClassVar[str] = "recovery-often"
    until: datetime


def request(rt: Runtime, who: Officer, officer_id: str, *, why: str) -> Request:
    """Ask that the second factors of *officer_id* be removed.

    Raises  NoSuchAccount, NotAllowed, ReasonMissing, RecoveryWaits, RecoveryOften.
    """
    if who.id != officer_id:
        require(who, Act.RECOVER_ACCOUNT)
    if not why.strip():
        raise ReasonMissing
    request_id, now = rt.token(8).hex(), rt.now()
    with rt.database.reading() as tx:
        _require_none_waiting(tx, officer_id, now)
    if who.id == officer_id:
        _count(rt, officer_id)
    with rt.database.transaction() as tx:
        _require_none_waiting(tx, officer_id, now)
        content = _document(tx, officer_id, by=who.id)
        proposed = Request(
            id=request_id,
            assembly=None,
            account=officer_id,
            act=Act.RECOVER_ACCOUNT.value,
            digest=sha256(content).hexdigest(),
            document=content.decode(),
            note=why.strip()[:LONGEST_REASON],
            requested_by=who.id,
            requested_at=instant_text(now),
            expires_at=instant_text(now + EXPIRES_AFTER),
        )
        approvals.add(tx, proposed)
        note(rt, tx, officer_id, by=who.id, what="recovery-asked", detail=request_id)
    return proposed


def approve(rt: Runtime, who: Officer, request_id: str) -> str:
    """Remove the factors and end all sessions.

    The answer is the new initial password, to be handed over; empty where the password stays.
    Raises  NoSuchRequest, NotAllowed, SamePerson, ApprovedAlready, RequestEnded, RequestExpired,
            ProposerOut, ChangedSince.
    """
    require_side(who, Act.RECOVER_ACCOUNT, second=True)
    with rt.database.reading() as tx:
        pending = find(tx, request_id)
    if pending.account is None:
        raise NoSuchRequest(request_id)
    if who.id in (pending.account, pending.requested_by):
        raise SamePerson(who.id)
    now = rt.now()
    require_waiting(pending, now)
    password = "" if pending.requested_by == pending.account else initial_password(rt)
    hashed = hash_password(password) if password else ""
    with rt.database.transaction() as tx:
        if not approvals.approve(tx, request_id, by=who.id, at=instant_text(now)):
            require_waiting(find(tx, request_id), now)
            raise ApprovedAlready(request_id)
        if pending.requested_by != pending.account:
            proposer(tx, pending, ALLOWED[Act.RECOVER_ACCOUNT])
        if sha256(_document(tx, pending.account, by=pending.requested_by)).hexdigest() != pending.digest:
            raise ChangedSince(request_id)
        if hashed:
            accounts.set_password(tx, pending.account, password_hash=hashed, by=who.id)
        _recover(rt, tx, pending.account, by=who.id, detail=request_id)
    return password


def by_host(rt: Runtime, officer_id: str) -> str:
    """Remove the factors by a command on the host; the answer is the new initial password.

    Raises  NoSuchAccount.
    """
    password = initial_password(rt)
    hashed = hash_password(password)
    with rt.database.transaction() as tx:
        find_account(tx, officer_id)
        accounts.set_password(tx, officer_id, password_hash=hashed, by=HOST)
        accounts.set_lock(tx, officer_id, None)
        _recover(rt, tx, officer_id, by=HOST, detail="")
    return password


def _require_none_waiting(tx: Transaction, officer_id: str, now: datetime) -> None:
    for each in approvals.waiting(tx, now=instant_text(now)):
        if each.account == officer_id:
            raise RecoveryWaits(each.id, each.requested_by, parse_instant(each.requested_at))


def _count(rt: Runtime, officer_id: str) -> None:
    try:
        limits.count_try(rt, (limits.RECOVERIES_OF_ACCOUNT, officer_id))
    except limits.TooManyTries as refused:
        raise RecoveryOften(refused.until) from None


def _recover(rt: Runtime, tx: Transaction, officer_id: str, *, by: str, detail: str) -> None:
    factors.forget(tx, officer_id)
    office_sessions.revoke_all(tx, officer_id, at=instant_text(rt.now()))
    note(rt, tx, officer_id, by=by, what="recovered", detail=detail)


def _document(tx: Transaction, officer_id: str, *, by: str) -> bytes:
    """Canonical JSON of what a recovery would remove.  Raises: NoSuchAccount, NotAllowed."""
    found = find_account(tx, officer_id)
    if found.locked_at is not None:
        raise NotAllowed(officer_id, found.officer.role, Act.RECOVER_ACCOUNT)
    return canonical.encode(
        {
            "act": Act.RECOVER_ACCOUNT.value,
            "account": officer_id,
            "name": found.officer.name,
            "role": found.officer.role.value,
            "authenticator": factors.totp_secret(tx, officer_id) is not None,
            # One that was set up since is another one, though it looks alike.
            "authenticator_since": factors.totp_made_at(tx, officer_id) or "",
            "passkeys": [each.id for each in factors.passkeys(tx, officer_id)],
            "password": "kept" if by == officer_id else "replaced",
        }
    )
