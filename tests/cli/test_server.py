"""``check``, ``serve`` and ``tick`` where one ledger does not stand: it is named, and holds up no other."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from flask import Flask

import voting.cli.server as commands
from tests.cli.test_assembly_after import NAME, Desk, desk, settings, turn_back
from tests.services.backups import database_file
from tests.web.conftest import Browser
from tests.world import ALL_FOR, World, jst
from voting.app import runtime
from voting.config import Config
from voting.core.errors import Broken
from voting.core.permissions import Act, Role
from voting.ledger.checkpoint import Checkpoint, sign
from voting.runtime import Runtime
from voting.services import assemblies, schedule
from voting.services.assemblies import Draft
from voting.services.desk.papers import Sheet
from voting.services.errors import Suspended
from voting.services.outcome.closing import close_if_due
from voting.services.proof import cosigned
from voting.services.proof.incidents import Report, record_incident

__all__ = ["desk", "settings"]
SOUND = "問題はありません"


@dataclass
class Pair:
    """A service with two assemblies that take ballots, the one with a ballot already."""

    desk: Desk
    world: World
    other: World

    def run(self, *words: str, expect: int = 0) -> str:
        return self.desk.run(*words, expect=expect)


@pytest.fixture
def pair(desk: Desk) -> Iterator[Pair]:
    world = desk.world
    world.assembly()
    plan = Draft(body="council", slug="2026-07", docket=world.case.docket, papers={}, contact="事務局")
    origin = assemblies.draft(world.rt, world.officer(Role.ADMINISTRATOR), plan)
    world.mails.clear()
    other = World(world.rt, world.clock, world.mails, origin)
    other.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    other.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
    other.send()
    other.read_codes()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    yield Pair(desk, world, other)
    # What a test has left behind is no ledger that stands: there is nothing for the world to check.
    world.origin = ""


def alter(pair: Pair, statement: str) -> None:
    with closing(sqlite3.connect(database_file(pair.world))) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()


def line_about(said: str, origin: str) -> str:
    (found,) = [each for each in said.splitlines() if origin in each]
    return found


def show_what_is_not_stored(pair: Pair) -> None:
    """As after database and anchor have both gone back: somebody has a checkpoint beyond them."""
    world = pair.world
    note = sign(Checkpoint(world.origin, 9, bytes(range(32))), world.rt.keys.signer(world.origin))
    with pytest.raises(Suspended):
        cosigned.accept(world.rt, world.origin, note)


def test_the_check_names_the_log_that_is_behind_its_anchor_with_both_sizes_and_goes_on(pair: Pair) -> None:
    turn_back(pair.world)

    said = pair.run("check", expect=2)

    stopped = line_about(said, pair.world.origin)
    assert "停止しています" in stopped
    assert "データベースの記録は4件" in stopped
    assert "署名済みの5件" in stopped
    assert "お手元の受付票" not in said
    assert line_about(said, pair.other.origin) == f"{pair.other.origin} 記録 3 件 検査済み"
    assert SOUND not in said


def test_the_check_names_every_log_that_does_not_stand(pair: Pair) -> None:
    for file in (pair.desk.folder / "data" / "anchors").iterdir():
        file.unlink()

    said = pair.run("check", expect=2)

    assert "アンカー" in line_about(said, pair.world.origin)
    assert "アンカー" in line_about(said, pair.other.origin)


def test_the_check_does_not_call_a_suspended_assembly_sound(pair: Pair) -> None:
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
        ("UPDATE submission SET opening = 'no ballot' WHERE idx = 3", "is no ballot"),
        ("UPDATE roll_entry SET votes = 50000000 WHERE assembly = 1 AND member_id = 'M0001'", "roll"),
    ],
    ids=["a vote turned", "a vote spoilt", "a weight raised"],
)
def test_the_check_finds_what_was_altered_in_the_tables(pair: Pair, statement: str, why: str) -> None:
    alter(pair, statement)

    said = pair.run("check", expect=2)

    stopped = line_about(said, pair.world.origin)
    assert "記録に矛盾がある" in stopped
    assert why in stopped
    assert f"{pair.other.origin} 記録 3 件 検査済み" in said
    assert SOUND not in said


@pytest.fixture
def serve(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[Flask, str]]:
    """``voting serve`` at the hour of the test: the site of one worker, and what was printed."""

    def at_that_hour(config: Config) -> Runtime:
        return replace(runtime(config), clock=pair.world.clock)

    def started() -> tuple[Flask, str]:
        made = list[Flask]()
        monkeypatch.setattr(commands, "serve", lambda make_app, **_: made.append(make_app()))
        monkeypatch.setattr(commands, "runtime", at_that_hour)
        said = pair.run("serve")
        return made[0], said

    return started


def cast_on_the_web(app: Flask, world: World, member: str) -> int:
    browser = Browser(app.test_client())
    browser.open(world.codes[member])
    return browser.cast().status_code


def test_the_site_starts_where_one_log_is_behind_and_only_that_one_takes_nothing(
    pair: Pair, serve: Callable[[], tuple[Flask, str]]
) -> None:
    turn_back(pair.world)

    app, said = serve()

    stopped = line_about(said, pair.world.origin)
    assert "データベースの記録は4件で、署名済みの5件" in stopped
    assert pair.other.origin not in said
    client = app.test_client()
    for name in (NAME, "council/2026-07"):
        assert client.get(f"/assemblies/{name}").status_code == 200
        assert client.get(f"/assemblies/{name}/checkpoint").status_code == 200
    assert client.get(f"/ledger/{pair.other.origin}/tile/entries/000.p/3").status_code == 200
    assert cast_on_the_web(app, pair.world, "M0003") == 503
    assert cast_on_the_web(app, pair.other, "M0003") == 200

    pair.world.at("2026-06-02 12:00")
    pair.desk.incident("restore")

    # The running site need not be started again.
    assert cast_on_the_web(app, pair.world, "M0003") == 200


def alter_an_entry(pair: Pair) -> None:
    """The head and the anchor say the same all the while."""
    with closing(sqlite3.connect(database_file(pair.world))) as connection:
        row = "FROM ledger_entry WHERE assembly = 1 AND idx = 3"
        (entry,) = connection.execute(f"SELECT entry {row}").fetchone()
        connection.execute("DROP TRIGGER ledger_entry_no_update")
        statement = "UPDATE ledger_entry SET entry = ? WHERE assembly = 1 AND idx = 3"
        connection.execute(statement, (entry.replace(b'"web"', b'"fax"'),))
        connection.commit()


SPOILT: dict[str, Callable[[Pair], object]] = {
    "behind": lambda pair: turn_back(pair.world),
    "shown": show_what_is_not_stored,
    "altered": alter_an_entry,
}
WRITES: dict[str, Callable[[World, Runtime], object]] = {
    "a ballot": lambda world, rt: world.cast("M0003"),
    "the same ballot again": lambda world, rt: world.cast("M0001", request=bytes(16)),
    "a paper at the door": lambda world, rt: world.paper("M0004", serial="F-2", arrived="2026-06-02 09:00"),
    "a paper read": lambda world, rt: world.enter("F-1", Sheet("M0004", ALL_FOR), by=Role.ENTRY),
    "an outage": lambda world, rt: record_incident(
        rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        Report("outage", jst("2026-06-02 09:00"), jst("2026-06-02 09:30")),
    ),
    "the close": lambda world, rt: (world.at("2026-06-11 00:00"), close_if_due(rt, world.origin)),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("spoilt", ["behind", "shown", "altered"])
def test_after_a_restart_nothing_is_recorded_in_a_log_that_did_not_check(
    pair: Pair, serve: Callable[[], tuple[Flask, str]], spoilt: str, write: str
) -> None:
    world = pair.world
    world.cast("M0001", request=bytes(16))
    world.paper("M0004", serial="F-1", arrived="2026-06-02 09:00")
    SPOILT[spoilt](pair)
    app, said = serve()
    assert "停止し" in line_about(said, world.origin)
    world.rt = app.extensions["voting"]
    size = len(world.entries())

    with pytest.raises((Suspended, Broken)):
        WRITES[write](world, world.rt)

    assert len(world.entries()) == size


def test_the_minute_s_work_names_a_log_that_is_behind_though_the_hour_is_not_over(pair: Pair) -> None:
    assert schedule.run_due(pair.world.rt).checked == (pair.world.origin, pair.other.origin)
    turn_back(pair.world)

    said = pair.run("tick", expect=1)

    assert "データベースの記録は5件で、署名済みの6件" in line_about(said, pair.world.origin)
    assert pair.other.origin not in said
    pair.world.at("2026-06-11 00:00")
    assert f"締切を記録しました: {pair.other.origin}" in pair.run("tick", expect=1)


def test_the_minute_s_work_names_every_log_that_does_not_stand_once(pair: Pair) -> None:
    alter_an_entry(pair)
    (anchor,) = (pair.desk.folder / "data" / "anchors").glob("*2026-07.checkpoint")
    anchor.unlink()
    pair.world.at("2026-06-02 13:30")

    said = pair.run("tick", expect=1)

    assert "記録に矛盾がある" in line_about(said, f"確認が必要です: {pair.world.origin} ")
    assert "アンカー" in line_about(said, pair.other.origin)


def test_the_minute_s_work_goes_on_saying_that_a_log_is_suspended_by_what_was_shown(pair: Pair) -> None:
    show_what_is_not_stored(pair)

    for _ in range(2):
        said = pair.run("tick", expect=1)
        assert "立会人又は会員が" in line_about(said, pair.world.origin)
