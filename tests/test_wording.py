"""The sentences that page, paper and mail share: generated from rules and numbers, never typed."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.documents import council
from tests.documents.council import COUNCIL, SCHEDULE, SEED, TOKYO, counted, docket
from voting import wording
from voting.core.assembly import Schedule
from voting.core.motions import Method, Motion, MotionKind
from voting.core.result import (
    MotionResult,
    Numbers,
    Outcome,
    Parts,
    ThresholdResult,
)
from voting.core.rules import (
    NAMED_REQUIREMENTS,
    Base,
    Counted,
    Relation,
    Rules,
    Threshold,
    Unit,
)
from voting.core.votes import ONE_VOTE

HALF = Fraction(1, 2)
FIRST = council.MOTIONS[0]


def one(numbers: Numbers, **how: object) -> MotionResult:
    return MotionResult(1, FIRST.title, counted(numbers, **how))  # type: ignore[arg-type]


def test_the_headline_is_the_published_line_with_the_deemed_votes_told_apart():
    assert wording.headline(one(SEED)) == "賛成680票(うち未提出によるみなし賛成268票)、反対1票"


def test_the_headline_names_every_source_of_a_vote_and_every_class_present():
    numbers = Numbers(
        in_favour=Parts(expressed=390, proxy=3, blank=2, deemed=270),
        against=Parts(expressed=7),
        abstain=Parts(expressed=4),
        invalid=5,
    )

    assert wording.headline(one(numbers)) == (
        "賛成665票(うち委任3票、無記入によるみなし賛成2票、未提出によるみなし賛成270票)、反対7票、棄権4票、無効5票"
    )


def test_an_election_has_one_headline_a_candidate():
    assert wording.headline(council.CONFIDENCE).split("\n") == [
        "田辺市 信任680票(うち未提出によるみなし信任268票)、不信任1票",
        "那須町 信任330票(うち未提出によるみなし信任250票)、不信任351票",
    ]
    assert wording.headline(council.PLURALITY).split("\n")[0] == "𠮷野町 150票"


def test_the_full_line_adds_up_to_the_roll():
    numbers = Numbers(
        in_favour=Parts(400), against=Parts(1), late=2, undelivered=3, left=1, barred=1, not_counted=273
    )

    assert wording.full_line(counted(numbers)) == (
        "賛成400票、反対1票、除外(期限後到着)2票、除外(未着)3票、除外(退会)1票、除斥1票、未算入273票、計681票"
    )


def test_votes_have_commas_and_keep_their_decimals():
    assert wording.votes_words(1268 * ONE_VOTE) == "1,268票"
    assert wording.votes_words(1_234_500_000) == "1,234.5票"


def test_the_requirement_names_its_base_and_the_number_needed():
    assert (
        wording.requirement(docket(), FIRST, counted(SEED)) == "出席会員(みなしを含む。)の過半数(341票以上)"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("majority", "出席会員(みなしを含む。)の過半数"),
        ("two_thirds", "出席会員(みなしを含む。)の3分の2以上"),
        ("three_quarters", "出席会員(みなしを含む。)の4分の3以上"),
        ("majority_of_roll", "会員総数の過半数"),
        ("two_thirds_of_roll", "会員総数の3分の2以上"),
        ("unanimous", "会員総数の全員の賛成"),
    ],
)
def test_each_named_requirement_has_its_words(name, words):
    rules = replace(COUNCIL, requires=NAMED_REQUIREMENTS[name])

    assert wording.requirement(docket(rules=rules), FIRST) == words


def test_more_than_half_and_at_least_half_are_two_different_words():
    half = replace(COUNCIL, requires=(Threshold(Counted.FOR, Relation.AT_LEAST, HALF, Base.YES_NO),))

    assert wording.requirement(docket(rules=half), FIRST) == "賛否の表示をした会員の半数以上"


def test_several_tests_are_joined_and_each_names_what_it_counts():
    rules = Rules(
        requires=(
            Threshold(Counted.RETURNED, Relation.AT_LEAST, Fraction(3, 4), Base.ROLL),
            Threshold(Counted.ABSTAIN, Relation.LESS_THAN, Fraction(3, 10), Base.RETURNED),
            Threshold(Counted.FOR, Relation.MORE_THAN, HALF, Base.ROLL, Unit.MEMBERS, "公"),
        )
    )

    assert wording.requirement(docket(rules=rules), FIRST) == (
        "提出が会員総数の4分の3以上、かつ、棄権が表決書を提出した会員の10分の3未満、"
        "かつ、賛成が区分「公」の会員総数の会員数の過半数"
    )


def test_with_broken_votes_the_exact_bound_has_to_be_passed():
    votes = Numbers(in_favour=Parts(expressed=1_500_000), against=Parts(expressed=500_000))
    count = replace(
        counted(Numbers(in_favour=Parts(1), against=Parts(1))),
        votes=votes,
        tests=(ThresholdResult(council.MAJORITY[0], 1_500_000, 2_000_000, "1", True),),
    )

    assert (
        wording.requirement(docket(), FIRST, count)
        == "出席会員(みなしを含む。)の議決権の過半数(1票を超える数)"
    )


def test_a_plurality_asks_for_the_most_votes():
    assert wording.requirement(docket(), council.ELECTION_BY_PLURALITY) == "得票の多い順に1人"


def test_a_condition_is_told_before_and_after():
    second = council.MOTIONS[1]
    came_true = {1: Outcome.CARRIED, 2: Outcome.CARRIED, 3: Outcome.CARRIED}
    failed = {1: Outcome.REJECTED, 2: Outcome.CONDITION_FAILED, 3: Outcome.CONDITION_FAILED}

    assert wording.condition_text(docket(), FIRST) == ""
    assert wording.condition_text(docket(), second) == "第1号議案の可決を条件とします。"
    assert wording.condition_text(docket(), second, came_true) == (
        "条件とした第1号議案の可決により、条件は成就しました。"
    )
    assert wording.condition_text(docket(), second, failed) == (
        "第1号議案の否決により、本議案は効力を生じません(条件不成就)。"
    )


def test_a_motion_that_depends_on_an_election_waits_for_the_elected():
    election = Motion(
        1, "選出", kind=MotionKind.ELECTION, method=Method.SLATE, seats=1, candidates=("長野県",)
    )
    after = Motion(2, "就任について", depends_on=(1,))

    assert wording.condition_text(docket(election, after), after) == "第1号議案の選出を条件とします。"


def test_every_outcome_has_one_word():
    assert len({wording.outcome_word(outcome) for outcome in Outcome}) == len(Outcome)
    assert wording.outcome_word(Outcome.REJECTED, wording.ON_PERSONS) == "不信任"


def test_a_close_at_midnight_is_printed_as_the_last_minute_of_the_day_before():
    assert wording.period_text(SCHEDULE) == "令和6年9月27日(金)から10月4日(金)23時59分まで"
    assert wording.closing_text(SCHEDULE) == "令和6年10月4日(金)23時59分"


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ((2024, 9, 27, 9), (2024, 10, 4, 17), "令和6年9月27日(金)9時から10月4日(金)17時まで"),
        ((2024, 12, 27), (2025, 1, 10, 17, 30), "令和6年12月27日(金)から令和7年1月10日(金)17時30分まで"),
        ((2024, 9, 27), (2024, 10, 4, 17, 0, 30), "令和6年9月27日(金)から10月4日(金)17時00分30秒まで"),
        ((2019, 4, 26), (2019, 5, 8), "平成31年4月26日(金)から令和元年5月7日(火)23時59分まで"),
    ],
)
def test_a_period_names_the_times_it_needs(opens, closes, words):
    schedule = Schedule(date(2019, 1, 1), datetime(*opens, tzinfo=TOKYO), datetime(*closes, tzinfo=TOKYO))

    assert wording.period_text(schedule) == words


def test_an_instant_is_told_in_japanese_time():
    received = datetime.fromisoformat("2024-10-02T01:00:59+00:00")

    assert wording.instant_text(received) == "令和6年10月2日(水)10時00分"
