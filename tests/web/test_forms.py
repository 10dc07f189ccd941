"""The token of a form: good with its own cookie only, and every way to forge one that we could think of."""

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf

from tests.web.conftest import FORM, Browser
from tests.world import World
from voting.app import create_app
from voting.web.forms import is_ours

CHANCE = "0123456789abcdef" * 2 + "01234567"


def token(app: Flask, chance: str) -> str:
    with app.test_request_context(headers={"Cookie": f"form={chance}"}):
        return str(generate_csrf())


def is_good(app: Flask, cookie: str | None, brought: str) -> bool:
    headers = {} if cookie is None else {"Cookie": f"form={cookie}"}
    with app.test_request_context(headers=headers):
        return is_ours(brought)


def test_a_token_is_good_with_its_own_cookie(app: Flask) -> None:
    assert is_good(app, CHANCE, token(app, CHANCE))


@pytest.mark.parametrize("cookie", [None, "", CHANCE[:-1], CHANCE.upper(), CHANCE[:-1] + "0", "é" * 40])
def test_attack_a_token_brought_with_another_cookie_is_refused(app: Flask, cookie: str | None) -> None:
    assert not is_good(app, cookie, token(app, CHANCE))


@pytest.mark.parametrize("brought", ["", CHANCE, "0" * 64, "é" * 64, f"{CHANCE}.x.y"])
def test_attack_a_guessed_token_is_refused(app: Flask, brought: str) -> None:
    assert not is_good(app, CHANCE, brought)


def test_attack_a_token_made_under_another_secret_is_refused(app: Flask, world: World) -> None:
    other = create_app(world.rt, secret=b"another secret of the tests, 32 b", secure_cookies=False)

    assert is_good(other, CHANCE, token(other, CHANCE))
    assert not is_good(app, CHANCE, token(other, CHANCE))


def test_attack_a_cookie_of_ones_own_choice_is_replaced_and_its_token_not_made(browser: Browser) -> None:
    browser.client.set_cookie("form", "chosen by an attacker")
    browser.get("/v")

    given = browser.client.get_cookie("form")
    assert given is not None
    assert len(given.value) == 40
    assert is_good(browser.client.application, given.value, browser.token)


def test_all_pages_of_one_browser_share_a_cookie_so_that_forms_already_open_stay_good(
    world: World, browser: Browser
) -> None:
    browser.open(world.codes["M0001"])
    earlier = browser.confirm()
    browser.get("/v")

    assert browser.post("/vote/cast", earlier).status_code == 200


def test_the_cookie_of_the_forms_is_kept_from_scripts(browser: Browser) -> None:
    cookie = browser.get("/v").headers["Set-Cookie"]

    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_a_form_without_its_cookie_is_refused(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.client.delete_cookie("form")

    assert browser.post("/vote/cast", FORM).status_code == 400
    assert len(world.entries()) == 3
