"""What an auditor types, in processes of their own: a key, a log, and then serve or watch."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.witness.logs import ORIGIN, Log, Site, published
from voting.ledger.cosignature import Witness
from voting.witness.__main__ import main
from voting.witness.client import ask
from voting.witness.judging import format_submission

ROOT = Path(__file__).parents[2]


def run(*words: object, state: Path) -> int:
    return main([*map(str, words), "--state", str(state)])


@pytest.fixture
def state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A witness with its key, watching the log."""
    folder = tmp_path / "state"
    assert run("key", "w.example/a", state=folder) == 0
    assert Witness.from_vkey(capsys.readouterr().out.strip()).name == "w.example/a"
    assert run("add", Log.of(1).signer.vkey, state=folder) == 0
    assert ORIGIN in capsys.readouterr().out
    return folder


def test_a_log_is_watched_from_the_command_line(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = Log.of(5)
    with published(Site(log.files())) as address:
        assert run("watch", address, "--once", state=state) == 0

    capsys.readouterr()
    run("list", state=state)
    assert capsys.readouterr().out == f"5\t{log.signer.vkey}\n"


def test_a_fork_ends_with_1_and_prints_both_checkpoints_in_two_languages(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log.of(20)
    site = Site(log.files())
    with published(site) as address:
        run("watch", address, "--once", state=state)
        site.files = log.branch(7).files()
        capsys.readouterr()

        code = run("watch", address, "--once", state=state)

    said = capsys.readouterr().err
    assert code == 1
    assert "PROOF OF A FORK" in said and "分岐の証拠" in said
    assert log.note().decode() in said and log.branch(7).note().decode() in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("key", "w.example/b"), "has a key already"),
        (("key", "w example"), "cannot name a witness"),
        (("add", "not a key"), "no verifier key"),
        (("watch", "http://127.0.0.1:1/ledger", "--once"), "No useful answer"),
    ],
)
def test_what_is_refused_ends_with_2_and_a_sentence(
    state: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run(*words, state=state) == 2
    assert said in capsys.readouterr().err


def test_without_a_key_there_is_nothing_to_serve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("serve", state=tmp_path) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_passphrase_file_that_is_missing_is_named(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("serve", "--passphrase-file", state / "none", state=state) == 2
    assert "none" in capsys.readouterr().err


def test_it_serves_on_loopback_until_it_is_stopped_and_loads_nothing_of_the_server(state: Path) -> None:
    """The process itself tells which modules it has loaded, once it is interrupted."""
    program = (
        "import sys\n"
        "from voting.witness.__main__ import main\n"
        "code = main(sys.argv[1:])\n"
        "print(sorted({'flask', 'sqlalchemy', 'argon2', 'reportlab', 'voting.store'} & set(sys.modules)))\n"
        "sys.exit(code)\n"
    )
    words = ("serve", "--listen", "127.0.0.1:0", "--state", str(state))
    log = Log.of(5)
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        output = process.stdout
        assert output is not None
        vkey, address = output.readline().strip(), output.readline().strip()
        answer = ask(f"{address}/add-checkpoint", format_submission(log.submission(0)))
        process.send_signal(2)
        rest = output.read()

    assert Witness.from_vkey(vkey).name == "w.example/a"
    assert (answer.status, process.returncode, rest) == (200, 130, "[]\n")


def test_an_address_that_cannot_be_had_is_told_with_what_to_do(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        for address in (taken, "nowhere", "127.0.0.1:99999", "256.1.1.1:80"):
            assert run("serve", "--listen", address, state=state) == 2

            said = capsys.readouterr().err
            assert f"{address} で待ち受けられません" in said and f"Cannot listen on {address}" in said
