"""What an officer does with the own account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.officers import PASSWORD, Person, hire
from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.core.permissions import Role

NEW = "four loud cormorants"


@pytest.fixture
def person(world: World) -> Person:
    return hire(world, Role.ENTRY)


def at_desk(app: Flask, person: Person) -> Desk:
    desk = Desk(app.test_client())
    desk.sign_in(person)
    return desk


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "said"),
    [
        ("wrong wrong wrong", NEW, NEW, "old", "今のパスワードが違います。"),
        (PASSWORD, NEW, "four", "again", "二つのパスワードが異なります。"),
        (PASSWORD, "short", "short", "new", "短すぎます"),
        (PASSWORD, PASSWORD, PASSWORD, "new", "今のパスワードと同じです。"),
        (PASSWORD, "password1234", "password1234", "new", "推測されやすい"),
    ],
)
def test_a_new_password_that_cannot_be_taken_is_refused_beside_its_field(
    app: Flask, person: Person, old: str, new: str, again: str, field: str, said: str
) -> None:
    desk = at_desk(app, person)
    desk.get("/office/me")

    answer = desk.post("/office/me/password", {"old": old, "new": new, "again": again})

    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="{field}-fault"' in answer.text
    for typed in {old, new} - {"short"}:
        assert typed not in answer.text


def test_a_changed_password_ends_the_other_sessions(app: Flask, person: Person) -> None:
    desk, elsewhere = at_desk(app, person), at_desk(app, person)
    desk.get("/office/me")

    answer = desk.post("/office/me/password", {"old": PASSWORD, "new": NEW, "again": NEW})

    assert "パスワードを変更しました。" in desk.get(answer.location).text
    assert elsewhere.get("/office/me").status_code == 303


def test_a_session_is_ended_from_another_desk(app: Flask, world: World, person: Person) -> None:
    desk, stolen = at_desk(app, person), at_desk(app, person)
    page = desk.get("/office/me/sessions").text
    assert page.count('name="session"') == 3  # two sessions, and all others at once
    assert page.count("この端末") == 1

    answer = desk.post("/office/me/sessions/end", {"session": "others"})

    assert "ほかの端末の接続をすべて終了しました。" in desk.get(answer.location).text
    assert stolen.get("/office/me/sessions").status_code == 303


def test_ending_the_own_session_leads_to_the_page_for_signing_in(app: Flask, person: Person) -> None:
    desk = at_desk(app, person)
    desk.get("/office/me/sessions")

    answer = desk.post("/office/me/sessions/end", {"session": desk.hidden()["session"]})

    assert answer.location == "/office/sign-in"
    assert desk.get("/office/me").status_code == 303


def test_attack_another_officers_session_is_ended_by_its_id(app: Flask, world: World, person: Person) -> None:
    victim = hire(world, Role.CHECKER)
    stays, desk = at_desk(app, victim), at_desk(app, person)
    stays.get("/office/me/sessions")
    theirs = stays.hidden()["session"]
    desk.get("/office/me/sessions")

    desk.post("/office/me/sessions/end", {"session": theirs})

    assert stays.get("/office/me").status_code == 200


@pytest.mark.parametrize("answer", ["", "{}", "null", "[]", '{"id": 1}', "x" * 5000])
def test_what_is_no_passkey_is_refused(
    app: Flask, world: World, seat: Callable[..., Desk], answer: str
) -> None:
    desk = seat(Role.ENTRY)
    desk.get("/office/me/passkeys/new")

    refused = desk.post("/office/me/passkeys/new", {"passkey": answer, "name": "鍵"})

    assert refused.status_code == 422
    assert "パスキーの確認ができませんでした。" in refused.text
    assert "パスキーを登録すると" in desk.get("/office/me").text


def test_attack_what_is_no_passkey_opens_no_session(world: World, desk: Desk) -> None:
    person = hire(world, Role.ENTRY)
    desk.give_password(person)

    answer = desk.post("/office/second-factor", {"passkey": '{"id": "AAAA", "rawId": "AAAA"}'})

    assert answer.status_code == 422
    assert desk.get("/office/me").status_code == 303


def test_the_second_factor_is_asked_for_again_after_ten_minutes(
    app: Flask, world: World, person: Person
) -> None:
    desk = at_desk(app, person)
    assert desk.get("/office/me/passkeys/new").status_code == 200
    world.clock.at += timedelta(minutes=10)

    asked = desk.get("/office/me/passkeys/new")
    assert asked.location == "/office/step-up?next=%2Foffice%2Fme%2Fpasskeys%2Fnew"
    desk.get(asked.location)
    back = desk.post("/office/step-up", desk.hidden() | {"code": person.fresh_code()})

    assert back.location == "/office/me/passkeys/new"
    assert desk.get(back.location).status_code == 200


def test_a_form_whose_factor_is_too_old_leads_back_to_its_page(
    app: Flask, world: World, person: Person
) -> None:
    desk = at_desk(app, person)
    desk.get("/office/me")
    world.clock.at += timedelta(minutes=10)

    answer = desk.post("/office/me/passkeys/remove", {"key": "x"})

    assert answer.location == "/office/step-up?next=%2Foffice%2Fme"
