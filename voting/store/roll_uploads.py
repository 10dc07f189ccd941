"""Sheets between their upload and somebody's yes: kept for a while, then wiped."""

from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, delete, insert, or_, select, update

from voting.store.tables import roll_upload
from voting.store.transaction import Transaction

_INSERT = insert(roll_upload)
_FIND = select(*roll_upload.c).where(
    roll_upload.c.id == bindparam("id"),
    roll_upload.c.by == bindparam("by"),
    roll_upload.c.body == bindparam("body"),
    roll_upload.c.expires_at > bindparam("now"),
)
_SET_CHOICES = (
    update(roll_upload).where(roll_upload.c.id == bindparam("upload")).values(choices=bindparam("chosen"))
)
_DELETE = delete(roll_upload).where(roll_upload.c.id == bindparam("id"))
_DELETE_OLD = delete(roll_upload).where(
    or_(roll_upload.c.by == bindparam("by"), roll_upload.c.expires_at <= bindparam("now"))
)
_DELETE_EXPIRED = delete(roll_upload).where(roll_upload.c.expires_at <= bindparam("now"))


@dataclass(frozen=True, slots=True)
class Upload:
    """A sheet as it was sent.  Shape: ``choices`` is JSON of what its reader has decided so far."""

    id: str
    body: str
    by: str
    name: str
    content: bytes
    choices: str
    uploaded_at: str
    expires_at: str


def put(tx: Transaction, upload: Upload) -> None:
    """Keep it in the place of whatever this officer has sent before."""
    tx.run(_DELETE_OLD, by=upload.by, now=upload.uploaded_at)
    tx.run(_INSERT, **asdict(upload))


def find(tx: Transaction, upload_id: str, *, by: str, body: str, now: str) -> Upload | None:
    """The officer's own upload for that body, as long as it is kept."""
    row = tx.one(_FIND, id=upload_id, by=by, body=body, now=now)
    if row is None:
        return None
    number, body, by, name, content, *rest = row
    return Upload(number, body, by, name, bytes(content), *rest)


def choose(tx: Transaction, upload_id: str, choices: str) -> None:
    tx.run(_SET_CHOICES, upload=upload_id, chosen=choices)


def wipe(tx: Transaction, upload_id: str) -> bool:
    """False where it was wiped before."""
    return tx.run(_DELETE, id=upload_id) == 1


def wipe_expired(tx: Transaction, *, now: str) -> None:
    tx.run(_DELETE_EXPIRED, now=now)
