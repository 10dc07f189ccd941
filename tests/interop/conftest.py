"""Go's judge, built once: `./test` installs Go and x/mod from Debian where it can."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).with_name("judge.go")
# Where Debian's golang-golang-x-mod-dev puts its packages.
GO_PATH = Path("/usr/share/gocode")
Judge = Callable[[list[dict[str, Any]]], list[str]]


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Asks Go all questions at once; the answers are "ok" or "refused: …"."""
    if shutil.which("go") is None or not (GO_PATH / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("Go and golang.org/x/mod are not on this machine")
    folder = tmp_path_factory.mktemp("judge")
    program = folder / "judge"
    environ = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(GO_PATH),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
    }
    subprocess.run(["go", "build", "-o", program, SOURCE], env=environ, check=True, timeout=300)

    def ask(questions: list[dict[str, Any]]) -> list[str]:
        lines = "".join(json.dumps(_as_json(each)) + "\n" for each in questions)
        done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True, timeout=120)
        answers = done.stdout.splitlines()
        if len(answers) != len(questions):
            raise ValueError("not every question was answered")
        return answers

    return ask


def _as_json(value: Any) -> Any:
    """Bytes in base64, as Go's encoding/json has them."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: _as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return value
