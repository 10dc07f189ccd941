"""Where a witness brings its cosignature: no cookie, no form, and nothing taken that is not signed twice."""

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.services.test_cosigned import POLICY, A, line, newest, signed
from tests.witness.logs import lines_by, serving
from tests.world import World
from voting.services.errors import Suspended
from voting.witness.client import ask

PATH = "/ledger/vote.example.or.jp/council/2026-06/cosignature"


@pytest.fixture
def world(empty_world: World) -> World:
    empty_world.assembly(policy=POLICY)
    empty_world.at("2026-06-02 10:00")
    empty_world.cast("M0001")
    return empty_world


def test_a_witness_needs_no_cookie_and_no_token_and_may_come_twice(world: World, app: Flask) -> None:
    note = newest(world)
    client = app.test_client()

    answers = [client.post(PATH, data=note + line(A, note)) for _ in range(2)]

    assert [(each.status_code, each.text) for each in answers] == [(200, "1\n"), (200, "0\n")]
    assert "Set-Cookie" not in answers[0].headers
    assert client.get("/assemblies/council/2026-06/checkpoint").data == note + line(A, note)


def test_a_page_of_another_site_cannot_make_a_browser_bring_one(world: World, app: Flask) -> None:
    note = newest(world)
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}

    assert app.test_client().post(PATH, data=note + line(A, note), headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (PATH, "forged", 403),
        (PATH, "nothing", 422),
        (PATH.replace("2026-06", "2026-07"), "forged", 404),
        (PATH.replace("vote.example", "other.example"), "forged", 404),
    ],
)
def test_what_is_not_taken_is_answered_in_plain_text_in_two_languages(
    world: World, app: Flask, path: str, body: str, status: int
) -> None:
    note = newest(world)
    forged = {"forged": note + line(A, signed(world, 4)), "nothing": b""}[body]

    answer = app.test_client().post(path, data=forged)

    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
    assert len(answer.text.splitlines()) == 2


def test_a_body_too_large_is_not_read(app: Flask) -> None:
    assert app.test_client().post(PATH, data=b"x" * 70_000).status_code == 413


def test_a_member_who_brings_back_a_checkpoint_that_was_denied_stops_the_vote(
    world: World, app: Flask
) -> None:
    answer = app.test_client().post(PATH, data=signed(world, 9))

    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "120")
    with pytest.raises(Suspended):
        world.cast("M0002")


def test_a_cosignature_is_brought_over_http(world: World, app: Flask) -> None:
    with serving(make_server("127.0.0.1", 0, app)) as address:
        note = ask(f"{address}/assemblies/council/2026-06/checkpoint", None).body

        answer = ask(f"{address}{PATH}", note + line(A, note))

        assert (answer.status, answer.body) == (200, b"1\n")
        assert lines_by(A, b"", ask(f"{address}/assemblies/council/2026-06/checkpoint", None).body) == 1
