"""Second factors: the sealed secret of an authenticator, and the public keys of passkeys."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, union, update

from voting.store.tables import passkey, totp
from voting.store.transaction import Row, Transaction

_TOTP = select(totp.c.secret, totp.c.last_step).where(totp.c.account == bindparam("account"))
_TOTP_MADE = select(totp.c.made_at).where(totp.c.account == bindparam("account"))
_INSERT_TOTP = insert(totp)
_DELETE_TOTP = delete(totp).where(totp.c.account == bindparam("account"))
_TAKE_STEP = (
    update(totp)
    .where(totp.c.account == bindparam("whose"), totp.c.last_step < bindparam("step"))
    .values(last_step=bindparam("step"))
)
_PASSKEY_COLUMNS = (
    passkey.c.id,
    passkey.c.account,
    passkey.c.name,
    passkey.c.public_key,
    passkey.c.sign_count,
    passkey.c.made_at,
    passkey.c.used_at,
)
_PASSKEYS = (
    select(*_PASSKEY_COLUMNS)
    .where(passkey.c.account == bindparam("account"))
    .order_by(passkey.c.made_at, passkey.c.id)
)
_PASSKEY = select(*_PASSKEY_COLUMNS).where(passkey.c.id == bindparam("id"))
_INSERT_PASSKEY = insert(passkey)
_USE_PASSKEY = (
    update(passkey)
    .where(passkey.c.id == bindparam("key"), passkey.c.sign_count == bindparam("before"))
    .values(sign_count=bindparam("after"), used_at=bindparam("at"))
)
_DELETE_PASSKEY = delete(passkey).where(
    passkey.c.id == bindparam("key"), passkey.c.account == bindparam("whose")
)
_DELETE_PASSKEYS = delete(passkey).where(passkey.c.account == bindparam("account"))
_ENROLLED = union(select(totp.c.account), select(passkey.c.account))


@dataclass(frozen=True, slots=True)
class Passkey:
    """Shape: ``id`` is the credential's id in base64url."""

    id: str
    account: str
    name: str
    public_key: bytes
    sign_count: int
    made_at: str
    used_at: str | None = None


def totp_secret(tx: Transaction, account: str) -> tuple[bytes, int] | None:
    """The sealed secret, and the step of the newest code taken."""
    row = tx.one(_TOTP, account=account)
    return None if row is None else (bytes(row[0]), int(row[1]))


def totp_made_at(tx: Transaction, account: str) -> str | None:
    """When the authenticator was set up; None where there is none."""
    row = tx.one(_TOTP_MADE, account=account)
    return None if row is None else str(row[0])


def put_totp(tx: Transaction, account: str, *, sealed: bytes, step: int, now: str) -> None:
    """In the place of what was there."""
    tx.run(_DELETE_TOTP, account=account)
    tx.run(_INSERT_TOTP, account=account, secret=sealed, last_step=step, made_at=now)


def take_step(tx: Transaction, account: str, step: int) -> bool:
    """Use up the code of *step*; False where it, or a later one, was taken before."""
    return tx.run(_TAKE_STEP, whose=account, step=step) == 1


def passkeys(tx: Transaction, account: str) -> tuple[Passkey, ...]:
    """The account's passkeys, oldest first."""
    return tuple(_passkey(row) for row in tx.all(_PASSKEYS, account=account))


def find_passkey(tx: Transaction, key: str) -> Passkey | None:
    row = tx.one(_PASSKEY, id=key)
    return None if row is None else _passkey(row)


def add_passkey(tx: Transaction, made: Passkey) -> None:
    tx.run(
        _INSERT_PASSKEY,
        id=made.id,
        account=made.account,
        name=made.name,
        public_key=made.public_key,
        sign_count=made.sign_count,
        made_at=made.made_at,
        used_at=None,
    )


def use_passkey(tx: Transaction, key: str, *, before: int, after: int, at: str) -> bool:
    """Note a use; False where another one came between."""
    return tx.run(_USE_PASSKEY, key=key, before=before, after=after, at=at) == 1


def remove_passkey(tx: Transaction, account: str, key: str) -> bool:
    return tx.run(_DELETE_PASSKEY, key=key, whose=account) == 1


def forget(tx: Transaction, account: str) -> None:
    """Remove every second factor of the account."""
    tx.run(_DELETE_TOTP, account=account)
    tx.run(_DELETE_PASSKEYS, account=account)


def enrolled(tx: Transaction) -> frozenset[str]:
    """The accounts that have a second factor."""
    return frozenset(str(row[0]) for row in tx.all(_ENROLLED))


def _passkey(row: Row) -> Passkey:
    return Passkey(row[0], row[1], row[2], bytes(row[3]), int(row[4]), row[5], row[6])
