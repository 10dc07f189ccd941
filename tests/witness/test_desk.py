"""Look, store, sign: in this order, whatever happens in between."""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from tests.witness.logs import ORIGIN, Log, Owner, cosigner, desk, lines_by
from voting.ledger.cosignature import Cosigner
from voting.ledger.note import Signer
from voting.witness.errors import Forked, NotProved, NotSignedByLog, OldSizeDiffers, UnknownLog
from voting.witness.judging import Submission
from voting.witness.state import State


def test_a_log_that_grows_is_signed_step_by_step(tmp_path: Path) -> None:
    log = Log.of(3)
    witness = desk(tmp_path, log)

    first = witness.cosign(log.submission(0))
    old = log.note()
    log.grow(300)
    second = witness.cosign(log.submission(3))

    assert lines_by(witness.cosigner, old, first) == lines_by(witness.cosigner, log.note(), second) == 1
    assert witness.state.held(ORIGIN) == log.note()


def test_the_same_checkpoint_is_signed_again(tmp_path: Path) -> None:
    log = Log.of(3)
    witness = desk(tmp_path, log)
    witness.cosign(log.submission(0))

    assert lines_by(witness.cosigner, log.note(), witness.cosign(log.submission(3))) == 1


def test_a_checkpoint_of_another_log_is_not_signed(tmp_path: Path) -> None:
    other = Log.of(3, origin="other.example/log")

    with pytest.raises(UnknownLog):
        desk(tmp_path, Log.of(3)).cosign(other.submission(0))


def test_a_checkpoint_signed_by_another_key_in_the_logs_name_is_not_signed(tmp_path: Path) -> None:
    log = Log.of(3)
    forged = Log(log.entries, cosigner_as_log())

    with pytest.raises(NotSignedByLog):
        desk(tmp_path, log).cosign(forged.submission(0))


def cosigner_as_log() -> Signer:
    return Signer.from_seed(ORIGIN, bytes([7]) * 32)


def test_a_fork_is_kept_with_both_checkpoints_and_shown(tmp_path: Path) -> None:
    log = Log.of(20)
    witness = desk(tmp_path, log)
    witness.cosign(log.submission(0))
    fork = log.branch(7)

    with pytest.raises(Forked):
        witness.receive(Submission(20, (), fork.note()))

    (folder,) = (tmp_path / "forks").iterdir()
    assert (folder / "held").read_bytes() == log.note()
    assert (folder / "offered").read_bytes() == fork.note()
    assert (folder / "log.vkey").read_text() == f"{log.signer.vkey}\n"
    owner = witness.tell
    assert isinstance(owner, Owner)
    assert isinstance(owner.told[0], Forked)
    assert owner.shown[0][2:] == (log.note().decode(), fork.note().decode())


def test_what_is_not_proved_is_kept_too_and_nothing_moves(tmp_path: Path) -> None:
    log = Log.of(20)
    witness = desk(tmp_path, log)
    witness.cosign(log.submission(0))
    fork = log.branch(7)
    fork.grow(30)

    with pytest.raises(NotProved):
        witness.receive(fork.submission(20))

    assert len(list((tmp_path / "forks").iterdir())) == 1
    assert witness.state.held(ORIGIN) == log.note()


class Dying(Cosigner):
    """Dies when it is asked to sign: the checkpoint has been stored, nobody has been answered."""

    def line(self, text: str, *, time: int) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


def _die(folder: Path, log: Log) -> None:
    key = cosigner()
    witness = replace(desk(folder, log), cosigner=Dying(key.name, key.private_key))
    witness.cosign(log.submission(0))


def test_killed_between_storing_and_answering_it_never_signs_two_roots(tmp_path: Path) -> None:
    log = Log.of(20)
    process = multiprocessing.get_context("fork").Process(target=_die, args=(tmp_path, log))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL

    witness = desk(tmp_path, log)
    fork = log.branch(7)

    assert witness.state.held(ORIGIN) == log.note()
    with pytest.raises(OldSizeDiffers):
        witness.cosign(fork.submission(0))
    with pytest.raises(Forked):
        witness.cosign(Submission(20, (), fork.note()))
    assert lines_by(witness.cosigner, log.note(), witness.cosign(log.submission(20))) == 1


def _race(folder: Path, log: Log, answers: "multiprocessing.Queue[bool]") -> None:
    try:
        desk(folder, log).cosign(log.submission(0))
        answers.put(True)
    except (Forked, OldSizeDiffers):
        answers.put(False)


def test_two_processes_that_are_offered_two_branches_at_once_sign_one(tmp_path: Path) -> None:
    log = Log.of(20)
    State(tmp_path)
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[bool] = context.Queue()
    runs = [context.Process(target=_race, args=(tmp_path, each, answers)) for each in (log, log.branch(3))]

    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert sorted(answers.get() for _ in runs) == [False, True]
