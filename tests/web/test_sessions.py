"""The sealed cookie, and every way to meddle with it that we could think of."""

from datetime import datetime, timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.web.conftest import SECRET, Browser
from tests.world import World, jst
from voting.ledger.canonical import b64, unb64
from voting.services.casting.ballots import Key
from voting.web.sessions import LIFETIME, CodeSessions, derive

NOW = jst("2026-06-02 10:00")
KEY = Key("vote.example.or.jp/council/2026-06", "M0001", bytes(range(32)))
NONCE = b"twelve bytes"
SESSIONS = CodeSessions(derive(SECRET, "session"), secure=True)


def sealed(at: datetime = NOW) -> str:
    return SESSIONS.seal(KEY, made_at=at, nonce=NONCE)


def opened(value: str | None, sessions: CodeSessions = SESSIONS) -> tuple[str, str, bytes] | None:
    key = sessions.open(value, now=NOW)
    return None if key is None else (key.origin, key.member_id, key.seed)


def test_what_was_sealed_can_be_opened_again() -> None:
    assert opened(sealed()) == (KEY.origin, KEY.member_id, KEY.seed)


def test_the_cookie_shows_nothing_of_what_it_holds() -> None:
    raw = unb64(sealed())

    assert KEY.seed not in raw and b"M0001" not in raw and b64(KEY.seed).encode() not in raw


@pytest.mark.parametrize(
    ("age", "holds"),
    [
        (timedelta(0), True),
        (LIFETIME - timedelta(milliseconds=1), True),
        (LIFETIME, False),
        (timedelta(milliseconds=-1), False),
    ],
    ids=["new", "just within the time", "after twelve hours", "from the future"],
)
def test_a_session_holds_for_twelve_hours(age: timedelta, holds: bool) -> None:
    assert (opened(sealed(NOW - age)) is not None) == holds


def test_attack_a_changed_bit_opens_nothing() -> None:
    raw = bytearray(unb64(sealed()))
    for place in range(len(raw)):
        raw[place] ^= 1
        assert opened(b64(bytes(raw))) is None
        raw[place] ^= 1


def test_attack_a_cookie_cut_short_opens_nothing() -> None:
    raw = unb64(sealed())

    assert all(opened(b64(raw[:length])) is None for length in range(len(raw)))


def test_attack_a_cookie_sealed_under_another_secret_opens_nothing() -> None:
    other = CodeSessions(derive(b"another secret of 32 bytes, long", "session"), secure=True)

    assert opened(sealed(), other) is None


def test_attack_the_key_of_another_purpose_opens_nothing() -> None:
    other = CodeSessions(derive(SECRET, "forms"), secure=True)

    assert opened(sealed(), other) is None


@pytest.mark.parametrize("value", [None, "", "=", "ＡＢＣＤ", "A" * 16, "null", "e30=", "\x00"])
def test_attack_anything_else_opens_nothing(value: str | None) -> None:
    assert opened(value) is None


def test_attack_the_form_cookie_put_in_the_place_of_the_session_opens_nothing(
    world: World, browser: Browser
) -> None:
    browser.get("/v")
    form_cookie = browser.client.get_cookie("form")
    assert form_cookie is not None
    browser.client.set_cookie("ballot", form_cookie.value)

    assert browser.get("/vote").status_code == 303


def test_attack_a_session_cookie_signed_by_a_guessed_format_opens_nothing(browser: Browser) -> None:
    forged = URLSafeTimedSerializer(SECRET).dumps(["origin", "M0001"])
    browser.client.set_cookie("ballot", str(forged))

    assert browser.get("/vote").status_code == 303


def test_a_session_ends_by_itself_and_loses_nothing_that_was_cast(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    world.at("2026-06-03 10:00")

    assert browser.get("/vote").location == "/v"
    assert browser.post("/vote/review").status_code == 403
    assert "受け付けられています" in browser.open(world.codes["M0001"]).text


def test_leaving_forgets_the_code_on_this_computer(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    assert "消去しました" in browser.post("/leave").text
    assert browser.client.get_cookie("ballot") is None
    assert browser.get("/vote").location == "/v"
