"""A zip out of order is refuted, and what is no such zip is unreadable, in the page as in the program."""

import pytest

from tests.browser.verifier.hand import Hand
from tests.verify.test_bundle_vectors import CONTAINERS, KEY, contained


@pytest.mark.parametrize("vector", CONTAINERS, ids=lambda each: each["name"])
def test_the_page_ends_as_the_format_says(hand: Hand, vector: dict[str, object]) -> None:
    report = hand.judge(KEY.vkey, [("bundle.zip", contained(vector))])

    failing = [each["number"] for each in report["checks"] if each["status"] == "failed"]
    assert report["exit"] == vector["exit"]
    assert failing == vector["fails"]
