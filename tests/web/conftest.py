"""A site over the world of the services, and a browser without JavaScript to walk it with."""

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.world import World, empty_database, world_at
from voting.app import create_app

SECRET = b"a secret of the tests, 32 bytes!"
FORM = {"m1": "for", "m2": "against", "section": "企画課", "respondent": "架空　花子"}


class Browser:
    """Follows forms as a browser does: the hidden fields of the page go with what was typed."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""
        self.texts = self.shown = ""
        self.page = ""

    def get(self, address: str) -> TestResponse:
        return self._seen(self.client.get(address))

    def post(self, address: str, fields: dict[str, Any] | None = None, **rest: Any) -> TestResponse:
        """Send a form of the page last seen."""
        hidden = {"csrf_token": self.token} | ({"texts": self.texts} if self.texts else {})
        hidden |= {"shown": self.shown} if self.shown else {}
        return self._seen(self.client.post(address, data=hidden | (fields or {}), **rest))

    def open(self, code: str) -> TestResponse:
        """Type a code and follow to the ballot."""
        self.get("/v")
        self.post("/v", {"code": code})
        return self.get("/vote")

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the form on the page that is not the one for leaving."""
        found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', self.page)
        return {name: unescape(value) for name, value in found}

    def confirm(self, fields: dict[str, Any] | None = None) -> dict[str, str]:
        """Fill in the ballot and come to the confirmation page; the answer is its form."""
        self.post("/vote/review", FORM | (fields or {}))
        return self.hidden()

    def cast(self, fields: dict[str, Any] | None = None) -> TestResponse:
        return self.post("/vote/cast", self.confirm(fields))

    def _seen(self, response: TestResponse) -> TestResponse:
        # Werkzeug's client writes a large upload into a file, and leaves it open.
        response.request.input_stream.close()
        self.page = response.text if response.mimetype == "text/html" else ""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        if found:
            self.token = found[1]
        texts = re.search(r'name="texts" value="([^"]*)"', self.page)
        self.texts = texts[1] if texts else self.texts
        shown = re.search(r'name="shown" value="([0-9a-f]*)"', self.page)
        self.shown = shown[1] if shown else self.shown
        return response


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of the newest shape; copying it takes a tenth of making it."""
    file = tmp_path_factory.mktemp("template") / "voting.db"
    empty_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def empty_world(tmp_path: Path, database_template: Path) -> Iterator[World]:
    shutil.copy(database_template, tmp_path / "voting.db")
    world = world_at(tmp_path, f"sqlite:///{tmp_path / 'voting.db'}")
    yield world
    world.check()
    world.rt.database.close()


@pytest.fixture
def world(empty_world: World) -> World:
    """An assembly with two motions, in the middle of its period."""
    empty_world.assembly()
    empty_world.at("2026-06-02 10:00")
    return empty_world


@pytest.fixture
def app(world: World) -> Flask:
    return create_app(world.rt, secret=SECRET, secure_cookies=False)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app.test_client())


@pytest.fixture
def another_browser(app: Flask) -> Callable[[], Browser]:
    return lambda: Browser(app.test_client())
