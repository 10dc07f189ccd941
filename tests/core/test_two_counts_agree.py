"""The count of ``voting.core`` against a second, naive program that shares no line with it.

VOTING_EXAMPLES sets how many invented assemblies are counted by both (2,000 where it is not set).
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from tests.reference_count import reference_count
from voting.core.result import ConfidenceResult, Count, MotionOutcome, Numbers, Parts, PluralityResult, Result
from voting.core.tally import count

pytestmark = pytest.mark.thorough

EXAMPLES = int(os.environ.get("VOTING_EXAMPLES", "2000"))

Amount = tuple[int, int]  # votes in millionths, members


def amounts(votes: Numbers, members: Numbers) -> dict[Any, Amount]:
    """Our numbers by side and provenance, zeros left out: what every single member was counted as."""

    def flat(numbers: Numbers) -> dict[Any, int]:
        sides = {"for": numbers.in_favour, "against": numbers.against, "abstain": numbers.abstain}
        found = {
            (s, source): getattr(parts, source) for s, parts in sides.items() for source in Parts.__slots__
        }
        alone = ("invalid", "late", "undelivered", "left", "barred", "not_counted")
        return found | {(side, ""): getattr(numbers, side) for side in alone}

    heads = flat(members)
    return {place: (size, heads[place]) for place, size in flat(votes).items() if size or heads[place]}


def question(counted: Count) -> dict[str, Any]:
    return {
        "outcome": counted.outcome,
        "piles": amounts(counted.votes, counted.members),
        "carried_without_deemed": counted.carried_without_deemed,
        "flags": counted.flags,
    }


def motion(counted: MotionOutcome) -> dict[str, Any]:
    if isinstance(counted, ConfidenceResult):
        found: dict[str, Any] = {each.name: question(each.count) for each in counted.candidates}
    elif isinstance(counted, PluralityResult):
        found = {each.name: (each.votes, each.members) for each in counted.candidates}
        found["all"] = counted.returned_votes, counted.returned_members
        found["blank"] = counted.blank_votes, counted.blank_members
        found["invalid"] = counted.invalid_votes, counted.invalid_members
        found = {place: amount for place, amount in found.items() if amount != (0, 0)}
    else:
        return question(counted.count)
    elected = {each.name for each in counted.candidates if each.elected}
    return {"outcome": counted.outcome, "elected": elected, "found": found}


def ours(result: Result) -> dict[str, Any]:
    return {
        "quorum": (result.quorum.counted, result.quorum.met),
        "motions": {each.number: motion(each) for each in result.motions},
    }


def added_up(piles: Any) -> Any:
    """The naive program's piles as amounts; everything else as it is."""
    if isinstance(piles, list):
        return sum(piles), len(piles)
    if not isinstance(piles, dict):
        return piles
    return {key: added_up(each) for key, each in piles.items() if key != "to_flip"}


def flips(result: Result, naive: Any) -> Iterator[tuple[int | None, tuple[int | None, int | None]]]:
    """Our ``to_flip`` of every question beside the fewest and the most that the naive program finds."""
    for each in result.motions:
        theirs = naive["motions"][each.number]
        if isinstance(each, ConfidenceResult):
            yield from ((one.count.to_flip, theirs["found"][one.name]["to_flip"]) for one in each.candidates)
        elif not isinstance(each, PluralityResult):
            yield each.count.to_flip, theirs["to_flip"]


def is_possible(ours: int | None, least: int | None, most: int | None) -> bool:
    """Whether *ours* members are moved in some order that R8 allows; None is never."""
    if ours is None or least is None:
        return ours is None and most is None
    return least <= ours and (most is None or ours <= most)


@settings(max_examples=EXAMPLES)
@given(worlds())
def test_two_counts_of_the_same_assembly_agree_on_every_number_and_outcome(world: World) -> None:
    result = count(docket_of(world), roll_of(world), ballots_of(world), facts_of(world))
    naive = reference_count(world)

    assert ours(result) == added_up(naive)
    assert [pair for pair in flips(result, naive) if not is_possible(pair[0], *pair[1])] == []
