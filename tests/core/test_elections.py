"""Elections by confidence, slate and plurality (rules R10)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.core.counting import (
    AGAINST,
    BLANK,
    COUNCIL_RULES,
    FOR,
    PLAIN,
    ballot,
    counted,
    docket,
    member,
    motion,
    roll,
    whole,
)
from voting.core.ballots import NO_FACTS, Choice, Facts, Submission
from voting.core.elections import Seating, seat
from voting.core.members import Roll
from voting.core.motions import Method, Motion, MotionKind
from voting.core.questions import UnusableChoice
from voting.core.result import ConfidenceResult, MotionResult, Outcome, PluralityResult
from voting.core.rules import Quorum, Rules, Tie, parse_fraction
from voting.core.tally import count

NAMES = ("長野県", "那須町", "田辺市")


def election(
    method: Method, *, seats: int = 2, candidates: tuple[str, ...] = NAMES, **changes: Any
) -> Motion:
    return motion(1, kind=MotionKind.ELECTION, method=method, seats=seats, candidates=candidates, **changes)


def cast(*sorts: tuple[int, Choice]) -> list[Submission]:
    found: list[Submission] = []
    for times, choice in sorts:
        found += [ballot(len(found) + n, {1: choice, 2: FOR}) for n in range(1, times + 1)]
    return found


def marks(first: str, second: str, third: str) -> Mapping[str, Any]:
    words = {"+": FOR, "-": AGAINST, " ": BLANK}
    return dict(zip(NAMES, (words[first], words[second], words[third]), strict=True))


def confidence(
    sent: list[Submission],
    *,
    rules: Rules = PLAIN,
    facts: Facts = NO_FACTS,
    eligible: Roll | None = None,
    **changes: Any,
) -> ConfidenceResult:
    asked = docket(election(Method.CONFIDENCE, **changes), rules=rules)
    (found,) = count(asked, eligible or roll(20), sent, facts).motions
    assert isinstance(found, ConfidenceResult)
    return found


def elected(found: ConfidenceResult | PluralityResult) -> list[str]:
    return [each.name for each in found.candidates if each.elected]


def test_each_candidate_is_a_question_of_its_own() -> None:
    found = confidence(cast((6, marks("+", "+", "-")), (4, marks("-", "+", "-"))))

    assert [each.count.outcome for each in found.candidates] == [
        Outcome.CARRIED,
        Outcome.CARRIED,
        Outcome.REJECTED,
    ]
    assert (found.outcome, elected(found)) == (Outcome.ELECTED, ["長野県", "那須町"])


def test_a_vacancy_is_stated() -> None:
    found = confidence(cast((6, marks("+", "-", "-"))))

    assert (found.outcome, elected(found)) == (Outcome.VACANCY, ["長野県"])


def test_five_of_six_seats_filled_is_a_vacancy() -> None:
    names = tuple(f"候補{n}" for n in range(1, 7))
    whole_roll = dict.fromkeys(names, FOR)
    sent = cast(
        (330, whole_roll), (270, whole_roll | {"候補6": AGAINST}), (81, dict.fromkeys(names, AGAINST))
    )

    found = confidence(sent, seats=6, candidates=names, rules=COUNCIL_RULES, eligible=roll())

    assert [whole(each.count.votes.in_favour.total) for each in found.candidates] == [600] * 5 + [330]
    assert (found.outcome, len(elected(found))) == (Outcome.VACANCY, 5)


def test_silence_counts_for_every_candidate_where_the_rules_deem() -> None:
    found = confidence([], rules=COUNCIL_RULES)

    assert [whole(each.count.votes.in_favour.deemed) for each in found.candidates] == [20, 20, 20]


def test_of_more_confident_candidates_than_seats_the_most_votes_win() -> None:
    found = confidence(cast((6, marks("+", "+", "+")), (2, marks("+", " ", "+")), (1, marks("-", "-", "+"))))

    assert (found.outcome, elected(found)) == (Outcome.ELECTED, ["長野県", "田辺市"])


ALL_EQUAL = cast((6, marks("+", "+", "+")))


def test_a_tie_for_the_last_seat_waits_for_a_lot() -> None:
    found = confidence(ALL_EQUAL)

    assert (found.outcome, elected(found)) == (Outcome.PENDING, [])


def test_a_recorded_lot_decides_it() -> None:
    found = confidence(ALL_EQUAL, facts=Facts(lots={1: ("田辺市", "長野県")}))

    assert (found.outcome, elected(found)) == (Outcome.ELECTED, ["長野県", "田辺市"])


def test_a_candidate_whose_tie_awaits_the_chair_keeps_the_election_open() -> None:
    chair = replace(PLAIN, tie=Tie.CHAIR)
    sent = cast((3, marks("+", "+", "-")), (3, marks("+", "-", "-")))

    waiting = confidence(sent, rules=chair)
    decided = confidence(sent, rules=chair, facts=Facts(ties={(1, "那須町"): FOR}))

    assert (waiting.outcome, elected(waiting)) == (Outcome.PENDING, ["長野県"])
    assert (decided.outcome, elected(decided)) == (Outcome.ELECTED, ["長野県", "那須町"])


def test_the_chair_may_decide_proxies_candidate_by_candidate() -> None:
    proxies = [ballot(n, {}, proxy=True) for n in range(1, 4)]
    table = {"長野県": FOR, "那須町": AGAINST}

    found = confidence(proxies, facts=Facts(chair={1: table}))

    assert [each.count.outcome for each in found.candidates] == [
        Outcome.CARRIED,
        Outcome.REJECTED,
        Outcome.REJECTED,
    ]
    assert [whole(each.count.votes.abstain.proxy) for each in found.candidates] == [0, 0, 3]


def test_without_a_quorum_nobody_is_elected() -> None:
    half = replace(PLAIN, quorum=Quorum(parse_fraction("1/2")))

    found = confidence(cast((6, marks("+", "+", "-"))), rules=half)

    assert (found.outcome, elected(found)) == (Outcome.NOT_FORMED, [])
    assert {each.count.outcome for each in found.candidates} == {Outcome.NOT_FORMED}


@pytest.mark.parametrize(("seats", "outcome"), [(1, Outcome.CARRIED), (2, Outcome.CONDITION_FAILED)])
def test_a_motion_that_depends_on_an_election_needs_all_its_seats_filled(
    seats: int, outcome: Outcome
) -> None:
    asked = docket(election(Method.CONFIDENCE, seats=seats), motion(2, depends_on=(1,)), rules=PLAIN)

    assert counted(asked, roll(20), *cast((6, marks("+", "-", "-"))), number=2).outcome is outcome


def test_a_slate_is_one_question_and_elects_all_or_nobody() -> None:
    asked = docket(election(Method.SLATE, seats=3), motion(2, depends_on=(1,)), rules=PLAIN)

    for mark, outcome, names, next_one in (
        (FOR, Outcome.CARRIED, NAMES, Outcome.CARRIED),
        (AGAINST, Outcome.REJECTED, (), Outcome.CONDITION_FAILED),
    ):
        first, second = count(asked, roll(9), cast((5, mark))).motions
        assert isinstance(first, MotionResult)
        assert (first.outcome, first.elected, second.outcome) == (outcome, names, next_one)


def plurality(
    *sent: Submission, rules: Rules = PLAIN, facts: Facts = NO_FACTS, **changes: Any
) -> PluralityResult:
    asked = docket(election(Method.PLURALITY, **changes), rules=rules)
    (found,) = count(asked, roll(20, votes={20: 5}), sent, facts).motions
    assert isinstance(found, PluralityResult)
    return found


A, B, C = NAMES


def test_the_most_votes_win() -> None:
    found = plurality(*cast((3, (A, C)), (2, (C,)), (1, (B,))))

    assert [(each.name, whole(each.votes), each.members) for each in found.candidates] == [
        (A, 3, 3),
        (B, 1, 1),
        (C, 5, 5),
    ]
    assert (found.outcome, elected(found)) == (Outcome.ELECTED, [A, C])


def test_votes_count_not_heads() -> None:
    found = plurality(*cast((3, (A,))), ballot(20, {1: (B,)}), seats=1)

    assert elected(found) == [B]


def test_more_names_than_seats_are_invalid_and_none_is_a_blank() -> None:
    found = plurality(*cast((2, (A, B, C)), (3, ()), (1, (A, B))), ballot(7, {}))

    assert (found.returned_members, found.blank_members, found.invalid_members) == (7, 4, 2)
    assert [each.members for each in found.candidates] == [1, 1, 0]


def test_silence_elects_nobody_whatever_the_setting() -> None:
    found = plurality(rules=COUNCIL_RULES)

    assert (found.outcome, elected(found), found.returned_members) == (Outcome.VACANCY, [], 0)


def test_a_candidate_that_nobody_chose_gets_no_seat() -> None:
    found = plurality(*cast((3, (A,))))

    assert (found.outcome, elected(found)) == (Outcome.VACANCY, [A])


def test_a_tie_for_the_last_seat_is_pending_until_a_lot_is_recorded() -> None:
    sent = cast((3, (A,)), (2, (B,)), (2, (C,)))

    assert (plurality(*sent).outcome, elected(plurality(*sent))) == (Outcome.PENDING, [A])
    drawn = plurality(*sent, facts=Facts(lots={1: (C,)}))
    assert (drawn.outcome, elected(drawn)) == (Outcome.ELECTED, [A, C])


def test_a_later_empty_ballot_does_not_wipe_the_names_chosen_before() -> None:
    earlier, later = ballot(1, {1: (A,)}, "9/30"), ballot(1, {1: ()}, "10/2")

    assert plurality(earlier, later).candidates[0].members == 1
    assert plurality(earlier, later, rules=replace(PLAIN, blank_overrides=True)).blank_members == 1


def test_a_proxy_takes_the_names_the_chair_chose() -> None:
    chose = Facts(chair={1: {A: FOR, B: AGAINST}})

    assert elected(plurality(ballot(1, {}, proxy=True), facts=chose)) == [A]
    assert plurality(ballot(1, {}, proxy=True)).blank_members == 1


def test_a_defective_ballot_is_invalid_and_a_barred_member_is_not_counted() -> None:
    found = plurality(ballot(1, {1: (A,)}, defect="署名なし"), ballot(2, {1: (A,)}), barred=(member(2),))

    assert (found.returned_members, found.invalid_members, elected(found)) == (1, 1, [])


@pytest.mark.parametrize("choice", [FOR, ("千代田区",), {"長野県": FOR}])
def test_a_choice_that_the_election_does_not_offer_is_refused(choice: Choice) -> None:
    with pytest.raises(UnusableChoice):
        plurality(ballot(1, {1: choice}))


def test_seats_go_by_strength_and_a_short_lot_decides_nothing() -> None:
    strength = {"a": 5, "b": 3, "c": 3, "d": 3, "e": 1}

    assert seat(strength, 3, ("c",)) == Seating(frozenset("a"), frozenset("bcd"))
    assert seat(strength, 3, ("e", "d", "c", "b")) == Seating(frozenset("acd"))
    assert seat(strength, 4, ()) == Seating(frozenset("abcd"))
    assert seat(strength, 9, ()) == Seating(frozenset("abcde"))
