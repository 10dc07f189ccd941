"""One member, one motion (rules R2), and the effective mark (rules R3)."""

from dataclasses import replace
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
    OPENS,
    PLAIN,
    at,
    ballot,
    docket,
    member,
    motion,
)
from voting.core.ballots import NO_FACTS, Channel, Facts, Submission
from voting.core.effective import Place, Provenance, Side, places
from voting.core.rules import Blank, BothMarked, Duplicates, NonSubmission, OutOfBase, Rules

EXPRESSED = Provenance.EXPRESSED
FOR_EXPRESSED, AGAINST_EXPRESSED = Place(Side.FOR, EXPRESSED), Place(Side.AGAINST, EXPRESSED)
DEEMED = Place(Side.FOR, Provenance.DEEMED)
INVALID = Place(Side.INVALID)


def place(
    *sent: Submission, rules: Rules = COUNCIL_RULES, facts: Facts = NO_FACTS, barred: tuple[str, ...] = ()
) -> Place:
    """Where member 1 is counted on motion 1."""
    ((_, found),) = places(docket(motion(1, barred=barred), rules=rules), member(1), sent, facts)
    return found


def council(**changes: Any) -> Rules:
    return replace(COUNCIL_RULES, **changes)


# R2: the period


def test_a_submission_in_the_opening_instant_counts() -> None:
    assert place(ballot(1, AGAINST, OPENS)) == AGAINST_EXPRESSED


def test_a_submission_in_the_closing_instant_is_late() -> None:
    assert place(ballot(1, AGAINST, CLOSES)) == Place(Side.LATE)


def test_a_submission_before_the_opening_counts_as_none() -> None:
    assert place(ballot(1, AGAINST, "9/26 23:59:59")) == DEEMED


def test_a_submission_in_time_is_not_undone_by_a_late_one() -> None:
    assert place(ballot(1, FOR), ballot(1, AGAINST, CLOSES)) == FOR_EXPRESSED


# R2: the steps


def test_a_barred_member_is_barred_whatever_it_sent() -> None:
    assert place(ballot(1, FOR), barred=(member(1),)) == Place(Side.BARRED)


def test_a_vote_cast_before_leaving_stands() -> None:
    assert place(ballot(1, AGAINST, "9/30"), facts=Facts(left={member(1): at("10/1")})) == AGAINST_EXPRESSED


def test_a_vote_sent_in_the_instant_of_leaving_or_after_it_is_none() -> None:
    gone = Facts(left={member(1): at("10/1 10:00")})

    assert place(ballot(1, AGAINST, "10/1 10:00"), facts=gone) == Place(Side.LEFT)
    assert place(ballot(1, AGAINST, "10/2 10:00"), facts=gone) == Place(Side.LEFT)


def test_a_member_that_left_and_answered_too_late_has_left() -> None:
    gone = Facts(left={member(1): at("10/1")})

    assert place(ballot(1, AGAINST, CLOSES), facts=gone) == Place(Side.LEFT)


def test_leaving_after_the_end_of_the_period_changes_nothing() -> None:
    assert place(facts=Facts(left={member(1): CLOSES})) == DEEMED


def test_a_late_answer_is_silence_only_where_the_rules_say_so() -> None:
    assert place(ballot(1, AGAINST, CLOSES), rules=council(late=OutOfBase.NOT_SUBMITTED)) == DEEMED


UNREACHED = Facts(undelivered=frozenset({member(1)}))


def test_a_member_that_no_notice_reached_is_excluded() -> None:
    assert place(facts=UNREACHED) == Place(Side.UNDELIVERED)
    assert place(facts=UNREACHED, rules=council(undelivered=OutOfBase.NOT_SUBMITTED)) == DEEMED


@pytest.mark.parametrize("received", ["9/26 12:00", "10/6 12:00"], ids=["early", "late"])
def test_any_submission_proves_that_the_notice_arrived(received: str) -> None:
    rules = council(late=OutOfBase.NOT_SUBMITTED)

    assert place(ballot(1, AGAINST, received), facts=UNREACHED, rules=rules) == DEEMED


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (NonSubmission.NOT_COUNTED, Place(Side.NOT_COUNTED)),
        (NonSubmission.FOR, DEEMED),
        (NonSubmission.AGAINST, Place(Side.AGAINST, Provenance.DEEMED)),
        (NonSubmission.ABSTAIN, Place(Side.ABSTAIN, Provenance.DEEMED)),
        (NonSubmission.PROXY_TO_CHAIR, Place(Side.AGAINST, Provenance.DEEMED)),
    ],
)
def test_silence_counts_as_the_rules_say(setting: NonSubmission, expected: Place) -> None:
    facts = Facts(chair={1: AGAINST})

    assert place(rules=council(non_submission=setting), facts=facts) == expected


def test_silence_for_a_chair_who_decided_nothing_abstains() -> None:
    rules = council(non_submission=NonSubmission.PROXY_TO_CHAIR)

    assert place(rules=rules) == Place(Side.ABSTAIN, Provenance.DEEMED)


# R3: several submissions

MONDAY_WEB = ballot(1, FOR, "9/30", Channel.WEB, order=1)
TUESDAY_FAX = ballot(1, AGAINST, "10/1", Channel.FAX, order=2)
WEDNESDAY_WEB = ballot(1, ABSTAIN, "10/2", Channel.WEB, order=3)
THURSDAY_POST = ballot(1, BLANK, "10/3", Channel.POST, order=4)


@pytest.mark.parametrize(
    ("duplicates", "side"),
    [
        (Duplicates.LAST_RECEIVED, Side.ABSTAIN),
        (Duplicates.FIRST, Side.FOR),
        (Duplicates.WEB, Side.ABSTAIN),
        (Duplicates.PAPER, Side.AGAINST),
    ],
)
def test_which_of_several_submissions_counts(duplicates: Duplicates, side: Side) -> None:
    sent = (WEDNESDAY_WEB, MONDAY_WEB, TUESDAY_FAX)

    assert place(*sent, rules=council(duplicates=duplicates)) == Place(side, EXPRESSED)


def test_where_the_preferred_channel_was_not_used_the_last_one_counts() -> None:
    assert place(MONDAY_WEB, WEDNESDAY_WEB, rules=council(duplicates=Duplicates.PAPER)).side is Side.ABSTAIN
    assert place(TUESDAY_FAX, rules=council(duplicates=Duplicates.WEB)).side is Side.AGAINST


@pytest.mark.parametrize("channel", [each for each in Channel if each is not Channel.WEB])
def test_in_one_instant_web_comes_after_every_kind_of_paper(channel: Channel) -> None:
    web, paper = ballot(1, FOR, order=1), ballot(1, AGAINST, channel=channel, order=2)

    assert place(web, paper) == FOR_EXPRESSED


def test_in_one_instant_and_channel_the_order_of_entry_decides() -> None:
    assert place(ballot(1, FOR, order=2), ballot(1, AGAINST, order=1)) == FOR_EXPRESSED


# R3: what the effective one says


def test_a_defect_makes_a_ballot_invalid_and_never_silence() -> None:
    assert place(ballot(1, AGAINST, defect="署名なし")) == INVALID
    assert place(ballot(1, FOR), ballot(1, BLANK, "10/2", defect="")) == INVALID
    assert place(ballot(1, {}, proxy=True, defect="委任者不明")) == INVALID


def test_a_proxy_takes_the_decision_of_the_chair() -> None:
    proxy = ballot(1, {}, proxy=True)

    assert place(proxy, facts=Facts(chair={1: AGAINST})) == Place(Side.AGAINST, Provenance.PROXY)
    assert place(proxy) == Place(Side.ABSTAIN, Provenance.PROXY)


def test_marks_beside_a_proxy_are_ignored() -> None:
    assert place(ballot(1, FOR, proxy=True), facts=Facts(chair={1: AGAINST})).side is Side.AGAINST


def test_an_abstention_is_one_even_where_none_was_offered() -> None:
    assert not COUNCIL_RULES.abstain
    assert place(ballot(1, ABSTAIN)) == Place(Side.ABSTAIN, EXPRESSED)


def test_both_marked_is_invalid_even_over_an_earlier_mark() -> None:
    assert place(ballot(1, FOR, "9/30"), ballot(1, BOTH)) == INVALID


def test_both_marked_as_blank_lets_an_earlier_mark_stand_or_counts_as_blank() -> None:
    rules = council(both_marked=BothMarked.AS_BLANK)

    assert place(ballot(1, AGAINST, "9/30"), ballot(1, BOTH), rules=rules) == AGAINST_EXPRESSED
    assert place(ballot(1, BOTH), rules=rules) == Place(Side.FOR, Provenance.BLANK)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (Blank.INVALID, INVALID),
        (Blank.FOR, Place(Side.FOR, Provenance.BLANK)),
        (Blank.AGAINST, Place(Side.AGAINST, Provenance.BLANK)),
        (Blank.ABSTAIN, Place(Side.ABSTAIN, Provenance.BLANK)),
    ],
)
def test_a_motion_without_a_mark_counts_as_the_rules_say(setting: Blank, expected: Place) -> None:
    assert place(ballot(1, BLANK), rules=council(blank=setting)) == expected
    assert place(ballot(1, {}), rules=council(blank=setting)) == expected


def test_a_later_blank_does_not_wipe_an_earlier_mark() -> None:
    assert place(MONDAY_WEB, TUESDAY_FAX, THURSDAY_POST) == AGAINST_EXPRESSED


def test_unless_the_rules_let_it() -> None:
    rules = council(blank_overrides=True)

    assert place(MONDAY_WEB, THURSDAY_POST, rules=rules) == Place(Side.FOR, Provenance.BLANK)


def test_only_marks_received_before_the_effective_submission_fill_its_blanks() -> None:
    blank_web = ballot(1, BLANK, "9/30", Channel.WEB, order=1)

    assert (
        place(blank_web, TUESDAY_FAX, rules=council(duplicates=Duplicates.WEB)).provenance is Provenance.BLANK
    )
    assert (
        place(blank_web, TUESDAY_FAX, rules=council(duplicates=Duplicates.FIRST)).provenance
        is Provenance.BLANK
    )


def test_neither_a_defective_ballot_nor_a_proxy_nor_two_marks_fill_a_blank() -> None:
    defective = ballot(1, AGAINST, "10/2", defect="署名なし")
    proxy, both = ballot(1, AGAINST, "10/2 13:00", proxy=True), ballot(1, BOTH, "10/2 14:00")

    assert place(MONDAY_WEB, defective, proxy, both, THURSDAY_POST) == FOR_EXPRESSED


def test_each_motion_is_filled_by_itself() -> None:
    first = ballot(1, {1: FOR, 2: AGAINST}, "9/30")
    second = ballot(1, {1: AGAINST, 2: BLANK}, "10/1")

    found = places(docket(motion(1), motion(2), rules=PLAIN), member(1), [first, second])

    assert [place for _, place in found] == [AGAINST_EXPRESSED, AGAINST_EXPRESSED]
