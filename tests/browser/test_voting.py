"""A member's office at its own computer: with JavaScript, without, with the keyboard, on a small screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.world import World
from voting.core.ballots import Mark

NewPage = Callable[..., Page]

CHOICES = {1: Mark.FOR, 2: Mark.AGAINST, 3: {"田辺市": Mark.FOR, "那須町": Mark.AGAINST}, 4: ("高山村",)}
SIZES = pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "telephone"])
# Everything that is pressed, by its own height; links inside sentences are exempt (WCAG 2.5.8).
PRESSED = "button, a.button, a.second, .choice label, summary, input[type=text]"
SMALL = """pressed => [...document.querySelectorAll(pressed)]
    .filter(each => !each.classList.contains('unseen') && each.getBoundingClientRect().height < 44)
    .map(each => each.textContent)"""


def fill_in(page: Page) -> None:
    page.get_by_role("button", name="全議案に賛成").click()
    expect(page.get_by_text("全議案に「賛成」を選んだ状態で表示しています")).to_be_visible()
    page.locator("label[for='m2-against']").click()
    page.locator("label[for='m4-2']").click()
    page.get_by_label("部署名").fill("総合政策課 企画係")
    page.get_by_label("回答される方の氏名").fill("山田　花子")


def confirm_and_cast(page: Page) -> None:
    page.locator("form.ballot button.button").click()
    expect(page.get_by_role("heading", name="回答の確認")).to_be_visible()
    expect(page.get_by_text("田辺市：信任、那須町：信任")).to_be_visible()
    page.get_by_role("button", name="この内容で提出する").click()
    expect(page.get_by_role("heading", name="表決を受け付けました")).to_be_visible()


def test_the_link_of_the_notice_leads_to_the_receipt(world: World, address: str, new_page: NewPage) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{address}/v#{world.codes['M0001']}")
    page.wait_for_url("**/vote")
    fill_in(page)
    confirm_and_cast(page)

    expect(page.get_by_text("R-000003")).to_be_visible()
    assert not [url for url in asked if world.codes["M0001"] in url]


def test_the_link_works_where_the_code_page_is_open_already(
    world: World, address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{address}/v")

    page.goto(f"{address}/v#{world.codes['M0001']}")

    page.wait_for_url("**/vote")


def test_everything_works_without_javascript(world: World, address: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)

    page.goto(f"{address}/")
    page.get_by_role("link", name="回答コードを入力する").click()
    page.get_by_label("回答コード").fill(world.codes["M0001"].lower())
    page.get_by_role("button", name="投票用紙を開く").click()
    fill_in(page)
    confirm_and_cast(page)

    page.get_by_role("link", name="投票ページへ戻る").click()
    expect(page.get_by_role("heading", name="貴団体の回答は受け付けられています")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="検証用").click()
    assert download.value.suggested_filename == "receipt-000003.tlog-proof"
    page.get_by_role("button", name="終了する").click()
    page.goto(f"{address}/vote")
    assert page.url == f"{address}/v"


def test_the_enter_key_leads_on_and_ticks_nothing(world: World, address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/v#{world.codes['M0001']}")
    page.wait_for_url("**/vote")

    page.get_by_label("部署名").fill("企画課")
    page.keyboard.press("Enter")

    expect(page.get_by_text("入力に誤りがあります。まだ提出されていません。")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    page.get_by_role("link", name="第2号議案の回答を選んでください。").click()
    assert page.evaluate("document.activeElement.id") == "m2-for"


def test_the_ballot_can_be_filled_in_with_the_keyboard_alone(
    world: World, address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{address}/v")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("回答コード").focus()
    page.keyboard.type(world.codes["M0001"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/vote")

    page.locator("#m1-for").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#m1-against").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "m2"


@SIZES
def test_every_page_fits_the_screen(
    world: World, address: str, new_page: NewPage, tmp_path: Path, width: int, height: int
) -> None:
    """The pictures stay in the test's folder, to be looked at."""
    page = new_page(width=width, height=height)

    def look(name: str) -> None:
        page.wait_for_load_state()
        page.screenshot(path=tmp_path / f"{width}-{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(SMALL, PRESSED) == [], name
        assert page.locator("h1").count() == 1, name

    world.at("2026-05-25 10:00")
    page.goto(f"{address}/")
    look("home")
    page.goto(f"{address}/v")
    look("code")
    page.goto(f"{address}/v#{world.codes['M0001']}")
    page.wait_for_url("**/vote")
    look("notice")
    world.at("2026-06-02 10:00")
    page.goto(f"{address}/v#{world.codes['M0001']}")
    page.wait_for_url("**/vote")
    look("open")
    page.locator("form.ballot button.button").click()
    expect(page.locator(".summary")).to_be_visible()
    look("faults")
    fill_in(page)
    page.get_by_role("button", name="決裁用の回答案を表示").click()
    expect(page.get_by_role("heading", name="書面表決の回答案")).to_be_visible()
    look("draft")
    page.get_by_role("button", name="回答の入力へ戻る").click()
    expect(page.locator("#m4-2")).to_be_checked()
    confirm_and_cast(page)
    look("receipt")
    page.goto(f"{address}/vote")
    look("voted")
    for number in range(2, 20):
        world.cast(f"M{number:04d}", CHOICES)
    world.at("2026-06-11 09:00")
    world.certify()
    page.goto(f"{address}/v#{world.codes['M0002']}")
    page.wait_for_url("**/vote")
    look("declared")
    page.get_by_role("link", name="結果を見る").click()
    expect(page.get_by_role("heading", name="集計表")).to_be_visible()
    look("result")
    page.goto(f"{address}/nowhere")
    look("not-found")


def test_another_language_keeps_what_was_filled_in(world: World, address: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(f"{address}/")
    page.get_by_role("link", name="English").click()
    page.locator("main").get_by_role("button", name="English").click()
    page.get_by_role("link", name="Enter the voting code").click()
    page.get_by_label("Voting code").fill(world.codes["M0001"])
    page.get_by_role("button", name="Open the ballot").click()
    page.locator("label[for='m2-against']").click()
    page.get_by_label("Section").fill("総合政策課")

    page.get_by_role("button", name="日本語").click()

    expect(page.get_by_role("heading", name="議案への回答")).to_be_visible()
    expect(page.locator("#m2-against")).to_be_checked()
    expect(page.get_by_label("部署名")).to_have_value("総合政策課")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Your answer to the motions")).to_be_visible()
    expect(page.locator("#m2-against")).to_be_checked()
