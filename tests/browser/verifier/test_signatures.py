"""Ed25519 in the page: signatures made to divide the libraries are judged as by the Python verifier."""

import pytest

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.hand import Hand
from tests.ledger import test_ed25519
from voting.ledger.ed25519 import Verify

globals().update(
    {
        name: test
        for name, test in asked_again(test_ed25519).items()
        if "verify" in test.__code__.co_varnames[: test.__code__.co_argcount]
    }
)


@pytest.fixture
def verify(hand: Hand) -> Verify:
    """The page in place of a library."""
    return hand.is_signed
