"""What a witness remembers cannot be made to be forgotten."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.witness.logs import ORIGIN, Log, desk
from tests.world import jst
from voting.ledger.note import Signer
from voting.witness.errors import OtherKeyOfLog, UnknownLog
from voting.witness.state import State

NOW = jst("2026-06-01 09:00")


def test_a_log_is_added_once_and_stays(tmp_path: Path) -> None:
    state, log = State(tmp_path), Log.of(1).signer.verifier

    assert state.add(log, now=NOW)
    assert not state.add(log, now=NOW)
    assert State(tmp_path).logs() == (log,)


def test_a_log_with_a_new_key_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.add(Log.of(1).signer.verifier, now=NOW)

    with pytest.raises(OtherKeyOfLog):
        state.add(Signer.from_seed(ORIGIN, bytes([9]) * 32).verifier, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log",
        "DELETE FROM seen",
        "UPDATE log SET vkey = 'x'",
        "UPDATE seen SET size = 1",
        "REPLACE INTO log VALUES ('{origin}', 'x', '-')",
        "INSERT INTO seen VALUES ('{origin}', 4, x'00', '-')",
        "REPLACE INTO seen VALUES ('{origin}', 5, x'00', '-')",
    ],
)
def test_removing_a_log_and_adding_it_anew_is_impossible(tmp_path: Path, statement: str) -> None:
    log = Log.of(5)
    desk(tmp_path, log).cosign(log.submission(0))
    connection = sqlite3.connect(tmp_path / "witness.db")
    connection.execute("PRAGMA recursive_triggers = ON")

    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement.format(origin=ORIGIN))
    connection.close()

    assert State(tmp_path).held(ORIGIN) == log.note()


def test_a_log_that_was_not_added_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownLog):
        State(tmp_path).log(ORIGIN)


def test_the_memory_is_its_owners_alone(tmp_path: Path) -> None:
    State(tmp_path / "new")

    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "witness.db").stat().st_mode) == 0o600
