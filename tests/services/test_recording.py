"""The order of promises holds on PostgreSQL as on SQLite, with several writers at once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Postgres
from tests.world import ALL_FOR, World, empty_database, world_at
from voting.core.ballots import Mark
from voting.core.permissions import Role
from voting.services.casting import ballots
from voting.services.casting.answers import Answer
from voting.services.casting.ballots import Cast
from voting.services.desk.papers import Sheet
from voting.services.outcome import closing
from voting.services.outcome.result_page import result_page


@pytest.fixture
def elsewhere(tmp_path: Path, postgres: Postgres) -> Iterator[World]:
    """The world on PostgreSQL."""
    template = postgres.template("world", lambda url: empty_database(url).close())
    name = postgres.create(template=template)
    world = world_at(tmp_path, postgres.url(name))
    yield world
    world.check()
    world.rt.database.close()
    postgres.drop(name)


def test_a_whole_assembly_is_held_on_postgresql(elsewhere: World) -> None:
    world = elsewhere
    world.assembly(size=6)
    world.at("2026-06-02 10:00")
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.FOR})
    world.cast("M0001", ALL_FOR)
    world.paper("M0002", serial="F-1", arrived="2026-06-02 09:00")
    world.enter("F-1", Sheet("M0002", ALL_FOR), by=Role.ENTRY)
    world.enter("F-1", Sheet("M0002", ALL_FOR), by=Role.CHECKER)
    world.at("2026-06-11 00:00")
    world.cast("M0003", {1: Mark.AGAINST, 2: Mark.AGAINST})
    world.certify()

    lines = [motion.headline for motion in result_page(world.rt, world.origin).motions]
    assert lines == ["賛成5票(うち未提出によるみなし賛成3票)、反対0票"] * 2


def test_eight_members_casting_at_once_on_postgresql_all_get_right_receipts(elsewhere: World) -> None:
    world = elsewhere
    world.assembly(size=8)
    world.at("2026-06-02 10:00")
    keys = [world.key(f"M{number:04d}") for number in range(1, 9)]
    base = world.case.sealed_base
    start, faults = threading.Barrier(8), list[BaseException]()

    def cast(number: int) -> None:
        try:
            start.wait()
            answer = Answer(choices=ALL_FOR, section="企画課", respondent=f"担当 {number}")
            world.receipts.append(
                ballots.cast(world.rt, Cast(keys[number], answer, bytes([number]) * 16, base))
            )
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=cast, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert len({receipt.index for receipt in world.receipts}) == 8


def test_the_close_waits_for_a_ballot_that_was_received_in_time(elsewhere: World) -> None:
    world = elsewhere
    world.assembly(closes="2026-06-11 00:00")
    world.at("2026-06-10 23:59")
    ended = threading.Event()

    def close() -> None:
        closing.close_if_due(world.rt, world.origin)
        ended.set()

    with world.rt.database.arrivals(world.origin):
        # A ballot is under way when the hour strikes.
        world.at("2026-06-11 00:00")
        closer = threading.Thread(target=close)
        closer.start()
        assert not ended.wait(0.3)
        assert world.case.closed_index is None
    closer.join()

    assert world.case.closed_index is not None
