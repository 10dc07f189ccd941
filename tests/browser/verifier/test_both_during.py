"""What happens beside the votes is judged alike by program and page: changes, codes issued again, facts,
deliveries, proxies, what is erased at the end of its term.

The tests of the services that verify what they have exported are run once more with the page beside.
"""

from functools import partial

import pytest

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.hand import Hand, both_check
from tests.conftest import world
from tests.services import (
    test_amending,
    test_asked,
    test_deliveries,
    test_erasing,
    test_facts,
    test_proxies,
    test_reissuing,
)
from tests.world import World

MODULES = (
    test_amending,
    test_asked,
    test_deliveries,
    test_erasing,
    test_facts,
    test_proxies,
    test_reissuing,
)
__all__ = ["world"]

VERIFYING = {"export", "findings", "require_verified"}
AGAIN = {
    name: test for name, test in asked_again(*MODULES).items() if VERIFYING & set(test.__code__.co_names)
}
globals().update(AGAIN)


@pytest.fixture
def council(request: pytest.FixtureRequest, world: World) -> World:
    """The assembly that the test's own module begins with."""
    begun: World = request.function.__globals__["begin"](world)
    return begun


@pytest.fixture(autouse=True)
def both_hands(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
    for module in MODULES:
        monkeypatch.setattr(module, "check", partial(both_check, hand))


def test_there_are_bundles_of_every_sort_among_them() -> None:
    assert {test.__module__.rpartition("_")[2] for test in AGAIN.values()} == {
        "amending",
        "asked",
        "deliveries",
        "erasing",
        "facts",
        "proxies",
        "reissuing",
    }
