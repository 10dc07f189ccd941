"""The rule card: what the settings of an assembly come to on its roll, in Japanese and in English."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.counting import COUNCIL_RULES, PLAIN, asks, docket, in_category, motion, roll
from voting.core.docket import Docket
from voting.core.members import Roll
from voting.core.motions import Method, MotionKind
from voting.core.rules import (
    NAMED_REQUIREMENTS,
    NonSubmission,
    Objections,
    Quorum,
    Tie,
    Unit,
)
from voting.wording import rule_sentences
from voting.wording.rule_card import rule_card

HALF = Fraction(1, 2)
COUNCIL = docket(motion(1), motion(2, depends_on=(1,)), motion(3, depends_on=(2,)))


def ja(asked: Docket, eligible: Roll) -> str:
    return "\n".join(rule_card(asked, eligible).lines_ja)


def en(asked: Docket, eligible: Roll) -> str:
    return "\n".join(rule_card(asked, eligible).lines_en)


def test_the_council_of_681_is_told_in_numbers_what_silence_and_objection_come_to() -> None:
    card = rule_card(COUNCIL, roll(681))

    assert card.lines_ja[:3] == (
        "名簿: 令和6年9月27日(金)現在、681会員、議決権681票。",
        "期間: 令和6年9月27日(金)から10月4日(金)23時59分まで。",
        "定足数の定めはありません。",
    )
    assert card.lines_ja[-9:] == (
        "次の数は、期限後の到着、通知の未着及び退会による除外がない場合のものです。",
        "第2号議案: 第1号議案の可決を条件とします。",
        "第3号議案: 第2号議案の可決を条件とします。",
        "各議案: 可決の要件は、出席会員(みなしを含む。)の過半数です。",
        "各議案: 全ての会員が賛否を示したときは、賛成341票以上で可決となります。",
        "各議案: 否決となるのは、341票以上が賛成以外(反対、棄権又は無効)の場合です"
        "(未提出は賛成に数えます。)。",
        "各議案: 提出が1通もないときは、みなし賛成681票により、可決となります。",
        "根拠: 未提出の取扱い 規約第12条第3項。",
        "根拠となる条項の記載がないもの: 書面による開催、議決要件、無記入の取扱い、期限後の取扱い、"
        "重複の取扱い。",
    )


def test_the_same_card_in_english() -> None:
    assert rule_card(COUNCIL, roll(681)).lines_en[-9:] == (
        "The numbers below suppose that nobody is left out as late, unreached or having left.",
        "Motion 2: takes effect only if motion 1 succeeds.",
        "Motion 3: takes effect only if motion 2 succeeds.",
        "Every motion: to carry it takes votes for more than half of those present (deemed votes included).",
        "Every motion: if every member votes for or against, it is carried by at least 341 votes for.",
        "Every motion: it is rejected by at least 341 votes other than for (against, abstention or invalid); "
        "silence counts as for.",
        "Every motion: if nobody answers, it is carried by 681 votes deemed for.",
        "Clauses: silence 規約第12条第3項.",
        "No clause is given for: holding it in writing, majority, unmarked motions, late ballots, "
        "several ballots.",
    )


def test_the_treatment_is_told_in_the_sentences_of_the_notice() -> None:
    lines = rule_card(COUNCIL, roll(681)).lines_ja

    assert lines[3 : 3 + len(rule_sentences(COUNCIL))] == rule_sentences(COUNCIL)


@pytest.mark.parametrize(
    ("members", "needed", "others"), [(680, "341", "340"), (681, "341", "341"), (1, "1", "1"), (2, "2", "1")]
)
def test_an_even_roll_is_rejected_by_half_of_it(members: int, needed: str, others: str) -> None:
    card = ja(docket(), roll(members))

    assert f"賛成{needed}票以上で可決" in card
    assert f"{others}票以上が賛成以外" in card


def test_where_silence_is_nothing_one_vote_may_be_enough() -> None:
    plain = docket(rules=PLAIN)

    assert "提出が1通もないときは、算入する票がなく、否決となります。" in ja(plain, roll(9))
    assert "ほかの会員が全て未提出のときは、1会員の賛成だけで可決となります。" in ja(plain, roll(9))
    assert "Motion 1: if all others are silent, 1 member for and it is carried." in en(plain, roll(9))


def test_two_thirds_of_the_roll_are_told_in_votes_and_silence_does_not_lower_them() -> None:
    rules = replace(PLAIN, requires=NAMED_REQUIREMENTS["two_thirds_of_roll"])
    card = ja(docket(rules=rules), roll(681))

    assert "可決の要件は、会員総数の3分の2以上です" in card
    assert "賛成454票以上で可決" in card
    assert "228票以上が賛成以外(反対、棄権又は無効)の場合" in card
    assert "454会員の賛成だけで可決" in card


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (NonSubmission.AGAINST, "みなし反対9票により、否決となります。"),
        (NonSubmission.ABSTAIN, "みなし棄権9票により、否決となります。"),
        (
            NonSubmission.PROXY_TO_CHAIR,
            "議長が賛成と決定すれば可決、議長が反対と決定すれば否決となります。議長の決定がないときは、棄権に数えます。",
        ),
    ],
)
def test_every_other_meaning_of_silence_is_told_with_its_outcome(setting: NonSubmission, words: str) -> None:
    assert words in ja(docket(rules=replace(COUNCIL_RULES, non_submission=setting)), roll(9))


def test_the_quorum_has_its_number_and_says_what_happens_if_nobody_answers() -> None:
    votes = docket(rules=replace(COUNCIL_RULES, quorum=Quorum(HALF)))
    heads = docket(rules=replace(COUNCIL_RULES, quorum=Quorum(HALF, by=Unit.MEMBERS, deemed=True)))

    assert "必要な提出は341票以上です。提出が1通もないときは、総会は成立しません。" in ja(votes, roll(681))
    assert "必要な提出は341会員以上です。" in ja(heads, roll(681))
    assert "総会は成立しません" not in ja(heads, roll(681))
    assert "That is at least 341 votes. If nobody answers, the assembly is not formed." in en(
        votes, roll(681)
    )


def test_a_tie_for_the_chair_is_told_with_its_numbers() -> None:
    chair = docket(rules=replace(PLAIN, tie=Tie.CHAIR))

    assert "賛成5票、反対5票の可否同数のときは、議長の決するところによります。" in ja(chair, roll(10))
    assert "6票以上が反対の場合" in ja(chair, roll(10))
    assert "可否同数のときは、議長の決するところによります。" in ja(chair, roll(9))
    assert "票の可否同数" not in ja(chair, roll(9))


def test_those_who_must_not_vote_are_taken_off_the_base() -> None:
    asked = docket(motion(1), motion(2, barred=("M0001",)))
    card = ja(asked, roll(10, votes={1: 5}))

    assert "第2号議案: 利害関係のある1会員、議決権5票は表決に加わりません。" in card
    assert "第1号議案: 全ての会員が賛否を示したときは、賛成8票以上で可決となります。" in card
    assert "第2号議案: 全ての会員が賛否を示したときは、賛成5票以上で可決となります。" in card


def test_with_unequal_votes_the_fewest_members_are_told() -> None:
    card = ja(docket(), roll(10, votes={1: 5, 2: 4}))

    assert "最少で2会員の反対だけで可決でなくなります(議決権の多い会員から数えています。)。" in card


def test_with_parts_of_votes_the_exact_bound_is_told() -> None:
    parts = Roll(tuple(replace(entry, votes=500_000) for entry in roll(5).entries))

    assert "賛成1.25票を超える数で可決となります。" in ja(docket(), parts)
    assert "1.25票以上が賛成以外" in ja(docket(), parts)
    assert "more than 1.25 votes for" in en(docket(), parts)


def test_objections_that_stop_a_motion_have_their_number() -> None:
    one = docket(rules=replace(COUNCIL_RULES, objections=Objections(count=1)))
    tenth = docket(rules=replace(COUNCIL_RULES, objections=Objections(fraction=Fraction(1, 10))))

    assert "表決書による反対が1会員以上となったときは、書面による決議を行わず、会議に付します。" in ja(
        one, roll(9)
    )
    assert "表決書による反対が69票以上" in ja(tenth, roll(681))


def test_several_tests_and_categories_are_each_told() -> None:
    iso = (
        asks("for", "at_least", "2/3", "yes_no", category="P"),
        asks("against", "at_most", "1/4", "yes_no"),
    )
    houses = Roll((*in_category("P", roll(30)), *in_category("O", roll(20, first=31))))
    card = ja(docket(rules=replace(PLAIN, requires=iso)), houses)

    assert "区分「P」の賛成20票以上、かつ、賛成38票以上で可決となります。" in card
    assert "区分「P」の11票以上が反対の場合又は13票以上が反対の場合です。" in card


def test_conditions_beside_the_votes_are_not_forgotten() -> None:
    ieee = (
        asks("returned", "at_least", "3/4", "roll"),
        asks("for", "at_least", "3/4", "yes_no"),
        asks("abstain", "less_than", "3/10", "returned"),
    )
    card = ja(docket(rules=replace(PLAIN, requires=ieee)), roll(100))

    assert "賛成75票以上で可決となります(ほかの要件も満たす場合に限ります。)。" in card
    assert "26票以上が反対の場合、又はほかの要件を満たさない場合です。" in card


def test_what_cannot_be_carried_at_all_is_said() -> None:
    nobody = replace(PLAIN, requires=(asks(category="いない区分"),))

    assert "全ての会員が賛成としても、要件を満たしません。" in ja(docket(rules=nobody), roll(9))


def test_elections_speak_of_confidence_and_of_the_most_votes() -> None:
    vote = {"kind": MotionKind.ELECTION, "seats": 2, "candidates": ("甲", "乙", "丙")}
    asked = docket(motion(1, method=Method.CONFIDENCE, **vote), motion(2, method=Method.PLURALITY, **vote))
    card = ja(asked, roll(9))

    assert "第1号議案: 候補者ごとの信任投票です(定数2人)。" in card
    assert "第1号議案: 全ての会員が賛否を示したときは、信任5票以上で可決となります。" in card
    assert "第2号議案: 得票の多い順に2人を選びます。提出がない会員は算入しません。" in card
    assert "Motion 2: the 2 with the most votes are elected." in en(asked, roll(9))


@pytest.mark.parametrize(
    "rules",
    [
        COUNCIL_RULES,
        PLAIN,
        replace(COUNCIL_RULES, quorum=Quorum(HALF), tie=Tie.CHAIR, objections=Objections(count=3)),
        replace(COUNCIL_RULES, clauses=dict.fromkeys(COUNCIL_RULES.clauses, "規約第1条") | {"late": "第2条"}),
    ],
)
def test_both_languages_have_the_same_lines(rules: object) -> None:
    vote = {"kind": MotionKind.ELECTION, "seats": 1, "candidates": ("甲", "乙")}
    asked = docket(
        motion(1),
        motion(2, method=Method.CONFIDENCE, **vote),
        motion(3, method=Method.SLATE, **(vote | {"seats": 2})),
        motion(4, method=Method.PLURALITY, **vote),
        rules=rules,  # type: ignore[arg-type]
    )
    card = rule_card(asked, roll(9))

    assert len(card.lines_ja) == len(card.lines_en)
    assert not any("第" in line and "議案" in line for line in card.lines_en)


def test_a_clause_of_a_rule_that_is_not_used_is_not_missed() -> None:
    given = dict.fromkeys(("written", "majority", "blank", "late", "duplicates"), "規約第1条")

    assert "記載がない" not in ja(docket(rules=replace(PLAIN, clauses=given)), roll(9))
