"""A site in one state of its assembly, and visitors in front of it whose pages are taken."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser.conftest import MOTIONS, _Silent
from tests.browser.gallery.camera import Camera
from tests.browser.test_accessible import give_password, sign_in
from tests.officers import PASSWORD, Person, hire
from tests.services.letterheads import TO_CHAIR
from tests.world import World, empty_database, world_at
from voting.app import create_app
from voting.core.permissions import Role
from voting.runtime import Runtime

ASSEMBLY = "/office/a/council/2026-06"
_FORBIDDEN = 403
_PATIENCE = 60_000  # milliseconds
# What stands for the variable parts of an address.
PARTS = {"<body>": "council", "<assembly>": "2026-06", "<int:number>": "1", "<officer_id>": "entry-2"}
# Forms with something to fill in; those of a single button would act.
_FORMS = """all => all.map((form, number) => [number, form]).filter(([_, form]) => form.method === 'post'
    && form.querySelector('input:not([type=hidden]):not([type=submit]), select, textarea'))
    .map(([number]) => number)"""
_EMPTY = """form => {
    form.noValidate = true;
    form.querySelectorAll('input:not([type=hidden]), textarea').forEach(each => {
        if (each.type === 'checkbox' || each.type === 'radio') each.checked = false; else each.value = '';
    });
}"""


@dataclass
class Studio:
    """One world, its site, one language, one folder of pictures."""

    world: World
    address: str
    app: Flask
    browser: Browser
    language: str
    camera: Camera

    def visitor(self) -> Page:
        """A browser of its own; what it shows is what is taken from now on."""
        context = self.browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
        context.add_cookies([{"name": "language", "value": self.language, "url": self.address}])
        self.camera.page = context.new_page()
        self.camera.page.set_default_timeout(_PATIENCE)
        return self.camera.page

    def officer(self, role: Role, *, number: int = 1) -> "Seat":
        """Sign an officer in."""
        seat = Seat(self, self.visitor(), hire(self.world, role, number=number))
        sign_in(seat.page, self.address, seat.person)
        return seat

    def open(self, path: str, name: str = "") -> None:
        """Open a page as whoever stands there, and take it."""
        self.camera.page.goto(self.address + path)
        self.camera.take(name or path)

    def office_pages(self) -> list[str]:
        """Every address of the office that can be named without knowing more than the assembly."""
        found = []
        for rule in self.app.url_map.iter_rules():
            path = rule.rule
            for part, value in PARTS.items():
                path = path.replace(part, value)
            if path.startswith("/office") and "<" not in path and "GET" in (rule.methods or ()):
                found.append(path)
        return sorted(found)


@dataclass
class Seat:
    """An officer at a browser."""

    studio: Studio
    page: Page
    person: Person

    def __post_init__(self) -> None:
        self.look()

    def look(self) -> None:
        """Take this browser's pages from now on."""
        self.studio.camera.page = self.page

    def open(self, path: str) -> int:
        """Go to a page, giving the password and the factor again where they are asked for; its status."""
        status = self._go(path)
        if "/office/sign-in" in self.page.url:
            sign_in(self.page, self.studio.address, self.person)
            status = self._go(path)
        if "/office/step-up" in self.page.url:
            self.page.fill("#code", self.person.fresh_code())
            self.press()
            status = self._go(path)
        return status

    def take(self, path: str, name: str = "") -> None:
        if self.open(path):
            self.studio.camera.take(name or self._name(path))

    def walk(self, *, below: str = "/office/") -> None:
        """Take every page that the role opens, and once how the others are refused."""
        refused = False
        for path in self.studio.office_pages():
            if not path.startswith(below):
                continue
            status = self.open(path)
            if status and not (status == _FORBIDDEN and refused):
                self.studio.camera.take(self._name(path))
            refused = refused or status == _FORBIDDEN

    def send_empty(self, path: str) -> None:
        """Send each form of a page with nothing in it, and take the answer."""
        self.open(path)
        forms: Any = self.page.locator("main form").evaluate_all(_FORMS)
        for number in forms:
            self.open(path)
            form = self.page.locator("main form").nth(number)
            if not form.count() or not form.is_visible():
                continue
            form.evaluate(_EMPTY)
            with self.page.expect_navigation():
                form.locator("button").last.click()
            self.studio.camera.take(f"{self._name(path)}-empty")

    def press(self, name: str = "") -> None:
        """Press the button of that name, or the last of the page's forms."""
        button = (
            self.page.get_by_role("button", name=name)
            if name
            else self.page.locator("main form button.button")
        )
        with self.page.expect_navigation():
            button.last.click()

    def press_beside(self, field: str) -> None:
        """Press the button of the form with that field: a page may have several."""
        form = self.page.locator(f"main form:has(#{field})" if field else "main form")
        with self.page.expect_navigation():
            form.locator("button.button").last.click()

    def press_and_take(self, shown: str, name: str = "") -> None:
        self.press(name)
        self.studio.camera.take(shown)

    def _go(self, path: str) -> int:
        """The status of a page; 0 where the address is a file."""
        address = path if path.startswith("http") else self.studio.address + path
        head = self.page.request.head(address, max_redirects=0)
        if not head.headers.get("content-type", "text/html").startswith("text/html"):
            return 0
        answer = self.page.goto(address)
        return answer.status if answer else 0

    def _name(self, path: str) -> str:
        shown = path.removeprefix(self.studio.address).removeprefix("/office")
        return f"{self.person.officer.role.value}-{shown}"


@contextmanager
def serving(rt: Runtime, add: Any = None) -> Iterator[tuple[str, Flask]]:
    """A site over *rt* at a free port."""
    app = create_app(rt, secret=b"a secret of the tests, 32 bytes!", secure_cookies=False)
    if add is not None:
        add(app)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", app
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def studio(browser: Browser, folder: Path, language: str, *, drafted: bool = False) -> Iterator[Studio]:
    """The world of the browser's tests, in the middle of its period or still a draft."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        url = f"sqlite:///{Path(scratch) / 'voting.db'}"
        empty_database(url).close()
        world = world_at(Path(scratch), url)
        if drafted:
            world.draft(size=41, motions=MOTIONS, letterhead=TO_CHAIR)
        else:
            world.assembly(size=41, motions=MOTIONS, letterhead=TO_CHAIR)
            world.at("2026-06-02 10:00")
        with serving(world.rt) as (address, app):
            camera = Camera(browser.new_page(), folder)
            yield Studio(world, address, app, browser, language, camera)
        for context in browser.contexts:
            context.close()
        world.rt.database.close()


def enter_half(of: Studio, person: Person) -> Page:
    """A browser at which somebody has given the password and nothing more."""
    page = of.visitor()
    give_password(page, of.address, person)
    return page


__all__ = ["ASSEMBLY", "PASSWORD", "Seat", "Studio", "enter_half", "replace", "serving", "studio"]
