"""The pages of reminders and deliveries."""

from collections.abc import Callable

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Act, Role
from voting.services.office import approvals
from voting.services.outcome import closing


def test_a_reminder_is_proposed_at_one_desk_and_sent_at_another(
    seat: Callable[..., Desk], world: World
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    world.cast("M0001")
    world.send()
    world.mails.clear()

    shown = first.get(f"{ASSEMBLY}/reminder")
    asked = first.post(f"{ASSEMBLY}/reminder", {"note": "3日前の催告"})
    read = second.get(asked.location)
    done = second.post(f"{asked.location}/approve")
    world.send()

    assert "4会員に4通のメール" in shown.text
    assert "規約第12条第3項により、期限までに書面表決書の提出がない場合は" in read.text
    assert "承認し、実行しました。" in second.get(done.location).text
    assert len(world.mails) == 4
    assert "催告 6/2" in second.get(f"{ASSEMBLY}/participation").text
    assert "催告" in second.get(f"{ASSEMBLY}/deliveries").text


def test_after_the_close_the_page_says_why_nobody_is_reminded(
    seat: Callable[..., Desk], world: World
) -> None:
    desk = seat(Role.ADMINISTRATOR)
    world.at("2026-06-11 00:00")
    desk.get("/office/me")

    shown = seat(Role.ADMINISTRATOR, number=2).get(f"{ASSEMBLY}/reminder")

    assert shown.status_code == 409
    assert "今は送れません" in shown.text
    assert "令和8年6月10日(水)23時59分に締め切りました。" in shown.text
    assert f'href="{ASSEMBLY}/after-closing"' in shown.text
    for foreign in ("賛成とみなす", "0時00分"):
        assert foreign not in shown.text


def test_a_delivery_is_recorded_by_hand_and_a_wrong_number_stays_in_the_form(
    seat: Callable[..., Desk],
) -> None:
    desk = seat(Role.ADMINISTRATOR)
    desk.get(f"{ASSEMBLY}/deliveries")
    fields = {"member": "M9999", "channel": "post", "status": "failed", "at": "2026-06-02T09:00"}

    wrong = desk.post(f"{ASSEMBLY}/deliveries", fields)
    right = desk.post(f"{ASSEMBLY}/deliveries", fields | {"member": "M0003"})

    assert wrong.status_code == 422
    assert 'value="M9999"' in wrong.text
    assert "この総会の名簿にありません" in wrong.text
    assert right.status_code == 303
    assert "不達" in desk.get(right.location).text


def test_a_date_that_is_none_is_told_beside_its_field(seat: Callable[..., Desk]) -> None:
    desk = seat(Role.CHAIR)
    desk.get(f"{ASSEMBLY}/deliveries")

    wrong = desk.post(f"{ASSEMBLY}/deliveries", {"member": "M0001", "at": "6月2日", "status": "failed"})

    assert wrong.status_code == 422
    assert "日付と時刻を「2026-06-03 16:03」のように" in wrong.text


def test_a_reminder_that_waits_is_called_one(seat: Callable[..., Desk], world: World) -> None:
    asked = approvals.request(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.SEND, terms={"kind": "reminder"}
    )
    checker = seat(Role.CHECKER)

    assert f'<a href="/office/waiting/{asked.id}">催告</a>' in checker.get("/office/waiting").text
    assert "<h1>催告 " in checker.get(f"/office/waiting/{asked.id}").text


def test_who_cannot_approve_a_request_is_told_so(seat: Callable[..., Desk], world: World) -> None:
    asked = approvals.request(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.SEND, terms={"kind": "reminder"}
    )

    page = seat(Role.AUDITOR).get(f"/office/waiting/{asked.id}").text

    assert "あなたの役割では、この申請を承認できません。" in page


def test_after_the_tally_no_delivery_is_asked_for(seat: Callable[..., Desk], world: World) -> None:
    page = f"{ASSEMBLY}/deliveries"
    assert "到達・不達を記録する" in seat(Role.ADMINISTRATOR).get(page).text
    world.at("2026-06-11 09:00")
    closing.close_if_due(world.rt, world.origin)
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    after = seat(Role.ADMINISTRATOR, number=2).get(page).text

    assert "到達・不達を記録する" not in after
