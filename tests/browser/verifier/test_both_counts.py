"""The page counts what our own count counts, to the byte of result.json.

All the tests of the count that state an assembly are run once more with both, the cases of rules R12 among
them, and then some hundred invented assemblies.
VOTING_EXAMPLES sets how many (300 where it is not set).
"""

import os
import re
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given, settings

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.counting import both_count, plain
from tests.browser.verifier.hand import Hand
from tests.core import counting, test_elections, test_flags, test_flip, test_measures, test_r12, test_tally
from tests.core.counting import FOR, ballots, docket, roll
from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from voting.core.ballots import NO_FACTS

EXAMPLES = int(os.environ.get("VOTING_EXAMPLES", "300"))
MODULES = (test_r12, test_tally, test_elections, test_flags, test_flip, test_measures)

globals().update(asked_again(*MODULES))


@pytest.fixture(autouse=True, scope="module")
def both_counts(hand: Hand) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (counting, *MODULES):
            patch.setattr(module, "count", partial(both_count, hand), raising=False)
        yield


def test_the_cases_of_the_rules_are_among_these() -> None:
    cases = {int(found[1]) for name in asked_again(test_r12) if (found := re.match(r"test_(\d+)_", name))}

    assert cases == set(range(1, 19))
    assert len(asked_again(*MODULES)) > 100


@settings(max_examples=EXAMPLES)
@given(world=worlds())
def test_invented_assemblies_are_counted_to_the_same_bytes(hand: Hand, world: World) -> None:
    both_count(hand, docket_of(world), roll_of(world), ballots_of(world), facts_of(world))


def test_a_ballot_more_gives_other_bytes(hand: Hand) -> None:
    one, other = hand.counts(
        plain(docket(), roll(), list(ballots((number, FOR))), NO_FACTS) for number in (412, 413)
    )

    assert one["result"] != other["result"]
    assert set(one["silent"]) - set(other["silent"]) == {"M0413"}
