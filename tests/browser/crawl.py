"""Walking a site as somebody would who opens every link once."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What the best-practice rules of axe add to WCAG is looked at as well.
_OPTIONS = {"resultTypes": ["violations"]}


def pages_from(page: Page, start: str, *, below: str) -> Iterator[str]:
    """Open *start*, and every page *below* it that a link leads to; each address as it is open.

    Addresses that differ in what follows the question mark alone are one page, as lists sorted otherwise are.
    """
    waiting, seen = [start], {_path(start)}
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        page.wait_for_load_state()
        yield address
        for link in page.locator("a[href]:not([download])").evaluate_all("all => all.map(each => each.href)"):
            target = urljoin(address, str(link)).partition("#")[0]
            if target.startswith(below) and _path(target) not in seen and _is_page(page, target):
                seen.add(_path(target))
                waiting.append(target)


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page: the rule, and the first element that breaks it."""
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def _path(address: str) -> str:
    return urlsplit(address).path


def _is_page(page: Page, address: str) -> bool:
    """Whether it is a page, and not a file to be saved."""
    answer = page.request.head(address)
    return answer.headers.get("content-type", "").startswith("text/html")
