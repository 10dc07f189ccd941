"""送付状 and FAX送付状: whom it goes to, what is enclosed, by when an answer is due."""

import io
from dataclasses import replace

import pikepdf
import pytest

from tests.documents.archives import failures
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.post import COVER, addressed, english, several
from tests.documents.reading import squeezed, text_of
from voting.documents.cover_pdf import render_covers
from voting.documents.facts_post import CoverFacts, Way


def test_a_cover_says_whom_from_what_is_enclosed_and_by_when(tmp_path):
    text = squeezed(text_of(render_covers(COVER, several(1)), tmp_path))

    order = (
        "令和6年9月27日",
        "〒329-0001",
        "架空県架空郡架空1町大字架空1234番地",
        "担当花子様",
        "会長長野県知事架空太郎",
        "（公印省略）",
        "関係書類の送付について",
        "令和6年10月4日(金)23時59分までに到着するよう",
        "記開催案内1部",
        "議案書1部",
        "書面表決書1部",
        "以上",
        "電話00-0000-0000",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_a_fax_cover_has_both_numbers_the_sheets_and_what_to_do_where_it_went_astray(tmp_path):
    facts = replace(COVER, way=Way.FAX, pages=3)

    text = squeezed(text_of(render_covers(facts, several(2)), tmp_path))

    assert "送信先FAX00-0000-0001" in text
    assert "送信先FAX00-0000-0002" in text
    assert text.count("発信者FAX00-0000-9999") == text.count("3枚(本状を含む。)") == 2
    assert "破棄して" in text
    assert "公印" not in text


@pytest.mark.parametrize("way", Way)
def test_every_member_has_one_cover_on_one_page(way):
    name = "架空広域連合" * 13 + "組合"

    pdf = render_covers(replace(COVER, way=way), [addressed(1, name=name), *several(2)])

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 3


@pytest.mark.parametrize("way", Way)
def test_covers_can_be_archived_and_read_out(way):
    pdf = render_covers(replace(COVER, way=way), several(2))

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_covers(replace(COVER, way=way), several(2))


@pytest.mark.parametrize("facts", [COVER, english()], ids=["ja", "en"])
def test_a_paper_with_a_name_wider_than_the_page_is_enclosed_under_its_whole_name(facts, tmp_path):
    name = "架空広域連合" * 13 + "組合"

    text = squeezed(text_of(render_covers(replace(facts, enclosed=(name, "議案書")), several(1)), tmp_path))

    copies = "(1部)" if facts is COVER else "(1copy)"
    assert f"(1){name}{copies}(2)議案書{copies}" in text


def office(facts: CoverFacts) -> tuple[str, ...]:
    """What the office wrote, and the address as it stands on the envelope."""
    to = addressed(1)
    assembly, body = facts.docket.assembly.title, facts.docket.body.name
    return (assembly, body, *facts.letter.sender, *facts.enclosed, facts.contact, *to.to, to.address)


@pytest.mark.parametrize("way", Way)
def test_the_translation_is_english_and_the_address_stays_as_the_post_reads_it(way, tmp_path):
    facts = english(way, pages=3)
    pdf = render_covers(facts, several(1))

    text = " ".join(text_of(pdf, tmp_path).split())
    told = "fax cover" if way is Way.FAX else "cover"
    for words in (
        "27 September 2024",
        "担当 花子 様",
        f"Translation for reference. The {told} in Japanese prevails.",
        "(held in writing) as listed below. Please look through them",
        "so that it arrives by 4 October 2024, 23:59 (Japanese time).",
        "議案書 1 copy",
        "Contact 全国二地域居住等促進協議会事務局",
    ):
        assert words in text
    assert ("Fax to 00-0000-0001 Fax from 00-0000-9999 Sheets 3 (this one included)" in text) == (
        way is Way.FAX
    )
    assert ("please tell the contact above and destroy it." in text) == (way is Way.FAX)
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    assert left_in_japanese(text, office(facts)) == []


def test_the_translation_of_a_cover_with_nothing_enclosed_points_to_no_list(tmp_path):
    text = " ".join(text_of(render_covers(replace(english(), enclosed=()), several(1)), tmp_path).split())

    assert "(held in writing). Please look through them" in text
    assert "listed" not in text
