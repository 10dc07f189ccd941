"""The cases that every build must pass (rules R12), row by row.

Roll 681 and preset ``council`` unless the row says otherwise; votes are one a member unless it says so.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.counting import (
    ABSTAIN,
    AGAINST,
    BLANK,
    COUNCIL_RULES,
    FOR,
    PLAIN,
    asks,
    at,
    ballot,
    ballots,
    counted,
    docket,
    in_category,
    member,
    motion,
    question,
    roll,
    score,
    whole,
)
from voting.core.ballots import Channel, Facts, Submission
from voting.core.checks import faults
from voting.core.faults import StatuteAsksConsent
from voting.core.members import Roll
from voting.core.result import Count, Flag, Outcome
from voting.core.rules import (
    NAMED_REQUIREMENTS,
    Blank,
    BodyKind,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Tie,
    Unit,
)
from voting.core.tally import count


def test_1_the_origin_case_680_to_1_of_which_268_by_silence() -> None:
    one = counted(docket(), roll(), *ballots((412, FOR), (1, AGAINST)))

    assert (whole(one.votes.in_favour.expressed), whole(one.votes.in_favour.deemed)) == (412, 268)
    assert score(one) == (680, 1)
    assert one.outcome is Outcome.CARRIED
    assert one.carried_without_deemed is True
    assert one.flags == ()


def test_2_silence_decides_against_those_who_spoke() -> None:
    one = counted(docket(), roll(), *ballots((40, FOR), (80, AGAINST)))

    assert score(one) == (601, 80)
    assert one.outcome is Outcome.CARRIED
    assert one.carried_without_deemed is False
    assert one.flags == (Flag.DEEMED_DECIDES, Flag.LOW_RESPONSE, Flag.AGAINST_LEADS)


THREE_MOTIONS = (motion(1), motion(2), motion(3))
TWO_LEFT_BLANK = ((2, {1: FOR, 2: BLANK, 3: AGAINST}), (398, FOR), (2, AGAINST))


def test_3_two_ballots_without_a_mark_on_one_motion_count_as_for_there() -> None:
    one = counted(docket(*THREE_MOTIONS), roll(), *ballots(*TWO_LEFT_BLANK), number=2)

    assert score(one) == (679, 2)
    parts = one.votes.in_favour
    assert [whole(each) for each in (parts.expressed, parts.blank, parts.deemed)] == [398, 2, 279]


def test_3_or_are_invalid_there_where_the_rules_say_so() -> None:
    rules = replace(COUNCIL_RULES, blank=Blank.INVALID)

    one = counted(docket(*THREE_MOTIONS, rules=rules), roll(), *ballots(*TWO_LEFT_BLANK), number=2)

    assert score(one) == (677, 2)
    assert whole(one.votes.invalid) == 2


WEB_FOR = ballot(1, FOR, "10/2 10:00", Channel.WEB, order=1)
FAX_AGAINST = ballot(1, AGAINST, "10/3 16:03", Channel.FAX, order=2)
WEB_FOR_AGAIN = ballot(1, FOR, "10/4 11:00", Channel.WEB, order=3)


def vote_of_one(*submissions: Submission) -> Count:
    return counted(docket(rules=PLAIN), roll(1), *submissions)


def test_4_the_answer_received_last_counts() -> None:
    assert score(vote_of_one(WEB_FOR, FAX_AGAINST, WEB_FOR_AGAIN)) == (1, 0)


def test_4_which_is_the_fax_where_no_web_vote_follows_it() -> None:
    assert score(vote_of_one(WEB_FOR, FAX_AGAINST)) == (0, 1)


def test_4_and_entering_the_fax_after_the_last_web_vote_changes_nothing() -> None:
    entered_last = replace(FAX_AGAINST, order=4)

    assert score(vote_of_one(WEB_FOR, WEB_FOR_AGAIN, entered_last)) == (1, 0)


def test_5_an_envelope_received_on_the_last_day_counts_whenever_it_is_opened() -> None:
    # Only the instant of receipt is known to the count; the day of entry is not even an argument.
    one = vote_of_one(ballot(1, FOR, "10/4 23:59:59", Channel.POST, order=999))

    assert score(one) == (1, 0)


def test_6_members_that_could_not_be_reached_are_never_deemed() -> None:
    unreached = Facts(undelivered=frozenset({member(679), member(680), member(681)}))

    one = counted(docket(), roll(), *ballots((402, FOR), (1, AGAINST)), facts=unreached)

    assert score(one) == (677, 1)
    assert whole(one.votes.undelivered) == 3
    assert whole(one.tests[0].base) == 678


@pytest.mark.parametrize(
    ("relation", "votes_for", "outcome"),
    [
        ("at_least", 453, Outcome.REJECTED),
        ("at_least", 454, Outcome.CARRIED),
        ("more_than", 454, Outcome.REJECTED),
        ("more_than", 455, Outcome.CARRIED),
    ],
)
def test_7_two_thirds_of_681_are_454_exactly(relation: str, votes_for: int, outcome: Outcome) -> None:
    rules = replace(PLAIN, requires=(asks("for", relation, "2/3", "roll"),))

    one = counted(docket(rules=rules), roll(), *ballots((votes_for, FOR)))

    assert one.outcome is outcome


FIVE_EACH = tuple(ballots((5, FOR), (5, AGAINST)))


def test_8_five_to_five_is_rejected() -> None:
    assert counted(docket(), roll(10), *FIVE_EACH).outcome is Outcome.REJECTED


def test_8_or_waits_for_the_chair_where_the_rules_say_so() -> None:
    chair_decides = docket(rules=replace(COUNCIL_RULES, tie=Tie.CHAIR))

    assert counted(chair_decides, roll(10), *FIVE_EACH).outcome is Outcome.PENDING
    for decision, outcome in ((FOR, Outcome.CARRIED), (AGAINST, Outcome.REJECTED)):
        decided = counted(chair_decides, roll(10), *FIVE_EACH, facts=Facts(ties={1: decision}))
        assert decided.outcome is outcome
        assert decided.to_flip is None


@pytest.mark.parametrize(("base", "outcome"), [("present", Outcome.REJECTED), ("yes_no", Outcome.CARRIED)])
def test_9_abstentions_work_against_a_motion_or_not_as_the_base_says(base: str, outcome: Outcome) -> None:
    rules = replace(COUNCIL_RULES, requires=(asks(of=base),))

    one = counted(docket(rules=rules), roll(100), *ballots((45, FOR), (40, AGAINST), (15, ABSTAIN)))

    assert one.outcome is outcome


def test_10_motions_that_wait_for_a_rejected_one_fail_but_their_numbers_are_printed() -> None:
    chain = docket(motion(1), motion(2, depends_on=(1,)), motion(3, depends_on=(2,)))

    result = count(
        chain, roll(), ballots((300, {1: FOR, 2: FOR, 3: FOR}), (381, {1: AGAINST, 2: FOR, 3: FOR}))
    )

    assert [each.outcome for each in result.motions] == [
        Outcome.REJECTED,
        Outcome.CONDITION_FAILED,
        Outcome.CONDITION_FAILED,
    ]
    assert [score(question(result, number)) for number in (1, 2, 3)] == [(300, 381), (681, 0), (681, 0)]


def test_11_a_member_that_left_in_silence_is_not_deemed() -> None:
    gone = Facts(left={member(681): at("10/1 00:00")})

    one = counted(docket(), roll(), *ballots((402, FOR), (1, AGAINST)), facts=gone)

    assert score(one) == (679, 1)
    assert whole(one.votes.left) == 1


def half_of_the_roll(*, deemed: bool) -> Quorum:
    return Quorum(Fraction(1, 2), Relation.AT_LEAST, Unit.VOTES, deemed)


def test_12_silence_does_not_make_a_quorum() -> None:
    rules = replace(COUNCIL_RULES, quorum=half_of_the_roll(deemed=False))

    one = counted(docket(rules=rules), roll(), *ballots((340, FOR)))

    assert one.outcome is Outcome.NOT_FORMED
    assert score(one) == (681, 0)


def test_12_unless_the_rules_say_so() -> None:
    rules = replace(COUNCIL_RULES, quorum=half_of_the_roll(deemed=True))

    assert counted(docket(rules=rules), roll(), *ballots((340, FOR))).outcome is Outcome.CARRIED


ONE_SECOND_LATE = ballot(681, AGAINST, "10/5 00:00:01", Channel.FAX)


def test_13_an_answer_one_second_late_is_neither_yes_nor_no() -> None:
    one = counted(docket(), roll(), *ballots((412, FOR)), ONE_SECOND_LATE)

    assert score(one) == (680, 0)
    assert whole(one.votes.late) == 1


def test_13_and_is_silence_only_where_the_rules_say_so_which_is_reported() -> None:
    rules = replace(COUNCIL_RULES, late=OutOfBase.NOT_SUBMITTED)

    result = count(docket(rules=rules), roll(), [*ballots((412, FOR)), ONE_SECOND_LATE])

    one = question(result)
    assert score(one) == (681, 0)
    assert one.flags == (Flag.LATE_AS_SILENCE,)
    (answer,) = result.late_as_silence
    assert (answer.member_id, [mark.mark for mark in answer.marks]) == (member(681), ["against"])


UNANIMOUS = replace(PLAIN, requires=NAMED_REQUIREMENTS["unanimous"])


def test_14_a_resolution_without_meeting_fails_by_one_silent_member() -> None:
    asked = docket(rules=UNANIMOUS, kind=BodyKind.GENERAL_INCORPORATED)

    assert counted(asked, roll(140), *ballots((139, FOR))).outcome is Outcome.REJECTED
    assert counted(asked, roll(140), *ballots((140, FOR))).outcome is Outcome.CARRIED


def test_14_and_silence_may_not_be_made_consent_there() -> None:
    asked = docket(kind=BodyKind.GENERAL_INCORPORATED)

    (fault,) = faults(asked)

    assert isinstance(fault, StatuteAsksConsent)
    assert fault.where == "rules.non_submission"
    assert "第58条" in fault.article
    with pytest.raises(StatuteAsksConsent):
        count(asked, roll(140), ballots((139, FOR)))


def test_15_one_objection_breaks_the_silence() -> None:
    rules = replace(COUNCIL_RULES, objections=Objections(count=1))

    assert counted(docket(rules=rules), roll(15)).outcome is Outcome.CARRIED
    assert counted(docket(rules=rules), roll(15), ballot(7, AGAINST)).outcome is Outcome.OBJECTED


def test_16_two_houses_of_801_and_504() -> None:
    houses = Roll((*in_category("甲", roll(801)), *in_category("乙", roll(504, first=2001))))
    sent = (*ballots((300, FOR), (20, AGAINST)), *ballots((180, FOR), (17, AGAINST), first=2001))

    one = counted(docket(), houses, *sent)

    assert score(one) == (1268, 37)
    by_category = {
        each.category: (whole(each.votes.in_favour.total), whole(each.votes.against.total))
        for each in one.categories
    }
    assert by_category == {"甲": (781, 20), "乙": (487, 17)}


def test_16_each_house_may_have_to_carry_by_itself() -> None:
    houses = Roll((*in_category("甲", roll(801)), *in_category("乙", roll(504, first=2001))))
    rules = replace(COUNCIL_RULES, requires=(asks(category="甲"), asks(category="乙")))
    sent = (*ballots((300, FOR), (20, AGAINST)), *ballots((180, FOR), (17, AGAINST), first=2001))

    one = counted(docket(rules=rules), houses, *sent)

    assert [(whole(test.value), whole(test.base), test.needed) for test in one.tests] == [
        (781, 801, "401"),
        (487, 504, "253"),
    ]
    # 252 of 504 would be half: 235 in the smaller house are enough.
    assert one.to_flip == 235


IEEE = (
    asks("returned", "at_least", "3/4", "roll"),
    asks("for", "at_least", "3/4", "yes_no"),
    asks("abstain", "less_than", "3/10", "returned"),
)


@pytest.mark.parametrize(
    ("abstentions", "outcome"), [(20, Outcome.CARRIED), (24, Outcome.REJECTED), (19, Outcome.REJECTED)]
)
def test_17_the_ballot_of_an_ieee_group(abstentions: int, outcome: Outcome) -> None:
    rules = replace(PLAIN, requires=IEEE)

    one = counted(docket(rules=rules), roll(100), *ballots((45, FOR), (10, AGAINST), (abstentions, ABSTAIN)))

    assert one.outcome is outcome


def test_18_votes_decide_not_heads() -> None:
    weights = {1: 15, 2: 15}

    one = counted(docket(rules=PLAIN), roll(31, votes=weights), *ballots((2, FOR), (29, AGAINST)))

    assert score(one) == (30, 29)
    assert (one.members.in_favour.total, one.members.against.total) == (2, 29)
    assert one.outcome is Outcome.CARRIED


def test_18_unless_a_test_asks_for_heads() -> None:
    by_heads = replace(PLAIN, requires=(asks(by=Unit.MEMBERS),))

    one = counted(docket(rules=by_heads), roll(31, votes={1: 15, 2: 15}), *ballots((2, FOR), (29, AGAINST)))

    assert one.outcome is Outcome.REJECTED


def test_silence_counts_as_for_only_by_the_setting() -> None:
    assert COUNCIL_RULES.non_submission is NonSubmission.FOR
    assert counted(docket(rules=PLAIN), roll(), *ballots((412, FOR))).votes.in_favour.deemed == 0
