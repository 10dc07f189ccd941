"""A real browser in front of a real server, over the world of the services."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.services.letterheads import TO_CHAIR
from tests.world import World, empty_database, world_at
from voting.app import create_app
from voting.core.motions import Method, Motion, MotionKind

QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
MOTIONS = (
    Motion(1, "当協議会の発展的改組によるプラットフォーム化について"),
    Motion(2, "第1号議案に係る規約の改正について", depends_on=(1,)),
    Motion(
        3,
        "監事の選出について",
        MotionKind.ELECTION,
        method=Method.CONFIDENCE,
        seats=2,
        candidates=("田辺市", "那須町"),
    ),
    Motion(
        4,
        "部会長の選出について",
        MotionKind.ELECTION,
        method=Method.PLURALITY,
        seats=2,
        candidates=("葛城市", "高山村", "株式会社髙﨑設計"),
    ),
)


class _Silent(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is logged."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Forty-one members, two motions and two elections, proxies allowed, in the middle of the period."""
    url = f"sqlite:///{tmp_path / 'voting.db'}"
    empty_database(url).close()
    world = world_at(tmp_path, url)
    world.assembly(size=41, motions=MOTIONS, letterhead=TO_CHAIR)
    world.at("2026-06-02 10:00")
    yield world
    world.check()
    world.rt.database.close()


@pytest.fixture
def address(world: World) -> Iterator[str]:
    app = create_app(world.rt, secret=b"a secret of the tests, 32 bytes!", secure_cookies=False)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages; a test fails where one of them breaks the content policy or a script."""
    faults: list[str] = []
    contexts = []

    def open_page(*, javascript: bool = True, width: int = 1366, height: int = 768) -> Page:
        context = chromium.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": height}, locale="ja-JP"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Policy" in line.text else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
