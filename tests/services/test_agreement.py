"""Whoever can write to the database changes nothing unseen: each fraud is tried on a copy and found."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.world import World
from voting.core.ballots import Mark
from voting.core.errors import Broken
from voting.core.permissions import Role
from voting.runtime import Runtime
from voting.services.outcome import closing
from voting.services.proof import agreement
from voting.store.transaction import Database

AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}
FRAUDS = {
    "an opening flipped": "UPDATE submission SET opening = replace(opening, 'against', 'for')",
    "a weight raised": "UPDATE roll_entry SET votes = 50000000 WHERE member_id = 'M0001'",
    "a member struck off": "DELETE FROM roll_entry WHERE member_id = 'M0005'",
    "an answer said to be late": "UPDATE submission SET refused = 'late'",
    "an answer re-dated": "UPDATE submission SET received_at = '2026-06-09T00:00:00.000Z'",
    "an answer given to another": "UPDATE submission SET member_id = 'M0002'",
    "an answer removed": "DELETE FROM submission",
    "a rule flipped": (
        "UPDATE assembly SET docket = "
        'replace(docket, \'"non_submission":"for"\', \'"non_submission":"against"\')'
    ),
    "a fact without an entry": (
        "INSERT INTO fact (assembly, idx, what, member_id, at) "
        "VALUES (1, 99, 'left', 'M0001', '2026-06-01T00:00:00.000Z')"
    ),
}


@pytest.fixture
def closed(world: World) -> World:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001", AGAINST)
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)
    return world


def forged(world: World, folder: Path, fraud: str) -> Runtime:
    """The runtime on a copy of the database in which *fraud* was committed by hand."""
    source = sqlite3.connect(str(world.rt.database.engine.url.database))
    target = sqlite3.connect(folder / "forged.db")
    source.backup(target)
    assert target.execute(fraud).rowcount > 0
    target.commit()
    source.close()
    target.close()
    return replace(world.rt, database=Database(f"sqlite:///{folder / 'forged.db'}"))


def test_an_untouched_database_agrees_with_its_ledger(closed: World) -> None:
    agreement.check(closed.rt, closed.origin)


@pytest.mark.parametrize("fraud", FRAUDS)
def test_a_fraud_in_the_tables_is_found_and_stops_the_count(
    closed: World, tmp_path: Path, fraud: str
) -> None:
    rt = forged(closed, tmp_path, FRAUDS[fraud])

    with pytest.raises(Broken):
        agreement.check(rt, closed.origin)
    with pytest.raises(Broken):
        closing.tally(rt, closed.officer(Role.ADMINISTRATOR), closed.origin)

    assert closed.case.tally_index is None
    rt.database.close()
