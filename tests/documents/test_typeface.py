"""Names and numbers arrive on paper character by character, or the paper is refused."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from page import validate_pdf_bytes

from tests.documents.reading import text_of
from voting.documents import typeface
from voting.documents.direction import visual
from voting.documents.page import Paper
from voting.documents.typeface import NoGlyph, Weight, naming
from voting.i18n import sentence

NAMES = Path(__file__).parents[1] / "data" / "names"
KATSURAGI, KATSUSHIKA = "葛\U000e0100城市", "葛\U000e0101飾区"


def names(file: str, column: str) -> list[str]:
    with (NAMES / file).open(encoding="utf-8-sig", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines)]


def paper_with(*texts: str) -> bytes:
    paper = Paper(title="名簿", author="試験協議会")
    for text in texts:
        paper.text_line(text)
    return paper.finish()


@pytest.fixture
def only_our_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has no fonts beside ours."""
    with fonts_in(monkeypatch):
        yield


@contextmanager
def fonts_in(monkeypatch: pytest.MonkeyPatch, *places: Path) -> Iterator[None]:
    def forget() -> None:
        for known in (
            typeface._installed,
            typeface.font,
            typeface.runs,
            typeface._font_for,
            typeface.drawable,
        ):
            known.cache_clear()

    with monkeypatch.context() as patch:
        patch.setattr(typeface, "PLACES", places)
        forget()
        yield
    forget()


def lines_of(pdf: bytes, folder: Path) -> list[str]:
    """The lines that pdftotext finds; it puts marks of its own round what runs from the right."""
    return text_of(pdf, folder).replace("\u202b", "").replace("\u202c", "").splitlines()


def lines_as_typed(given: list[str]) -> list[str]:
    return [line for name in given for line in name.split("\n")]


def test_every_hard_name_comes_back_from_pdftotext_to_the_character(monkeypatch, tmp_path):
    given = names("hard-names.csv", "団体名")
    small_font(tmp_path / "NotoEmoji-Regular.ttf", FAMILY)
    small_font(tmp_path / "DejaVuSans.ttf", "إدارة")

    with fonts_in(monkeypatch, tmp_path):
        read = lines_of(paper_with(*given), tmp_path)

    assert len(given) == 20
    assert [line for line in lines_as_typed(given) if line not in read] == []


def test_every_municipality_of_japan_comes_back_to_the_character(tmp_path):
    columns = (names("municipalities.csv", column) for column in ("prefecture", "name", "kana"))
    given = [f"{prefecture}{name}　{kana}" for prefecture, name, kana in zip(*columns, strict=True)]

    read = set(lines_of(paper_with(*given), tmp_path))

    assert len(given) == 1741
    assert [name for name in given if name not in read] == []


def test_without_further_fonts_only_an_emoji_family_and_arabic_are_refused(only_our_fonts):
    refused = []
    for name in names("hard-names.csv", "団体名"):
        try:
            typeface.runs(name.replace("\n", ""))
        except NoGlyph:
            refused.append(name)

    assert [name[-4:] for name in refused] == ["こども園", "دارة"]


def test_a_character_of_no_font_is_refused_with_the_name_it_stands_in(only_our_fonts):
    with pytest.raises(NoGlyph) as refused:
        paper_with("إدارة")

    assert refused.value.text == "إدارة"
    assert refused.value.character == "إ"
    assert refused.value.code == "no-glyph"


def test_the_refusal_names_the_member_whose_paper_it_is(only_our_fonts):
    with pytest.raises(NoGlyph) as refused, naming("M0019"):
        paper_with("إدارة")

    assert sentence(refused.value).startswith("M0019 の「إدارة」にある文字")


def test_a_font_that_this_machine_has_is_asked_after_ours(monkeypatch, tmp_path):
    small_font(tmp_path / "ipamjm.ttf", "𪚥町")

    with fonts_in(monkeypatch, tmp_path):
        found = [(run.font, run.text) for run in typeface.runs("𪚥町")]
        read = lines_of(paper_with("𪚥町"), tmp_path)

    assert found == [("ipamjm", "𪚥"), ("BIZUDPGothic-Regular", "町")]
    assert "𪚥町" in read


def test_a_glyph_beyond_the_last_full_metric_keeps_its_width(monkeypatch, tmp_path):
    """As in IPAmj Mincho, whose last full metric stands in other units than reportlab reads it in."""
    small_font(tmp_path / "ipamjm.ttf", "𪚥𠔻𡔷")

    with fonts_in(monkeypatch, tmp_path):
        widths = [typeface.width(character, 1) for character in "𪚥𠔻𡔷"]
        pdf = paper_with("𪚥𠔻𡔷")

    assert widths == [0.75, 0.75, 0.75]
    assert validate_pdf_bytes(pdf, profile="2a").is_compliant


def test_a_name_that_runs_from_the_right_is_drawn_so_with_its_numbers_in_order():
    assert "".join(visual(list("町אבג 12-3דה村"))) == "町הד12-3 גבא村"
    assert "".join(visual(list("東京1"))) == "東京1"


FAMILY = "👨👩👧👦"


def small_font(path: Path, characters: str) -> None:
    """A font of boxes, 2048 units an em, all of one width: so only the first glyph has a full metric."""
    glyphs = {".notdef": ".notdef"} | {f"g{at}": character for at, character in enumerate(characters)}
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 1400), (1400, 1400), (1400, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(2048, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({ord(c): name for name, c in glyphs.items() if name != ".notdef"})
    font.setupGlyf(dict.fromkeys(glyphs, box))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (1536, 100)))
    font.setupHorizontalHeader(ascent=1800, descent=-248)
    font.setupNameTable({"familyName": path.stem, "styleName": "Regular", "psName": path.stem})
    font.setupOS2(sTypoAscender=1800, sTypoDescender=-248, usWinAscent=1800, usWinDescent=248)
    font.setupPost()
    font.save(path)


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

    assert fonts == ["NotoSansJP-Regular", "BIZUDPGothic-Regular"]


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


def test_a_paper_that_was_refused_leaves_nothing_behind_in_the_next(only_our_fonts):
    first = paper_with(KATSURAGI)

    with pytest.raises(NoGlyph):
        paper_with("栃木県那須町", "إدارة")

    assert paper_with(KATSURAGI) == first
