"""宛名ラベル: every member once, inside its label, addressed as offices address each other."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.documents.archives import failures
from tests.documents.post import addressed, several
from tests.documents.reading import squeezed, text_of
from voting.core.members import Member
from voting.documents.facts_post import Addressed
from voting.documents.labels_pdf import SHEETS, LabelTooLong, render_labels
from voting.documents.typeface import NoGlyphForMember
from voting.wording import addressee

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


def made(*each: Addressed, sheet: int = 12, used: int = 0) -> bytes:
    return render_labels("宛名ラベル", "架空協議会", each, sheet=sheet, used=used)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def words(pdf: bytes, folder: Path) -> list[tuple[float, float, float, float, str]]:
    """Each word with its box, from the upper left corner of its page, in points."""
    (folder / "labels.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "labels.pdf"), "-"], capture_output=True, check=True
    )
    found = WORD.findall(done.stdout.decode())
    return [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in found]


@pytest.mark.parametrize(
    ("sheet", "count", "used", "needed"),
    [(12, 12, 0, 1), (12, 13, 0, 2), (24, 25, 0, 2), (12, 8, 5, 2), (24, 19, 5, 1)],
)
def test_labels_fill_sheet_after_sheet_from_the_first_free_place(sheet, count, used, needed):
    assert pages(made(*several(count), sheet=sheet, used=used)) == needed


@pytest.mark.parametrize("sheet", [12, 24])
def test_every_address_lies_inside_of_its_own_label(sheet, tmp_path):
    size = SHEETS[sheet]
    left, top = (595.28 - size.across * size.width) / 2, (841.89 - size.down * size.height) / 2

    found = words(made(*several(size.labels), sheet=sheet), tmp_path)

    numbers = [(x, y, text) for x, y, _, _, text in found if re.fullmatch("M[0-9]{4}", text)]
    assert [text for _, _, text in numbers] == [f"M{number:04d}" for number in range(1, size.labels + 1)]
    for place, (x, y, _) in enumerate(numbers):
        row, column = divmod(place, size.across)
        assert (int((x - left) // size.width), int((y - top) // size.height)) == (column, row)
    for x1, y1, x2, y2, _ in found:
        assert (x1 - left) // size.width == (x2 - left) // size.width
        assert (y1 - top) // size.height == (y2 - top) // size.height


def test_a_label_has_postcode_address_and_addressee_in_this_order(tmp_path):
    text = squeezed(text_of(made(addressed(1)), tmp_path))

    assert text == "〒329-0001M0001架空県架空郡架空1町大字架空1234番地架空1町企画政策課地域振興係担当花子様"


@pytest.mark.parametrize("sheet", [12, 24])
def test_a_name_of_eighty_characters_is_set_smaller_and_whole(sheet, tmp_path):
    name = "架空広域連合" * 13 + "組合"

    assert name in squeezed(text_of(made(addressed(1, name=name), sheet=sheet), tmp_path))


def test_what_cannot_fit_is_refused_by_the_member_s_number():
    with pytest.raises(LabelTooLong) as refused:
        made(addressed(1, address="架空" * 200), sheet=24)

    assert (refused.value.member, refused.value.labels) == ("M0001", 24)


def test_a_character_without_a_font_names_the_member():
    with pytest.raises(NoGlyphForMember):
        made(addressed(1, name="\ue000町"))


@pytest.mark.parametrize(
    ("member", "lines"),
    [
        (Member("1", "架空町"), ("架空町　御中",)),
        (Member("1", "架空町", section="企画課"), ("架空町", "企画課　御中")),
        (Member("1", "架空町", section="企画課", person="架空 花子"), ("架空町", "企画課", "架空 花子　様")),
        (Member("1", "架空町", person="架空 花子 様"), ("架空町", "架空 花子 様")),
        (Member("1", "架空 花子", category="個人"), ("架空 花子　様",)),
        (Member("1", "架空町", section="企画課 御中"), ("架空町", "企画課 御中")),
    ],
)
def test_a_person_is_様_and_an_office_is_御中_and_nobody_is_both(member, lines):
    assert addressee(member) == lines


def test_labels_can_be_archived_and_read_out():
    pdf = made(*several(30), sheet=24)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == made(*several(30), sheet=24)
