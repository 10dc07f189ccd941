"""The verifier's page, opened from its file, and the assembly on which the Python verifier is tested."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.verifier.hand import FILE, Hand
from tests.verify.conftest import council, database_template

__all__ = ["council", "database_template", "hand"]


@pytest.fixture(scope="session")
def hand(chromium: Browser) -> Iterator[Hand]:
    """The page; it must neither ask for anything nor break its own policy, whatever it is given."""
    context = chromium.new_context(locale="ja-JP")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text))
    page.goto(FILE.as_uri())
    page.on("request", lambda request: faults.append(f"asks for {request.url}"))
    yield Hand(page)
    context.close()
    assert faults == []
