"""The end of a term as axe and a small screen see it: before, when it is proposed, and afterwards."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessible import faults, sign_in
from tests.browser.test_desk import finished
from tests.officers import hire
from tests.world import World
from voting.core.permissions import Act, Role
from voting.services.office import approvals
from voting.services.outcome import closing

NewPage = Callable[..., Page]
RULE = "文書管理規程第8条(保存期間3年)の満了"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_end_of_a_term(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    finished(world)
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    world.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)
    page, desk = new_page(), f"{address}/office/a/council/2026-06"
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    sign_in(page, address, hire(world, Role.ADMINISTRATOR))
    page.goto(f"{desk}/erase")
    found = faults(page, page.url)
    world.at("2029-06-12 09:00")
    sign_in(page, address, hire(world, Role.ADMINISTRATOR, number=2))
    for part in (f"{address}/office/retention", f"{desk}/erase"):
        page.goto(part)
        found += faults(page, page.url)

    page.get_by_role("button").last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page, page.url)
    page.locator("#rule").fill(RULE)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/office/waiting/*")
    found += faults(page, page.url)
    approvals.approve(world.rt, world.officer(Role.AUDITOR), page.url.rpartition("/")[2])
    for part in (page.url, f"{address}/office/retention", f"{desk}/after-closing", f"{desk}/papers/F-5"):
        page.goto(part)
        found += faults(page, page.url)
    page.goto(f"{address}/assemblies/council/2026-06")
    found += faults(page, page.url)
    page.goto(f"{address}/v#{world.codes['M0005']}")
    page.wait_for_url("**/vote*")
    found += faults(page, page.url)

    assert found == []
