"""Every refusal has a sentence with a remedy, in Japanese and in English."""

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import voting
from voting.core.errors import Refusal
from voting.core.faults import NoMotion, StatuteAsksConsent, TextMissing
from voting.core.japanese_dates import WrongWeekday
from voting.core.permissions import Act, NotAllowed, Officer, Role, not_allowed
from voting.core.rules import BodyKind
from voting.i18n import LANGUAGES, catalogue, lines, sentence, word
from voting.services.casting.answers import BadChoices
from voting.services.casting.ballots import RequestReused
from voting.services.desk.papers import ArrivesInFuture
from voting.services.errors import NotThatFar, PeriodOver
from voting.services.faults import UnsoundDocket
from voting.services.register.rolls import SheetHasErrors


def all_refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(voting.__path__, "voting."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted(_family(Refusal), key=lambda each: each.code)


def _family(base: type[Refusal]) -> Iterator[type[Refusal]]:
    yield base
    for each in base.__subclasses__():
        yield from _family(each)


REFUSALS = all_refusals()


def test_the_search_finds_them() -> None:
    assert len(REFUSALS) > 80


def test_no_two_refusals_share_a_code() -> None:
    codes = [each.code for each in REFUSALS]

    assert sorted(set(codes)) == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    without = [each.code for each in REFUSALS if not catalogue().get(each.code, {}).get(language)]

    assert without == []


def test_a_close_at_midnight_is_refused_in_the_words_of_the_notice() -> None:
    refused = PeriodOver(datetime(2024, 10, 4, 15, tzinfo=UTC))

    assert sentence(refused).startswith("この総会は令和6年10月4日(金)23時59分に締め切りました。")
    assert "2024-10-04 23:59 JST" in sentence(refused, "en")


def test_no_sentence_is_left_over() -> None:
    assert set(catalogue()) - {each.code for each in REFUSALS} == set()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: each.code)
def test_a_sentence_speaks_of_facts_that_the_refusal_has(refusal: type[Refusal]) -> None:
    facts = set(getattr(refusal, "__dataclass_fields__", {}))

    for language in LANGUAGES:
        template = catalogue().get(refusal.code, {}).get(language, "")
        named = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        assert named <= facts, f"{refusal.code} {language}"


@pytest.mark.parametrize(
    ("refusal", "ja", "en"),
    [
        (BadChoices((1, 3)), "議案番号 1、3", "numbers 1, 3"),
        (RequestReused(7), "受付番号 R-000007", "receipt R-000007"),
        (NotThatFar("tally", "close"), "「集計」の前に、「締切」が必要です", '"tally" needs "close" first'),
        (
            NotAllowed("a", Role.CHAIR, Act.COUNT),
            "には「集計」の権限がありません。「集計」は、次の役割の担当者が行います: 事務局管理者",
            'a (chair) may not do "count". These roles may: administrator.',
        ),
        (
            not_allowed(Officer("a", "甲", Role.ADMINISTRATOR), Act.CORRECT),
            "「結果の訂正」は二人で行います。申請: 議長・共同代表。承認: 監事・立会人",
            "proposed by chair, approved by auditor",
        ),
        (StatuteAsksConsent("x", BodyKind.NPO, "第1条"), "特定非営利活動法人", "NPO corporation"),
        (
            ArrivesInFuture(datetime(2026, 6, 1, 15, tzinfo=UTC)),
            "令和8年6月2日(火)0時00分",
            "2026-06-02 00:00 JST",
        ),
        (WrongWeekday("x", date(2026, 6, 2)), "令和8年6月2日(火)", "2026-06-02 (Tue)"),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_facts_are_printed_as_people_write_them(refusal: Refusal, ja: str, en: str) -> None:
    assert ja in sentence(refusal)
    assert en in sentence(refusal, "en")


def test_somebodys_text_is_never_taken_for_a_template() -> None:
    assert "{where}{0.__class__}" in sentence(TextMissing("{where}{0.__class__}"))


def test_many_faults_are_told_one_by_one() -> None:
    refusal = UnsoundDocket((NoMotion("motion"), TextMissing("body.name")))

    assert lines(refusal, "en") == (
        "The assembly cannot be held as drafted. Please mend the following.",
        "motion: there is nothing to vote upon.",
        "body.name: the text is empty. Please fill it in.",
    )


def test_findings_of_a_sheet_follow_in_their_own_words() -> None:
    assert lines(SheetHasErrors(("3行目: 会員番号がありません。",)))[1:] == ("3行目: 会員番号がありません。",)


def test_a_refusal_without_parts_is_one_line() -> None:
    assert len(lines(NoMotion("motion"))) == 1


def test_every_step_that_a_refusal_names_has_a_word() -> None:
    modules = (Path(voting.__file__).parent).rglob("*.py")
    calls = [re.findall(r'NotThatFar\("([a-z-]+)", "([a-z-]+)"', each.read_text("utf-8")) for each in modules]
    steps = {step for pairs in calls for pair in pairs for step in pair}

    assert len(steps) > 10
    assert {step for step in steps if word(step, "ja") == step} == set()
