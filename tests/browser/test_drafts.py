"""A draft's pages in a real browser: without JavaScript, in both languages, on a small screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessible import NewPage, faults, sign_in, walk
from tests.officers import hire
from tests.services.drafting import pdf
from tests.world import World, empty_database, world_at
from voting.core.permissions import Role


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Forty-one members, and an assembly that is still a draft."""
    url = f"sqlite:///{tmp_path / 'voting.db'}"
    empty_database(url).close()
    world = world_at(tmp_path, url)
    world.draft(size=41)
    yield world
    world.check()
    world.rt.database.close()


def test_a_clerk_makes_an_assembly_without_javascript(world: World, address: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    hire(world, Role.CHECKER)
    sign_in(page, address, hire(world, Role.ADMINISTRATOR))
    page.click("text=総会を作成する")
    page.click("a.button >> text=はじめから作る")
    page.fill("#title", "令和8年度臨時総会")
    page.fill("#slug", "2026-07")
    page.select_option("#preset", "council")
    page.click("text=作成して次へ")
    page.fill("#closes_time", "24:00")
    page.click("text=保存して次へ")
    page.click("text=議案を追加する")
    page.fill("#motion_title", "事業計画(案)について")
    page.fill("#text", "令和8年度の事業計画を、別紙のとおり定める。")
    page.click("main form >> text=保存する")
    page.set_input_files("#file", {"name": "計画.pdf", "mimeType": "application/pdf", "buffer": pdf(3)})
    page.click("text=登録する")
    expect(page.get_by_text("(3ページ、").first).to_be_visible()
    page.goto(f"{address}/office/a/council/2026-07/plan/rules")
    page.fill("#clause_deemed", "規約第12条第3項")
    # The Enter key shows what the rules do and stores nothing.
    page.press("#clause_deemed", "Enter")
    expect(page.get_by_text("この規則にしたときの説明(まだ保存していません)").first).to_be_visible()
    page.click("text=保存して見直しへ")

    expect(page.get_by_text("確定を妨げるものはありません。").first).to_be_visible()
    page.click("text=会員に届くものを見る")
    page.click("text=この会員の画面を見る >> nth=0")
    page.locator("form.ballot").first.wait_for()
    assert (
        page.locator("form.ballot button:enabled, form.ballot input:enabled:not([type=hidden])").count() == 0
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_draft(language: str, world: World, address: str, new_page: NewPage) -> None:
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    sign_in(page, address, hire(world, Role.ADMINISTRATOR))
    found, number = walk(page, f"{address}/office/a/council/2026-06/plan", below=f"{address}/office/a/")
    for rest in ("", "/scratch", "/copy", "/file"):
        page.goto(f"{address}/office/new-assembly{rest}")
        found += faults(page, page.url)
    for rest in ("rules", "motions/1", "dates", "basics"):
        page.goto(f"{address}/office/a/council/2026-06/plan/{rest}")
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        if rest == "rules":
            page.fill("#clause_deemed", "")
            page.locator("button[value=check] >> nth=1").click()
        if rest == "motions/1":
            page.fill("#motion_title", "")
            page.locator("main form button.button").click()
        found += faults(page, page.url)

    assert found == []
    assert number > 8
