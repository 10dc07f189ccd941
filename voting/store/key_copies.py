"""Which keys were proved to lie in a copy of the key folder: by whom, when.  Public fingerprints only."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select

from voting.store.tables import key_copy
from voting.store.transaction import Transaction

_INSERT = insert(key_copy)
_ALL = select(key_copy.c.fingerprint, key_copy.c.name, key_copy.c.drilled_at, key_copy.c.account).order_by(
    key_copy.c.drilled_at, key_copy.c.drill
)


@dataclass(frozen=True, slots=True)
class Copied:
    """One key that a copy was found to hold.  Shape: ``fingerprint`` is SHA-256 (hex) of what is public."""

    fingerprint: str
    name: str
    drilled_at: str
    account: str


def put(tx: Transaction, drill: str, rows: Iterable[Copied]) -> None:
    """Keep one drill.  Shape: *drill* is its number, 16 hex digits never used before."""
    tx.many(
        _INSERT,
        (
            {
                "drill": drill,
                "fingerprint": each.fingerprint,
                "name": each.name,
                "drilled_at": each.drilled_at,
                "account": each.account,
            }
            for each in rows
        ),
    )


def newest(tx: Transaction) -> dict[str, Copied]:
    """The last drill of each key, by fingerprint."""
    return {row[0]: Copied(row[0], row[1], row[2], row[3]) for row in tx.all(_ALL)}
