"""送付状 and FAX送付状: whom it goes to, what is enclosed, by when an answer is due."""

import io
from dataclasses import replace

import pikepdf
import pytest

from tests.documents.archives import failures
from tests.documents.post import COVER, addressed, several
from tests.documents.reading import squeezed, text_of
from voting.documents.cover_pdf import render_covers
from voting.documents.facts_post import Way


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
