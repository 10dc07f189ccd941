"""What services say on a page is there in English, tells the same apart, and leaves no Japanese of ours."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

import voting
from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from tests.documents.english import figures, left_in_japanese
from voting.core.tally import count
from voting.services.casting.own_vote import counted_lines
from voting.wording.during import CHANGES, Change
from voting.wording.incidents import INCIDENTS
from voting.wording.page_sentences_english import PAGE_SENTENCES
from voting.wording.pages import PAGES
from voting.wording.results import motion_questions

JAPANESE, ENGLISH = PAGES["ja"], PAGES["en"]
VALUE = re.compile(r"\{(\w+)\}")
AT = datetime(2026, 6, 2, 1, tzinfo=UTC)


def told() -> Iterator[str]:
    """The fixed sentences that services ask a language for."""
    for path in (Path(voting.__file__).parent / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "tell":
                yield from (
                    each.value
                    for each in node.args
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )


def test_every_sentence_that_a_service_tells_is_there_in_english() -> None:
    # The two words for the record are told where they come from a variable.
    assert set(PAGE_SENTENCES) - set(told()) == {"締切後の記録", "最終の記録"}
    assert sorted(set(told()) - set(PAGE_SENTENCES)) == []


@pytest.mark.parametrize("japanese", sorted(PAGE_SENTENCES))
def test_the_english_sentence_names_the_same_values(japanese: str) -> None:
    text = PAGE_SENTENCES[japanese]

    assert sorted(VALUE.findall(text)) == sorted(VALUE.findall(japanese))
    assert left_in_japanese(text, ()) == []


def names_of(invented: World) -> tuple[str, ...]:
    docket = docket_of(invented)
    categories = (each.category for each in roll_of(invented).entries if each.category)
    candidates = (each for motion in docket.motions for each in motion.candidates)
    return (*docket.rules.clauses.values(), *categories, *candidates)


@settings(max_examples=100)
@given(worlds())
def test_in_any_assembly_members_are_told_the_same_in_english(invented: World) -> None:
    docket, facts, sent = docket_of(invented), facts_of(invented), ballots_of(invented)
    for entry in roll_of(invented).entries:
        own = [each for each in sent if each.member_id == entry.member_id]
        japanese = counted_lines(docket, entry.member_id, own, facts)
        english = counted_lines(docket, entry.member_id, own, facts, ENGLISH)

        assert [each.place for each in english] == [each.place for each in japanese]
        for ours, theirs in zip(english, japanese, strict=True):
            text = f"{ours.label} {ours.counted} {ours.reason}"
            assert left_in_japanese(text, names_of(invented)) == []
            assert ours.reason.endswith(".")
            assert re.findall(r"R-[0-9]{6}", ours.reason) == re.findall(r"R-[0-9]{6}", theirs.reason)


@settings(max_examples=100)
@given(worlds())
def test_in_any_assembly_the_public_is_told_the_same_in_english(invented: World) -> None:
    docket = docket_of(invented)
    result = count(docket, roll_of(invented), ballots_of(invented), facts_of(invented))
    ours, theirs = ENGLISH.result, JAPANESE.result

    assert len(ours.flags(docket, result)) == len(theirs.flags(docket, result))
    for one in result.motions:
        assert len(ours.headline(one).split("\n")) == len(theirs.headline(one).split("\n"))
        assert left_in_japanese(ours.headline(one), names_of(invented)) == []
        for question in motion_questions(docket, one):
            for say in ("line", "without_deemed"):
                english = getattr(ours, say)(question.count, question.words)
                assert left_in_japanese(english, ()) == []
                assert figures(english) == figures(getattr(theirs, say)(question.count, question.words))


@given(worlds())
def test_what_stands_on_a_ballot_is_told_in_english(invented: World) -> None:
    docket = docket_of(invented)
    said = [ENGLISH.silence(docket), ENGLISH.may_change(docket), ENGLISH.closing(docket.assembly.schedule)]
    said += [ENGLISH.condition(docket, motion) for motion in docket.motions]

    assert left_in_japanese(" ".join(said), names_of(invented)) == []
    assert [bool(ENGLISH.condition(docket, each)) for each in docket.motions] == [
        bool(JAPANESE.condition(docket, each)) for each in docket.motions
    ]


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_a_change_keeps_the_reason_as_it_was_given(what: str) -> None:
    said = ENGLISH.change(Change(what, AT, (), "会場の<都合>"))

    assert said.startswith("2026-06-02 10:00 JST: ")
    assert said.endswith(" Reason: 会場の<都合>")


@pytest.mark.parametrize("kind", sorted(INCIDENTS))
def test_an_incident_keeps_the_words_of_the_office(kind: str) -> None:
    said = ENGLISH.incident(AT, AT, f"{kind}: 回線の工事")

    assert said.startswith("2026-06-02 10:00 JST to 2026-06-02 10:00 JST: ")
    assert left_in_japanese(said, ["回線の工事"]) == []


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes left"),
        (1, "1 minute left"),
        (61, "1 hour 1 minute left"),
        (3 * 1440 + 120, "3 days and 2 hours left"),
    ],
)
def test_the_time_left_is_told_in_english(minutes: int, said: str) -> None:
    assert ENGLISH.left(minutes) == said


def test_both_say_the_same_of_every_level() -> None:
    assert set(ENGLISH.result.bundles) == set(JAPANESE.result.bundles)
    assert set(ENGLISH.paper.disclosures) == set(JAPANESE.paper.disclosures)


def test_who_certified_is_named_with_the_role_in_english() -> None:
    assert ENGLISH.result.signer("議長 架空　太郎") == "Chair 架空　太郎"
    assert ENGLISH.result.signer("架空　太郎") == "架空　太郎"
