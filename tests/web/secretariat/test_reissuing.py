"""The pages of codes issued again and of facts."""

from collections.abc import Callable

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role


def test_one_officer_sends_a_new_code_to_a_known_address(
    seat: Callable[..., Desk], world: World, browser: Desk
) -> None:
    desk = seat(Role.CHECKER)
    old = world.codes["M0001"]
    shown = desk.get(f"{ASSEMBLY}/reissue?member=M0001")

    done = desk.post(f"{ASSEMBLY}/reissue", {"member": "M0001", "address": "m1@example.jp", "reason": "紛失"})
    told = desk.get(done.location)
    world.send()
    world.read_codes()

    assert "m1@example.jp" in shown.text
    assert "新しい宛先へ" not in shown.text
    assert "回答コードを再発行しました。" in told.text
    browser.get("/v")
    assert "新しいものに切り替えられた" in browser.post("/v", {"code": old}).text
    assert browser.open(world.codes["M0001"]).status_code == 200


def test_a_new_address_waits_for_a_second_person(seat: Callable[..., Desk], world: World) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    first.get(f"{ASSEMBLY}/reissue?member=M0002")
    fields = {"member": "M0002", "new": "new@example.jp", "reason": "担当の異動"}

    wrong = first.post(f"{ASSEMBLY}/reissue/new", fields | {"new": "nobody"})
    asked = first.post(f"{ASSEMBLY}/reissue/new", fields)
    read = second.get(asked.location).text
    second.post(f"{asked.location}/approve")
    world.mails.clear()
    world.send()

    assert (wrong.status_code, 'value="nobody"' in wrong.text) == (422, True)
    assert "new@example.jp" in read
    assert sorted(each["To"] for each in world.mails) == ["m2@example.jp", "new@example.jp"]


def test_a_number_that_is_not_on_the_roll_is_told(seat: Callable[..., Desk]) -> None:
    answer = seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/reissue?member=M0999")

    assert answer.status_code == 422
    assert "この総会の名簿にありません" in answer.text


def test_a_leaving_is_proposed_by_the_office_and_approved_by_the_chair(
    seat: Callable[..., Desk], world: World
) -> None:
    first, chair = seat(Role.ADMINISTRATOR), seat(Role.CHAIR)
    first.get(f"{ASSEMBLY}/facts")

    wrong = first.post(f"{ASSEMBLY}/facts/left", {"member": "M0001", "at": "昨日"})
    asked = first.post(f"{ASSEMBLY}/facts/left", {"member": "M0001", "at": "2026-06-02T09:00"})
    read = chair.get(asked.location).text
    done = chair.post(f"{asked.location}/approve")

    assert wrong.status_code == 422
    assert "架空1町(M0001)" in read
    assert done.status_code == 303
    assert "架空1町(M0001)" in chair.get(f"{ASSEMBLY}/facts").text


def test_without_a_decision_to_make_the_form_is_not_there(seat: Callable[..., Desk]) -> None:
    desk = seat(Role.CHAIR)

    shown = desk.get(f"{ASSEMBLY}/facts")
    sent = desk.post(f"{ASSEMBLY}/facts/decision", {"motion": "tie_decision:1", "value": "for"})

    assert "待っている議案はありません" in shown.text
    assert sent.status_code == 409
