"""The count of ``voting.core`` against a second, naive program that shares no line with it.

VOTING_EXAMPLES sets how many invented assemblies are counted by both (2,000 where it is not set).
"""

import os

from hypothesis import given, settings

from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from tests.reference_result import reference_result
from voting.core.result_json import result_json
from voting.core.tally import count

EXAMPLES = int(os.environ.get("VOTING_EXAMPLES", "2000"))


@settings(max_examples=EXAMPLES)
@given(worlds())
def test_two_counts_of_the_same_assembly_agree_to_the_last_digit(world: World) -> None:
    docket = docket_of(world)

    ours = result_json(docket, count(docket, roll_of(world), ballots_of(world), facts_of(world)))

    assert ours == reference_result(world)
