"""Where an assembly stands: steps, who has answered and never how, the mails, the papers."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.officers import hire
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.app import create_app
from voting.core.ballots import Mark
from voting.core.permissions import Act, Role
from voting.mail.smtp import MailNotTaken
from voting.services.outcome import closing


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_who_has_answered_in_numbers_and_nobody_sees_how(
    world: World, seat: Callable[..., Desk], role: Role
) -> None:
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    world.paper("M0002", serial="F-001", arrived="2026-06-02 09:30")

    page = seat(role).get(f"{ASSEMBLY}/").text

    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
    assert figures["会員"] == "5会員・5票"
    assert figures["回答あり"] == "1会員・1票"
    assert figures["回答なし"] == "4会員"
    assert figures["送信済み"] == "5"
    assert figures["二人の確認が済んでいない書面"] == "1"
    assert "F-001" in page
    assert "反対" not in page
    assert "架空1町" not in page


def test_the_steps_tell_what_is_done_and_what_is_next(world: World, seat: Callable[..., Desk]) -> None:
    desk = seat(Role.CHAIR)

    def states() -> list[str]:
        return re.findall(r'<li class="(done|now|later)"', desk.get(f"{ASSEMBLY}/").text)

    assert states() == ["done"] * 4 + ["now", "later", "later"]
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)
    desk = seat(Role.CHAIR, number=2)
    assert states() == ["done"] * 5 + ["now", "later"]
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    page = desk.get(f"{ASSEMBLY}/").text
    assert "次の手続: 認証" in page
    assert f'href="{ASSEMBLY}/certify"' in page
    assert f'href="{ASSEMBLY}/certify"' not in seat(Role.AUDITOR).get(f"{ASSEMBLY}/").text


def test_mails_on_their_way_are_looked_at_again_until_they_are_sent(
    drafted: World,
) -> None:
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    drafted.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
    desk = Desk(create_app(drafted.rt, secret=SECRET, secure_cookies=False).test_client())
    desk.sign_in(hire(drafted, Role.ENTRY))

    waiting = desk.get(f"{ASSEMBLY}/deliveries").text
    assert 'value="0" max="5"' in waiting
    assert '<meta http-equiv="refresh" content="5">' in waiting
    assert "http-equiv" not in desk.get(f"{ASSEMBLY}/deliveries?refresh=off").text
    drafted.send()

    sent = desk.get(f"{ASSEMBLY}/deliveries").text
    assert 'value="5" max="5"' in sent, re.findall("<progress[^>]*>", sent)
    assert "http-equiv" not in sent


def test_the_board_says_in_both_languages_why_a_mail_has_not_gone_out(drafted: World) -> None:
    def refuse(message: object) -> None:
        raise MailNotTaken("relay-unreachable: [Errno 111] Connection refused", for_good=False)

    drafted.rt = replace(drafted.rt, send=refuse)
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    drafted.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
    drafted.send()
    desk = Desk(create_app(drafted.rt, secret=SECRET, secure_cookies=False).test_client())
    desk.sign_in(hire(drafted, Role.ENTRY))

    shown = desk.get(f"{ASSEMBLY}/deliveries").text
    desk.client.set_cookie("language", "en")
    english = desk.get(f"{ASSEMBLY}/deliveries").text

    assert "メールの中継サーバーにつながりません。" in shown
    assert "応答の原文:「[Errno 111] Connection refused」" in shown
    assert "The mail relay cannot be reached." in english


def test_an_assembly_is_chosen_from_the_list(world: World, seat: Callable[..., Desk]) -> None:
    desk = seat(Role.ENTRY)
    assert f'href="{ASSEMBLY}/"' in desk.get("/office/").text

    assert desk.get("/office/choose?assembly=council/2026-06").location == f"{ASSEMBLY}/"
    for wanted in ("", "../..", "/attacker.example", "\\x", "%0d%0aX:1"):
        assert desk.get(f"/office/choose?assembly={wanted}").location.startswith("/office/"), wanted


@pytest.mark.parametrize("page", ["", "deliveries", "freeze"])
def test_an_assembly_that_is_not_there(seat: Callable[..., Desk], page: str) -> None:
    answer = seat(Role.ADMINISTRATOR).get(f"/office/a/council/2030-01/{page}")

    assert answer.status_code == 404
    assert "総会 vote.example.or.jp/council/2030-01 はありません" in answer.text


def test_a_page_that_is_not_there_keeps_the_frame_of_the_office(seat: Callable[..., Desk]) -> None:
    answer = seat(Role.ENTRY).get("/office/nowhere")

    assert answer.status_code == 404
    assert "書面表決 事務局" in answer.text
    assert "entry 担当1" in answer.text
    assert "ログイン画面へ" not in answer.text
    assert "ページが見つかりません" in answer.text


def test_what_is_refused_leads_back_to_its_assembly(seat: Callable[..., Desk]) -> None:
    not_allowed = seat(Role.CHAIR).get(f"{ASSEMBLY}/extend")
    too_late = seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/plan/basics")

    for answer in (not_allowed, too_late):
        assert answer.status_code in (403, 409)
        assert f'<a class="button" href="{ASSEMBLY}/">総会の概要へ戻る</a>' in answer.text


def test_a_period_that_begins_with_a_day_is_shown_by_the_day(seat: Callable[..., Desk]) -> None:
    desk = seat(Role.ENTRY)

    for page in (f"{ASSEMBLY}/", f"{ASSEMBLY}/plan"):
        shown = desk.get(page).text
        assert "令和8年6月1日(月)" in shown
        assert "0時00分" not in shown.replace("10時00分", "")
