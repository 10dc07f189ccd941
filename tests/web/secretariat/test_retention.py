"""保存期限: the list, the proposal, the approval with the second factor, and the pages afterwards."""

import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Browser
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import ALL_FOR, World
from voting.core.permissions import Role
from voting.services.desk.papers import Sheet

Seat = Callable[..., Desk]
LIST = "/office/retention"
RULE = "文書管理規程第8条(保存期間3年)の満了"


@pytest.fixture
def certified(world: World) -> World:
    """One answer on the web, one on paper, the others silent; certified on 11 June 2026."""
    world.cast("M0001")
    world.paper("", serial="F-1", arrived="2026-06-02 09:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-1", Sheet("M0002", ALL_FOR), by=role)
    world.at("2026-06-11 09:00")
    world.certify()
    return world


@pytest.fixture
def due(certified: World) -> World:
    certified.at("2029-06-12 09:00")
    return certified


def propose(clerk: Desk, rule: str = RULE) -> str:
    assert clerk.get(f"{ASSEMBLY}/erase").status_code == 200
    answer = clerk.post(f"{ASSEMBLY}/erase", {"rule": rule, "note": "一覧を確認済み"})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


@pytest.fixture
def erased(due: World, seat: Seat) -> World:
    address = propose(seat(Role.ADMINISTRATOR))
    auditor = seat(Role.AUDITOR)
    auditor.get(address)
    assert auditor.post(f"{address}/approve").status_code == 303
    return due


def test_until_the_term_is_over_the_list_says_when_and_the_proposal_is_refused(
    certified: World, seat: Seat
) -> None:
    clerk = seat(Role.ADMINISTRATOR)

    page = clerk.get(LIST).text
    refused = clerk.get(f"{ASSEMBLY}/erase")

    assert "令和11年6月12日(火)<" in page
    assert "保存中" in page
    assert f'href="{ASSEMBLY}/erase"' not in page
    assert refused.status_code == 409
    assert "保存期限は令和11年6月11日(月)までです。それまでは消去できません。" in refused.text
    assert clerk.post(f"{ASSEMBLY}/erase", {"rule": RULE}).status_code == 409


def test_what_is_due_goes_from_the_administrator_to_an_auditor(due: World, seat: Seat) -> None:
    clerk, auditor = seat(Role.ADMINISTRATOR), seat(Role.AUDITOR)
    assert "期限が過ぎています" in clerk.get(LIST).text
    address = propose(clerk)
    page = auditor.get(address).text
    for said in (RULE, "一覧を確認済み", "書面の画像", "消去する回答の指紋"):
        assert said in page
    assert "承認待ち" in clerk.get(LIST).text

    auditor.post(f"{address}/approve")

    shown = auditor.get(LIST).text
    assert "消去済み" in shown
    assert re.search(r"に消去しました\(.*auditor 担当1\)。", shown)
    assert RULE in shown


def test_a_rule_that_was_forgotten_is_asked_for_beside_its_field(due: World, seat: Seat) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    clerk.get(f"{ASSEMBLY}/erase")

    answer = clerk.post(f"{ASSEMBLY}/erase", {"rule": " ", "note": "急ぎ"})

    assert answer.status_code == 422
    assert "消去の根拠" in answer.text
    assert "急ぎ" in answer.text


OFFICE = (
    LIST,
    "/office/",
    "/office/waiting",
    "/office/journal",
    f"{ASSEMBLY}/",
    f"{ASSEMBLY}/after-closing",
    f"{ASSEMBLY}/papers",
    f"{ASSEMBLY}/papers/F-1",
    f"{ASSEMBLY}/participation",
    f"{ASSEMBLY}/participation.csv",
    f"{ASSEMBLY}/participation/names",
    f"{ASSEMBLY}/deliveries",
    f"{ASSEMBLY}/incidents",
)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_every_page_of_the_office_opens_afterwards(erased: World, seat: Seat, role: Role) -> None:
    desk = seat(role, number=2)

    for address in OFFICE:
        assert desk.get(address).status_code == 200, address
    after, paper = desk.get(f"{ASSEMBLY}/after-closing").text, desk.get(f"{ASSEMBLY}/papers/F-1").text
    assert "保存期限により令和11年6月12日" in after
    assert "recount" not in after
    assert "消去しました" in paper
    assert "/evidence" not in paper and "/scan" not in paper


def test_old_requests_open_afterwards_without_their_addresses(erased: World, seat: Seat) -> None:
    desk = seat(Role.ADMINISTRATOR, number=2)
    listed = set(re.findall(r'href="(/office/waiting/[0-9a-f]+)"', desk.get("/office/waiting").text))

    pages = [desk.get(address) for address in sorted(listed)]

    assert len(pages) == 4
    assert {each.status_code for each in pages} == {200}
    assert sum("宛先の写しがあったため" in each.text for each in pages) == 2
    assert not any("@example.jp" in each.text for each in pages)


def test_what_needs_the_votes_says_that_they_are_erased(erased: World, seat: Seat) -> None:
    auditor, chair = seat(Role.AUDITOR, number=2), seat(Role.CHAIR)

    for desk, address in (
        (auditor, f"{ASSEMBLY}/recount"),
        (auditor, f"{ASSEMBLY}/papers/F-1/evidence"),
        (chair, f"{ASSEMBLY}/correct"),
    ):
        answer = desk.get(address)
        assert answer.status_code == 410, address
        assert RULE in answer.text
    assert auditor.get(f"{ASSEMBLY}/audit-bundle").status_code == 200


def test_minutes_that_nobody_signed_in_time_are_no_longer_on_offer(erased: World, seat: Seat) -> None:
    clerk = seat(Role.ADMINISTRATOR, number=2)

    minutes, prints = clerk.get(f"{ASSEMBLY}/minutes").text, clerk.get(f"{ASSEMBLY}/prints").text

    assert RULE in minutes and "voting keys" not in minutes
    for page in (minutes, prints):
        assert "prints/minutes" not in page
    assert prints.count(RULE) == 1


def test_the_public_and_the_members_read_when_it_was_erased(erased: World, browser: Browser) -> None:
    result = browser.get("/assemblies/council/2026-06")
    bundle = browser.get("/assemblies/council/2026-06/bundle.zip")
    sender = browser.open(erased.codes["M0001"]).text
    receipt = browser.get("/vote/receipt/3.pdf")
    silent = browser.open(erased.codes["M0003"]).text

    assert (result.status_code, bundle.status_code) == (200, 200)
    for page in (result.text, sender, silent):
        assert "会員ごとの表決の内容は、保存期限により消去したため、入っていません。" in page
    assert f"保存期限({RULE})により、令和11年6月12日" in result.text
    assert "消去しました。どのように数えられたかは、この画面ではもう示せません。" in sender
    assert "受付番号 R-000003 の回答を有効な回答として集計しました。" in sender
    assert "再発行できません" in sender
    assert "担当 花子" not in sender
    assert receipt.status_code == 410
    assert silent.count("<strong>賛成(未提出によるみなし)</strong>") == 2
