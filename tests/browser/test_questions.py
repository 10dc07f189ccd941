"""A member asks and the office answers to all, in a real browser; axe looks at every page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessible import faults, sign_in
from tests.officers import hire
from tests.services.letterheads import LETTERHEAD, TO_CHAIR
from tests.services.test_asking import ask
from tests.services.test_replies import answer, draft
from tests.world import World
from voting.core.permissions import Role
from voting.services.period import inquiries
from voting.services.printing.letterheads import set_letterhead

NewPage = Callable[..., Page]
PAGE = "/office/a/council/2026-06/questions"
LONG = "第1号議案の資料3ページの負担金は、来年度も同じ額ですか。" * 30


def open_ballot(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/v")
    page.fill("#code", code)
    page.locator("#code-form button").click()
    page.wait_for_url("**/vote")


def step_up(page: Page, person: object) -> None:
    """Give the second factor once more where it is asked for."""
    if "/office/step-up" in page.url:
        page.fill("#code", person.fresh_code())  # type: ignore[attr-defined]
        page.locator("main button[type=submit]").first.click()


def test_a_member_asks_and_every_member_reads_the_answer_without_javascript(
    world: World, address: str, new_page: NewPage
) -> None:
    page = new_page(javascript=False)
    open_ballot(page, address, world.codes["M0001"])
    page.get_by_role("link", name="質問する").click()
    page.fill("#question", "架空1町の負担金は、来年度も同じですか。")
    page.fill("#section", "企画課")
    page.fill("#asker", "架空　花子")
    page.get_by_role("button", name="質問を送る").click()
    expect(page.get_by_role("heading", name="質問を受け付けました")).to_be_visible()

    desk, administrator = new_page(javascript=False), hire(world, Role.ADMINISTRATOR)
    sign_in(desk, address, administrator)
    desk.goto(f"{address}/office/a/council/2026-06/")
    desk.get_by_role("link", name="質問の一覧へ").click()
    desk.get_by_role("link", name="質問1").click()
    expect(desk.get_by_text("架空1町の負担金は").first).to_be_visible()
    desk.fill("#wording", "負担金は、来年度も同じですか。")
    desk.fill("#reply", "来年度も同じ額です。")
    desk.get_by_role("button", name="案を保存する").click()
    desk.get_by_role("checkbox", name="送る 質問1").check()
    desk.get_by_role("button", name="選んだ回答を確かめる").click()
    step_up(desk, administrator)
    expect(desk.locator("dd.lines").get_by_text("■ 質問1への回答")).to_be_visible()
    desk.get_by_role("button", name="この内容で申請する").click()
    request = desk.url

    other, checker = new_page(javascript=False), hire(world, Role.CHECKER)
    sign_in(other, address, checker)
    other.goto(request)
    approval = other.get_by_role("button", name="内容を確かめたので、承認して実行する")
    if not approval.count():
        other.get_by_role("link", name="本人の確認へ進む").click()
        step_up(other, checker)
        other.goto(request)
    approval.click()

    reader = new_page(javascript=False)
    open_ballot(reader, address, world.codes["M0002"])
    reader.get_by_text("質問1").first.click()
    expect(reader.get_by_text("来年度も同じ額です。")).to_be_visible()
    assert "架空　花子" not in reader.content()
    assert "架空1町" not in reader.content()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_member_that_asks(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    ask(world, "M0002", LONG)
    draft(world, wording=LONG, reply=LONG)
    answer(world)
    open_ballot(page, address, world.codes["M0001"])
    found = faults(page, "ballot with a reply")
    page.locator("details.asked summary").first.click()
    found += faults(page, "ballot with a reply opened")
    page.goto(f"{address}/vote/questions")
    found += faults(page, "form")
    page.locator("main form button.button").click()
    found += faults(page, "form with faults")
    page.fill("#question", LONG)
    page.fill("#section", "総合政策課")
    page.fill("#asker", "山田　花子")
    page.locator("main form button.button").click()
    found += faults(page, "received")
    inquiries.set_aside(world.rt, world.officer(Role.CHECKER), world.origin, 2, why="議案に関係しないため")
    page.reload()
    found += faults(page, "set aside")
    set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD + TO_CHAIR)
    world.at("2026-06-06 09:00")
    open_ballot(page, address, world.codes["M0001"])
    page.goto(f"{address}/vote/questions")
    found += faults(page, "after the last day")

    assert found == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_office_with_questions_in_every_state(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    for number, member in enumerate(("M0001", "M0002", "M0003", "M0004"), 1):
        ask(world, member, LONG if number == 1 else f"質問その{number}")
    draft(world, 2, wording="質問その2")
    answer(world, 2)
    draft(world, 1, wording=LONG, reply=LONG)
    inquiries.set_aside(world.rt, world.officer(Role.CHECKER), world.origin, 3, why="議案に関係しないため")
    page, person = new_page(), hire(world, Role.ADMINISTRATOR)
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    sign_in(page, address, person)
    found = []
    for number in (1, 2, 3, 4):
        page.goto(f"{address}{PAGE}/{number}")
        found += faults(page, f"question {number}")
    page.fill("#wording", "")
    page.locator("form[action$='/4'] button").click()
    found += faults(page, "a draft without its words")
    page.goto(address + PAGE)
    found += faults(page, "list")
    page.locator("main button.button").click()
    step_up(page, person)
    found += faults(page, "nothing chosen")
    page.goto(f"{address}{PAGE}/send?number=1")
    found += faults(page, "proposal")
    page.locator("main form button.button").click()
    found += faults(page, "request")
    page.goto(f"{address}{PAGE}/1")
    found += faults(page, "a reply that awaits approval")

    assert found == []
