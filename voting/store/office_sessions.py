"""Officers' sessions: kept on the server, so that each can be listed and ended."""

import json
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from voting.store.tables import office_session
from voting.store.transaction import Row, Transaction

_COLUMNS = (
    office_session.c.id,
    office_session.c.account,
    office_session.c.factor,
    office_session.c.made_at,
    office_session.c.seen_at,
    office_session.c.stepped_up_at,
    office_session.c.agent,
    office_session.c.pending,
    office_session.c.challenge,
    office_session.c.told,
    office_session.c.revoked_at,
)
_INSERT = insert(office_session)
_FIND = select(*_COLUMNS).where(office_session.c.id == bindparam("id"))
_OPEN = (
    select(*_COLUMNS)
    .where(
        office_session.c.account == bindparam("account"),
        office_session.c.revoked_at.is_(None),
        office_session.c.made_at > bindparam("made_after"),
        office_session.c.seen_at > bindparam("seen_after"),
    )
    .order_by(office_session.c.seen_at.desc(), office_session.c.id)
)
_TOUCH = (
    update(office_session)
    .where(office_session.c.id == bindparam("session"))
    .values(seen_at=bindparam("at"), told=bindparam("note"))
)
_STEP_UP = (
    update(office_session)
    .where(office_session.c.id == bindparam("session"))
    .values(stepped_up_at=bindparam("at"))
)
_TELL = (
    update(office_session).where(office_session.c.id == bindparam("session")).values(told=bindparam("note"))
)
_ASK_ANEW = (
    update(office_session)
    .where(office_session.c.id == bindparam("session"), office_session.c.challenge == bindparam("asked"))
    .values(challenge=bindparam("fresh"))
)
_REVOKE = (
    update(office_session)
    .where(
        office_session.c.id == bindparam("session"),
        office_session.c.account == bindparam("whose"),
        office_session.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)
_REVOKE_ALL = (
    update(office_session)
    .where(
        office_session.c.account == bindparam("whose"),
        office_session.c.id != bindparam("kept"),
        office_session.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)
_FORGET = delete(office_session).where(office_session.c.made_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Session:
    """One officer at one browser.

    Shape   ``id`` is the SHA-256 (hex) of the cookie's token; ``factor`` is None while only the password
            was given; ``told`` is what the next page says, in Japanese, with its values.
    """

    id: str
    account: str
    factor: str | None
    made_at: str
    seen_at: str
    stepped_up_at: str | None
    agent: str
    pending: bytes | None = None
    challenge: bytes | None = None
    told: tuple[str, dict[str, str]] | None = None
    revoked_at: str | None = None


def add(tx: Transaction, session: Session) -> None:
    tx.run(
        _INSERT,
        id=session.id,
        account=session.account,
        factor=session.factor,
        made_at=session.made_at,
        seen_at=session.seen_at,
        stepped_up_at=session.stepped_up_at,
        agent=session.agent,
        pending=session.pending,
        challenge=session.challenge,
        told=_text(session.told),
        revoked_at=None,
    )


def find(tx: Transaction, session_id: str) -> Session | None:
    row = tx.one(_FIND, id=session_id)
    return None if row is None else _session(row)


def open_ones(tx: Transaction, account: str, *, made_after: str, seen_after: str) -> tuple[Session, ...]:
    """The account's sessions that still hold, the one used last first."""
    rows = tx.all(_OPEN, account=account, made_after=made_after, seen_after=seen_after)
    return tuple(_session(row) for row in rows)


def touch(tx: Transaction, session_id: str, *, at: str) -> None:
    """Note that it was used, and that what it had to tell was told."""
    tx.run(_TOUCH, session=session_id, at=at, note=None)


def step_up(tx: Transaction, session_id: str, *, at: str) -> None:
    tx.run(_STEP_UP, session=session_id, at=at)


def tell(tx: Transaction, session_id: str, told: tuple[str, dict[str, str]]) -> None:
    """Keep a sentence for the next page."""
    tx.run(_TELL, session=session_id, note=_text(told))


def ask_anew(tx: Transaction, session_id: str, *, asked: bytes, fresh: bytes) -> bool:
    """Put another question for a passkey in the place of *asked*; False where it was not asked."""
    return tx.run(_ASK_ANEW, session=session_id, asked=asked, fresh=fresh) == 1


def revoke(tx: Transaction, account: str, session_id: str, *, at: str) -> bool:
    """End one session of the account; False where it has none such, or it was ended before."""
    return tx.run(_REVOKE, whose=account, session=session_id, at=at) == 1


def revoke_all(tx: Transaction, account: str, *, at: str, kept: str = "") -> int:
    """End every session of the account but *kept*."""
    return tx.run(_REVOKE_ALL, whose=account, kept=kept, at=at)


def forget(tx: Transaction, *, before: str) -> None:
    """Remove what was made before that instant."""
    tx.run(_FORGET, before=before)


def _text(told: tuple[str, dict[str, str]] | None) -> str | None:
    return None if told is None else json.dumps(told, ensure_ascii=False)


def _session(row: Row) -> Session:
    told = None
    if row[9] is not None:
        said, values = json.loads(row[9])
        told = (str(said), dict(values))
    return Session(
        id=row[0],
        account=row[1],
        factor=row[2],
        made_at=row[3],
        seen_at=row[4],
        stepped_up_at=row[5],
        agent=row[6],
        pending=None if row[7] is None else bytes(row[7]),
        challenge=None if row[8] is None else bytes(row[8]),
        told=told,
        revoked_at=row[10],
    )
