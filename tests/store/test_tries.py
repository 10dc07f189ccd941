"""Tries are counted for all processes, in windows that begin with the first one."""

import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from tests.world import Clock
from voting.store import tries as stored
from voting.store.tables import tries
from voting.store.transaction import Database
from voting.store.tries import Tries

BEGAN = datetime(2026, 6, 1, 9, 0, 0, 700_000, UTC)
COUNT = select(func.count()).select_from(tries)


def rows(database: Database) -> int:
    with database.reading() as tx:
        row = tx.one(COUNT)
    return 0 if row is None else int(row[0])


def test_a_window_begins_with_the_first_try_and_ends_by_itself(database: Database) -> None:
    clock = Clock(BEGAN)
    kept = Tries(database, clock)

    assert [kept.incr("a", 60), kept.incr("a", 60), kept.incr("b", 60)] == [1, 2, 1]
    clock.at += timedelta(seconds=59)
    assert (kept.incr("a", 60), kept.get("a")) == (3, 3)
    assert kept.get_expiry("a") == int(BEGAN.timestamp()) + 60
    clock.at += timedelta(seconds=1)
    assert kept.get("a") == 0
    assert kept.incr("a", 60) == 1


def test_another_process_sees_the_same_count(database: Database) -> None:
    Tries(database, Clock(BEGAN)).incr("a", 60)

    assert Tries(database, Clock(BEGAN)).get("a") == 1


def test_tries_at_the_same_moment_are_all_counted(database: Database) -> None:
    kept, seen = Tries(database, Clock(BEGAN)), list[int]()
    threads = [threading.Thread(target=lambda: seen.append(kept.incr("a", 60))) for _ in range(8)]

    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert kept.get("a") == 8
    assert max(seen) == 8


def test_one_is_taken_back_and_never_more_than_there_are(database: Database) -> None:
    kept = Tries(database, Clock(BEGAN))
    kept.incr("a", 60)
    kept.incr("a", 60)

    kept.take_back("a")
    assert kept.get("a") == 1
    for _ in range(3):
        kept.take_back("a")
    assert kept.get("a") == 0


def test_a_count_is_cleared_alone_and_all_at_once(database: Database) -> None:
    kept = Tries(database, Clock(BEGAN))
    for key in ("a", "b", "c"):
        kept.incr(key, 60)

    kept.clear("a")
    assert [kept.get(key) for key in ("a", "b", "c")] == [0, 1, 1]
    assert kept.check()
    assert kept.reset() == 2
    assert rows(database) == 0


def test_windows_that_are_over_are_removed(database: Database) -> None:
    kept = Tries(database, Clock(BEGAN))
    kept.incr("short", 60)
    kept.incr("long", 600)

    with database.transaction() as tx:
        stored.forget(tx, now=int(BEGAN.timestamp()) + 60)

    assert rows(database) == 1
    assert kept.get("long") == 1
