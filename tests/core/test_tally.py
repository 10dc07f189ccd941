"""Quorum, conditions, objections, ties: the outcome of a motion (rules R6 and R7); and who is deemed."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.core.counting import (
    ABSTAIN,
    AGAINST,
    BLANK,
    BOTH,
    CLOSES,
    COUNCIL_RULES,
    FOR,
    PLAIN,
    asks,
    at,
    ballot,
    ballots,
    counted,
    docket,
    member,
    motion,
    question,
    roll,
    whole,
)
from voting.core.ballots import Facts
from voting.core.faults import DeemedWithoutClause, FactUnusable
from voting.core.result import LateMark, Outcome
from voting.core.rules import (
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Threshold,
    Tie,
    Unit,
)
from voting.core.tally import count, silent_members


def with_quorum(fraction: str = "1/2", relation: Relation = Relation.AT_LEAST, **changes: Any) -> Rules:
    return replace(PLAIN, quorum=Quorum(Fraction(fraction), relation, **changes))


# R6


def test_blank_abstaining_invalid_and_defective_answers_make_a_quorum() -> None:
    sent = (
        ballot(1, BLANK),
        ballot(2, ABSTAIN),
        ballot(3, BOTH),
        ballot(4, FOR, defect="署名なし"),
        ballot(5, FOR),
    )

    result = count(docket(rules=with_quorum()), roll(10), sent)

    assert (result.quorum.needed, whole(result.quorum.counted), result.quorum.met) == ("5", 5, True)


def test_half_is_not_more_than_half() -> None:
    sent = list(ballots((5, FOR)))

    assert not count(docket(rules=with_quorum(relation=Relation.MORE_THAN)), roll(10), sent).quorum.met


def test_a_quorum_may_be_of_members() -> None:
    sent = list(ballots((5, FOR)))
    heavy = roll(10, votes={10: 100})

    by_members = count(docket(rules=with_quorum(by=Unit.MEMBERS)), heavy, sent).quorum

    assert (by_members.needed, by_members.counted, by_members.met) == ("5", 5, True)
    assert not count(docket(rules=with_quorum()), heavy, sent).quorum.met


def test_barred_members_make_a_quorum_of_the_whole_roll() -> None:
    barred = motion(1, barred=(member(1), member(2)))

    result = count(docket(barred, rules=with_quorum()), roll(4), ballots((2, FOR)))

    assert result.quorum.met
    assert whole(question(result).votes.barred) == 2


def test_deemed_on_one_motion_is_deemed_for_the_quorum() -> None:
    asked = docket(
        motion(1, non_submission=NonSubmission.NOT_COUNTED),
        motion(2, barred=(member(4),)),
        rules=replace(COUNCIL_RULES, quorum=Quorum(Fraction(1), deemed=True)),
    )

    # Member 4 is silent, and barred from the only motion on which silence counts.
    assert whole(count(asked, roll(4), ballots((1, FOR))).quorum.counted) == 3


def test_late_left_and_unreached_members_make_no_quorum() -> None:
    rules = replace(COUNCIL_RULES, quorum=Quorum(Fraction(1, 2), deemed=True))
    facts = Facts(left={member(2): at("10/1")}, undelivered=frozenset({member(3)}))

    result = count(docket(rules=rules), roll(4), [ballot(1, FOR, CLOSES)], facts)

    assert whole(result.quorum.counted) == 1


def test_without_a_quorum_no_motion_is_anything_but_not_formed() -> None:
    chain = docket(motion(1), motion(2, depends_on=(1,)), rules=with_quorum())

    result = count(chain, roll(9), ballots((1, AGAINST)))

    assert {each.outcome for each in result.motions} == {Outcome.NOT_FORMED}


# R7

CHAIN = (motion(3, depends_on=(1,)), motion(1), motion(2, depends_on=(3, 1)))


def test_conditions_may_stand_in_any_order() -> None:
    result = count(docket(*CHAIN, rules=PLAIN), roll(9), ballots((5, {1: FOR, 2: FOR, 3: AGAINST})))

    assert [(each.number, each.outcome) for each in result.motions] == [
        (3, Outcome.REJECTED),
        (1, Outcome.CARRIED),
        (2, Outcome.CONDITION_FAILED),
    ]


def test_a_motion_that_depends_on_a_pending_one_is_pending() -> None:
    rules = replace(PLAIN, tie=Tie.CHAIR)
    marks = {1: FOR, 2: FOR, 3: FOR}

    sent = ballots((2, marks), (2, marks | {1: AGAINST}))
    outcomes = {
        each.number: each.outcome for each in count(docket(*CHAIN, rules=rules), roll(9), sent).motions
    }

    assert outcomes == {1: Outcome.PENDING, 2: Outcome.PENDING, 3: Outcome.PENDING}


def test_pending_comes_before_a_failed_condition() -> None:
    rules = replace(PLAIN, tie=Tie.CHAIR)
    asked = docket(motion(1), motion(2), motion(3, depends_on=(1, 2)), rules=rules)

    sent = ballots((2, {1: FOR, 2: AGAINST, 3: FOR}), (2, {1: AGAINST, 2: AGAINST, 3: FOR}))

    assert counted(asked, roll(9), *sent, number=3).outcome is Outcome.PENDING


def test_objections_are_of_members_by_count_and_of_votes_by_fraction() -> None:
    heavy = roll(10, votes={1: 11})
    three = docket(rules=replace(COUNCIL_RULES, objections=Objections(count=2)))
    half = docket(rules=replace(COUNCIL_RULES, objections=Objections(fraction=Fraction(1, 2))))

    assert counted(three, heavy, ballot(1, AGAINST)).outcome is not Outcome.OBJECTED
    assert counted(three, heavy, *ballots((2, AGAINST))).outcome is Outcome.OBJECTED
    assert counted(half, heavy, ballot(1, AGAINST)).outcome is Outcome.OBJECTED


def test_a_tenth_of_the_votes_that_may_be_cast_on_the_motion_is_reached_exactly() -> None:
    tenth = replace(COUNCIL_RULES, objections=Objections(fraction=Fraction(1, 10)))
    barred = motion(1, barred=tuple(member(n) for n in range(11, 21)))

    assert counted(docket(barred, rules=tenth), roll(20), ballot(1, AGAINST)).outcome is Outcome.OBJECTED
    assert counted(docket(rules=tenth), roll(20), ballot(1, AGAINST)).outcome is Outcome.CARRIED


def test_only_expressed_votes_object() -> None:
    rules = replace(
        COUNCIL_RULES,
        objections=Objections(count=1),
        non_submission=NonSubmission.AGAINST,
    )
    proxies = [ballot(n, {}, proxy=True) for n in (1, 2)]

    one = counted(docket(rules=rules), roll(9), *proxies, facts=Facts(chair={1: AGAINST}))

    assert one.outcome is Outcome.REJECTED


def test_a_motion_may_have_its_own_brake_and_tests() -> None:
    own = motion(2, objections=Objections(count=1), requires=(asks("for", "at_least", "2/3"),))

    result = count(docket(motion(1), own, rules=PLAIN), roll(9), ballots((5, FOR), (1, AGAINST)))

    assert [each.outcome for each in result.motions] == [Outcome.CARRIED, Outcome.OBJECTED]
    assert question(result, 2).tests[0].test.fraction == Fraction(2, 3)


@pytest.mark.parametrize(
    "requires",
    [
        (asks(), asks("against", "at_most")),
        (asks("for", "at_least", "2/3"),),
        (asks(of="roll"),),
    ],
    ids=["two tests", "not more than half", "half of another base"],
)
def test_what_is_no_tie_is_not_put_to_the_chair(requires: tuple[Threshold, ...]) -> None:
    rules = replace(PLAIN, tie=Tie.CHAIR, requires=requires)

    assert counted(docket(rules=rules), roll(9), *ballots((2, FOR), (2, AGAINST))).outcome is Outcome.REJECTED


def test_nothing_to_nothing_is_no_tie() -> None:
    assert counted(docket(rules=replace(PLAIN, tie=Tie.CHAIR)), roll(9)).outcome is Outcome.REJECTED


def test_a_tie_with_an_abstention_is_none_of_those_present_but_one_of_yes_and_no() -> None:
    sent = tuple(ballots((2, FOR), (2, AGAINST), (1, ABSTAIN)))
    present = replace(PLAIN, tie=Tie.CHAIR)
    yes_no = replace(present, requires=(asks(of="yes_no"),))

    assert counted(docket(rules=present), roll(9), *sent).outcome is Outcome.REJECTED
    assert counted(docket(rules=yes_no), roll(9), *sent).outcome is Outcome.PENDING


# What the whole result tells


def test_senders_that_are_not_on_the_roll_are_in_no_number_but_listed() -> None:
    result = count(docket(rules=PLAIN), roll(3), [ballot(9, FOR), ballot(8, AGAINST), ballot(9, FOR)])

    assert result.not_on_roll == (member(8), member(9))
    assert result.returned_members == 0


def test_early_senders_are_listed() -> None:
    assert count(docket(), roll(3), [ballot(2, FOR, "9/26 10:00")]).early == (member(2),)


def test_a_late_answer_taken_as_silence_is_told_motion_by_motion() -> None:
    rules = replace(COUNCIL_RULES, late=OutOfBase.NOT_SUBMITTED)
    asked = docket(motion(1), motion(2, barred=(member(2),)), motion(3), rules=rules)
    late = ballot(2, {1: AGAINST, 2: FOR, 3: BLANK}, CLOSES)

    (answer,) = count(asked, roll(3), [late]).late_as_silence

    assert answer.marks == (LateMark(1, "against"), LateMark(3, "blank"))


def test_a_late_proxy_and_a_late_defective_ballot_are_named_as_such() -> None:
    rules = replace(COUNCIL_RULES, late=OutOfBase.NOT_SUBMITTED)
    late = [ballot(1, {}, CLOSES, proxy=True), ballot(2, FOR, CLOSES, defect="署名なし")]

    answers = count(docket(rules=rules), roll(3), late).late_as_silence

    assert [answer.marks[0].mark for answer in answers] == ["proxy", "defect"]


def test_an_unsound_docket_is_not_counted() -> None:
    with pytest.raises(DeemedWithoutClause):
        count(docket(rules=replace(COUNCIL_RULES, clauses={})), roll(3), [])


def test_nor_facts_that_do_not_fit_it() -> None:
    with pytest.raises(FactUnusable):
        count(docket(), roll(3), [], Facts(chair={9: FOR}))


# R2, step 7, for the ledger


def test_the_deemed_are_those_whose_silence_counts_on_some_motion() -> None:
    asked = docket(motion(1, non_submission=NonSubmission.NOT_COUNTED), motion(2, barred=(member(6),)))
    sent = [ballot(1, BLANK), ballot(2, FOR, CLOSES), ballot(3, FOR, "9/26 10:00")]
    facts = Facts(left={member(4): at("10/1")}, undelivered=frozenset({member(5), member(3)}))

    assert silent_members(asked, roll(8), sent, facts) == (member(3), member(7), member(8))


def test_a_late_answer_taken_as_silence_is_deemed() -> None:
    rules = replace(COUNCIL_RULES, late=OutOfBase.NOT_SUBMITTED)

    assert silent_members(docket(rules=rules), roll(2), [ballot(2, FOR, CLOSES)]) == (member(1), member(2))


def test_nobody_is_deemed_where_silence_does_not_count() -> None:
    assert silent_members(docket(rules=PLAIN), roll(3), []) == ()
