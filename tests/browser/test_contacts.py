"""名簿確認 in a real browser: the office asks, a member answers by its link; axe looks at every page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessible import faults, sign_in
from tests.browser.test_questions import step_up
from tests.officers import Person, hire
from tests.world import World
from voting.core.permissions import Role
from voting.services.register import member_list, membership

NewPage = Callable[..., Page]
PAGE = "/office/members/council/contacts"
LAST_DAY = "2026-06-30"


def reachable(world: World) -> None:
    """Give two members an address each, and forget the mails so far."""
    administrator = world.officer(Role.ADMINISTRATOR)
    for number in ("M0001", "M0002"):
        seen = member_list.member_page(world.rt, administrator, "council", number).stamp
        typed = {"addresses": f"{number.lower()}@example.jp", "section": "企画課", "phone": "00-1234-5678"}
        membership.edit(world.rt, administrator, "council", number, typed, seen=seen)
    world.send()
    world.mails.clear()


def link(world: World, address: str, to: str) -> str:
    """The link of the newest mail, on the address where the tests' site is."""
    world.send()
    mail = next(each for each in reversed(world.mails) if each["To"] == to)
    found = re.search(r"/contact#[0-9A-Z-]+", mail.get_content())
    assert found is not None
    return address + found[0]


def approve(page: Page, person: Person, request: str) -> None:
    page.goto(request)
    approval = page.get_by_role("button", name="内容を確かめたので、承認して実行する")
    if not approval.count():
        page.get_by_role("link", name="本人の確認へ進む").click()
        step_up(page, person)
        page.goto(request)
    approval.click()


def ask(page: Page, address: str, person: Person) -> str:
    """Propose to ask everybody; the answer is the address of the request."""
    page.goto(f"{address}{PAGE}/new")
    step_up(page, person)
    page.fill("#last_day", LAST_DAY)
    page.fill("#words", "年度初めの異動の時期です。")
    page.fill("#contact", "架空協議会事務局(電話 00-0000-0000)")
    page.get_by_role("button", name="送る内容を確かめる").click()
    expect(page.get_by_text(re.compile("会員に、[0-9]+通のメールを送ります。"))).to_be_visible()
    page.get_by_role("button", name="この内容で申請する").click()
    return page.url


def test_the_office_asks_a_member_wants_a_change_and_the_office_takes_it_over(
    world: World, address: str, new_page: NewPage
) -> None:
    reachable(world)
    desk, administrator = new_page(javascript=False), hire(world, Role.ADMINISTRATOR)
    sign_in(desk, address, administrator)
    desk.goto(f"{address}/office/members/council/")
    desk.get_by_role("link", name="名簿確認(連絡先を会員に尋ねる)").click()
    desk.get_by_role("link", name="名簿確認を始める").click()
    request = ask(desk, address, administrator)
    other, checker = new_page(javascript=False), hire(world, Role.CHECKER)
    sign_in(other, address, checker)
    approve(other, checker, request)

    member = new_page()
    member.goto(link(world, address, "m0001@example.jp"))
    expect(member.get_by_text("m0001@example.jp")).to_be_visible()
    assert "#" not in member.url
    member.fill("#section", "企画課")
    member.fill("#person", "架空 花子")
    member.get_by_role("button", name="変更がある").click()
    member.fill("#wanted-section", "総合政策課")
    member.get_by_role("button", name="この変更を知らせる").click()
    expect(member.get_by_role("heading", name="お知らせを受け付けました")).to_be_visible()

    second = new_page(javascript=False)
    second.goto(f"{address}/contact")
    second.fill("#code", link(world, address, "m0002@example.jp").partition("#")[2])
    second.get_by_role("button", name="登録の内容を開く").click()
    second.fill("#section", "総務課")
    second.fill("#person", "架空 太郎")
    second.get_by_role("button", name="このとおりで、変わりがない").click()
    expect(second.get_by_text("変わりがないことを記録しました")).to_be_visible()

    desk.goto(address + PAGE)
    desk.get_by_role("row", name=re.compile("変更の申出")).get_by_role("link").click()
    desk.get_by_role("button", name="選んだ項目を名簿に反映する").click()
    expect(desk.get_by_text("申出を名簿に反映しました。")).to_be_visible()
    shown = member_list.member_page(world.rt, world.officer(Role.ENTRY), "council", "M0001")
    assert shown.member.section == "総合政策課"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_asking_members(language: str, world: World, address: str, new_page: NewPage) -> None:
    reachable(world)
    desk, administrator = new_page(), hire(world, Role.ADMINISTRATOR)
    other, checker = new_page(), hire(world, Role.CHECKER)
    sign_in(desk, address, administrator)
    sign_in(other, address, checker)
    desk.goto(address + PAGE)
    found = faults(desk, "nobody asked yet")
    request = ask(desk, address, administrator)
    found += faults(desk, "request")
    approve(other, checker, request)
    opened = [link(world, address, f"m000{number}@example.jp") for number in (1, 2)]

    for page in (desk, member := new_page()):
        page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    member.goto(f"{address}/contact")
    found += faults(member, "code")
    member.goto(opened[0])
    member.wait_for_selector("#person")
    found += faults(member, "known")
    member.locator("main form button.button").click()
    found += faults(member, "known with faults")
    member.fill("#section", "企画課")
    member.fill("#person", "架空 花子")
    member.locator("button[formaction='/contact/elsewhere-form']").click()
    found += faults(member, "elsewhere")
    member.locator("main form button.button").click()
    found += faults(member, "elsewhere with faults")
    member.fill("#remark", "総務課が担当です。")
    member.locator("main form button.button").click()
    found += faults(member, "done")
    member.goto(f"{address}/contact")
    member.goto(opened[1])
    member.wait_for_selector("#person")
    member.locator("button[formaction='/contact/change-form']").click()
    found += faults(member, "change")
    member.fill("#wanted-addresses", "no address")
    member.fill("#section", "企画課")
    member.fill("#person", "架空 花子")
    member.locator("main form button.button").click()
    found += faults(member, "change with faults")
    member.fill("#wanted-addresses", "new@example.jp")
    member.fill("#wanted-name", "架空2町" * 8)
    member.locator("main form button.button").click()
    found += faults(member, "done")

    for where, what in (
        ("", "board"),
        ("?only=change", "one state"),
        ("/end", "end"),
        ("/new", "new while one runs"),
    ):
        desk.goto(f"{address}{PAGE}{where}")
        found += faults(desk, what)
    desk.locator("main form button.button").click()
    found += faults(desk, "new with faults")
    for number in ("M0001", "M0002"):
        desk.goto(address + PAGE)
        desk.locator(f"a[href*='number={number}']").first.click()
        found += faults(desk, f"request of {number}")
    desk.locator("form[action*='/refuse'] button").click()
    found += faults(desk, "refusal without a reason")
    desk.goto(f"{address}{PAGE}/reminder")
    found += faults(desk, "no such campaign")

    assert found == []
