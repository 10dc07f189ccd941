"""The roll in groups that count alike, against looking at every member by itself."""

from collections import Counter

import pytest
from hypothesis import given, settings

from tests.core.counting import FOR, ballots, docket, roll
from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from voting.core.ballots import NO_FACTS
from voting.core.effective import Case, Standing, case_of
from voting.core.errors import Broken
from voting.core.groups import sort_in
from voting.core.members import Roll
from voting.core.questions import agenda

pytestmark = pytest.mark.thorough


@settings(max_examples=150)
@given(worlds())
def test_groups_hold_what_each_member_by_itself_comes_to(world: World) -> None:
    facts, eligible, sent = facts_of(world), roll_of(world), ballots_of(world)
    asked = agenda(docket_of(world), facts)

    grouped = {
        (group.case, *profile): members
        for group in sort_in(asked, eligible, sent, facts).groups
        for profile, members in group.profiles.items()
        if members
    }

    one_by_one = Counter(
        (
            case_of(asked, entry.member_id, [s for s in sent if s.member_id == entry.member_id], facts),
            entry.votes,
            entry.category,
        )
        for entry in eligible.entries
    )
    assert grouped == one_by_one


def test_a_thousand_members_that_answer_alike_are_one_group_and_the_silent_another() -> None:
    asked = agenda(docket(), NO_FACTS)

    groups = sort_in(asked, roll(5000), ballots((1000, FOR)), NO_FACTS).groups

    assert sorted(amount.members for group in groups for amount in group.by_category.values()) == [1000, 4000]
    assert Case(Standing.SILENT) in {group.case for group in groups}


def test_a_roll_with_a_member_on_it_twice_is_broken() -> None:
    asked = agenda(docket(), NO_FACTS)

    with pytest.raises(Broken):
        sort_in(asked, Roll((*roll(2).entries, *roll(1).entries)), [], NO_FACTS)
