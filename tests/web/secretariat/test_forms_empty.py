"""What was left empty is asked for, and not called wrong."""

from collections.abc import Callable

import pytest

from tests.officers import hire
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role

Seat = Callable[..., Desk]


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
