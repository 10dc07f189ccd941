"""What the writers of test_writers.py do in threads and processes of their own."""

import os
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from tests.store.rows import ASSEMBLY, ORIGIN, extend
from voting.store import ledger
from voting.store.locks import WriterQueue
from voting.store.transaction import Database


def write_in_turns(database: Database, name: str, times: int) -> None:
    """Append *times* entries as the services do: read the head first, then write, in one turn."""
    for number in range(times):
        with database.ledger_turn(ORIGIN):
            with database.reading() as tx:
                seen = ledger.head(tx, ASSEMBLY)
            with database.transaction() as tx:
                extend(tx, f"{name} {number}".encode(), old=seen)


def write_from_a_process(url: str, name: str, times: int, start: Barrier) -> None:
    database = Database(url)
    start.wait()
    write_in_turns(database, name, times)
    database.close()


def take_a_turn(url: str, said: Connection) -> None:
    """Say "in" once the ledger's turn is ours."""
    database = Database(url)
    with database.ledger_turn(ORIGIN):
        said.send("in")
    database.close()


def take_a_place(queue: WriterQueue, said: Connection) -> None:
    """Say "in" once the place in the queue is ours; *queue* is the parent's, forked while it held it."""
    with queue.turn():
        said.send("in")


def hold_a_place_and_die(path: Path, said: Connection, wait: Connection) -> None:
    """Fork a child that lives on until *wait* ends, while holding the queue; then end without letting go."""
    queue = WriterQueue(path)
    with queue.turn():
        if os.fork() == 0:
            said.send("child lives")
            wait.poll(None)
            os._exit(0)
        os._exit(0)
