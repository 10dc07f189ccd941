"""A motion as a paper."""

from tests.documents.reading import squeezed, text_of
from voting.documents.motion_pdf import render_motion_paper

BODY, ASSEMBLY = "全国二地域居住等促進協議会", "令和6年度臨時総会"


def test_the_paper_names_assembly_number_title_and_text(tmp_path):
    pdf = render_motion_paper(
        BODY, ASSEMBLY, 2, "規約の改正について", "奈良県葛\U000e0100城市ほか。\n\n1 名称"
    )

    text = squeezed(text_of(pdf, tmp_path))

    order = ["令和6年度臨時総会", "第2号議案", "規約の改正について", "葛\U000e0100城市ほか。", "1名称", BODY]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_the_same_motion_is_the_same_file_so_that_its_digest_can_be_printed():
    given = (BODY, ASSEMBLY, 1, "改組について", "本文")

    first = render_motion_paper(*given)
    render_motion_paper(BODY, ASSEMBLY, 2, "別の議案", "𠮷野町")

    assert render_motion_paper(*given) == first
