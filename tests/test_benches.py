"""The measurements of docs/performance.md can be made: each bench starts, and ends with small numbers."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "words",
    [
        ("roll", "200"),
        ("count", "500"),
        ("papers", "--members", "5", "--rounds", "1"),
        ("verify", "--members", "2000", "--rounds", "1"),
        ("verify_phases", "--members", "60", "--batch", "5"),
        ("tamper", "--flips", "3", "--sorts", "flips"),
        ("cast_cpu", "--rounds", "1", "--requests", "5"),
    ],
    ids=lambda words: words[0],
)
def test_a_bench_runs_to_its_end(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{words[0]}", *words[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout
