"""Signing in at the office's pages: what is asked, what is said, and what a browser is left with."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.officers import PASSWORD, hire, unenrolled
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.app import create_app
from voting.core.permissions import Role
from voting.services.office import recovery
from voting.store import accounts


def cookie(desk: Desk) -> str:
    found = desk.client.get_cookie("office")
    return "" if found is None else found.value


def test_password_and_code_lead_to_the_first_page(world: World, desk: Desk) -> None:
    answer = desk.sign_in(hire(world, Role.CHECKER))

    assert answer.request.path == "/office/"
    assert "checker 担当1" in answer.text
    assert "令和8年度総会" in answer.text


def test_signing_in_leads_to_the_page_that_was_wanted(world: World, desk: Desk) -> None:
    person = hire(world, Role.CHECKER)
    asked = desk.get("/office/waiting")
    desk.get(asked.location)
    second = desk.post("/office/sign-in", desk.hidden() | {"account": person.id, "password": PASSWORD})
    desk.get(second.location)

    answer = desk.post("/office/second-factor", desk.hidden() | {"code": person.fresh_code()})

    assert answer.location == "/office/waiting"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://attacker.example/",
        "//attacker.example/office/",
        "/\\attacker.example",
        "/office/\\..\\..",
        "/vote",
        "javascript:alert(1)",
        "/office/\r\nX: y",
    ],
)
def test_attack_the_page_that_was_wanted_is_another_site(world: World, desk: Desk, wanted: str) -> None:
    person = hire(world, Role.CHECKER)
    desk.get("/office/sign-in")
    desk.post("/office/sign-in", {"account": person.id, "password": PASSWORD, "next": wanted})
    desk.get("/office/second-factor")

    answer = desk.post("/office/second-factor", {"code": person.fresh_code(), "next": wanted})

    assert answer.location == "/office/"


def test_attack_session_fixation_the_cookie_changes_with_every_step(world: World, desk: Desk) -> None:
    person = hire(world, Role.CHECKER)
    desk.client.set_cookie("office", "planted by the attacker")
    desk.give_password(person)
    half = cookie(desk)
    desk.post("/office/second-factor", {"code": person.fresh_code()})

    assert len({"planted by the attacker", half, cookie(desk)}) == 3
    thief = Desk(desk.client.application.test_client())
    for known in ("planted by the attacker", half):
        thief.client.set_cookie("office", known)
        assert thief.get("/office/me").status_code == 303


def test_attack_a_forms_token_planted_before_the_log_in_is_refused_after_it(world: World, desk: Desk) -> None:
    desk.get("/office/sign-in")
    planted = desk.token
    desk.sign_in(hire(world, Role.CHECKER))
    desk.token = planted

    assert desk.post("/office/me/sessions/end", {"session": "others"}).status_code == 400


def test_the_cookie_is_for_our_own_pages_and_no_script(world: World) -> None:
    app = create_app(world.rt, secret=SECRET, secure_cookies=True)
    desk = Desk(app.test_client())
    person = hire(world, Role.CHECKER)
    base = {"base_url": "https://localhost"}
    desk._seen(desk.client.get("/office/sign-in", **base))

    answer = desk.post("/office/sign-in", {"account": person.id, "password": PASSWORD}, **base)

    (line,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Host-office=")]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(line.split("; "))
    assert "Expires" not in line and "Max-Age" not in line


@pytest.mark.parametrize(
    ("account", "password", "said", "field"),
    [
        ("", "", "アカウントとパスワードを入力してください。", "account"),
        ("checker-1", "", "アカウントとパスワードを入力してください。", "password"),
        ("checker-1", "wrong wrong wrong", "アカウント又はパスワードが違います。", "account"),
        ("<script>", "hunter-two", "アカウント又はパスワードが違います。", "account"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    world: World, desk: Desk, account: str, password: str, said: str, field: str
) -> None:
    hire(world, Role.CHECKER)
    desk.get("/office/sign-in")

    answer = desk.post("/office/sign-in", {"account": account, "password": password})

    assert answer.status_code in (403, 422)
    assert answer.text.count(said) == 2  # in the summary, and beside the field
    assert f'id="{field}-fault"' in answer.text
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', answer.text)
    assert "<title>誤り: ログイン" in answer.text
    assert "<script>" not in answer.text
    assert password == "" or password not in answer.text


def test_the_fifth_wrong_code_is_followed_by_a_page_that_says_until_when(world: World, desk: Desk) -> None:
    person = hire(world, Role.CHECKER)
    desk.give_password(person)
    for _ in range(5):
        answer = desk.post("/office/second-factor", {"code": "12345"})
        assert answer.status_code == 422
        assert "番号が違うか、使用済みです。" in answer.text

    answer = desk.post("/office/second-factor", {"code": person.code()})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "しばらく時間をおいてください" in answer.text
    assert "令和8年6月2日(火)10時15分まで受け付けません" in answer.text
    world.clock.at += timedelta(minutes=15)
    assert desk.sign_in(person).request.path == "/office/"


def test_ten_wrong_passwords_are_followed_by_the_same_page(world: World, desk: Desk) -> None:
    person = hire(world, Role.CHECKER)
    desk.get("/office/sign-in")
    for _ in range(10):
        desk.post("/office/sign-in", {"account": person.id, "password": "wrong wrong wrong"})

    answer = desk.post("/office/sign-in", {"account": person.id, "password": PASSWORD})

    assert answer.status_code == 429
    assert "しばらく時間をおいてください" in answer.text


def test_a_code_used_twice_is_refused(app: Flask, world: World, desk: Desk) -> None:
    person, other = hire(world, Role.CHECKER), Desk(app.test_client())
    desk.give_password(person)
    other.give_password(person)
    code = person.fresh_code()
    assert desk.post("/office/second-factor", {"code": code}).status_code == 303

    answer = other.post("/office/second-factor", {"code": code})

    assert answer.status_code == 422
    assert "使用済み" in answer.text


def test_the_first_log_in_replaces_the_password_and_sets_up_the_app(world: World, desk: Desk) -> None:
    person = unenrolled(world, Role.ENTRY)
    with world.rt.database.transaction() as tx:
        account = accounts.find(tx, person.id)
        assert account is not None
        accounts.set_password(tx, person.id, password_hash=account.password_hash, by="administrator-1")
    desk.give_password(person)
    assert desk.get("/office/second-factor").location.startswith("/office/new-password")
    assert desk.get("/office/enrol").location.startswith("/office/new-password")
    desk.get("/office/new-password")
    differs = desk.post("/office/new-password", {"password": "four loud cormorants", "again": "four"})
    assert "二つのパスワードが異なります" in differs.text
    chosen = {"password": "four loud cormorants", "again": "four loud cormorants"}
    assert desk.post("/office/new-password", chosen).status_code == 303
    assert desk.get("/office/second-factor").location.startswith("/office/enrol")

    page = desk.get("/office/enrol").text

    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert re.search(r'<code class="secret">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>', page)
    assert desk.post("/office/enrol", {"code": "12345"}).status_code == 422


def test_attack_the_step_of_the_new_password_is_left_out(world: World, desk: Desk) -> None:
    person = hire(world, Role.ENTRY)
    with world.rt.database.transaction() as tx:
        account = accounts.find(tx, person.id)
        assert account is not None
        accounts.set_password(tx, person.id, password_hash=account.password_hash, by="administrator-1")
    desk.get(desk.give_password(person).location)

    answer = desk.post("/office/second-factor", {"code": person.code()})

    assert answer.status_code == 409
    assert "もう一度ログインしてください" in answer.text
    assert desk.get("/office/me").status_code == 303


def test_attack_a_new_password_with_nothing_but_the_old_one(world: World, desk: Desk) -> None:
    desk.give_password(hire(world, Role.ENTRY))
    chosen = {"password": "four loud cormorants", "again": "four loud cormorants"}

    assert desk.post("/office/new-password", chosen).status_code == 409


def test_who_has_lost_the_app_asks_an_administrator(world: World, desk: Desk) -> None:
    person = hire(world, Role.CHECKER)
    desk.give_password(person)
    desk.get("/office/lost-factor")
    assert "理由を入力してください" in desk.post("/office/lost-factor", {"why": ""}).text

    answer = desk.post("/office/lost-factor", {"why": "スマートフォンを機種変更した"})

    number = re.search(r"<code>([0-9a-f]{16})</code>", answer.text)
    assert number is not None
    recovery.approve(world.rt, world.officer(Role.ADMINISTRATOR), number[1])
    desk.give_password(person)
    assert "認証アプリの登録" in desk.get("/office/enrol").text


def test_signing_out_ends_the_session_on_the_server(app: Flask, world: World, desk: Desk) -> None:
    desk.sign_in(hire(world, Role.CHECKER))
    kept = cookie(desk)

    answer = desk.post("/office/sign-out")

    assert answer.status_code == 200
    assert "ログアウトしました" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    thief = Desk(app.test_client())
    thief.client.set_cookie("office", kept)
    assert thief.get("/office/").status_code == 303


def test_the_page_for_signing_in_leads_on_who_is_in_already(world: World, desk: Desk) -> None:
    desk.sign_in(hire(world, Role.CHECKER))

    assert desk.get("/office/sign-in").location == "/office/"


@pytest.mark.parametrize(("minutes", "inside"), [(29, True), (30, False)])
def test_a_desk_left_alone_is_locked_after_half_an_hour(
    world: World, desk: Desk, minutes: int, inside: bool
) -> None:
    desk.sign_in(hire(world, Role.CHECKER))
    world.clock.at += timedelta(minutes=minutes)

    answer = desk.get("/office/me")

    assert (answer.status_code == 200) is inside
    if not inside:
        assert answer.location == "/office/sign-in?next=%2Foffice%2Fme"


def test_a_form_sent_after_the_session_ended_does_nothing_and_says_so(world: World, desk: Desk) -> None:
    desk.sign_in(hire(world, Role.ADMINISTRATOR))
    desk.get("/office/officers/entry-1")
    world.clock.at += timedelta(minutes=30)

    answer = desk.post("/office/officers/entry-1/role", {"role": "administrator"})

    assert answer.status_code == 403
    assert "今の操作では何も変わっていません。" in answer.text
    with world.rt.database.reading() as tx:
        found = accounts.find(tx, "entry-1")
    assert found is not None and found.officer.role is Role.ENTRY


def test_the_language_is_chosen_once_and_kept_through_the_log_in(world: World, desk: Desk) -> None:
    desk.get("/office/sign-in")
    answer = desk.post("/language", {"language": "en", "back": "/office/sign-in"})
    assert answer.location == "/office/sign-in"

    page = desk.sign_in(hire(world, Role.CHECKER)).text

    assert '<html lang="en">' in page
    assert "Assemblies" in page and "checker" in page
    assert desk.post("/language", {"language": "tlh"}).status_code == 400
    assert desk.post("/language", {"language": "ja", "back": "https://attacker.example/"}).location == "/"
