"""Every finding can be told to people, and every sentence is about a finding that exists."""

import re
from pathlib import Path

import pytest

from voting.sheets.assembly_wording import FAULT_SENTENCES
from voting.sheets.finding_wording import SENTENCES, finding_text
from voting.sheets.findings import Finding, Level
from voting.sheets.roll_wording import ROLL_SENTENCES
from voting.sheets.roll_wording_en import ROLL_SENTENCES_EN

SOURCES = Path(__file__).parents[2] / "voting" / "sheets"
REPORTED = re.compile(r"report\.(?:info|warn|error|skip)\(\s*\"([a-z-]+)\"")
NAMED = (
    "roll_sheet",
    "roll_checks",
    "roll_others",
    "roll_form",
    "table_row",
    "ballot_sheet",
    "fact_sheets",
    "cells",
)


def test_every_code_that_is_reported_has_its_sentence() -> None:
    sources = "".join((SOURCES / f"{name}.py").read_text("utf-8") for name in NAMED)
    reported = set(REPORTED.findall(sources))

    assert len(reported) > 30
    assert reported - set(SENTENCES) == set()


def test_every_sentence_belongs_to_a_code_that_is_reported() -> None:
    sources = "".join((SOURCES / f"{name}.py").read_text("utf-8") for name in (*NAMED, "finding_wording"))
    made = {f"{name}-unknown" for name in ("channel", "proxy")}

    assert {code for code in SENTENCES if f'"{code}"' not in sources} - made == set()


@pytest.mark.parametrize("sentence", [*SENTENCES.values(), *FAULT_SENTENCES.values()])
def test_every_sentence_is_finished(sentence: str) -> None:
    assert sentence.endswith("。")


def test_every_sentence_about_a_roll_is_there_in_english_with_the_same_facts() -> None:
    facts = re.compile(r"{(\w+)}")

    assert set(ROLL_SENTENCES_EN) == set(ROLL_SENTENCES)
    for code, japanese in ROLL_SENTENCES.items():
        english = ROLL_SENTENCES_EN[code]
        assert sorted(facts.findall(english)) == sorted(facts.findall(japanese)), code
        assert english.endswith((".", "?")), code


def test_a_finding_without_a_member_names_its_row_alone() -> None:
    assert finding_text(Finding(15, "", Level.SKIPPED, "row-total")).startswith("15行目: ")


def test_braces_in_a_cell_are_harmless() -> None:
    facts = {"column": "入会日", "text": "{text.__class__}"}

    assert "{text.__class__}" in finding_text(Finding(2, "M1", Level.ERROR, "date-unreadable", facts))
