"""The verifier's page is what its sources give, and its small builder refuses what it does not understand."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = "voting/verify/page"


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "tools" / "build-verifier"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another checkout, to be spoilt."""
    shutil.copytree(ROOT / PAGE, tmp_path / PAGE)
    for name in ("tools/build-verifier", "static/verifier.html"):
        (tmp_path / name).parent.mkdir()
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / PAGE / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_page_is_what_its_sources_give() -> None:
    assert build(ROOT, "--check").returncode == 0


def test_building_it_again_gives_the_same_bytes(copy: Path) -> None:
    assert build(copy).returncode == 0

    assert (copy / "static/verifier.html").read_bytes() == (ROOT / "static/verifier.html").read_bytes()


@pytest.mark.parametrize("name", ["page.html", "page.css", "judge.js", "words/page.en.js"])
def test_a_source_that_was_changed_afterwards_is_noticed(copy: Path, name: str) -> None:
    with (copy / PAGE / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert build(copy, "--check").returncode == 1


def test_a_page_that_was_changed_by_hand_is_noticed(copy: Path) -> None:
    page = copy / "static/verifier.html"
    page.write_bytes(page.read_bytes().replace(b"connect-src 'none'", b"connect-src 'self'"))

    assert build(copy, "--check").returncode == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("judge.js", "import { b64, hex }", "import { b64, nothing }", "exports no nothing"),
        (
            "judge.js",
            "export async function judge",
            "export default async function judge",
            "form that is not used",
        ),
        ("formats/bytes.js", "export ", 'import { decode } from "./jcs.js";\nexport ', "need each other"),
        ("page.js", "listen();", "'</script>'; listen();", "cannot stand in a page"),
    ],
    ids=["an import of nothing", "an export of another form", "a circle", "an end of the script"],
)
def test_sources_that_would_give_another_page_than_they_say_are_refused(
    copy: Path, name: str, old: str, new: str, said: str
) -> None:
    change(copy, name, old, new)

    answer = build(copy)

    assert answer.returncode == 1
    assert said in answer.stderr
    assert (copy / "static/verifier.html").read_bytes() == (ROOT / "static/verifier.html").read_bytes()


def test_a_module_that_nothing_needs_is_refused(copy: Path) -> None:
    (copy / PAGE / "forgotten.js").write_text("export const one = 1;\n", "utf-8")

    assert "nothing needs forgotten.js" in build(copy).stderr


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = (ROOT / "static/verifier.html").read_text("utf-8")
    # Types are named in comments, in the form in which modules are loaded.
    page = re.sub(r"/\*\*.*?\*/", "", page, flags=re.DOTALL)

    for word in (
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "import(",
        "eval(",
        "innerHTML",
        " src=",
    ):
        assert word not in page
