"""Scans: what is taken in, and what of them is shown."""

import resource
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from tests import scans
from voting.documents.scan_pictures import picture, picture_count
from voting.documents.scans import LARGEST_SCAN, NotAScan, ScanKind, ScanTooLarge, ScanUnreadable, scan_kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (scans.png("a"), ScanKind.PNG),
        (scans.jpeg("a"), ScanKind.JPEG),
        (scans.jpeg("a") + b"\0" * 100, ScanKind.JPEG),
        (scans.scanned_pdf("a"), ScanKind.PDF),
    ],
)
def test_the_bytes_say_what_a_scan_is(content: bytes, kind: ScanKind) -> None:
    assert scan_kind(content) is kind


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><script>alert(1)</script>", b"II*\0 a fax as TIFF", b"GIF89a", b" %PDF-1.7", b"PK\x03\x04"],
)
def test_what_is_no_picture_and_no_pdf_is_refused_whatever_its_name_says(content: bytes) -> None:
    with pytest.raises(NotAScan):
        scan_kind(content)


@pytest.mark.parametrize(
    "content",
    [
        scans.png("a")[:-4],
        scans.jpeg("a")[:-2],
        scans.scanned_pdf("a")[:200],
        b"%PDF-1.7 nothing",
        scans.locked_pdf("a"),
    ],
)
def test_a_scan_that_was_cut_off_or_locked_is_refused(content: bytes) -> None:
    with pytest.raises(ScanUnreadable):
        scan_kind(content)


def test_a_scan_has_a_largest_size() -> None:
    with pytest.raises(ScanTooLarge):
        scan_kind(scans.png("a") + b"\0" * LARGEST_SCAN)


def test_a_picture_is_shown_as_it_came() -> None:
    content = scans.jpeg("F-1")

    assert picture_count(content) == 1
    shown = picture(content, 1)
    assert shown is not None
    assert (shown.mimetype, shown.content) == ("image/jpeg", content)
    assert picture(content, 2) is None
    assert picture(content, 0) is None


def test_every_page_of_a_scanned_pdf_is_shown_as_its_picture() -> None:
    content = scans.scanned_pdf("page one", "page two")

    assert picture_count(content) == 2
    for number, text in ((1, "page one"), (2, "page two")):
        shown = picture(content, number)
        assert shown is not None
        assert shown.mimetype == "image/png"
        with Image.open(BytesIO(shown.content)) as image:
            difference = abs(_darkness(image) - _darkness(scans.page(text)))
            assert image.size == scans.page(text).size
            assert difference < 0.01


def test_text_that_a_reading_machine_left_unseen_does_not_keep_a_scan_from_being_shown() -> None:
    assert picture_count(_with(b"BT 3 Tr /F1 10 Tf (hidden) Tj ET")) == 1


@pytest.mark.parametrize(
    "drawn",
    [
        b"BT /F1 10 Tf (seen) Tj ET",
        b"BT 0 Tr /F1 10 Tf (seen) Tj ET",
        b"1 1 1 rg 0 0 200 200 re f",
        b"0 0 m 100 100 l S",
        b"q 446 0 0 631 0 0 cm /image Do Q",
        b"q 0 1 -1 0 0 0 cm Q",
        b"q -1 0 0 1 0 0 cm Q",
        b"q BT 3 Tr ET Q BT /F1 60 Tf (seen) Tj ET",
        b"/OC /layer BDC EMC",
        b"/G0 gs",
    ],
)
def test_attack_a_page_that_shows_more_than_its_picture_is_not_shown_as_that_picture(drawn: bytes) -> None:
    assert picture_count(_with(drawn)) == 0
    assert picture(_with(drawn), 1) is None


def test_attack_a_text_painted_over_a_scan() -> None:
    assert picture_count(scans.overwritten_pdf("against", "for")) == 0


def test_attack_a_picture_that_unfolds_beyond_all_measure() -> None:
    with pikepdf.open(BytesIO(scans.scanned_pdf("a"))) as pdf:
        (image,) = pdf.pages[0].resources["/XObject"].values()
        image.Width, image.Height = 100_000, 100_000
        made = BytesIO()
        pdf.save(made)

    assert picture_count(made.getvalue()) == 0


@pytest.mark.parametrize(
    "drawn",
    [
        b"q 446 0 0 631 9000 0 cm /image Do Q",
        b"q 446 0 0 631 0 0 cm q 3 0 0 3 0 0 cm /image Do Q Q",
        b"q 20 0 0 20 0 0 cm /image Do Q",
        b"/OC /layer BDC q 446 0 0 631 0 0 cm /image Do Q EMC",
        b"/G0 gs q 446 0 0 631 0 0 cm /image Do Q",
    ],
    ids=["off the page", "cut off", "tiny", "in a layer", "seen through"],
)
def test_attack_a_picture_that_a_reader_does_not_see_whole(drawn: bytes) -> None:
    assert picture_count(_drawing(b"q 446 0 0 631 0 0 cm /image Do Q")) == 1
    assert (
        picture_count(_drawing(b"/Artifact BMC q 223 0 0 315 0 0 cm q 2 0 0 2 0 0 cm /image Do Q Q EMC")) == 1
    )

    assert picture_count(_drawing(drawn)) == 0


def test_attack_a_small_pdf_whose_page_unfolds_to_millions_of_steps() -> None:
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert picture_count(_drawing(b"q 446 0 0 631 0 0 cm /image Do Q " + b"q " * 20_000_000)) == 0

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began < 400_000  # KiB; unfolded it takes 7 GB


@pytest.mark.parametrize(
    "drawn",
    [b"3 0 0 cm /image Do", b"BT Tr ET", b"Q /image Do", b"Do", b"BDC", b"/a /b Tr"],
    ids=bytes.decode,
)
def test_a_page_that_makes_no_sense_is_opened_as_a_file(drawn: bytes) -> None:
    assert picture_count(_drawing(drawn)) == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/BitsPerComponent", 3),
        ("/ColorSpace", pikepdf.Array([pikepdf.Name.Separation])),
        ("/Width", pikepdf.Name.X),
    ],
    ids=["three bits", "half a colour", "no width"],
)
def test_a_picture_that_cannot_be_read_is_shown_by_nobody(key: str, value: object) -> None:
    with pikepdf.open(BytesIO(scans.scanned_pdf("a"))) as pdf:
        (image,) = pdf.pages[0].resources["/XObject"].values()
        # As it came it is a JPEG, which brings its own bits.
        image.write(bytes(620 * 877))
        image[key] = value
        made = BytesIO()
        pdf.save(made)

    assert picture(made.getvalue(), 1) is None


def test_a_turn_that_is_no_number_is_none_of_a_scanner() -> None:
    with pikepdf.open(BytesIO(scans.scanned_pdf("a"))) as pdf:
        pdf.pages[0].obj["/Rotate"] = pikepdf.Name.Foo
        made = BytesIO()
        pdf.save(made)

    assert picture_count(made.getvalue()) == 0


def test_a_page_that_is_turned_or_has_notes_on_it_is_opened_as_a_file() -> None:
    for key, value in (("/Rotate", 90), ("/Annots", pikepdf.Array())):
        with pikepdf.open(BytesIO(scans.scanned_pdf("a"))) as pdf:
            pdf.pages[0].obj[key] = value
            made = BytesIO()
            pdf.save(made)
        assert picture_count(made.getvalue()) == 0


def test_what_is_no_scan_shows_nothing() -> None:
    assert picture_count(b"scan of F-1") == 0
    assert picture(b"%PDF-1.7 broken", 1) is None


def _with(drawn: bytes) -> bytes:
    """A scanned page that draws something more."""
    with pikepdf.open(BytesIO(scans.scanned_pdf("a"))) as pdf:
        pdf.pages[0].contents_add(drawn)
        made = BytesIO()
        pdf.save(made)
    return made.getvalue()


def _drawing(drawn: bytes) -> bytes:
    """A scanned page that draws this alone."""
    with pikepdf.open(BytesIO(scans.scanned_pdf("a"))) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(drawn)
        made = BytesIO()
        pdf.save(made, compress_streams=True)
    return made.getvalue()


def _darkness(image: Image.Image) -> float:
    dark = image.convert("L").point(lambda value: 255 if value < 128 else 0)
    return dark.histogram()[255] / (image.width * image.height)
