"""How many members would have to answer otherwise (rules R8, to_flip)."""

from dataclasses import replace

import pytest

from tests.core.counting import (
    ABSTAIN,
    AGAINST,
    BOTH,
    COUNCIL_RULES,
    FOR,
    PLAIN,
    asks,
    ballot,
    ballots,
    counted,
    docket,
    in_category,
    member,
    motion,
    roll,
)
from voting.core.members import Roll
from voting.core.result import Outcome
from voting.core.rules import Objections, Tie, Unit


def test_of_680_to_1_by_more_than_half_340_must_turn() -> None:
    assert counted(docket(), roll(), *ballots((412, FOR), (1, AGAINST))).to_flip == 340


def test_a_tie_is_enough_to_reject() -> None:
    assert counted(docket(rules=PLAIN), roll(10), *ballots((6, FOR), (4, AGAINST))).to_flip == 1


def test_members_with_the_most_votes_are_moved_first() -> None:
    heavy = roll(10, votes={2: 5})

    # 14 votes for: the five of one member and two single ones against are half.
    assert counted(docket(rules=PLAIN), heavy, *ballots((10, FOR))).to_flip == 3


def test_a_test_by_heads_is_still_tried_by_the_most_votes_first() -> None:
    by_heads = docket(rules=replace(PLAIN, requires=(asks(by=Unit.MEMBERS),)))

    assert counted(by_heads, roll(10, votes={2: 5}), *ballots((10, FOR))).to_flip == 5


def test_a_rejected_motion_needs_votes_against_turned_before_abstentions() -> None:
    of_yes_no = docket(rules=replace(PLAIN, requires=(asks(of="yes_no"),)))

    # Three that were against: 43 of 85. Three that abstained would give 43 of 88, not more than half.
    one = counted(of_yes_no, roll(100), *ballots((40, FOR), (45, AGAINST), (15, ABSTAIN)))

    assert (one.outcome, one.to_flip) == (Outcome.REJECTED, 3)


def test_then_abstentions_then_invalid_ones_then_the_rest() -> None:
    valid = docket(rules=replace(PLAIN, requires=(asks("for", "at_least", "1/1", "present"),)))

    assert counted(valid, roll(9), *ballots((1, FOR), (2, AGAINST), (2, ABSTAIN), (2, BOTH))).to_flip == 6


def test_members_outside_the_count_can_be_won_too_but_barred_ones_cannot() -> None:
    barred = motion(1, barred=(member(1),))
    rules = replace(PLAIN, requires=(asks("for", "at_least", "1/1", "roll"),))

    assert counted(docket(barred, rules=rules), roll(10), ballot(2, FOR)).to_flip == 8


def test_who_is_moved_to_for_counts_as_returned() -> None:
    rules = replace(PLAIN, requires=(asks("returned", "at_least", "3/4", "roll"), asks()))

    assert counted(docket(rules=rules), roll(8), *ballots((3, FOR))).to_flip == 3


def test_none_where_no_number_of_them_suffices() -> None:
    # A test that asks for votes against is not met by winning members over.
    impossible = replace(PLAIN, requires=(asks("against", "at_least", "1/2", "roll"),))

    assert counted(docket(rules=impossible), roll(4), *ballots((3, FOR))).to_flip is None


def test_none_beside_any_other_outcome() -> None:
    stopped = docket(rules=replace(COUNCIL_RULES, objections=Objections(count=1)))

    one = counted(stopped, roll(9), ballot(1, AGAINST))

    assert (one.outcome, one.to_flip) == (Outcome.OBJECTED, None)


def test_a_tie_that_the_rules_reject_can_be_turned() -> None:
    assert counted(docket(rules=PLAIN), roll(4), *ballots((2, FOR), (2, AGAINST))).to_flip == 1


def test_a_tie_that_waits_for_the_chair_cannot() -> None:
    waiting = docket(rules=replace(PLAIN, tie=Tie.CHAIR))

    assert counted(waiting, roll(4), *ballots((2, FOR), (2, AGAINST))).to_flip is None


HOUSES = Roll((*in_category("甲", roll(9)), *in_category("乙", roll(5, first=101))))


def test_of_two_houses_that_carry_the_one_that_turns_sooner_tells() -> None:
    rules = replace(PLAIN, requires=(asks(category="甲"), asks(category="乙")))

    one = counted(docket(rules=rules), HOUSES, *ballots((9, FOR)), *ballots((5, FOR), first=101))

    assert one.to_flip == 3


def test_of_two_houses_that_reject_only_as_many_are_moved_as_each_needs() -> None:
    rules = replace(PLAIN, requires=(asks(category="甲"), asks(category="乙")))

    one = counted(docket(rules=rules), HOUSES, *ballots((9, AGAINST)), *ballots((5, AGAINST), first=101))

    assert one.to_flip == 5 + 3


def test_half_votes_are_counted_exactly() -> None:
    halves = Roll(tuple(replace(entry, votes=500_000) for entry in roll(7).entries))

    assert counted(docket(rules=PLAIN), halves, *ballots((7, FOR))).to_flip == 4


@pytest.mark.parametrize("members", [3, 1000])
def test_the_number_grows_with_the_roll(members: int) -> None:
    assert counted(docket(rules=PLAIN), roll(members), *ballots((members, FOR))).to_flip == (members + 1) // 2
