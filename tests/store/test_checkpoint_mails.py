"""A day's mail is claimed by one run, on either database."""

import threading

from tests.store.rows import ASSEMBLY
from voting.store import checkpoint_mails
from voting.store.transaction import Database


def claim(database: Database, day: str) -> bool:
    with database.transaction() as tx:
        return checkpoint_mails.claim(tx, ASSEMBLY, day)


def test_an_assembly_drafted_before_there_were_such_mails_has_none(database: Database) -> None:
    with database.reading() as tx:
        assert checkpoint_mails.find(tx, ASSEMBLY) == ("none", None)


def test_the_setting_and_the_last_day_come_back(database: Database) -> None:
    with database.transaction() as tx:
        checkpoint_mails.choose(tx, ASSEMBLY, "daily")
    claim(database, "2026-06-01")

    with database.reading() as tx:
        assert checkpoint_mails.find(tx, ASSEMBLY) == ("daily", "2026-06-01")


def test_each_day_is_claimed_once_and_none_after_the_close(database: Database) -> None:
    days = ("2026-06-01", "2026-06-01", "2026-06-02", "2026-06-01", "closed", "closed", "2026-06-03")

    assert [claim(database, day) for day in days] == [True, False, True, False, True, False, False]


def test_of_many_runs_at_once_one_has_the_day(database: Database) -> None:
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(claim(database, "closed"))) for _ in range(8)]

    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(found) == [False] * 7 + [True]
