"""The desk for papers and what follows the closing: pages as axe and a small screen see them, and one clerk
who enters a sheet from its picture without any script.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import scans
from tests.browser.test_accessible import faults, sign_in, walk
from tests.browser.test_voting import CHOICES
from tests.officers import hire
from tests.world import World, jst
from voting.core.ballots import Channel, Mark
from voting.core.permissions import Act, Role
from voting.services.desk import papers
from voting.services.desk.papers import Sheet
from voting.services.outcome import closing

NewPage = Callable[..., Page]
OTHERWISE = {**CHOICES, 1: Mark.AGAINST}


def arrive(world: World, serial: str, sender: str = "", *, scan: bytes | None = None, **more: bool) -> None:
    papers.arrive(
        world.rt,
        world.officer(Role.ENTRY),
        world.origin,
        serial=serial,
        channel=Channel.FAX,
        arrived_at=jst("2026-06-02 09:12"),
        scan=scans.jpeg(f"paper {serial}") if scan is None else scan,
        sender=sender,
        **more,
    )


def papers_of_every_kind(world: World) -> None:
    """Unclear, untouched, entered by one, read differently by two, put aside, beside a web vote, a proxy."""
    arrive(world, "F-1", "架空町(番号なし)", unclear=True)
    arrive(world, "F-2", "M0002", scan=scans.scanned_pdf("page one", "page two"))
    arrive(world, "F-3", "M0003")
    world.enter("F-3", Sheet("M0003", CHOICES), by=Role.ENTRY)
    arrive(world, "F-4", "M0004")
    world.enter("F-4", Sheet("M0004", CHOICES, opinion="資料の3ページについて"), by=Role.ENTRY)
    with pytest.raises(papers.ReadingsDiffer):
        world.enter("F-4", Sheet("M0004", OTHERWISE), by=Role.CHECKER)
    world.cast("M0005", CHOICES)
    arrive(world, "F-5", "M0005")
    arrive(world, "F-6", "", unclear=True)
    arrive(world, "F-7", "M0007")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-5", Sheet("M0005", OTHERWISE), by=role)
        world.enter("F-7", Sheet("M0007", {}, proxy=True), by=role)
        papers.reject(world.rt, world.officer(role), world.origin, serial="F-6", why="会員でない団体")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_papers(language: str, world: World, address: str, new_page: NewPage) -> None:
    papers_of_every_kind(world)
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    sign_in(page, address, hire(world, Role.CHECKER, number=2))
    desk = f"{address}/office/a/council/2026-06"

    found, number = walk(page, f"{desk}/papers", below=f"{desk}/papers")
    for form in (f"{desk}/new-paper", f"{desk}/papers/F-2/entry", f"{desk}/papers/F-1/sender"):
        page.goto(form)
        page.locator("main form button[type=submit]").first.click()
        found += faults(page, page.url)

    assert found == []
    assert number >= 9


def test_a_clerk_enters_a_sheet_without_any_script(
    world: World, address: str, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(javascript=False)
    sign_in(page, address, hire(world, Role.ENTRY))
    page.goto(f"{address}/office/a/council/2026-06/papers")
    page.get_by_role("link", name="届いた書面を登録する").click()
    sheet = tmp_path / "sheet.jpg"
    sheet.write_bytes(scans.jpeg("a sheet"))

    page.get_by_label("整理番号").fill("F-1")
    page.get_by_label("FAX").check()
    page.locator("#sender").fill("架空3町")
    page.get_by_label("書面を読み取ったファイル").set_input_files(sheet)
    page.get_by_role("button", name="到着を登録する").click()
    page.get_by_role("link", name="入力する").click()

    picture = page.locator(".scan img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 600
    page.get_by_label("会員").fill("M0003")
    for name in ("m1-for", "m2-blank", "m3c1-for", "m3c2-both", "m4-2"):
        page.locator(f"label[for={name}]").click()
    page.get_by_role("button", name="この内容で入力する").click()
    expect(page.get_by_text("書面 F-1 を入力しました。")).to_be_visible()
    world.enter(
        "F-1",
        Sheet(
            "M0003",
            {1: Mark.FOR, 2: Mark.BLANK, 3: {"田辺市": Mark.FOR, "那須町": Mark.BOTH}, 4: ("高山村",)},
        ),
        by=Role.CHECKER,
    )
    assert papers.waiting(world.rt, world.origin) == ()


def finished(world: World) -> None:
    """Every paper read or put aside, and the vote closed: nothing stands before the count."""
    papers_of_every_kind(world)
    for role in (Role.ADMINISTRATOR, Role.ENTRY):
        world.enter("F-2", Sheet("M0002", OTHERWISE), by=role)
    world.enter("F-4", Sheet("M0004", OTHERWISE), by=Role.ADMINISTRATOR)
    world.enter("F-3", Sheet("M0003", CHOICES), by=Role.CHECKER)
    for role in (Role.ENTRY, Role.CHECKER):
        papers.reject(world.rt, world.officer(role), world.origin, serial="F-1", why="どこか不明")
    world.at("2026-06-11 09:00")
    closing.close_if_due(world.rt, world.origin)


@pytest.mark.parametrize(("role", "language"), [(Role.ADMINISTRATOR, "ja"), (Role.CHAIR, "en")])
def test_every_page_after_the_close(
    role: Role, language: str, world: World, address: str, new_page: NewPage
) -> None:
    finished(world)
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    sign_in(page, address, hire(world, role))
    desk, found = f"{address}/office/a/council/2026-06", []
    acts = ("after-closing", "count", "new-incident") if role is Role.ADMINISTRATOR else ("after-closing",)
    for part in acts:
        page.goto(f"{desk}/{part}")
        found += faults(page, page.url)
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    acts = ("after-closing", "recount", "incidents") if role is Role.ADMINISTRATOR else ("certify",)
    for part in acts:
        page.goto(f"{desk}/{part}")
        found += faults(page, page.url)
    world.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)
    for part in ("after-closing", *(("correct",) if role is Role.CHAIR else ())):
        page.goto(f"{desk}/{part}")
        found += faults(page, page.url)

    assert found == []
