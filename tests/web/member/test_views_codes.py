"""Wrong codes are counted by the address they come from; right ones, and what is no code, are not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.web.conftest import Browser
from tests.world import World
from voting.credentials.codes import RANDOM_BYTES, make_code
from voting.services.office import limits

ALLOWED = limits.BALLOT_CODES_FROM_ADDRESS.amount


def unknown(world: World) -> str:
    """A well-formed code that nobody was given."""
    return make_code(world.rt.token(RANDOM_BYTES)).printed()


def try_wrong_codes(world: World, browser: Browser, number: int) -> None:
    browser.get("/v")
    for _ in range(number):
        assert browser.post("/v", {"code": unknown(world)}).status_code == 422


def test_attack_codes_are_guessed_one_after_another(world: World, browser: Browser) -> None:
    try_wrong_codes(world, browser, ALLOWED)

    answer = browser.post("/v", {"code": world.codes["M0001"]})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert "令和8年6月2日(火)10時10分まで受け付けません" in answer.text
    world.clock.at += timedelta(minutes=10)
    browser.get("/v")
    assert browser.post("/v", {"code": world.codes["M0001"]}).status_code == 303


def test_other_addresses_are_not_kept_waiting(world: World, browser: Browser) -> None:
    try_wrong_codes(world, browser, ALLOWED)

    answer = browser.post("/v", {"code": world.codes["M0001"]}, headers={"X-Forwarded-For": "198.51.100.7"})

    assert answer.status_code == 303


def test_an_office_behind_a_gateway_with_many_others_types_right_codes_for_ever(
    world: World, another_browser: Callable[[], Browser]
) -> None:
    browser = another_browser()
    browser.get("/v")
    for number in range(ALLOWED + 10):
        answer = browser.post("/v", {"code": world.codes[f"M000{number % 5 + 1}"]})
        assert answer.status_code == 303


@pytest.mark.parametrize("typed", ["", "ABCD", "x" * 4000])
def test_what_is_no_code_at_all_is_not_counted(app: Flask, browser: Browser, typed: str) -> None:
    browser.get("/v")
    for _ in range(ALLOWED + 1):
        assert browser.post("/v", {"code": typed}).status_code == 422


def test_whoever_has_an_open_ballot_goes_on_voting(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    other = Browser(browser.client.application.test_client())
    try_wrong_codes(world, other, ALLOWED)

    assert browser.cast().status_code == 200
