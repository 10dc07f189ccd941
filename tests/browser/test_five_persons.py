"""A whole assembly on the screens alone, by five persons: from the members' sheet to a corrected result."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import scans
from tests.browser.desks import ASSEMBLY, Desk
from tests.officers import hire
from tests.services.drafting import pdf
from tests.sheets.workbooks import workbook
from tests.world import World, empty_database, world_at
from voting.core.permissions import Role
from voting.services import schedule
from voting.services.printing import paper_signing
from voting.verify.__main__ import main as verify

MEMBERS = ("府中町", "那須町", "葛城市", "高山村", "田辺市", "架空町")
HEAD = ["会員番号", "団体名", "よみ", "種別", "メールアドレス"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Five officers, and nothing else: no body, no member, no assembly."""
    url = f"sqlite:///{tmp_path / 'voting.db'}"
    empty_database(url).close()
    world = world_at(tmp_path, url)
    yield world
    world.check()
    world.rt.database.close()


@pytest.fixture
def desks(world: World, address: str, new_page: Callable[..., Page]) -> dict[Role, Desk]:
    return {role: Desk(new_page(javascript=False), hire(world, role), address) for role in Role}


def sheet_of_members() -> bytes:
    rows = [
        [f"M{number:04d}", name, "", "正会員", f"m{number}@example.jp"]
        for number, name in enumerate(MEMBERS, 1)
    ]
    return workbook([["令和8年度 会員名簿"], [], HEAD, *rows])


def register_members(world: World, desk: Desk) -> None:
    desk.open("/office/members")
    desk.follow("団体を追加する")
    desk.page.fill("#name", "架空協議会")
    desk.page.fill("#slug", "council")
    desk.press("追加する")
    # A key that signs papers is made on the host: it never passes through a browser.
    paper_signing.create(world.rt, desk.person.officer, "council", signer="body", name="架空協議会")
    desk.open("/office/members/council/import")
    desk.page.set_input_files("#file", {"name": "名簿.xlsx", "mimeType": "", "buffer": sheet_of_members()})
    desk.press("内容を確かめる")
    desk.press("確定して名簿に登録する")
    desk.sees("新規6")


def draft(desk: Desk) -> None:
    page = desk.page
    desk.open("/office/new-assembly/scratch")
    page.fill("#title", "令和8年度総会")
    page.fill("#slug", "2026-06")
    page.fill("#contact", "架空協議会事務局 電話000-0000-0000")
    page.select_option("#preset", "council")
    desk.press("作成して次へ")
    for name, value in {
        "record_date": "2026-06-01",
        "opens_day": "2026-06-01",
        "opens_time": "0:00",
        "closes_day": "2026-06-10",
        "closes_time": "24:00",
    }.items():
        page.fill(f"#{name}", value)
    desk.press("保存して次へ")
    desk.follow("議案を追加する")
    page.fill("#motion_title", "事業計画(案)について")
    page.locator("main form").get_by_role("button", name="保存する").first.click()
    page.set_input_files("#file", {"name": "計画.pdf", "mimeType": "application/pdf", "buffer": pdf(3)})
    desk.press("登録する")
    desk.open(f"{ASSEMBLY}/plan/rules")
    page.fill("#clause_deemed", "規約第12条第3項")
    desk.press("保存して見直しへ")
    desk.sees("確定を妨げるものはありません。")


def arrive(desk: Desk, serial: str, arrived: str, sender: str, *, unclear: bool = False) -> None:
    page = desk.page
    desk.open(f"{ASSEMBLY}/new-paper")
    page.fill("#serial", serial)
    page.get_by_label("FAX").check()
    page.fill("#arrived", arrived)
    page.fill("#sender", sender)
    if unclear:
        page.check("#unclear")
    page.set_input_files(
        "#scan", {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": scans.jpeg(f"paper {serial}")}
    )
    desk.press("到着を登録する")


def read_paper(desk: Desk, serial: str, member: str, mark: str) -> None:
    desk.open(f"{ASSEMBLY}/papers/{serial}/entry")
    desk.page.fill("#member", member)
    desk.page.locator(f"label[for=m1-{mark}]").click()
    desk.press("この内容で入力する")


def vote(world: World, page: Page, address: str, member: str) -> None:
    page.goto(f"{address}/v")
    page.fill("#code", world.codes[member])
    page.get_by_role("button", name="投票用紙を開く").click()
    page.locator("label[for='m1-for']").click()
    page.get_by_label("部署名").fill("企画課")
    page.get_by_label("回答される方の氏名").fill("架空　花子")
    page.locator("form.ballot button.button").click()
    page.get_by_role("button", name="この内容で提出する").click()
    page.get_by_role("heading", name="表決を受け付けました").wait_for()


def papers_come_in(world: World, desks: dict[Role, Desk]) -> None:
    """One sound, one of a sender that is not clear, and after the close one that is late."""
    entry, checker = desks[Role.ENTRY], desks[Role.CHECKER]
    arrive(entry, "F-1", "2026-06-02 09:30", "M0002")
    arrive(entry, "F-2", "2026-06-02 09:40", "府中(番号なし)", unclear=True)
    for desk in (entry, checker):
        read_paper(desk, "F-1", "M0002", "against")
    world.at("2026-06-11 09:00")
    schedule.run_due(world.rt)
    arrive(entry, "F-3", "2026-06-11 08:50", "M0003")
    for desk in (entry, checker):
        read_paper(desk, "F-3", "M0003", "against")


def settle_sender(desks: dict[Role, Desk]) -> None:
    administrator, entry, checker = (desks[each] for each in (Role.ADMINISTRATOR, Role.ENTRY, Role.CHECKER))
    administrator.open(f"{ASSEMBLY}/after-closing")
    administrator.sees("F-2")
    entry.open(f"{ASSEMBLY}/papers/F-2/sender")
    entry.page.fill("#member", "M0001")
    entry.page.fill("#why", "電話で府中町の担当課に確かめた")
    entry.press("差出人を決める")
    for desk in (entry, checker):
        read_paper(desk, "F-2", "M0001", "for")


def test_five_persons_hold_an_assembly_from_the_members_sheet_to_a_corrected_result(
    world: World, address: str, new_page: Callable[..., Page], desks: dict[Role, Desk], tmp_path: Path
) -> None:
    administrator, chair, auditor = (desks[each] for each in (Role.ADMINISTRATOR, Role.CHAIR, Role.AUDITOR))
    register_members(world, administrator)
    draft(administrator)
    for act in ("/freeze", "/send"):
        administrator.propose(act)
        desks[Role.CHECKER].approve()
    world.origin = "vote.example.or.jp/council/2026-06"
    world.send()
    world.read_codes()
    world.at("2026-06-02 10:00")
    vote(world, new_page(), address, "M0004")
    papers_come_in(world, desks)
    settle_sender(desks)
    administrator.open(f"{ASSEMBLY}/count")
    administrator.press("この内容で集計を確定する")

    chair.open(f"{ASSEMBLY}/certify")
    sentence = chair.page.locator("#confirm")
    if sentence.count():
        sentence.fill(chair.page.locator(".panel.warn strong").inner_text())
    chair.press("この内容で申請する")
    auditor.approve()
    chair.open(f"{ASSEMBLY}/correct")
    chair.page.fill("#reason", "結果の説明に誤りがあったため、改めて公表します。")
    chair.press("この内容で申請する")
    auditor.approve()

    page = new_page()
    page.goto(f"{address}/assemblies/council/2026-06")
    page.get_by_text("賛成4票(うち未提出によるみなし賛成2票)、反対1票").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="監査用一式をダウンロード(ZIP)").click()
    download.value.save_as(tmp_path / "bundle.zip")
    vkey = page.request.get(f"{address}/assemblies/council/2026-06/log.vkey").text().strip()
    assert verify([str(tmp_path / "bundle.zip"), "--key", vkey]) == 0
