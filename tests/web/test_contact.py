"""A member's own contact data on the web: a code in a form, never in an address; GET changes nothing."""

import re

import pytest

from tests.services.test_campaigns import ASKING, BODY, admin, checker, code_for, edit
from tests.web.conftest import Browser
from tests.world import World
from voting.core.permissions import Role
from voting.services.office import limits
from voting.services.register import campaigns, contact_board, member_list

WHO = {"section": "企画課", "person": "架空 花子"}


@pytest.fixture
def code(world: World) -> str:
    """That of M0001, who is asked."""
    for number in ("M0001", "M0002"):
        edit(world, number, addresses=f"{number.lower()}@example.jp")
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    campaigns.approve(world.rt, checker(world), asked.id)
    world.send()
    return code_for(world, "m0001@example.jp")


def state(world: World, number: str = "M0001") -> str:
    board = contact_board.board(world.rt, world.officer(Role.ENTRY), BODY)
    return next(each.state for each in board.rows if each.member.member_id == number)


def send(browser: Browser, address: str, code: str, **fields: str) -> str:
    browser.get("/contact")
    browser.post("/contact", {"code": code})
    shown = re.search(r'name="seen" value="([^"]*)"', browser.page)
    answer = browser.post(address, {"code": code, "seen": shown[1] if shown else ""} | fields)
    return f"{answer.status_code} {answer.text}"


def test_looking_records_nothing(browser: Browser, world: World, code: str) -> None:
    for address in ("/contact", "/contact/change-form", "/contact/elsewhere-form"):
        shown = send(browser, address, code)
        assert shown.startswith("200")
        assert code not in browser.client.get("/contact").text

    assert state(world) == "silent"


def test_a_member_confirms_and_the_office_sees_it(browser: Browser, world: World, code: str) -> None:
    assert "変わりがないことを記録しました" in send(browser, "/contact/confirm", code, **WHO)
    assert state(world) == "confirmed"
    # The same form again changes nothing else.
    assert "変わりがないことを記録しました" in send(browser, "/contact/confirm", code, **WHO)
    assert state(world) == "confirmed"


def test_without_section_and_name_nothing_is_recorded(browser: Browser, world: World, code: str) -> None:
    shown = send(browser, "/contact/confirm", code, section="企画課", person=" ")

    assert shown.startswith("422") and "お答えになる方の氏名を入力してください。" in shown
    assert state(world) == "silent"


def test_a_change_keeps_what_was_typed_where_it_cannot_be_kept(
    browser: Browser, world: World, code: str
) -> None:
    fields = WHO | {"wanted-addresses": "no address", "wanted-section": "総務課"}

    shown = send(browser, "/contact/change", code, **fields)

    assert shown.startswith("422") and "no address" in shown and "総務課" in shown
    assert state(world) == "silent"


def test_html_in_a_remark_is_text_for_the_office(browser: Browser, world: World, code: str) -> None:
    evil = "<script>alert(1)</script>"
    send(browser, "/contact/elsewhere", code, **WHO, remark=evil)

    assert state(world) == "elsewhere"
    shown = send(browser, "/contact", code)
    assert evil not in shown


def test_fields_of_another_member_or_votes_cannot_be_smuggled_in(
    browser: Browser, world: World, code: str
) -> None:
    fields = WHO | {"wanted-votes": "1000", "wanted-member_id": "M0002", "wanted-phone": "00-9"}
    send(browser, "/contact/change", code, **fields)

    campaign = contact_board.board(world.rt, admin(world), BODY).campaigns[0].id
    asked = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001")
    assert [field for field, _, _ in asked.columns] == ["phone"]


def test_without_a_token_of_our_own_page_nothing_is_recorded(
    browser: Browser, world: World, code: str
) -> None:
    answer = browser.client.post("/contact/confirm", data=WHO | {"code": code})

    assert answer.status_code == 400
    assert state(world) == "silent"


def test_the_code_of_another_campaign_or_none_is_told_in_words(
    browser: Browser, world: World, code: str
) -> None:
    assert "文字に誤りがないか" in send(browser, "/contact", world.codes["M0001"])
    assert send(browser, "/contact", "zu kurz").startswith("422")
    world.at("2026-07-01 00:00")
    assert "この名簿確認は終わりました" in send(browser, "/contact/confirm", code, **WHO)


def test_whoever_guesses_codes_is_stopped(browser: Browser, world: World, code: str) -> None:
    tries = limits.BALLOT_CODES_FROM_ADDRESS.amount
    for _ in range(tries):
        send(browser, "/contact", world.codes["M0001"])

    assert send(browser, "/contact", world.codes["M0001"]).startswith("429")


def test_no_page_of_it_can_be_kept_by_a_browser(browser: Browser, code: str) -> None:
    browser.get("/contact")
    answer = browser.post("/contact", {"code": code})

    assert "no-store" in answer.headers["Cache-Control"]


def test_the_office_reads_requests_and_takes_them_over(browser: Browser, world: World, code: str) -> None:
    send(browser, "/contact/change", code, **WHO, **{"wanted-section": "総務課"})
    before = member_list.member_page(world.rt, admin(world), BODY, "M0001").member

    assert before.section != "総務課"
    assert state(world) == "change"
