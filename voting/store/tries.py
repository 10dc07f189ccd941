"""How often something was tried: a storage of ``limits`` in the project's own database.

The storages that come with the library count in one process, or need a server of their own.  This one
counts for all processes, outlives a restart, and takes its time from the runtime's clock.
"""

import math
from collections.abc import Callable
from datetime import datetime

from limits.storage import Storage
from sqlalchemy import bindparam, case, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from voting.store.tables import tries
from voting.store.transaction import Database, Transaction

_FIND = select(tries.c.used, tries.c.until).where(tries.c.key == bindparam("key"))
# One statement, so that tries made at the same moment are all counted.  SQLite has ON CONFLICT from
# PostgreSQL, and its compiler takes the statement of that dialect.
_NEW = insert(tries).values(key=bindparam("key"), used=bindparam("amount"), until=bindparam("ends"))
_IS_OVER = tries.c.until <= bindparam("now")
_COUNT = _NEW.on_conflict_do_update(
    index_elements=[tries.c.key],
    set_={
        "used": case((_IS_OVER, _NEW.excluded.used), else_=tries.c.used + _NEW.excluded.used),
        "until": case((_IS_OVER, _NEW.excluded.until), else_=tries.c.until),
    },
)
_TAKE_BACK = (
    update(tries).where(tries.c.key == bindparam("whose"), tries.c.used > 0).values(used=tries.c.used - 1)
)
_CLEAR = delete(tries).where(tries.c.key == bindparam("key"))
_CLEAR_ALL = delete(tries)
_FORGET = delete(tries).where(tries.c.until <= bindparam("now"))


class Tries(Storage):
    """Counts in windows that begin with the first try."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._database, self._clock = database, clock

    @property
    def base_exceptions(self) -> type[Exception]:
        return self._database.engine.dialect.loaded_dbapi.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more; the answer is how many there are in this window."""
        now = self._now()
        with self._database.transaction() as tx:
            tx.run(_COUNT, key=key, amount=amount, ends=now + expiry, now=now)
            return self._found(tx, key)[0]

    def get(self, key: str) -> int:
        with self._database.reading() as tx:
            return self._found(tx, key)[0]

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        with self._database.reading() as tx:
            return float(self._found(tx, key)[1])

    def check(self) -> bool:
        with self._database.reading() as tx:
            self._found(tx, "")
        return True

    def reset(self) -> int:
        with self._database.transaction() as tx:
            return tx.run(_CLEAR_ALL)

    def clear(self, key: str) -> None:
        with self._database.transaction() as tx:
            tx.run(_CLEAR, key=key)

    def take_back(self, key: str) -> None:
        """Count one less."""
        with self._database.transaction() as tx:
            tx.run(_TAKE_BACK, whose=key)

    def _found(self, tx: Transaction, key: str) -> tuple[int, int]:
        row, now = tx.one(_FIND, key=key), self._now()
        return (0, now) if row is None or row[1] <= now else (int(row[0]), int(row[1]))

    def _now(self) -> int:
        return math.floor(self._clock().timestamp())


def forget(tx: Transaction, *, now: int) -> None:
    """Remove the windows that are over."""
    tx.run(_FORGET, now=now)
