"""正誤表: place, wrong and right beside each other, bound to the paper by its digest."""

import pytest

from tests.documents.archives import failures
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.letters import HEAD, english_errata, errata
from tests.documents.reading import squeezed, text_of
from voting.documents.errata_pdf import render_errata
from voting.documents.facts_letter import ErrataFacts


def test_the_list_says_its_lines_in_the_order_of_a_letter(tmp_path):
    text = squeezed(text_of(render_errata(errata()), tmp_path))

    order = (
        "全二協第43号",
        "令和6年9月30日",
        "会員各位",
        "会長長野県知事架空太郎",
        "（公印省略）",
        "資料の正誤について(通知)",
        "おわびして訂正します",
        "転記の誤り",
        "第1号議案gian1.pdf",
        "箇所誤正",
        "1ページ1行目令和6年4月1日から施行する。令和7年4月1日から施行する。",
        f"資料のSHA-256{1:064x}",
        "既に提出された表決書は、そのまま有効です。",
        "以上",
        "事務局(電話00-0000-0000)",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_twelve_papers_with_long_names_are_all_named_with_their_digests(tmp_path):
    facts = errata(12, 4, name="架空の資料の名称" * 9 + "その{}.pdf")

    text = squeezed(text_of(render_errata(facts), tmp_path))

    for table in facts.tables:
        assert table.sha256 in text
        assert squeezed(table.head) in text


@pytest.mark.parametrize("facts", [errata(), errata(12, 4)])
def test_the_list_can_be_archived_and_read_out(facts):
    pdf = render_errata(facts)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_errata(facts)


def office(facts: ErrataFacts) -> tuple[str, ...]:
    rows = (text for table in facts.tables for row in table.rows for text in row)
    return (facts.docket.assembly.title, HEAD.number, *HEAD.sender, facts.contact, *rows)


def test_the_translation_is_english_and_what_the_office_wrote_is_marked_as_japanese(tmp_path):
    facts = english_errata()
    pdf = render_errata(facts)

    text = " ".join(text_of(pdf, tmp_path).split())
    for words in (
        "Translation for reference. The list of errata in Japanese prevails.",
        "Motion 1: gian1.pdf",
        "Right",
        "SHA-256: 0000",
    ):
        assert words in text
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    assert left_in_japanese(text, office(facts)) == []
