"""Forms from elsewhere, forms too old, and what is written down about requests."""

import json
import logging
import re
from io import BytesIO

import pytest
from flask import Flask

from tests.web.conftest import FORM, Browser
from tests.world import World
from voting.web.access import access_table


def posts(app: Flask) -> list[tuple[str, str]]:
    """All forms, and who sends them; what a witness brings is signed, and no form."""
    return [(rule, who) for methods, rule, who in access_table(app) if "POST" in methods and who != "witness"]


def test_every_form_needs_its_token(world: World, app: Flask, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    for address, who in posts(app):
        answer = browser.client.post(
            address.replace("<int:number>", "1"), data=FORM | {"code": world.codes["M0001"]}
        )
        if who in ("public", "member"):
            assert answer.status_code == 400, address
            assert "時間が経過したため、もう一度開いてください" in answer.text
        else:
            # An officer's form is refused before it is read: nobody has signed in.
            assert answer.status_code == 403, address
    assert len(world.entries()) == 3


def test_a_token_of_another_browser_is_refused(world: World, app: Flask, browser: Browser) -> None:
    stranger = Browser(app.test_client())
    stranger.get("/v")
    browser.open(world.codes["M0001"])
    browser.token = stranger.token

    assert browser.post("/vote/review", FORM).status_code == 400


def test_an_old_form_leads_back_to_the_ballot(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    page = browser.client.post("/vote/review", data=FORM | {"csrf_token": "old"}).text

    assert 'href="/vote"' in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://attacker.example"},
        {"Origin": "http://vote.localhost"},
    ],
    ids=lambda headers: "-".join(*headers.items()),
)
def test_attack_a_form_sent_from_another_site_is_refused(
    world: World, browser: Browser, headers: dict[str, str]
) -> None:
    browser.open(world.codes["M0001"])
    form = browser.confirm()

    answer = browser.post("/vote/cast", form, headers=headers)

    assert answer.status_code == 403
    assert len(world.entries()) == 3


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}, {}],
    ids=["what browsers send from a page without referrer", "with origin", "an old browser"],
)
def test_our_own_forms_are_taken(world: World, browser: Browser, headers: dict[str, str]) -> None:
    browser.open(world.codes["M0001"])

    assert browser.post("/vote/cast", browser.confirm(), headers=headers).status_code == 200


def test_a_robot_that_opens_and_presses_everything_casts_nothing(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    for address in ("/vote/fill", "/vote/review", "/vote/cast", "/vote/draft"):
        browser.post(address, {"all": "for"})
        browser.post(address, browser.hidden())

    assert len(world.entries()) == 3


def test_the_journal_names_rules_and_never_a_person_a_choice_or_a_code(
    world: World, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    code = world.codes["M0001"]
    with caplog.at_level(logging.DEBUG):
        browser.open(code)
        browser.cast()
        browser.get("/vote/receipt/3.tlog-proof")
        browser.post("/v", {"code": code[:-1] + "!"})

    lines = [json.loads(each.message) for each in caplog.records if each.name == "voting.access"]
    assert {"method": "POST", "rule": "/vote/cast", "status": 200} in lines
    everything = " ".join(each.getMessage() for each in caplog.records)
    for secret in (code, code.replace("-", ""), "花子", "企画課", "against", "M0001", "R-00000"):
        assert secret not in everything


def test_no_address_ever_holds_a_code_a_choice_or_a_name(world: World, app: Flask, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    pages = [browser.page]
    browser.confirm()
    pages.append(browser.page)
    pages += [browser.cast().text, browser.get("/vote").text]

    addresses = {each for page in pages for each in re.findall(r'(?:href|action|src)="([^"]*)"', page)}
    assert not [each for each in addresses if "?" in each and not each.startswith("/static/")]
    for word in (world.codes["M0001"], "M0001", "for", "against", "花子"):
        assert not [each for each in addresses if f"/{word}" in each or f"={word}" in each]


@pytest.mark.parametrize("address", ["/council%00/2026-06/", "/office/a/council/2026-06%00/papers"])
def test_attack_an_address_with_a_nul_is_none_of_ours(browser: Browser, address: str) -> None:
    """PostgreSQL refuses to look for it: what that server says would be a fault of ours."""
    assert browser.get(address).status_code == 404


def test_attack_a_question_with_a_nul_is_refused_in_words(browser: Browser) -> None:
    answer = browser.get("/v?code=%00")

    assert answer.status_code == 400
    assert "NUL文字" in answer.text


@pytest.mark.parametrize("field", ["account", "password", "un\0known"])
def test_attack_a_field_with_a_nul_is_refused_in_words_before_anything_is_looked_for(
    browser: Browser, field: str
) -> None:
    browser.get("/office/sign-in")

    answer = browser.post("/office/sign-in", {"account": "a", "password": "b", field: "a\0b"})

    assert answer.status_code == 400
    assert "NUL文字" in answer.text


def test_attack_a_file_whose_name_has_a_nul(browser: Browser) -> None:
    browser.get("/office/sign-in")

    answer = browser.post(
        "/office/sign-in",
        {"account": "a", "password": "b", "file": (BytesIO(b"x"), "a\0.pdf")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 400
