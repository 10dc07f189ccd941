"""The vocabulary of letters: what is written stands on the page, over as many pages as it needs."""

import io

import pypdf
import pytest

from tests.documents.reading import squeezed, text_of
from voting.documents.archive import Attachment
from voting.documents.chart import Bar, Shade
from voting.documents.frame import BOTTOM, MEASURE, TOP
from voting.documents.grid_columns import Column
from voting.documents.page import BODY, Paper
from voting.documents.typeface import NoGlyph

COLUMNS = (Column("会員番号", 1), Column("団体名", 3), Column("票数", 1, "right"))


def a_paper(**options) -> Paper:
    return Paper(title="試験の文書", author="試験協議会", **options)


def test_a_letter_says_its_lines_in_the_official_order(tmp_path):
    paper = a_paper()
    paper.letterhead(
        number="全二協第48号",
        date="令和6年10月8日",
        to=("会員各位",),
        sender=("全国二地域居住等促進協議会", "会長　長野県"),
        seal="（公印省略）",
    )
    paper.title("総会の結果について(報告)")
    paper.paragraph("下記のとおり報告します。")
    paper.centre("記")
    paper.item("期間", "令和6年9月27日(金)から10月4日(金)まで")
    paper.right("以上")

    read = squeezed(text_of(paper.finish(), tmp_path))

    order = [
        "第48号",
        "令和6年10月8日",
        "会員各位",
        "全国二地域",
        "会長",
        "公印省略",
        "について",
        "下記",
        "記1期間",
        "以上",
    ]
    places = [read.index(text) for text in order]
    assert places == sorted(places)


def test_a_table_longer_than_a_page_repeats_its_head_on_each(tmp_path):
    paper = a_paper()
    paper.table(COLUMNS, [(f"M{at:04d}", "田辺市", "1") for at in range(120)])

    pages = text_of(paper.finish(), tmp_path).split("\f")[:-1]

    assert len(pages) > 2
    assert all("団体名" in page for page in pages)
    assert [squeezed(page).endswith(f"{at}/{len(pages)}") for at, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    assert all(sum(f"M{at:04d}" in page for page in pages) == 1 for at in range(120))


def test_ten_long_figures_side_by_side_are_not_broken(tmp_path):
    heads = [Column("議案", 3), *(Column(f"欄{at}", 1, "right") for at in range(10)), Column("結果", 1)]
    figures = ["12,345.5"] * 10
    paper = a_paper()
    paper.table(heads, [("当協議会の発展的改組によるプラットフォーム化について", *figures, "可決")])

    assert text_of(paper.finish(), tmp_path).count("12,345.5") == 10


def test_a_row_longer_than_a_page_goes_on_over_the_next(tmp_path):
    paper = a_paper()
    paper.table(COLUMNS, [("M0001", "長い名称" * 900, "1")])

    read = squeezed(text_of(paper.finish(), tmp_path))

    assert read.count("長い名称") + read.count("長い名") >= 890


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError):
        a_paper().table(COLUMNS, [("M0001", "田辺市")])


@pytest.mark.parametrize("lines_before", range(30, 45))
def test_the_closing_word_is_never_alone_on_a_page(lines_before, tmp_path):
    paper = a_paper()
    for _ in range(lines_before):
        paper.text_line("本文")
    paper.right("以上")

    pages = text_of(paper.finish(), tmp_path).split("\f")[:-1]

    assert "本文" in pages[-1] and "以上" in pages[-1]


def test_nothing_is_written_below_the_frame():
    paper = a_paper()
    for _ in range(200):
        paper.paragraph("本文です。")
        assert TOP <= paper.y <= BOTTOM


def test_what_a_user_typed_is_never_read_as_a_mark_up(tmp_path):
    paper = a_paper()
    paper.paragraph("<b>Söhne</b> & <font color='red'>赤</font>")

    assert "<b>Söhne</b> & <font color='red'>赤</font>" in text_of(paper.finish(), tmp_path)


def test_a_bar_says_its_numbers_and_what_is_needed(tmp_path):
    paper = a_paper()
    paper.bars(
        (Shade("賛成", 0.3), Shade("反対", 0.0)),
        (Bar("第1号議案", ((412, "412"), (268, "268")), 341, "必要数 341票"),),
    )

    read = squeezed(text_of(paper.finish(), tmp_path))

    assert all(text in read for text in ("第1号議案", "412", "268", "必要数341票"))


def test_the_file_carries_title_author_language_and_no_time_of_today():
    document = pypdf.PdfReader(io.BytesIO(a_paper().finish()))

    assert document.metadata is not None
    assert document.metadata.title == "試験の文書"
    assert document.metadata.author == "試験協議会"
    assert document.trailer["/Root"]["/Lang"] == "ja-JP"
    assert document.metadata.creation_date_raw is None


def test_every_font_is_embedded():
    paper = a_paper()
    paper.paragraph("𠮷野町")
    paper.heading("見出し")

    page = pypdf.PdfReader(io.BytesIO(paper.finish())).pages[0]

    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()
    ]
    assert sorted(font["/BaseFont"] for font in fonts) == [
        "/AAAAAA+BIZUDPGothic-Bold",
        "/AAAAAA+BIZUDPGothic-Regular",
        "/AAAAAA+NotoSansJP-Regular",
    ]
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


def test_an_attachment_comes_out_as_it_went_in():
    data = b'{"format":"voting-result/1"}'
    paper = a_paper(attachments=(Attachment("result.json", "application/json", "集計結果", data),))

    document = pypdf.PdfReader(io.BytesIO(paper.finish()))

    assert document.attachments == {"result.json": [data]}


def test_a_name_that_cannot_be_drawn_is_refused_when_it_is_written_not_when_it_is_saved():
    with pytest.raises(NoGlyph):
        a_paper().table(COLUMNS, [("M0019", "𓀀町", "1")])


def test_a_frame_longer_than_a_page_goes_on_over_the_next_and_loses_no_line(tmp_path):
    paper = Paper(title="訂正", author="試験協議会")
    paper.title("結果について")
    paper.boxed([f"(誤) 第{number}行" for number in range(1, 61)])
    paper.text_line("以下本文")

    pages = text_of(paper.finish(), tmp_path).split("\f")[:-1]

    assert len(pages) == 2
    assert "第1行" in squeezed(pages[0])  # not after an empty rest of the first page
    assert [f"第{number}行" in squeezed("".join(pages)) for number in range(1, 61)] == [True] * 60
    assert squeezed(pages[1]).index("第60行") < squeezed(pages[1]).index("以下本文")


@pytest.mark.parametrize("before", range(30, 40))
@pytest.mark.parametrize("length", [50, 100, 200])
def test_no_line_of_a_text_is_alone_at_the_end_or_the_head_of_a_page(before, length, tmp_path):
    paper = Paper(title="試験", author="試験協議会")
    for _ in range(before):
        paper.text_line("前の行")
    paper.paragraph("文" * length)

    pages = text_of(paper.finish(), tmp_path).split("\f")[:-1]

    lines = [sum("文" in line for line in page.splitlines()) for page in pages]
    assert 1 not in lines
    assert sum(squeezed(page).count("文") for page in pages) == length


def test_a_text_that_is_one_character_too_long_is_taken_in(tmp_path):
    fits = int(MEASURE // BODY)
    paper = Paper(title="試験", author="試験協議会")
    for more in (0, 1, 2):
        paper.paragraph("文" * (fits + more), indent=False)

    found = [len(squeezed(line)) for line in text_of(paper.finish(), tmp_path).splitlines() if "文" in line]

    assert found == [fits, fits + 1, fits, 2]


def test_addressee_and_sender_of_eighty_characters_are_broken_into_lines(tmp_path):
    name = "架空県二地域居住等促進市町村連絡協議会" * 4
    paper = Paper(title="試験", author="試験協議会")
    paper.letterhead(to=(f"{name}　御中",), sender=(name,))

    text = squeezed(text_of(paper.finish(), tmp_path))

    assert text.startswith(f"{name}御中{name}")


def test_a_long_foot_leaves_the_page_its_number(tmp_path):
    paper = Paper(title="試験", author="試験協議会", foot="架空県二地域居住等促進市町村連絡協議会" * 5)
    paper.text_line("本文")

    text = squeezed(text_of(paper.finish(), tmp_path))

    assert text.endswith("…1/1")
