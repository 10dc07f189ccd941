"""What a motion must reach, and on what it depends: never the bare word 過半数 without its base."""

from collections.abc import Mapping
from fractions import Fraction

from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.core.result import Count, Outcome, ThresholdResult
from voting.core.rules import Base, Counted, NonSubmission, Relation, Threshold, Unit
from voting.core.votes import ONE_VOTE
from voting.wording.numbers import (
    OUTCOMES,
    ChoiceWords,
    choice_words,
    is_weighted,
    motion_label,
    success_word,
)


def requirement(docket: Docket, motion: Motion, count: Count | None = None) -> str:
    """What a motion must reach, with the base in words: never the bare word 過半数.

    With *count* the number that was needed is added: ``出席会員(みなしを含む。)の過半数(341票以上)``.
    """
    if motion.method is Method.PLURALITY:
        return f"得票の多い順に{motion.seats}人"
    tests = docket.requires(motion)
    applied: tuple[ThresholdResult | None, ...] = (count.tests if count else ()) or (None,) * len(tests)
    weighted = count is not None and is_weighted(count)
    deemed = docket.non_submission(motion) is not NonSubmission.NOT_COUNTED
    words = choice_words(motion)
    several = len(tests) > 1
    return "、かつ、".join(
        _test_words(test, result, words=words, deemed=deemed, weighted=weighted, several=several)
        for test, result in zip(tests, applied, strict=True)
    )


def _test_words(
    test: Threshold,
    result: ThresholdResult | None,
    *,
    words: ChoiceWords,
    deemed: bool,
    weighted: bool,
    several: bool,
) -> str:
    counted = {
        Counted.FOR: words.favour,
        Counted.AGAINST: words.against,
        Counted.ABSTAIN: "棄権",
        Counted.RETURNED: "提出",
        Counted.PRESENT: "出席",
    }[test.count]
    subject = f"{counted}が" if several or test.count is not Counted.FOR else ""
    unit = "会員" if test.by is Unit.MEMBERS else "票"
    measured = "の会員数" if test.by is Unit.MEMBERS else "の議決権" if weighted else ""
    whose = f"区分「{test.category}」の" if test.category else ""
    needed = f"({_needed_words(result, unit)})" if result else ""
    return f"{subject}{whose}{base_words(test.of, deemed=deemed)}{measured}の{fraction_words(test)}{needed}"


def base_words(base: Base, *, deemed: bool) -> str:
    """A base in words.  Source: rules R5; domain research 2.38."""
    return {
        Base.ROLL: "会員総数",
        Base.PRESENT: "出席会員(みなしを含む。)" if deemed else "出席会員(表決書提出者及び委任者)",
        Base.VALID: "有効投票",
        Base.YES_NO: "賛否の表示をした会員",
        Base.RETURNED: "表決書を提出した会員",
    }[base]


def fraction_words(test: Threshold) -> str:
    """``過半数``, ``3分の2以上``, ``全員`` ...: 過半数 is more than half, 半数以上 at least half."""
    share, relation = test.fraction, test.relation
    if share == Fraction(1, 2):
        halves = {
            Relation.MORE_THAN: "過半数",
            Relation.AT_LEAST: "半数以上",
            Relation.LESS_THAN: "半数未満",
            Relation.AT_MOST: "半数以下",
        }
        return halves[relation]
    amount = "全数" if share == 1 else f"{share.denominator}分の{share.numerator}"
    if share == 1 and relation is Relation.AT_LEAST:
        return "全員の賛成" if test.count is Counted.FOR else amount
    return amount + _RELATIONS[relation]


_RELATIONS = {
    Relation.MORE_THAN: "を超える数",
    Relation.AT_LEAST: "以上",
    Relation.LESS_THAN: "未満",
    Relation.AT_MOST: "以下",
}


def _needed_words(result: ThresholdResult, unit: str) -> str:
    """The number needed: a whole one is reached or kept, an exact bound is passed or not.

    Source  count-interface.md, ``needed``.
    """
    test, needed = result.test, Fraction(result.needed)
    base = Fraction(result.base, 1 if test.by is Unit.MEMBERS else ONE_VOTE)
    bound = base * test.fraction
    strict = test.relation in (Relation.MORE_THAN, Relation.LESS_THAN)
    upward = test.relation in (Relation.MORE_THAN, Relation.AT_LEAST)
    figure = f"{needed.numerator:,}" if needed.denominator == 1 else result.needed
    if strict and needed == bound:
        return f"{figure}{unit}を超える数" if upward else f"{figure}{unit}未満"
    return f"{figure}{unit}以上" if upward else f"{figure}{unit}以下"


def condition_text(docket: Docket, motion: Motion, results: Mapping[int, Outcome] | None = None) -> str:
    """On what a motion depends and, once counted, whether that came true; empty where on nothing."""
    if not motion.depends_on:
        return ""
    others = [docket.motion(number) for number in motion.depends_on]
    named = "及び".join(f"{motion_label(other)}の{success_word(other)}" for other in others)
    if results is None:
        return f"{named}を条件とします。"
    failed = [other for other in others if results[other.number] not in (Outcome.CARRIED, Outcome.ELECTED)]
    if results[motion.number] is Outcome.CONDITION_FAILED and failed:
        why = "及び".join(f"{motion_label(other)}の{OUTCOMES[results[other.number]]}" for other in failed)
        return f"{why}により、本議案は効力を生じません(条件不成就)。"
    if failed:
        return f"{named}を条件とします。"
    return f"条件とした{named}により、条件は成就しました。"
