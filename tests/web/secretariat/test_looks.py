"""What was found by looking at every page, where a test can keep it found."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.officers import hire
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Act, Role
from voting.resources import templates
from voting.services.office import approvals
from voting.services.outcome import closing

Seat = Callable[..., Desk]
ALL = sorted(templates().rglob("*.html"))
PARAGRAPH = re.compile(r"<p\b[^>]*>(?:(?!</p>|\{% endmacro %\}).)*", re.DOTALL)
# The macro that is a form of its own.
FORM = re.compile(r"<form\b|\{\{ act\(")
ROW = re.compile(r"<tbody\b.*?</tbody>", re.DOTALL)
CELL = re.compile(r"<td\b(?:\"[^\"]*\"|[^>\"])*>")


def name(path: Path) -> str:
    return path.relative_to(templates()).as_posix()


@pytest.mark.parametrize("path", ALL, ids=name)
def test_no_paragraph_holds_a_form_which_would_end_it_and_leave_its_buttons_touching(path: Path) -> None:
    assert [each for each in PARAGRAPH.findall(path.read_text("utf-8")) if FORM.search(each)] == []


@pytest.mark.parametrize(
    "path",
    [each for each in ALL if re.search(r'class="[^"]*\blabelled\b', each.read_text("utf-8"))],
    ids=name,
)
def test_a_row_that_stands_alone_on_a_telephone_says_what_each_of_its_cells_is(path: Path) -> None:
    cells = [cell for rows in ROW.findall(path.read_text("utf-8")) for cell in CELL.findall(rows)]

    assert cells
    assert [each for each in cells if "data-label=" not in each and "colspan=" not in each] == []


@pytest.mark.parametrize(
    ("page", "form", "said"),
    [
        (
            "/office/new-officer",
            {"id": " ", "name": "田辺 花子", "role": "entry"},
            "アカウントを入力してください。",
        ),
        (
            "/office/me",
            {"old": "", "new": "x", "again": "x"},
            "今のパスワードが違います。もう一度入力してください。",
        ),
        (
            "/office/members/council/new-committee",
            {"name": "", "slug": "seido"},
            "部会の名称を入力してください。",
        ),
        (
            "/office/members/council/new-committee",
            {"name": "制度部会", "slug": ""},
            "略称を入力してください。",
        ),
        (
            "/office/members/council/new-member",
            {"member_id": "", "name": "架空町"},
            "会員番号を入力してください。",
        ),
        ("/office/members/council/member/leave?number=M0001", {"left": ""}, "退会日を入力してください。"),
        (f"{ASSEMBLY}/plan/test-mail", {"address": ""}, "メールアドレスを入力してください。"),
        (
            f"{ASSEMBLY}/deliveries",
            {"channel": "post", "at": "2026-06-02T09:00", "status": "failed"},
            "会員番号を入力してください。",
        ),
        (
            f"{ASSEMBLY}/reissue",
            {"member": "M0001", "reason": ""},
            "再発行の理由を、500文字以内で入力してください。",
        ),
    ],
)
def test_what_was_left_empty_is_asked_for(seat: Seat, page: str, form: dict[str, str], said: str) -> None:
    desk = seat(Role.ADMINISTRATOR)
    desk.get("/office/me")

    answer = desk.post("/office/me/password" if page == "/office/me" else page, form)

    assert answer.status_code == 422
    assert said in answer.text


def test_an_empty_code_is_asked_for_and_not_called_wrong(world: World, desk: Desk) -> None:
    desk.give_password(hire(world, Role.CHECKER))

    answer = desk.post("/office/second-factor", {"code": ""})

    assert answer.status_code == 422
    assert "認証アプリの6桁の番号を入力してください。" in answer.text


def test_what_is_refused_leads_back_to_its_assembly(seat: Seat) -> None:
    not_allowed = seat(Role.CHAIR).get(f"{ASSEMBLY}/extend")
    too_late = seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/plan/basics")

    for answer in (not_allowed, too_late):
        assert answer.status_code in (403, 409)
        assert f'<a class="button" href="{ASSEMBLY}/">総会の概要へ戻る</a>' in answer.text


def test_a_reminder_that_waits_is_called_one(seat: Seat, world: World) -> None:
    asked = approvals.request(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.SEND, terms={"kind": "reminder"}
    )
    checker = seat(Role.CHECKER)

    assert f'<a href="/office/waiting/{asked.id}">催告</a>' in checker.get("/office/waiting").text
    assert "<h1>催告 " in checker.get(f"/office/waiting/{asked.id}").text


def test_who_cannot_approve_a_request_is_told_so(seat: Seat, world: World) -> None:
    asked = approvals.request(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.SEND, terms={"kind": "reminder"}
    )

    page = seat(Role.AUDITOR).get(f"/office/waiting/{asked.id}").text

    assert "あなたの役割では、この申請を承認できません。" in page


def test_a_period_that_begins_with_a_day_is_shown_by_the_day(seat: Seat) -> None:
    desk = seat(Role.ENTRY)

    for page in (f"{ASSEMBLY}/", f"{ASSEMBLY}/plan"):
        shown = desk.get(page).text
        assert "令和8年6月1日(月)" in shown
        assert "0時00分" not in shown.replace("10時00分", "")


def test_after_the_tally_no_delivery_is_asked_for(seat: Seat, world: World) -> None:
    page = f"{ASSEMBLY}/deliveries"
    assert "到達・不達を記録する" in seat(Role.ADMINISTRATOR).get(page).text
    world.at("2026-06-11 09:00")
    closing.close_if_due(world.rt, world.origin)
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    after = seat(Role.ADMINISTRATOR, number=2).get(page).text

    assert "到達・不達を記録する" not in after


def test_the_steps_after_the_close_show_the_deadline_and_not_when_it_was_written_down(
    seat: Seat, world: World
) -> None:
    world.at("2026-06-11 09:00")
    closing.close_if_due(world.rt, world.origin)

    page = seat(Role.CHAIR).get(f"{ASSEMBLY}/after-closing").text

    assert "締切<span>令和8年6月10日(水)23時59分</span>" in page
