"""Every page of the site, for all who can open it: axe finds nothing, nothing runs off a small screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import pages_from, violations
from tests.browser.test_voting import CHOICES
from tests.officers import PASSWORD, Person, hire, unenrolled
from tests.services.letterheads import LETTERHEAD, TO_CHAIR
from tests.services.test_correcting import correct
from tests.services.test_minutes import KEYS
from tests.world import World
from voting.core.permissions import Act, Role
from voting.services.printing import letterheads, paper_signing

NewPage = Callable[..., Page]
NARROW = 390
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def give_password(page: Page, address: str, person: Person) -> None:
    page.goto(f"{address}/office/sign-in")
    page.fill("#account", person.id)
    page.fill("#password", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/office/*")


def sign_in(page: Page, address: str, person: Person) -> None:
    give_password(page, address, person)
    page.fill("#code", person.fresh_code())
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/office/")


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the open page at the width of a desk and of a telephone."""
    found = [f"{address} {each}" for each in violations(page)]
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": NARROW, "height": 844})
    if page.evaluate(OVERFLOW) > 0:
        found.append(f"{address} runs off a screen of {NARROW} pixels")
    page.set_viewport_size(wide)
    return found


def walk(page: Page, start: str, *, below: str) -> tuple[list[str], int]:
    found, number = [], 0
    for address in pages_from(page, start, below=below):
        number += 1
        found += faults(page, address)
    return found, number


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_the_office(role: Role, world: World, address: str, new_page: NewPage) -> None:
    page = new_page()
    sign_in(page, address, hire(world, role))

    found, number = walk(page, f"{address}/office/", below=f"{address}/office/")

    assert found == []
    assert number > 5


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CHAIR])
def test_every_page_of_the_office_once_the_result_is_corrected(
    role: Role, world: World, address: str, new_page: NewPage
) -> None:
    administrator = world.officer(Role.ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, administrator, world.origin, LETTERHEAD + TO_CHAIR)
    for signer, name in KEYS:
        paper_signing.create(world.rt, administrator, "council", signer=signer, name=name)
    world.at("2026-06-11 09:00")
    world.certify()
    world.two(Act.SIGN_MINUTES, Role.CHAIR, Role.AUDITOR)
    correct(world)
    page = new_page()
    sign_in(page, address, hire(world, role))

    here = f"{address}/office/a/council/2026-06/"
    found, number = walk(page, here, below=here)

    assert found == []
    assert number > 20


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_before_the_office_opens(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    newcomer = unenrolled(world, Role.CHECKER)
    page.goto(f"{address}/office/sign-in")
    found = faults(page, page.url)
    give_password(page, address, newcomer)
    assert "/office/enrol" in page.url
    found += faults(page, page.url)
    page.locator("main button[type=submit]").click()
    found += faults(page, page.url)

    assert found == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_public_and_of_a_member(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    found, _ = walk(page, f"{address}/", below=f"{address}/assemblies")
    page.goto(f"{address}/v#{world.codes['M0001']}")
    page.wait_for_url("**/vote")
    found += faults(page, page.url)
    found += faults_of_casting(page)
    for other in ("/verifier", "/language", "/ledger/", "/v", "/nowhere"):
        page.goto(f"{address}{other}")
        found += faults(page, page.url)

    assert found == []


def faults_of_casting(page: Page) -> list[str]:
    """The pages from the ballot to the receipt."""
    found = []
    page.locator("form.ballot button.button").click()
    found += faults(page, f"{page.url} with what is missing")
    page.locator("button[name=all][value=for]").click()
    page.locator("label[for='m4-2']").click()
    page.fill("#section", "総合政策課")
    page.fill("#respondent", "山田　花子")
    page.locator("form.ballot button.button").click()
    found += faults(page, page.url)
    page.locator("main form button.button").click()
    found += faults(page, page.url)
    page.locator("a[href='/vote']").click()
    return found + faults(page, page.url)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_published_result(
    language: str, world: World, address: str, new_page: NewPage
) -> None:
    world.cast("M0001", CHOICES)
    world.at("2026-06-11 09:00")
    world.certify()
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])

    found, _ = walk(page, f"{address}/", below=f"{address}/assemblies")
    page.goto(f"{address}/v#{world.codes['M0001']}")
    page.wait_for_url("**/vote*")
    found += faults(page, page.url)

    assert found == []
