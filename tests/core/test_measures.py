"""Bases and tests (rules R5), and what a test needs as it is printed (count-interface.md)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.counting import (
    ABSTAIN,
    AGAINST,
    BOTH,
    FOR,
    PLAIN,
    asks,
    ballot,
    ballots,
    counted,
    docket,
    member,
    motion,
    roll,
)
from voting.core.measures import exact_text, holds, needed_text
from voting.core.members import Roll, RollEntry
from voting.core.result import ThresholdResult
from voting.core.rules import COUNCIL, NAMED_REQUIREMENTS, Relation, Threshold, Unit
from voting.core.votes import ONE_VOTE


def applied(*tests: Threshold) -> tuple[ThresholdResult, ...]:
    """50 members: 20 for, 10 against, 5 abstain, 3 invalid, 1 barred with a ballot, 11 silent ones."""
    sent = ballots((20, FOR), (10, AGAINST), (5, ABSTAIN), (3, BOTH), (1, FOR))
    asked = docket(motion(1, barred=(member(39),)), rules=replace(PLAIN, requires=tests))
    return counted(asked, roll(50), *sent).tests


@pytest.mark.parametrize(
    ("base", "size"), [("roll", 49), ("present", 38), ("valid", 35), ("yes_no", 30), ("returned", 38)]
)
def test_what_each_base_is(base: str, size: int) -> None:
    (test,) = applied(asks(of=base))

    assert (test.value, test.base) == (20 * ONE_VOTE, size * ONE_VOTE)


@pytest.mark.parametrize(
    ("term", "size"), [("for", 20), ("against", 10), ("abstain", 5), ("returned", 38), ("present", 38)]
)
def test_what_each_term_counts(term: str, size: int) -> None:
    (test,) = applied(asks(term, by=Unit.MEMBERS))

    assert test.value == size


def test_deemed_votes_are_present_but_not_returned() -> None:
    rules = replace(
        COUNCIL, clauses={"deemed": "第12条"}, requires=(asks("returned"), asks("present", of="roll"))
    )

    returned, present = counted(docket(rules=rules), roll(10), ballot(1, FOR)).tests

    assert (returned.value, returned.base) == (1 * ONE_VOTE, 10 * ONE_VOTE)
    assert (present.value, present.base) == (10 * ONE_VOTE, 10 * ONE_VOTE)


def test_a_category_limits_both_sides() -> None:
    eligible = Roll((RollEntry("M0001", "甲", ONE_VOTE, "P"), RollEntry("M0002", "乙", ONE_VOTE, "O")))
    rules = replace(PLAIN, requires=(asks(of="roll", category="P"),))

    (test,) = counted(docket(rules=rules), eligible, *ballots((2, FOR))).tests

    assert (test.value, test.base) == (ONE_VOTE, ONE_VOTE)


def test_a_test_in_a_category_that_nobody_has_fails() -> None:
    rules = replace(PLAIN, requires=(asks("against", "at_most", "1/4", category="P"),))

    assert not counted(docket(rules=rules), roll(3), *ballots((3, FOR))).tests[0].met


@pytest.mark.parametrize("relation", list(Relation))
def test_nothing_holds_over_an_empty_base(relation: Relation) -> None:
    assert not holds(relation, Fraction(1, 2), 0, 0)


@pytest.mark.parametrize(
    ("relation", "at_the_border", "above", "below"),
    [
        (Relation.MORE_THAN, False, True, False),
        (Relation.AT_LEAST, True, True, False),
        (Relation.LESS_THAN, False, False, True),
        (Relation.AT_MOST, True, False, True),
    ],
)
def test_the_border_belongs_to_at_least_and_at_most(
    relation: Relation, at_the_border: bool, above: bool, below: bool
) -> None:
    assert [holds(relation, Fraction(1, 3), value, 900) for value in (300, 301, 299)] == [
        at_the_border,
        above,
        below,
    ]


def test_kahansu_and_hansu_ijo_differ_by_one_of_680() -> None:
    def needed(relation: Relation) -> str:
        return needed_text(relation, Fraction(1, 2), 680 * ONE_VOTE, unit=Unit.VOTES, whole=True)

    assert (needed(Relation.MORE_THAN), needed(Relation.AT_LEAST)) == ("341", "340")


@pytest.mark.parametrize(
    ("relation", "base", "needed"),
    [
        (Relation.MORE_THAN, 99, "34"),
        (Relation.AT_LEAST, 99, "33"),
        (Relation.AT_LEAST, 100, "34"),
        (Relation.LESS_THAN, 99, "32"),
        (Relation.LESS_THAN, 100, "33"),
        (Relation.AT_MOST, 100, "33"),
        (Relation.LESS_THAN, 0, "0"),
    ],
)
def test_the_whole_number_that_just_meets_a_test(relation: Relation, base: int, needed: str) -> None:
    assert needed_text(relation, Fraction(1, 3), base, unit=Unit.MEMBERS, whole=False) == needed


@pytest.mark.parametrize(
    ("fraction", "millionths", "needed"),
    [
        ("1/2", 3_500_000, "1.75"),
        ("1/3", 1_500_000, "0.5"),
        ("2/3", 3_500_000, "7/3"),
        ("1/1", 10_000_000, "10"),
    ],
)
def test_parts_of_a_vote_make_the_bound_itself_what_is_needed(
    fraction: str, millionths: int, needed: str
) -> None:
    text = needed_text(Relation.AT_LEAST, Fraction(fraction), millionths, unit=Unit.VOTES, whole=False)

    assert text == needed


def test_a_decimal_that_ends_is_written_out_however_long() -> None:
    assert exact_text(Fraction(1, 2**10 * 5**2)) == "0.0000390625"
    assert exact_text(Fraction(0)) == "0"
    assert exact_text(Fraction(1200)) == "1200"


@pytest.mark.parametrize(
    ("name", "votes_for", "carried"),
    [
        ("majority", 50, False),
        ("majority", 51, True),
        ("two_thirds", 66, False),
        ("two_thirds", 67, True),
        ("three_quarters", 74, False),
        ("three_quarters", 75, True),
    ],
)
def test_named_requirements_of_those_present(name: str, votes_for: int, carried: bool) -> None:
    rules = replace(PLAIN, requires=NAMED_REQUIREMENTS[name])

    one = counted(docket(rules=rules), roll(200), *ballots((votes_for, FOR), (100 - votes_for, AGAINST)))

    assert one.tests[0].met is carried


@pytest.mark.parametrize(
    ("name", "votes_for", "carried"),
    [
        ("majority_of_roll", 100, False),
        ("majority_of_roll", 101, True),
        ("two_thirds_of_roll", 133, False),
        ("two_thirds_of_roll", 134, True),
        ("unanimous", 199, False),
        ("unanimous", 200, True),
    ],
)
def test_named_requirements_of_the_roll(name: str, votes_for: int, carried: bool) -> None:
    rules = replace(PLAIN, requires=NAMED_REQUIREMENTS[name])

    assert counted(docket(rules=rules), roll(200), *ballots((votes_for, FOR))).tests[0].met is carried


@pytest.mark.parametrize(
    ("p_for", "p_against", "o_for", "o_against", "carried"),
    [(20, 10, 40, 10, True), (20, 10, 39, 11, False), (19, 10, 41, 10, False)],
)
def test_a_draft_standard_needs_two_thirds_of_p_members_and_at_most_a_quarter_against(
    p_for: int, p_against: int, o_for: int, o_against: int, carried: bool
) -> None:
    numbers = (p_for, p_against, o_for, o_against)
    eligible = Roll(
        tuple(
            RollEntry(member(n), "", ONE_VOTE, "P" if n <= p_for + p_against else "O")
            for n in range(1, sum(numbers) + 1)
        )
    )
    iso = (
        asks("for", "at_least", "2/3", "yes_no", category="P"),
        asks("against", "at_most", "1/4", "yes_no"),
    )
    sent = ballots((p_for, FOR), (p_against, AGAINST), (o_for, FOR), (o_against, AGAINST))

    one = counted(docket(rules=replace(PLAIN, requires=iso)), eligible, *sent)

    assert all(test.met for test in one.tests) is carried
