"""``check``, ``serve`` and ``tick`` where one ledger does not stand: it is named, and holds up no other."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.cli.test_assembly_after import Desk, desk, settings, turn_back
from tests.services.backups import database_file
from voting.core.permissions import Role
from voting.ledger.checkpoint import Checkpoint, sign
from voting.services import assemblies
from voting.services.assemblies import Draft
from voting.services.errors import Suspended
from voting.services.proof import cosigned

__all__ = ["desk", "settings"]
SOUND = "問題はありません"


@pytest.fixture
def pair(desk: Desk) -> Iterator[Desk]:
    """Two assemblies, the first with a ballot."""
    world = desk.world
    world.assembly()
    docket = world.case.docket
    later = Draft(body="council", slug="2026-07", docket=docket, papers={}, contact="事務局")
    desk.other = assemblies.draft(world.rt, world.officer(Role.ADMINISTRATOR), later)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    yield desk
    # What a test has left behind is no ledger that stands: there is nothing for the world to check.
    world.origin = ""


def alter(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(database_file(desk.world))) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()


def line_about(said: str, origin: str) -> str:
    (found,) = [each for each in said.splitlines() if each.split()[1:2] == [origin] or origin in each]
    return found


def show_what_is_not_stored(desk: Desk) -> None:
    """As after database and anchor have both gone back: somebody has a checkpoint beyond them."""
    world = desk.world
    note = sign(Checkpoint(world.origin, 9, bytes(range(32))), world.rt.keys.signer(world.origin))
    with pytest.raises(Suspended):
        cosigned.accept(world.rt, world.origin, note)


def test_the_check_names_the_log_that_is_behind_its_anchor_with_both_sizes_and_goes_on(pair: Desk) -> None:
    turn_back(pair.world)

    said = pair.run("check", expect=2)

    stopped = line_about(said, pair.world.origin)
    assert "停止しています" in stopped
    assert "データベースの記録は4件" in stopped
    assert "署名済みの5件" in stopped
    assert "お手元の受付票" not in said
    assert line_about(said, pair.other) == f"{pair.other} 記録 1 件 検査済み"
    assert SOUND not in said


def test_the_check_names_every_log_that_does_not_stand(pair: Desk) -> None:
    for file in (pair.folder / "data" / "anchors").iterdir():
        file.unlink()

    said = pair.run("check", expect=2)

    assert "停止しています" in line_about(said, pair.world.origin)
    assert "停止しています" in line_about(said, pair.other)


def test_the_check_does_not_call_a_suspended_assembly_sound(pair: Desk) -> None:
    assert SOUND in pair.run("check")
    show_what_is_not_stored(pair)

    said = pair.run("check", expect=2)

    stopped = line_about(said, pair.world.origin)
    assert "示されたチェックポイント 9件、データベース 4件" in stopped
    assert SOUND not in said


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE submission SET opening = replace(opening, 'for', 'against') WHERE idx = 3", "commitment"),
        ("UPDATE submission SET opening = 'no ballot' WHERE idx = 3", "cannot be read"),
        ("UPDATE roll_entry SET votes = 50000000 WHERE member_id = 'M0001'", "roll"),
    ],
    ids=["a vote turned", "a vote spoilt", "a weight raised"],
)
def test_the_check_finds_what_was_altered_in_the_tables(pair: Desk, statement: str, why: str) -> None:
    alter(pair, statement)

    said = pair.run("check", expect=2)

    stopped = line_about(said, pair.world.origin)
    assert "記録に矛盾があります" in stopped
    assert why in stopped
    assert f"{pair.other} 記録 1 件 検査済み" in said
    assert SOUND not in said
