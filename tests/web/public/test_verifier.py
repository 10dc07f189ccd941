"""The verifier's page as the site sends it: the built file, under its own policy."""

import re
from hashlib import sha256
from pathlib import Path

from tests.web.conftest import Browser

FILE = Path(__file__).resolve().parents[3] / "static" / "verifier.html"


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (each.split() for each in policy.split(";"))}


def test_the_site_sends_the_built_file_to_anybody(browser: Browser) -> None:
    answer = browser.get("/verifier")

    assert answer.status_code == 200
    assert answer.data == FILE.read_bytes()
    assert answer.content_type == "text/html; charset=utf-8"


def test_it_runs_one_script_and_may_talk_to_nobody(browser: Browser) -> None:
    policy = directives(browser.get("/verifier").headers["Content-Security-Policy"])

    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["img-src"] == ["data:"]
    for name in ("script-src", "style-src"):
        (value,) = policy[name]
        assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", value)


def test_a_saved_copy_is_under_the_same_policy(browser: Browser) -> None:
    answer = browser.get("/verifier")
    sent = directives(answer.headers["Content-Security-Policy"])
    (written,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', answer.text)

    assert directives(written) == {name: each for name, each in sent.items() if name != "frame-ancestors"}


def test_it_is_sent_again_only_where_it_has_changed(browser: Browser) -> None:
    tag = browser.get("/verifier").headers["ETag"]

    answer = browser.client.get("/verifier", headers={"If-None-Match": tag})

    assert tag == f'"{sha256(FILE.read_bytes()).hexdigest()}"'
    assert answer.status_code == 304


def test_every_assembly_leads_to_it(browser: Browser) -> None:
    page = browser.get("/assemblies/council/2026-06").text

    assert '<a class="second" href="/verifier">検証ページを開く</a>' in page
    assert '<a href="/verifier" download="verifier.html">' in page
