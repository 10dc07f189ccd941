"""Names and numbers arrive on paper character by character, or the paper is refused."""

import csv
from pathlib import Path

import pytest

from tests.documents.reading import squeezed, text_of
from voting.documents import typeface
from voting.documents.page import Paper
from voting.documents.typeface import NoGlyph, Weight

NAMES = Path(__file__).parents[1] / "data" / "names"
KATSURAGI, KATSUSHIKA = "葛\U000e0100城市", "葛\U000e0101飾区"


def names(file: str, column: str) -> list[str]:
    with (NAMES / file).open(encoding="utf-8-sig", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines)]


def can_be_drawn(name: str) -> bool:
    try:
        return bool(typeface.runs(name.replace("\n", "")))
    except NoGlyph:
        return False


def paper_with(*texts: str) -> bytes:
    paper = Paper(title="名簿", author="試験協議会")
    for text in texts:
        paper.text_line(text)
    return paper.finish()


def test_every_hard_name_that_the_fonts_can_draw_is_read_back_exactly(tmp_path):
    given = [name for name in names("hard-names.csv", "団体名") if can_be_drawn(name)]

    read = squeezed(text_of(paper_with(*given), tmp_path))

    assert len(given) >= 18
    assert [name for name in given if squeezed(name) not in read] == []


def test_only_an_emoji_family_and_arabic_are_beyond_the_fonts():
    refused = [name for name in names("hard-names.csv", "団体名") if not can_be_drawn(name)]

    assert [name[-4:] for name in refused] == ["こども園", "دارة"]


def test_every_municipality_of_japan_can_be_printed():
    everyone = zip(
        names("municipalities.csv", "prefecture"), names("municipalities.csv", "name"), strict=True
    )

    assert all(can_be_drawn(prefecture + name) for prefecture, name in everyone)


def test_a_character_of_no_font_is_refused_with_the_name_it_stands_in():
    with pytest.raises(NoGlyph) as refused:
        paper_with("إدارة")

    assert refused.value.text == "إدارة"
    assert refused.value.character == "إ"
    assert refused.value.code == "no-glyph"


@pytest.mark.parametrize("character", ["\t", "\x00", "\u200b", "\ufeff", "\U000e0100"])
def test_what_cannot_be_seen_is_refused_and_not_left_out(character):
    with pytest.raises(NoGlyph):
        typeface.runs(f"町{character * (2 if ord(character) > 0xFFFF else 1)}役場")


def test_the_two_forms_of_katsu_are_two_glyphs_and_two_texts(tmp_path):
    read = text_of(paper_with(KATSURAGI, KATSUSHIKA, "葛"), tmp_path)
    first, second, plain = (
        typeface.font("BIZUDPGothic-Regular").cluster_glyph(text)
        for text in (KATSURAGI[:2], KATSUSHIKA[:2], "葛")
    )

    assert KATSURAGI in read
    assert KATSUSHIKA in read
    assert first is not None and second is not None and plain is not None
    assert first.index != second.index
    assert plain.index in (first.index, second.index)


def test_a_selector_that_no_font_knows_leaves_the_base_character_and_stays_in_the_text(tmp_path):
    unknown = "山\U000e01ef町"

    assert typeface.width(unknown, 10) == typeface.width("山町", 10)
    assert unknown in text_of(paper_with(unknown), tmp_path)


def test_a_character_missing_from_the_first_font_comes_from_the_second():
    fonts = [run.font for run in typeface.runs("𠮷野町")]

    assert fonts == ["voting/NotoSansJP-Regular", "voting/BIZUDPGothic-Regular"]


@pytest.mark.parametrize("weight", list(Weight))
def test_the_width_of_a_text_is_that_of_its_runs(weight):
    text = "𠮷野町役場 ABC 123"

    total = sum(run.width for run in typeface.runs(text, weight))

    assert typeface.width(text, 12, weight) == pytest.approx(total * 12)
    assert typeface.width(text, 24, weight) == pytest.approx(2 * typeface.width(text, 12, weight))


def test_the_same_text_gives_the_same_bytes_whatever_was_printed_before():
    first = paper_with(KATSURAGI, "𠮷野町")

    paper_with("別の文書", KATSUSHIKA, "髙﨑", "𠮷")

    assert paper_with(KATSURAGI, "𠮷野町") == first


def test_a_paper_that_was_refused_leaves_nothing_behind_in_the_next():
    first = paper_with(KATSURAGI)

    with pytest.raises(NoGlyph):
        paper_with("栃木県那須町", "إدارة")

    assert paper_with(KATSURAGI) == first
