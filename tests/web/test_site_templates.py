"""The templates as a whole: nothing on a page escapes translation, and no link leads nowhere."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.web.conftest import Browser
from tests.world import World
from voting.core.ballots import Mark
from voting.resources import templates

OURS = sorted(
    path
    for path in templates().rglob("*.html")
    if path.relative_to(templates()).parts[0] in {"base.html", "error.html", "member", "parts", "public"}
)
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff08-\uff5e]")
# What is no sentence: comments, calls of _(), and the mark of a ticked box.
SET_APART = re.compile(r"\{#.*?#\}|_\(\"[^\"]*\"|\"[■□]\"|\|?\s*join\(\"、\"\)|\"、\"", re.DOTALL)


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(templates())))
def test_every_sentence_can_be_translated(path: Path) -> None:
    left = SET_APART.sub("", path.read_text("utf-8"))

    assert [line for line in left.split("\n") if JAPANESE.search(line)] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(templates())))
def test_every_template_can_be_read(app: Flask, path: Path) -> None:
    assert app.jinja_env.get_template(path.relative_to(templates()).as_posix())


def test_no_link_and_no_form_leads_nowhere(world: World, app: Flask, browser: Browser) -> None:
    pages = [browser.open(world.codes["M0001"]).text]
    browser.confirm()
    pages += [browser.page, browser.post("/vote/draft").text]
    browser.get("/vote")
    pages += [browser.cast().text, browser.get("/vote").text, browser.post("/leave").text]
    world.cast("M0002", {1: Mark.FOR, 2: Mark.FOR})
    world.at("2026-06-11 09:00")
    world.certify()
    pages += [browser.open(world.codes["M0001"]).text, browser.get("/").text, browser.get("/nowhere").text]
    pages += [browser.get("/assemblies/council/2026-06").text]
    adapter = app.url_map.bind("localhost")

    for page in pages:
        asked = [("GET", each) for each in re.findall(r'(?:href|src)="([^"]*)"', page)]
        asked += [("POST", each) for each in re.findall(r'action="([^"]*)"', page)]
        for method, address in asked:
            if address.startswith("#"):
                assert f'id="{address[1:]}"' in page
                continue
            try:
                adapter.match(unescape(address).partition("?")[0], method=method)
            except HTTPException as fault:
                pytest.fail(f"{method} {address}: {fault}")


def test_every_page_says_where_it_is_and_in_which_language(world: World, browser: Browser) -> None:
    seen = [browser.get(address).text for address in ("/", "/v", "/nowhere", "/assemblies/council/2026-06")]
    seen += [browser.open(world.codes["M0001"]).text, browser.cast().text]

    titles = [re.findall("<title>(.*)｜書面表決</title>", page) for page in seen]

    assert all(len(each) == 1 and each[0] for each in titles)
    for page in seen:
        assert page.startswith('<!doctype html>\n<html lang="ja">')
        assert page.count("<h1") == 1
        assert 'class="skip" href="#main"' in page


def test_every_control_has_its_label(world: World, browser: Browser) -> None:
    for page in (browser.get("/v").text, browser.open(world.codes["M0001"]).text):
        controls = re.findall(r'<(?:input|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page)
        assert controls
        assert [each for each in controls if f'<label for="{each}">' not in page] == []
