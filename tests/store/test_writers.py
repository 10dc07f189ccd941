"""Many writers at once: each gets its turn, and nothing that was written is lost."""

import fcntl
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.rows import ASSEMBLY, ORIGIN, T0, contents
from tests.store.waiting import somebody_waits, until, waits_for
from tests.store.writers import (
    hold_a_place_and_die,
    take_a_place,
    take_a_turn,
    write_from_a_process,
    write_in_turns,
)
from voting.ledger.merkle import leaf_hash, root
from voting.store import ledger, outbox
from voting.store.locks import WriterQueue, shared_file
from voting.store.outbox import Line

TIMES = 8
FORK = multiprocessing.get_context("fork")


def is_free(path: Path) -> bool:
    """Whether nobody holds *path*; asked without waiting."""
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def require_nothing_lost(database, names):
    """Every entry of every writer is there once, in its writer's order, and the head covers them all."""
    written = [entry.decode() for entry in contents(database)]
    for name in names:
        own = [entry for entry in written if entry.startswith(name + " ")]
        assert own == [f"{name} {number}" for number in range(TIMES)]
    assert len(written) == len(names) * TIMES
    with database.reading() as tx:
        head = ledger.head(tx, ASSEMBLY)
    assert head.size == len(written)
    assert head.root == root([leaf_hash(entry.encode()) for entry in written])


def test_four_threads_write_and_nothing_is_lost(database):
    names = ["a", "b", "c", "d"]
    start = threading.Barrier(len(names))

    def write(name):
        start.wait()
        write_in_turns(database, name, TIMES)

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(write, names))

    require_nothing_lost(database, names)


def test_two_processes_write_and_nothing_is_lost(database, shaped_url):
    names = ["a", "b"]
    start = FORK.Barrier(len(names))
    writers = [
        FORK.Process(target=write_from_a_process, args=(shaped_url, name, TIMES, start)) for name in names
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert [each.exitcode for each in writers] == [0, 0]
    require_nothing_lost(database, names)


def test_threads_that_add_to_one_number_in_plain_transactions_lose_nothing(database):
    # Without a turn of the ledger: SQLite lets one writer in, PostgreSQL locks the row.
    add = text("UPDATE ledger_head SET size = size + 1")
    start = threading.Barrier(4)

    def count():
        start.wait()
        for _ in range(TIMES):
            with database.transaction() as tx:
                tx.run(add)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(count) for _ in range(4)]:
            done.result()

    with database.reading() as tx:
        assert tx.one(text("SELECT size FROM ledger_head")) == (4 * TIMES,)


def test_who_wants_the_ledger_waits_until_it_is_let_go(database, shaped_url):
    hears, said = FORK.Pipe(duplex=False)
    events = []
    with database.ledger_turn(ORIGIN):
        other = FORK.Process(target=take_a_turn, args=(shaped_url, said))
        other.start()
        until(lambda: somebody_waits(database), done=hears.poll)
        events.append("in" if hears.poll() else "waiting")
    other.join()
    events.append(hears.recv())

    assert events == ["waiting", "in"]
    assert other.exitcode == 0


def test_the_ledger_of_one_assembly_does_not_hold_up_the_other_on_postgresql(database):
    if database.is_sqlite:
        return  # it has one writer for all
    with database.ledger_turn(ORIGIN), ThreadPoolExecutor(1) as pool:

        def other():
            with database.ledger_turn(ORIGIN + "-2"):
                return "in"

        assert pool.submit(other).result() == "in"


def test_a_thread_may_write_inside_its_own_turn(database):
    with database.ledger_turn(ORIGIN), database.transaction() as tx:
        tx.run(text("UPDATE ledger_head SET size = 7"))

    with database.reading() as tx:
        assert tx.one(text("SELECT size FROM ledger_head")) == (7,)


def test_an_error_inside_a_turn_lets_the_ledger_go(database):
    with pytest.raises(ZeroDivisionError), database.ledger_turn(ORIGIN):
        raise ZeroDivisionError

    with ThreadPoolExecutor(1) as pool:
        pool.submit(write_in_turns, database, "a", TIMES).result()
    require_nothing_lost(database, ["a"])


def test_ballots_under_way_hold_the_gate_together(database):
    def cast():
        with database.arrivals(ORIGIN):
            return "answered"

    with ThreadPoolExecutor(1) as pool, database.arrivals(ORIGIN):
        other = pool.submit(cast)
        until(lambda: somebody_waits(database), done=other.done)
        answered = other.done()

    assert answered


@pytest.mark.parametrize(
    ("first", "second"),
    [("casting", "closing"), ("closing", "casting"), ("closing", "closing")],
)
def test_the_closing_and_the_ballots_wait_for_each_other(database, first, second):
    events = []

    def come_second():
        with database.arrivals(ORIGIN, exclusively=second == "closing"):
            events.append("second in")

    with ThreadPoolExecutor(1) as pool:
        with database.arrivals(ORIGIN, exclusively=first == "closing"):
            coming = pool.submit(come_second)
            until(lambda: somebody_waits(database), done=coming.done)
            events.append("first out")
        coming.result()

    assert events == ["first out", "second in"]


def test_the_closing_waits_for_the_last_of_several_ballots(database):
    events = []

    def close():
        with database.arrivals(ORIGIN, exclusively=True):
            events.append("closed")

    with ThreadPoolExecutor(1) as pool:
        with database.arrivals(ORIGIN):
            with database.arrivals(ORIGIN):
                closing = pool.submit(close)
                until(lambda: somebody_waits(database), done=closing.done)
            events.append("one answered")
            until(lambda: somebody_waits(database), done=closing.done)
            events.append("both answered")
        closing.result()

    assert events == ["one answered", "both answered", "closed"]


def test_the_gate_of_one_ledger_is_not_that_of_another(database):
    with database.arrivals(ORIGIN), ThreadPoolExecutor(1) as pool:

        def close_other():
            with database.arrivals(ORIGIN + "-2", exclusively=True):
                return "closed"

        assert pool.submit(close_other).result() == "closed"


def test_two_senders_at_once_never_both_claim_a_mail(database):
    lines = [
        Line(f"<{number}@example.jp>", ASSEMBLY, "ballot", "M0001", "m@example.jp", None, None, 0, T0)
        for number in range(12)
    ]
    with database.transaction() as tx:
        outbox.put(tx, lines)
    start = threading.Barrier(2)

    def claim_all(_):
        with database.reading() as tx:
            due = outbox.due(tx, now=T0, limit=100)
        start.wait()
        won = []
        for line in due:
            with database.transaction() as tx:
                if outbox.QUEUE.claim(tx, line.message_id, now=T0, until="2026-06-01T00:05:00.000Z"):
                    won.append(line.message_id)
        return won

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(claim_all, range(2))

    assert sorted(first + second) == sorted(line.message_id for line in lines)


def test_a_child_forked_in_its_parents_turn_waits_for_the_parent(tmp_path: Path):
    queue = WriterQueue(tmp_path / "writers")
    hears, said = FORK.Pipe(duplex=False)
    events = []
    with queue.turn():
        child = FORK.Process(target=take_a_place, args=(queue, said))
        child.start()
        until(lambda: waits_for(tmp_path / "writers"), done=hears.poll)
        events.append("in" if hears.poll() else "waiting")
    child.join()
    events.append(hears.recv())
    queue.close()

    assert events == ["waiting", "in"]
    assert child.exitcode == 0


def test_a_child_does_not_hold_on_to_the_turn_of_a_parent_that_died(tmp_path: Path):
    path = tmp_path / "writers"
    hears, said = FORK.Pipe(duplex=False)
    wait, end = FORK.Pipe(duplex=False)
    parent = FORK.Process(target=hold_a_place_and_die, args=(path, said, wait))
    parent.start()
    parent.join()
    assert hears.recv() == "child lives"

    taken = is_free(path)
    end.send("go")

    assert taken


def test_a_child_does_not_hold_on_to_a_gate_that_its_parent_left(tmp_path: Path):
    path = tmp_path / "gate"
    wait, end = FORK.Pipe(duplex=False)
    with shared_file(path, exclusively=False):
        child = FORK.Process(target=wait.poll, args=(None,))
        child.start()

    taken = is_free(path)
    end.send("go")
    child.join()

    assert taken


def test_the_same_thread_may_enter_its_turn_again_and_leaves_it_once(tmp_path: Path):
    queue = WriterQueue(tmp_path / "writers")
    with queue.turn():
        with queue.turn():
            pass
        hears, said = FORK.Pipe(duplex=False)
        child = FORK.Process(target=take_a_place, args=(WriterQueue(tmp_path / "writers"), said))
        child.start()
        until(lambda: waits_for(tmp_path / "writers"), done=hears.poll)
        assert not hears.poll()
    child.join()

    assert hears.recv() == "in"
    queue.close()
