"""結果の訂正の通知: which version, why, and both numbers beside each other."""

import pytest

from tests.documents.archives import failures
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.letters import HEAD, correction, english_correction
from tests.documents.reading import squeezed, text_of
from voting.documents.correction_pdf import render_correction
from voting.documents.facts_letter import CorrectionFacts


def test_the_letter_says_what_it_replaces_why_and_both_numbers(tmp_path):
    text = squeezed(text_of(render_correction(correction()), tmp_path))

    order = (
        "訂正版(第2版)",
        "会員各位",
        "結果の訂正について(通知)",
        "公表した結果(第1版)を",
        "別表の転記に誤りがあったため",
        "監事田辺市",
        "議案第1版(誤)第2版(正)",
        "賛成680票(うち未提出268票)、反対1票",
        "10月3日の停止",
        f"第1版result.jsonSHA-256{1:064x}",
        f"第2版result.jsonSHA-256{2:064x}",
        "https://vote.example.jp/",
        "以上",
        "担当及び連絡先",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_the_mark_stands_on_every_page(tmp_path):
    pages = text_of(render_correction(correction(60)), tmp_path).split("\f")

    assert len(pages) > 2
    assert all("訂正版" in squeezed(page) for page in pages[:-1])


@pytest.mark.parametrize("facts", [correction(1), correction(12, title="長い題名" * 20)])
def test_the_letter_can_be_archived_and_read_out(facts):
    pdf = render_correction(facts)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_correction(facts)


def office(facts: CorrectionFacts) -> tuple[str, ...]:
    titles = (facts.docket.assembly.title, facts.docket.body.name, facts.contact, facts.reason)
    return (*titles, HEAD.number, *HEAD.sender, *facts.approved, *facts.incidents)


def test_the_translation_is_english_and_what_the_office_wrote_is_marked_as_japanese(tmp_path):
    facts = english_correction()
    pdf = render_correction(facts)

    text = " ".join(text_of(pdf, tmp_path).split())
    for words in (
        "Translation for reference. The letter in Japanese prevails.",
        "Corrected (version 2)",
        "Version 1 (wrong)",
        "no change",
        "As below. No outcome changed.",
    ):
        assert words in text
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    assert left_in_japanese(text, office(facts)) == []
