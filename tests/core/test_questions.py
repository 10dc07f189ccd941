"""What stands on a submission, slot by slot."""

from typing import Any

import pytest

from tests.core.counting import AGAINST, BLANK, FOR, ballot, docket, motion
from voting.core.ballots import NO_FACTS
from voting.core.motions import Method, MotionKind
from voting.core.questions import Sheet, UnusableChoice, agenda, sheet

NAMES = ("長野県", "那須町")


def election(number: int, method: Method) -> Any:
    return motion(number, kind=MotionKind.ELECTION, method=method, seats=2, candidates=NAMES)


MOTIONS = (
    motion(1),
    election(2, Method.CONFIDENCE),
    election(3, Method.PLURALITY),
    election(4, Method.SLATE),
)


def test_there_is_one_question_for_each_candidate_by_confidence_and_one_for_all_else() -> None:
    asked = agenda(docket(*MOTIONS), NO_FACTS)

    assert [(each.motion.number, each.candidate, each.slot) for each in asked.questions] == [
        (1, None, 0),
        (2, "長野県", 1),
        (2, "那須町", 2),
        (3, None, 3),
        (4, None, 4),
    ]


def test_a_sheet_has_a_mark_in_each_slot() -> None:
    sent = ballot(1, {1: FOR, 2: {"那須町": AGAINST}, 3: ("那須町",), 4: FOR})

    assert sheet(MOTIONS, sent) == Sheet((FOR, BLANK, AGAINST, frozenset({"那須町"}), FOR))


def test_one_mark_beside_a_list_of_candidates_is_for_each_of_them() -> None:
    assert sheet(MOTIONS, ballot(1, {2: FOR})).marks[1:3] == (FOR, FOR)


def test_what_is_not_marked_is_blank() -> None:
    assert sheet(MOTIONS, ballot(1, {})) == Sheet((BLANK, BLANK, BLANK, frozenset(), BLANK))


@pytest.mark.parametrize(
    ("number", "choice"),
    [
        (1, "perhaps"),
        (1, ("長野県",)),
        (1, {"長野県": FOR}),
        (2, {"千代田区": FOR}),
        (2, {"長野県": "perhaps"}),
        (2, ("長野県",)),
        (3, FOR),
        (3, ("千代田区",)),
        (4, {"長野県": FOR}),
    ],
)
def test_an_answer_that_was_not_offered_is_refused_and_named(number: int, choice: Any) -> None:
    with pytest.raises(UnusableChoice) as refused:
        sheet(MOTIONS, ballot(5, {number: choice}))

    assert (refused.value.member_id, refused.value.motion) == ("M0005", number)
