"""結果の訂正の通知: which version, why, and both numbers beside each other."""

import pytest

from tests.documents.archives import failures
from tests.documents.letters import correction
from tests.documents.reading import squeezed, text_of
from voting.documents.correction_pdf import render_correction


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
        "賛成680票(うちみなし268票)、反対1票",
        "10月3日の停止",
        f"第1版result.jsonSHA-256{1:064x}",
        f"第2版result.jsonSHA-256{2:064x}",
        "https://vote.example.jp/",
        "以上",
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
