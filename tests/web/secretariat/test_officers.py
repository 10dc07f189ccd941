"""The officers' accounts at the administrator's desk."""

import re
from collections.abc import Callable

import pytest

from tests.officers import hire
from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.core.permissions import Role
from voting.store import accounts

NEW = {"id": "suzuki", "name": "鈴木　花子", "role": "checker"}


@pytest.fixture
def clerk(seat: Callable[..., Desk]) -> Desk:
    return seat(Role.ADMINISTRATOR)


def role_of(world: World, account: str) -> Role:
    with world.rt.database.reading() as tx:
        found = accounts.find(tx, account)
    assert found is not None
    return found.officer.role


def test_a_new_officer_gets_a_password_that_is_shown_once_and_opens_the_account(
    world: World, clerk: Desk, desk: Desk
) -> None:
    clerk.get("/office/new-officer")

    page = clerk.post("/office/new-officer", NEW).text

    found = re.search(r'<code class="secret">([a-z2-9-]{23})</code>', page)
    assert found is not None
    assert found[1] not in clerk.get("/office/officers/suzuki").text
    assert role_of(world, "suzuki") is Role.CHECKER
    desk.get("/office/sign-in")
    answer = desk.post("/office/sign-in", {"account": "suzuki", "password": found[1]})
    assert desk.get(answer.location).location.startswith("/office/new-password")


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"id": "entry-1"}, "id", "既に使われています"),
        ({"id": "Suzuki"}, "id", "半角の英小文字、数字、ハイフン"),
        ({"id": ""}, "id", "半角の英小文字、数字、ハイフン"),
        ({"name": ""}, "name", "氏名を入力してください"),
        ({"role": "king"}, "role", "役割を選んでください。"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    clerk: Desk, changed: dict[str, str], field: str, said: str
) -> None:
    typed = NEW | changed
    clerk.get("/office/new-officer")

    answer = clerk.post("/office/new-officer", typed)

    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert said in answer.text
    for name in ("id", "name"):
        assert f'name="{name}" value="{typed[name]}"' in answer.text


def test_the_list_is_sorted_by_a_link_in_the_head_of_each_column(clerk: Desk) -> None:
    def order(address: str) -> list[str]:
        return re.findall(r'href="/office/officers/([a-z0-9-]+)"', clerk.get(address).text)

    assert order("/office/officers")[:3] == ["administrator-1", "administrator-2", "entry-1"]
    assert order("/office/officers?sort=id")[-1] == "entry-2"
    assert order("/office/officers?sort=-id")[0] == "entry-2"
    assert order("/office/officers?sort=password_hash") == order("/office/officers")
    page = clerk.get("/office/officers?sort=-id").text
    assert 'aria-sort="descending"><a href="?sort=id"' in page


def test_a_role_is_changed_and_the_next_page_says_so(world: World, clerk: Desk) -> None:
    clerk.get("/office/officers/entry-1")

    answer = clerk.post("/office/officers/entry-1/role", {"role": "checker"})

    assert role_of(world, "entry-1") is Role.CHECKER
    assert "役割を変更しました。" in clerk.get(answer.location).text
    assert "役割を変更しました。" not in clerk.get(answer.location).text


def test_the_role_an_officer_has_already_is_not_said_to_be_changed(clerk: Desk) -> None:
    clerk.get("/office/officers/entry-1")

    answer = clerk.post("/office/officers/entry-1/role", {"role": "entry"})

    said = clerk.get(answer.location).text
    assert "役割は今と同じです。変更していません。" in said
    assert "役割を変更しました。" not in said


def test_an_account_is_locked_after_a_question_and_unlocked(world: World, clerk: Desk, desk: Desk) -> None:
    person = hire(world, Role.ENTRY)
    desk.sign_in(person)
    assert "entry 担当1さんのアカウントを停止しますか" in clerk.get("/office/officers/entry-1/lock").text

    clerk.post("/office/officers/entry-1/lock")

    assert desk.get("/office/").status_code == 303
    assert "停止中" in clerk.get("/office/officers").text
    clerk.get("/office/officers/entry-1")
    clerk.post("/office/officers/entry-1/unlock")
    assert desk.sign_in(person).status_code == 200


def test_the_own_account_has_no_buttons_and_takes_no_forms(world: World, clerk: Desk) -> None:
    page = clerk.get("/office/officers/administrator-1").text
    assert "別の管理者が行います" in page
    assert "/role" not in page

    for act, fields in (("role", {"role": "entry"}), ("recover", {"why": "…"})):
        assert clerk.post(f"/office/officers/administrator-1/{act}", fields).status_code == 422, act
    assert clerk.post("/office/officers/administrator-1/lock").status_code == 409
    assert role_of(world, "administrator-1") is Role.ADMINISTRATOR


def test_recovery_is_asked_for_with_a_reason(world: World, clerk: Desk) -> None:
    clerk.get("/office/officers/entry-1")
    assert clerk.post("/office/officers/entry-1/recover", {"why": " "}).status_code == 422

    answer = clerk.post("/office/officers/entry-1/recover", {"why": "電話で確認した"})

    page = clerk.get(answer.location).text
    assert "再登録を申請しました。別の管理者の承認を待っています。" in page
    assert "entry 担当1(entry-1)" in page


def test_an_account_that_is_not_there(clerk: Desk) -> None:
    for address in ("/office/officers/nobody", "/office/officers/nobody/lock"):
        answer = clerk.get(address)
        assert answer.status_code == 404
        assert "アカウント「nobody」はありません" in answer.text


@pytest.mark.parametrize("role", list(Role))
def test_everybody_in_the_office_reads_the_journal(
    world: World, clerk: Desk, seat: Callable[..., Desk], role: Role
) -> None:
    clerk.get("/office/new-officer")
    clerk.post("/office/new-officer", NEW)

    page = seat(role, number=2).get("/office/journal").text

    assert "アカウントの作成" in page
    assert "suzuki" in page and "administrator-1" in page


def test_a_long_journal_has_pages(world: World, clerk: Desk) -> None:
    with world.rt.database.transaction() as tx:
        for number in range(120):
            at = f"2026-05-30T00:00:{number % 60:02d}.{number:03d}Z"
            event = accounts.Event(at, "entry-1", "host", "locked", f"no {number}.")
            accounts.put_event(tx, f"{number:032d}", event)

    first, third = clerk.get("/office/journal").text, clerk.get("/office/journal?page=3").text

    assert "1 / 3 ページ(全120件)" in first
    assert 'href="?sort=&amp;page=2" rel="next"' in first
    assert third.count("no ") == 20
    assert "3 / 3" in clerk.get("/office/journal?page=99").text
    assert "1 / 3" in clerk.get("/office/journal?page=minus").text
