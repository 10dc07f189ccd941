"""Every fixed word of a paper is there in English, and says the same values."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given

import voting
from tests.core.invented import World, docket_of, roll_of, worlds
from tests.documents.english import left_in_japanese
from voting.ledger.wording import MARK_WORDS
from voting.services.printing.handover_facts import ACTS, ROLES, STEPS
from voting.wording import KEPT_NAMES
from voting.wording.paper_terms_english import PAPER_SENTENCES
from voting.wording.papers import PAPERS
from voting.wording.papers_english import PAPER_TERMS
from voting.wording.receipts import REFUSALS, STAGES
from voting.wording.receipts_english import MARKS
from voting.wording.receipts_english import REFUSALS as IN_ENGLISH

VALUE = re.compile(r"\{(\w+)\}")


def constants() -> Iterator[str]:
    """Every text that stands in a module of papers or of the services that make their facts."""
    folder = Path(voting.__file__).parent
    for part in ("documents", "services", "wording"):
        for path in (folder / part).rglob("*.py"):
            if path.name.endswith("_english.py") or path.name == "english_terms.py":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def said() -> Iterator[str]:
    """The fixed words that papers and services ask a language for."""
    folder = Path(voting.__file__).parent
    for part in ("documents", "services"):
        for path in (folder / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("term", "says"):
                    yield from (
                        each.value
                        for each in ast.walk(node.args[0])
                        if isinstance(each, ast.Constant) and isinstance(each.value, str)
                    )


def test_every_word_that_a_paper_says_is_there_in_english() -> None:
    assert sorted(set(said()) - set(PAPER_TERMS)) == []


@pytest.mark.parametrize("words", [STAGES, KEPT_NAMES, STEPS, ROLES, ACTS])
def test_every_word_that_a_table_has_for_a_code_is_there_in_english(words: Mapping[object, str]) -> None:
    assert sorted(set(words.values()) - set(PAPER_TERMS)) == []
    assert len({PAPER_TERMS[word] for word in words.values()}) == len(words)


def test_no_sentence_is_left_over() -> None:
    assert sorted(set(PAPER_SENTENCES) - set(constants())) == []


@pytest.mark.parametrize("japanese", sorted(PAPER_SENTENCES))
def test_the_english_sentence_names_the_same_values(japanese: str) -> None:
    text = PAPER_TERMS[japanese]

    assert sorted(set(VALUE.findall(text))) == sorted(set(VALUE.findall(japanese)))
    assert left_in_japanese(text, ()) == []


@given(worlds())
def test_every_rule_is_told_in_english_sentence_by_sentence(invented: World) -> None:
    docket = docket_of(invented)
    japanese, english = PAPERS["ja"], PAPERS["en"]

    assert len(english.rules(docket)) == len(japanese.rules(docket))
    assert len(english.form_notes(docket)) == len(japanese.form_notes(docket))
    for chair, member in ((True, True), (True, False), (False, True)):
        told = english.proxy_notes(docket, chair=chair, member=member)
        assert len(told) == len(japanese.proxy_notes(docket, chair=chair, member=member))
    said = (
        *english.rules(docket),
        english.change(docket),
        *english.proxy_notes(docket, chair=True, member=True),
        *(english.requirement(docket, motion, None) for motion in docket.motions),
        *(english.condition(docket, motion) for motion in docket.motions),
    )
    categories = {member.category for member in roll_of(invented).entries if member.category}
    assert left_in_japanese(" ".join(said), (*docket.rules.clauses.values(), *categories)) == []


@pytest.mark.parametrize(("japanese", "english"), [(REFUSALS, IN_ENGLISH), (MARK_WORDS, MARKS)])
def test_what_is_told_apart_in_japanese_is_told_apart_in_english(
    japanese: Mapping[str, str], english: Mapping[str, str]
) -> None:
    assert set(english) == set(japanese)
    assert len(set(english.values())) == len(english)
