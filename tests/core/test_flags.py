"""What is reported beside an outcome (rules R8)."""

from dataclasses import replace

import pytest

from tests.core.counting import (
    AGAINST,
    BLANK,
    CLOSES,
    COUNCIL_RULES,
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
from voting.core.ballots import Facts
from voting.core.result import Flag, Outcome
from voting.core.rules import NonSubmission, Objections, OutOfBase, Quorum, Tie, parse_fraction


def test_without_deemed_leaves_the_roll_as_it_is() -> None:
    of_roll = docket(rules=replace(COUNCIL_RULES, requires=(asks(of="roll"),)))

    one = counted(of_roll, roll(10), *ballots((5, FOR)))

    assert (one.outcome, one.carried_without_deemed) == (Outcome.CARRIED, False)


def test_without_deemed_leaves_out_votes_for_that_come_from_blanks() -> None:
    one = counted(docket(), roll(5), *ballots((2, BLANK), (1, FOR), (2, AGAINST)))

    assert (one.outcome, one.carried_without_deemed) == (Outcome.CARRIED, False)


def test_without_deemed_keeps_proxies() -> None:
    proxies = [ballot(n, {}, proxy=True) for n in (1, 2, 3)]

    one = counted(docket(), roll(5), *proxies, facts=Facts(chair={1: FOR}))

    assert one.carried_without_deemed is True


def test_without_deemed_the_same_tie_rule_holds() -> None:
    rules = replace(COUNCIL_RULES, tie=Tie.CHAIR)
    sent = tuple(ballots((2, FOR), (2, AGAINST)))

    assert counted(docket(rules=rules), roll(9), *sent).carried_without_deemed is False
    decided = counted(docket(rules=rules), roll(9), *sent, facts=Facts(ties={1: FOR}))
    assert decided.carried_without_deemed is True


def test_without_deemed_is_unknown_where_votes_did_not_decide() -> None:
    half = replace(COUNCIL_RULES, quorum=Quorum(parse_fraction("1/2")))

    one = counted(docket(rules=half), roll(9), ballot(1, FOR))

    assert (one.outcome, one.carried_without_deemed) == (Outcome.NOT_FORMED, None)


def test_deemed_votes_may_decide_against_a_motion_too() -> None:
    against = docket(rules=replace(COUNCIL_RULES, non_submission=NonSubmission.AGAINST))

    one = counted(against, roll(9), *ballots((4, FOR)))

    assert one.outcome is Outcome.REJECTED
    assert Flag.DEEMED_DECIDES in one.flags


@pytest.mark.parametrize(("answers", "low"), [(29, True), (30, False)])
def test_a_response_is_low_under_three_tenths_of_the_members(answers: int, low: bool) -> None:
    assert (Flag.LOW_RESPONSE in counted(docket(), roll(100), *ballots((answers, FOR))).flags) is low


def test_the_response_is_that_of_members_who_may_vote_on_the_motion() -> None:
    barred = motion(1, barred=tuple(member(n) for n in range(1, 11)))

    # Of the 90 others 27 answered, which is three tenths.
    assert Flag.LOW_RESPONSE not in counted(docket(barred), roll(100), *ballots((37, FOR))).flags


def test_a_low_response_is_told_beside_every_outcome() -> None:
    half = replace(PLAIN, quorum=Quorum(parse_fraction("1/2")))

    one = counted(docket(rules=half), roll(9), ballot(1, AGAINST))

    assert one.flags == (Flag.LOW_RESPONSE, Flag.AGAINST_LEADS)


def test_against_leads_by_votes_not_heads() -> None:
    heavy = roll(9, votes={1: 3})

    assert Flag.AGAINST_LEADS in counted(docket(), heavy, *ballots((1, AGAINST), (2, FOR))).flags
    assert Flag.AGAINST_LEADS not in counted(docket(), heavy, *ballots((1, AGAINST), (3, FOR))).flags


LATE_AGAINST = tuple(ballot(n, AGAINST, CLOSES) for n in (7, 8, 9))


def test_late_answers_that_would_change_the_outcome_are_told() -> None:
    one = counted(docket(rules=PLAIN), roll(9), *ballots((3, FOR), (1, AGAINST)), *LATE_AGAINST)

    assert one.outcome is Outcome.CARRIED
    assert Flag.LATE_DECIDES in one.flags


def test_also_where_they_were_taken_as_silence() -> None:
    rules = replace(COUNCIL_RULES, late=OutOfBase.NOT_SUBMITTED)

    one = counted(docket(rules=rules), roll(9), *ballots((4, FOR), (2, AGAINST)), *LATE_AGAINST)

    assert one.flags == (Flag.LATE_DECIDES, Flag.LATE_AS_SILENCE)


def test_late_answers_count_as_returned_in_that_supposition() -> None:
    returned = (asks("returned", "at_least", "3/4", "roll"),)

    one = counted(
        docket(rules=replace(PLAIN, requires=returned)), roll(8), *ballots((4, FOR)), *LATE_AGAINST[:2]
    )

    assert one.outcome is Outcome.REJECTED
    assert Flag.LATE_DECIDES in one.flags


def test_a_late_answer_of_a_barred_member_decides_nothing() -> None:
    barred = motion(1, barred=(member(9),))

    one = counted(docket(barred, rules=PLAIN), roll(9), *ballots((2, FOR), (1, AGAINST)), LATE_AGAINST[2])

    assert one.flags == ()


def test_members_not_reached_that_might_have_decided_are_told() -> None:
    unreached = Facts(undelivered=frozenset(member(n) for n in (7, 8, 9)))

    one = counted(docket(rules=PLAIN), roll(9), *ballots((3, FOR), (1, AGAINST)), facts=unreached)

    assert one.outcome is Outcome.CARRIED
    assert one.flags == (Flag.UNDELIVERED_DECIDES,)


def test_the_suppositions_are_made_only_beside_carried_and_rejected() -> None:
    stopped = docket(rules=replace(PLAIN, objections=Objections(count=1)))

    one = counted(stopped, roll(9), *ballots((3, FOR), (1, AGAINST)), *LATE_AGAINST)

    assert (one.outcome, one.flags) == (Outcome.OBJECTED, ())
