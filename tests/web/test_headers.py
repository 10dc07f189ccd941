"""What every answer tells the browser."""

import re

from flask import Flask

from tests.web.conftest import SECRET, Browser
from tests.world import World
from voting.app import create_app

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


def test_every_page_runs_nothing_but_our_own_files_and_tells_nobody(browser: Browser) -> None:
    for address in ("/", "/v", "/vote", "/nowhere", "/assemblies/council/2026-06"):
        headers = browser.get(address).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers


def test_pages_of_members_are_kept_nowhere(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    for address in ("/v", "/vote", "/vote/draft", "/vote/ballot.txt"):
        assert browser.get(address).headers["Cache-Control"] == "no-store"
    assert browser.cast().headers["Cache-Control"] == "no-store"


def test_over_https_cookies_are_bound_to_this_host_and_https_is_demanded(world: World) -> None:
    app = create_app(world.rt, secret=SECRET, secure_cookies=True)
    browser = Browser(app.test_client())
    https = {"base_url": "https://vote.example.or.jp"}
    page = app.test_client().get("/v", **https)
    assert page.headers["Strict-Transport-Security"] == "max-age=63072000"

    client = browser.client
    browser._seen(client.get("/v", **https))
    answer = client.post("/v", data={"csrf_token": browser.token, "code": world.codes["M0001"]}, **https)

    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if "ballot" in each)
    assert cookie.startswith("__Host-ballot=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly",
        "Path=/",
        "SameSite=Strict",
        "Secure",
    }
    assert client.get("/vote", **https).status_code == 200


def test_no_page_holds_a_script_or_a_style_of_its_own(world: World, browser: Browser, app: Flask) -> None:
    browser.open(world.codes["M0001"])
    pages = [browser.page, browser.get("/v").text, browser.get("/").text]
    browser.get("/vote")
    pages += [browser.cast().text, browser.get("/assemblies/council/2026-06").text]

    for page in pages:
        assert "<style" not in page and " style=" not in page and "javascript:" not in page
        assert re.search(r"<[^>]*\son\w+\s*=", page) is None
        assert page.count("<script") == page.count('<script src="/static/')
