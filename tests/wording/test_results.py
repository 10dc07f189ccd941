"""What the rules did to the numbers of one result, and what a reader is told beside it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.documents import council
from tests.documents.council import SEED, counted, docket, result
from voting import wording
from voting.core.result import (
    Flag,
    LateAnswer,
    LateMark,
    MotionResult,
    Numbers,
    Outcome,
    Parts,
)

HALF = Fraction(1, 2)
FIRST = council.MOTIONS[0]


def one(numbers: Numbers, **how: object) -> MotionResult:
    return MotionResult(1, FIRST.title, counted(numbers, **how))  # type: ignore[arg-type]


def test_a_note_is_made_for_each_rule_that_touched_a_number_and_for_no_other():
    assert wording.rule_notes(docket(), result()) == (
        "規約第12条第3項により、表決書の提出がない268会員(268票)について、各議案に賛成の表決があったものとみなしました。",
    )


def test_notes_that_concern_some_motions_name_them():
    other = Numbers(in_favour=Parts(expressed=398, blank=2, deemed=278), against=Parts(expressed=2), late=1)
    motions = (
        council.COUNCIL_MOTIONS[0],
        MotionResult(2, "改正", counted(other)),
        council.COUNCIL_MOTIONS[2],
    )

    notes = wording.rule_notes(docket(), result(*motions))

    assert notes == (
        "規約第12条第3項により、表決書の提出がない268会員(268票)について、"
        "第1号議案及び第3号議案に賛成の表決があったものとみなしました。",
        "規約第12条第3項により、表決書の提出がない278会員(278票)について、"
        "第2号議案に賛成の表決があったものとみなしました。",
        "規約第12条第4項により、第2号議案に賛否の記入がない2会員(2票)の表決書について、"
        "賛成の表決があったものとみなしました。",
        "期限を過ぎて到着した1会員(1票)の表決書は、第2号議案の賛否に算入せず、除外しました。",
    )


def test_a_late_answer_taken_as_silence_is_told_with_what_it_said():
    late = (LateAnswer("M0001", (LateMark(1, "against"), LateMark(2, "for"), LateMark(3, "for"))),)

    notes = wording.rule_notes(docket(), replace(result(), late_as_silence=late))

    assert notes[-1] == (
        "期限後に到着した1会員の表決書は、未提出として取り扱いました"
        "(記入の内容 第1号議案 反対1通、第2号議案 賛成1通、第3号議案 賛成1通)。"
    )


def test_the_count_without_deemed_votes_says_whether_it_would_have_been_enough():
    assert wording.without_deemed(counted(SEED)) == (
        "賛成412票、反対1票(賛成の割合99.8%)。みなしを除いても、可決の要件を満たします。"
    )
    lost = Numbers(in_favour=Parts(expressed=40, deemed=561), against=Parts(expressed=80))
    assert wording.without_deemed(counted(lost, without=False)) == (
        "賛成40票、反対80票(賛成の割合33.3%)。みなしを除くと、可決の要件を満たしません。"
    )


def test_where_nobody_sent_anything_there_is_no_share():
    nobody = Numbers(in_favour=Parts(deemed=681))

    assert wording.without_deemed(counted(nobody, without=False)).startswith("賛成0票、反対0票。")


def test_each_flag_has_its_warning_with_the_motions_it_concerns():
    count = counted(SEED, flags=tuple(Flag))

    warnings = wording.flag_notes(docket(FIRST), result(MotionResult(1, FIRST.title, count), returned=120))

    assert len(warnings) == len(Flag)
    assert warnings[0].startswith("第1号議案の可否は、みなしによる票によって定まったものです。")
    assert warnings[1] == "表決書の提出率は17.6%で、30%に達していません。"


@pytest.mark.parametrize(
    ("outcome", "met", "sentence"),
    [
        (Outcome.CARRIED, True, "議決要件に達したため、可決されました。"),
        (Outcome.REJECTED, False, "賛成が議決要件に達しなかったため、否決されました。"),
        (Outcome.NOT_FORMED, True, "定足数に達しなかったため、総会は成立しませんでした。"),
        (Outcome.CONDITION_FAILED, True, "条件とした議案が成立しなかったため、本議案は効力を生じません。"),
        (Outcome.OBJECTED, True, "所定の数の反対の意思が示されたため、書面による決議は行いませんでした。"),
        (Outcome.PENDING, True, "決定すべき事項が残っているため、結果は確定していません。"),
    ],
)
def test_each_outcome_has_its_reason(outcome, met, sentence):
    numbers = SEED if met else Numbers(in_favour=Parts(1), against=Parts(680))

    assert wording.outcome_sentence(docket(), FIRST, one(numbers, outcome=outcome)) == sentence


def test_a_tie_is_told_as_a_tie_whoever_decided_it():
    tie = Numbers(in_favour=Parts(5), against=Parts(5))

    assert wording.outcome_sentence(docket(), FIRST, one(tie, outcome=Outcome.REJECTED)) == (
        "可否同数のため、否決されました。"
    )
    assert wording.outcome_sentence(docket(), FIRST, one(tie, outcome=Outcome.CARRIED)) == (
        "可否同数のため、議長の決するところにより、可決されました。"
    )
