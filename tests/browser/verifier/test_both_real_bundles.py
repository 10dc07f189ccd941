"""Bundles as the service exports them are judged alike: every level of disclosure, corrections, incidents,
time-stamps, witnesses.

The tests of the services that verify what they have exported are run once more with the page beside.
"""

from functools import partial

import pytest

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.hand import Hand, both_check
from tests.conftest import world
from tests.services import (
    test_correcting,
    test_export,
    test_export_levels,
    test_incidents,
    test_stamping,
    test_witnessing,
)
from tests.services.test_stamping import server

MODULES = (
    test_correcting,
    test_export,
    test_export_levels,
    test_incidents,
    test_stamping,
    test_witnessing,
)
# An assembly of its own for each test, in place of the one that browsers vote in; and an authority.
__all__ = ["server", "world"]

AGAIN = {name: test for name, test in asked_again(*MODULES).items() if "check" in test.__code__.co_names}
globals().update(AGAIN)


@pytest.fixture(autouse=True)
def both_hands(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
    for module in MODULES:
        monkeypatch.setattr(module, "check", partial(both_check, hand))


def test_there_are_bundles_of_every_sort_among_them() -> None:
    assert {test.__module__.rpartition("_")[2] for test in AGAIN.values()} == {
        "correcting",
        "export",
        "incidents",
        "levels",
        "stamping",
        "witnessing",
    }
