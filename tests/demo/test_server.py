"""The demonstration as a process: its port comes first, and whatever stops it leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voting.cli import main

ROOT = Path(__file__).parents[2]


@contextmanager
def demonstration(port: int, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """One that has said its greeting; its temporary folders are made in *folder*."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": str(folder)}
    with subprocess.Popen(
        [sys.executable, "-m", "voting", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    ) as process:
        assert process.stdout is not None
        try:
            assert any("Ctrl-C" in line for line in process.stdout)
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_ends_it_as_ctrl_c_does(tmp_path: Path, sign: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with demonstration(port, tmp_path) as process:
        assert len(list(tmp_path.iterdir())) == 1

        process.send_signal(sign)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (0, "")
    assert "見本を終了しました。" in out
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_told_before_anything_is_prepared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert main(["demo", str(tmp_path / "kept"), "--port", str(port)]) == 2

    assert capfd.readouterr().err.splitlines() == [
        f"voting: ポート {port} は、別のプログラムが使っています。別の番号を指定してください。"
    ]
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("port", ["0", "65536", "99999", "-1", "http", "８０００"])
def test_a_number_that_no_port_has_is_refused(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["demo", f"--port={port}"])

    assert stopped.value.code == 2
    assert "1 to 65535" in capsys.readouterr().err
