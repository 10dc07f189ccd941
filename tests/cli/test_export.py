"""``voting export`` on a service of one's own: the file that it writes is the one that can be verified."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.verify.conftest import play
from tests.world import Chance, Clock, World, jst
from voting.app import runtime
from voting.cli import main
from voting.config import read_config
from voting.core.permissions import Officer, Role
from voting.store import accounts

COMMAND = ["export", "council/2026-06", "--out"]


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A service set up by its own command, with the clock and the mails of a test."""
    for name in [name for name in os.environ if name.startswith("VOTING_")]:
        monkeypatch.delenv(name)
    settings = {
        "FOLDER": str(tmp_path / "data"),
        "BASE_URL": "http://127.0.0.1:8000",
        "HOST": "vote.example.or.jp",
        "MAIL_FROM": "office@example.jp",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_TLS": "none",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"VOTING_{name}", value)
    assert main(["setup", str(tmp_path / "data")]) == 0
    clock = Clock(jst("2026-05-20 10:00"))
    world = World(runtime(read_config(os.environ)), clock, [])
    world.rt = replace(world.rt, clock=clock, token=Chance(), send=world.mails.append)
    with world.rt.database.transaction() as tx:
        for role in Role:
            officer = Officer(f"{role.value}-1", f"{role.value} 担当", role)
            accounts.add(tx, officer, password_hash="-", now="2026-05-01T00:00:00.000Z")
    return world


def test_the_written_bundle_is_verified_by_the_command_that_is_printed(
    service: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play(service)
    file = tmp_path / "bundle.zip"

    assert main([*COMMAND, str(file)]) == 0

    printed = capsys.readouterr().out
    assert f"voting verify {file} --key '{service.case.vkey}'" in printed
    assert f"{file.stat().st_size:,}バイト" in printed
    assert sha256(file.read_bytes()).hexdigest() in printed
    assert "公開用" in printed and "結果の公表ページにあるものと同じ" in printed
    assert main(["verify", str(file), "--key", service.case.vkey]) == 0


def test_the_auditors_bundle_has_the_names(
    service: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play(service)
    file = tmp_path / "auditor.zip"

    assert main([*COMMAND, str(file), "--audience", "auditor"]) == 0

    printed = capsys.readouterr().out
    assert "監事以外の方に渡さないでください" in printed
    assert file.stat().st_mode & 0o077 == 0
    assert "架空1町".encode() in file.read_bytes()
    assert main(["verify", str(file), "--key", service.case.vkey]) == 0


def test_before_the_result_there_is_one_line_and_no_file(
    service: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.assembly()
    file = tmp_path / "bundle.zip"

    assert main([*COMMAND, str(file)]) == 2

    assert "Traceback" not in capsys.readouterr().err
    assert not file.exists()


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_half_done(
    service: World, tmp_path: Path
) -> None:
    play(service)
    taken = tmp_path / "bundle.zip"
    taken.mkdir()

    assert main([*COMMAND, str(taken)]) == 2

    assert list(tmp_path.glob(".*.new")) == []


@pytest.mark.parametrize("opening", ["{}", "[]", "no JSON"])
@pytest.mark.parametrize("command", [[*COMMAND, "bundle.zip"], ["assembly", "show", "council/2026-06"]])
def test_an_opening_that_is_no_ballot_stops_with_one_line_that_names_its_entry(
    service: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    opening: str,
) -> None:
    play(service)
    service.rt.database.close()
    with closing(sqlite3.connect(tmp_path / "data" / "voting.db")) as connection, connection:
        index = connection.execute("SELECT min(idx) FROM submission").fetchone()[0]
        connection.execute("UPDATE submission SET opening = ? WHERE idx = ?", (opening, index))
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()

    assert main(command) == 2

    said = capsys.readouterr().err
    assert f"entry {index} is no ballot" in said and said.count("\n") == 1
