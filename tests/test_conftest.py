"""On the build machine a test that did not run is not taken for one that passed."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REQUIRE_ALL

ROOT = Path(__file__).resolve().parent.parent

MODULES = {
    "test_page.py": "import pytest\ndef test_page(): pytest.skip('no browser')\n",
    "test_server.py": "import pytest\n@pytest.fixture\ndef x(): pytest.skip('no server')\ndef test_x(x): 0\n",
    "test_library.py": "import pytest\npytest.importorskip('no_such_library')\n",
    "test_known.py": "import pytest\n@pytest.mark.xfail\ndef test_known_fault(): raise ValueError\n",
}


def closing_line(folder: Path, *, require_all: str) -> str:
    """What pytest says in the end about three skips and an expected failure."""
    for name, source in MODULES.items():
        (folder / name).write_text(source, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "--continue-on-collection-errors",
    ]
    ran = subprocess.run(
        [*command, f"--rootdir={folder}", str(folder)],
        cwd=ROOT,
        env=os.environ | {REQUIRE_ALL: require_all},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout.splitlines()[-1]


def test_where_all_is_required_a_skip_is_a_failure(tmp_path: Path) -> None:
    assert closing_line(tmp_path, require_all="1").startswith("1 failed, 1 xfailed, 2 errors in")


def test_at_a_desk_a_skip_is_a_skip(tmp_path: Path) -> None:
    assert closing_line(tmp_path, require_all="").startswith("3 skipped, 1 xfailed in")
