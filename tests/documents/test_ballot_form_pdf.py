"""書面表決書: one page, marks that a fax leaves standing, a code that the office reads."""

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.units import mm

from tests.documents.council import CLAUSES, ELECTION_BY_CONFIDENCE, ELECTION_BY_PLURALITY, MOTIONS, docket
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.forms import FORM, english, member, members
from tests.documents.reading import squeezed, text_of
from voting.core.motions import Method, Motion, MotionKind
from voting.core.rules import Rules
from voting.documents.ballot_form_pdf import FormTooLong, render_forms
from voting.documents.facts_form import FormFacts
from voting.documents.form_rows import form_tables
from voting.documents.qr import qr
from voting.documents.typeface import NoGlyphForMember
from voting.wording import form_notes


def form_of(*motions: Motion) -> FormFacts:
    asked = docket(*motions)
    return replace(FORM, docket=asked, notes=form_notes(asked))


def as_faxed(pdf: bytes, folder: Path) -> Image.Image:
    """The first page as a fax brings it: 200 dpi, black or white."""
    (folder / "form.pdf").write_bytes(pdf)
    words = ["pdftoppm", "-r", "200", "-mono", "-f", "1", "-l", "1", folder / "form.pdf", folder / "page"]
    subprocess.run(words, check=True)
    (page,) = folder.glob("page-*.pbm")
    return Image.open(page).convert("L")


def test_every_member_has_one_page_with_its_own_name_and_number(tmp_path):
    pdf = render_forms(FORM, members(3))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 3
    text = squeezed(text_of(pdf, tmp_path))
    for number in (1, 2, 3):
        assert f"会員番号M000{number}" in text
        assert f"団体名架空{number}町" in text


def test_the_form_says_its_lines_in_the_order_of_the_office(tmp_path):
    text = squeezed(text_of(render_forms(FORM, members(1)), tmp_path))

    places = [
        text.index(part)
        for part in (
            "令和年月日",
            "会長様",
            "会員番号",
            "代表者職氏名",
            "書面表決書",
            "次のとおり表決します",
            "賛成反対",
            "第3号議案共同代表の選出について",
            "意見(任意",
            "※",
            "提出期限令和6年10月4日(金)23時59分必着",
            "郵送",
        )
    ]
    assert places == sorted(places)


def test_what_silence_means_stands_on_the_form_in_the_words_of_the_rules(tmp_path):
    text = squeezed(text_of(render_forms(FORM, members(1)), tmp_path))

    assert all(squeezed(note) in text for note in form_notes(FORM.docket))


def test_a_fax_of_the_form_still_names_it_to_the_office(tmp_path):
    (found,) = zxingcpp.read_barcodes(as_faxed(render_forms(FORM, [member(7)]), tmp_path))

    assert found.text == member(7).qr


@pytest.mark.parametrize("content", ["a", "vote.example.jp/council/2024-09\nM0001", "葛城市" * 60])
def test_a_code_with_the_fixed_mask_is_read_as_any_other(content):
    code = qr(content)
    image = Image.new("L", ((code.side + 8) * 4,) * 2, 255)
    for row, column, length in code.bars:
        image.paste(0, (4 * (column + 4), 4 * (row + 4), 4 * (column + 4 + length), 4 * (row + 5)))

    (found,) = zxingcpp.read_barcodes(image)

    assert found.text == content


@pytest.mark.parametrize("count", [1, 5, 8])
def test_cells_for_a_mark_are_eight_millimetres_high_at_least(count):
    pdf = render_forms(form_of(*(Motion(at, f"議案{at}について") for at in range(1, count + 1))), [member(1)])

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        drawn = opened.pages[0].Contents.read_bytes().decode("ascii")
        assert len(opened.pages) == 1
    # The short lines between the cells of the two marks: one in each row, as high as the row.
    lines = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", drawn)
    heights = [float(y1) - float(y2) for x1, y1, x2, y2 in lines if x1 == x2 and float(x1) > 400]
    assert len(heights) == count + 2  # with the head's line, and the long one before the marks
    assert sum(height >= 8 * mm - 0.02 for height in heights) >= count + 1


def test_nothing_on_the_form_is_grey():
    with pikepdf.open(io.BytesIO(render_forms(FORM, members(1)))) as opened:
        drawn = opened.pages[0].Contents.read_bytes().decode("ascii")

    assert set(re.findall(r"([\d.]+) [gG]\b", drawn)) <= {"0"}


def test_more_motions_than_one_page_holds_are_refused():
    with pytest.raises(FormTooLong) as refused:
        render_forms(form_of(*(Motion(at, f"議案{at}について") for at in range(1, 31))), members(1))

    assert refused.value.motions == 30


def test_a_form_for_nobody_is_no_file():
    with pytest.raises(ValueError, match="nobody"):
        render_forms(FORM, [])


def test_a_name_that_cannot_be_printed_stops_the_file_and_says_whose_it_is():
    with pytest.raises(NoGlyphForMember) as refused:
        render_forms(FORM, [member(1), member(2, "架空\ue000町")])

    assert "M0002" in refused.value.member


def test_a_member_that_does_not_vote_on_a_motion_is_told_so_in_its_place(tmp_path):
    barred = replace(member(1), barred=frozenset({2}))

    lines = text_of(render_forms(FORM, [barred]), tmp_path).splitlines()

    told = [line for line in lines if "表決に加わりません" in line]
    assert len(told) == 1
    assert "第2号議案" in told[0]


def test_elections_ask_for_each_candidate_in_the_words_of_their_method():
    slate = Motion(
        6,
        "役員の選任について",
        kind=MotionKind.ELECTION,
        method=Method.SLATE,
        seats=2,
        candidates=("甲町", "乙町"),
    )
    asked = docket(*MOTIONS, ELECTION_BY_CONFIDENCE, ELECTION_BY_PLURALITY, slate)

    tables = form_tables(asked, FORM.say)

    assert [table.marks for table in tables] == [
        ("賛成", "反対"),
        ("信任", "不信任"),
        ("選ぶ",),
        tables[3].marks,
    ]
    assert [row.title for row in tables[1].rows] == ["田辺市", "那須町"]
    assert "1人まで" in tables[2].head
    assert "甲町、乙町" in tables[3].rows[0].title


def test_abstaining_has_a_column_only_where_the_rules_know_it():
    with_it = docket(rules=Rules(abstain=True))

    assert form_tables(with_it, FORM.say)[0].marks == ("賛成", "反対", "棄権")
    assert form_tables(FORM.docket, FORM.say)[0].marks == ("賛成", "反対")


def test_the_translation_says_that_the_japanese_form_is_the_one_to_return(tmp_path):
    text = " ".join(text_of(render_forms(english(), members(1)), tmp_path).split())

    for words in (
        "The ballot form in Japanese prevails. Return that one; this page is for reading only.",
        "Member number M0001",
        "Motion 1 当協議会の発展的改組によるプラットフォーム化について",
        "Under 規約第12条第3項, a member that returns no ballot by the deadline is deemed to have voted for",
        "To be received by 4 October 2024, 23:59 (Japanese time)",
    ):
        assert words in text


def test_the_translation_has_no_code_so_that_nobody_takes_it_for_the_form(tmp_path):
    pdf = render_forms(english(), [member(7)])

    assert zxingcpp.read_barcodes(as_faxed(pdf, tmp_path)) == []
    assert member(7).code not in text_of(pdf, tmp_path)


def test_the_translation_is_english_and_its_names_are_marked_as_japanese(tmp_path):
    barred = replace(member(1), votes="3", barred=frozenset({2}))
    pdf = render_forms(english(FORM, *MOTIONS, ELECTION_BY_CONFIDENCE, ELECTION_BY_PLURALITY), [barred])

    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    motions = (*MOTIONS, ELECTION_BY_CONFIDENCE, ELECTION_BY_PLURALITY)
    given = (
        *(each.title for each in motions),
        *(name for each in motions for name in each.candidates),
        *CLAUSES.values(),
        *(where for _, where in FORM.ways),
        *(FORM.to, FORM.docket.body.name, FORM.docket.assembly.title, member(1).name),
    )
    assert left_in_japanese(text_of(pdf, tmp_path), given) == []


@pytest.mark.parametrize("count", [1, 12, 13])
def test_what_fits_on_the_form_fits_on_its_translation(count):
    motions = tuple(Motion(at, f"議案{at}について") for at in range(1, count + 1))

    for facts in (form_of(*motions), english(FORM, *motions)):
        with pikepdf.open(io.BytesIO(render_forms(facts, [member(1)]))) as opened:
            assert len(opened.pages) == 1
