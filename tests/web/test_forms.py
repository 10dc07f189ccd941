"""The token of a form: good with its own cookie only, and every way to forge one that we could think of."""

import pytest

from tests.web.conftest import FORM, SECRET, Browser
from tests.world import World
from voting.web.forms import FormTokens
from voting.web.sessions import derive

TOKENS = FormTokens(derive(SECRET, "forms"), secure=True)
CHANCE = "0123456789abcdef" * 2


def test_a_token_is_good_with_its_own_cookie() -> None:
    assert TOKENS.is_good(CHANCE, TOKENS.token(CHANCE))


@pytest.mark.parametrize("cookie", [None, "", CHANCE[:-1], CHANCE.upper(), CHANCE[:-1] + "0", "é" * 32])
def test_attack_a_token_brought_with_another_cookie_is_refused(cookie: str | None) -> None:
    assert not TOKENS.is_good(cookie, TOKENS.token(CHANCE))


@pytest.mark.parametrize("token", ["", CHANCE, "0" * 64, "é" * 64, "\udcff"])
def test_attack_a_guessed_token_is_refused(token: str) -> None:
    assert not TOKENS.is_good(CHANCE, token)


def test_attack_a_token_made_under_another_secret_is_refused() -> None:
    other = FormTokens(derive(b"another secret of 32 bytes......", "forms"), secure=True)

    assert not TOKENS.is_good(CHANCE, other.token(CHANCE))


def test_attack_a_cookie_of_ones_own_choice_is_replaced_and_its_token_not_made(browser: Browser) -> None:
    browser.client.set_cookie("form", "chosen by an attacker")
    browser.get("/v")

    given = browser.client.get_cookie("form")
    assert given is not None
    assert len(given.value) == 32
    assert browser.token == FormTokens(derive(SECRET, "forms"), secure=False).token(given.value)


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
