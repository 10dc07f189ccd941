"""A clerk brings the own sheet into the register, without JavaScript; axe looks at every step."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessible import faults, sign_in
from tests.officers import hire
from tests.sheets.workbooks import workbook
from tests.world import World
from voting.core.permissions import Role
from voting.services.register import rolls

NewPage = Callable[..., Page]
HEAD = ["会員番号", "団体名", "よみ", "種別", "団体コード", "都道府県", "担当課", "メールアドレス", "入会日"]
NASU = ["N0001", "那須町", "なすまち", "正会員", "94072", "栃木県", "企画課", "nasu@example.jp", "R6.4.1"]
TOWN = ["M0001", "架空1町", "", "", "", "", "", "new@example.jp", ""]
BAD = ["N0002", "飛?市", "", "正会員", "212172", "岐阜県", "", "hida@example", "令和6年9月27日(木)"]


def choose(page: Page, address: str, *rows: list[str]) -> None:
    page.goto(f"{address}/office/members/council/import")
    sheet = workbook([["令和8年度 会員名簿"], [], HEAD, *rows])
    page.locator("#file").set_input_files({"name": "名簿.xlsx", "mimeType": "", "buffer": sheet})
    page.locator("main form button.button").click()


def test_a_sheet_comes_into_the_register_without_javascript(
    world: World, address: str, new_page: NewPage
) -> None:
    page = new_page(javascript=False)
    sign_in(page, address, hire(world, Role.ADMINISTRATOR))
    choose(page, address, NASU, TOWN)
    expect(page.get_by_text("このままでは取り込めません")).to_be_visible()

    page.get_by_label("094072 に直す").check()
    page.get_by_label("M0003 架空3町").check()
    page.get_by_label("退会日").fill("R8.5.31")
    page.get_by_role("button", name="選択を反映する").click()
    expect(page.get_by_text("新規1、変更1、退会1を登録します")).to_be_visible()
    page.get_by_role("button", name="確定して名簿に登録する").click()

    expect(page.get_by_text("名簿に登録しました。新規1、変更1、退会1です。")).to_be_visible()
    page.get_by_label("名称・よみ・番号・コード").fill("ﾅｽ")
    page.get_by_role("button", name="絞り込む").click()
    page.get_by_role("link", name="那須町").click()
    page.get_by_role("link", name="登録内容を変える").click()
    page.get_by_label("担当部署").fill("総務課")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("row", name="担当部署 企画課 総務課")).to_be_visible()
    found = {each.member_id: each for each in rolls.register(world.rt, "council")}
    assert (found["N0001"].code, found["N0001"].section) == ("094072", "総務課")
    assert found["M0003"].left is not None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_step_of_an_import_and_of_a_committee(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    sign_in(page, address, hire(world, Role.ADMINISTRATOR))
    found = []
    choose(page, address, NASU, TOWN, BAD)
    preview = page.url
    found += faults(page, "preview of a sheet that cannot be taken")
    page.goto(f"{preview}/columns")
    found += faults(page, "columns")
    choose(page, address, TOWN)
    found += faults(page, "preview")
    page.locator("#confirm button").click()
    found += faults(page, "register")
    members = f"{address}/office/members"
    page.goto(f"{members}/council/member/edit?number=M0001")
    page.fill("#code", "94072")
    page.locator("main form button.button").click()
    found += faults(page, "a member with a fault")
    page.goto(f"{members}/council/new-committee")
    page.fill("#name", "制度部会")
    page.fill("#slug", "seido")
    page.locator("main form button.button").click()
    found += faults(page, "seats")
    page.locator("input[name=member]").first.check()
    page.locator("main form:not(.narrow) button.button").click()
    for one in ("seido/register", "seido/member?number=M0001", "council/member?number=M0001", "council/"):
        page.goto(f"{members}/{one}")
        found += faults(page, one)

    assert found == []
