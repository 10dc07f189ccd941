"""What a browser shows of a scan: the picture itself, or the one picture that fills each page of a PDF.

Scanners and fax servers make a PDF of one picture a page; that picture is what a reader sees, so it may stand
for the page.  As soon as a page draws anything else (a text, a line, a second picture, a turn), the two could
differ, and the file is offered as it is instead: nobody must read on our page what the file does not show.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image

from voting.documents.scans import ScanKind, known_kind

_MOST_PAGES = 20
_MOST_PIXELS = 60_000_000  # an A3 page at 600 dpi in one colour is 70 million, at 400 dpi 31 million
_WIDEST = 2000  # pixels; enough to read handwriting, and a tenth of the time of sending all of them
# What may stand around the picture: states, positions, and text that is never painted (mode 3, from reading
# machines).
_QUIET = frozenset({"q", "Q", "cm", "gs", "BT", "ET", "Tf", "TL", "Td", "Tm", "Tz", "Tc", "Tw", "Tr", "Do"})
_TEXT = frozenset({"Tj", "TJ"})
_MARKS = frozenset({"BMC", "BDC", "EMC"})


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes for a browser, with their media type."""

    mimetype: str
    content: bytes


def picture_count(content: bytes) -> int:
    """How many pictures show all of a scan; 0 where it has to be opened as a file."""
    kind = known_kind(content)
    if kind is not ScanKind.PDF:
        return 0 if kind is None else 1
    with _opened(content) as pages:
        return len(pages) if all(_only_picture(page) is not None for page in pages) else 0


def picture(content: bytes, number: int) -> Picture | None:
    """The picture of page *number*, from 1; None where there is none of it."""
    kind = known_kind(content)
    if not 1 <= number <= picture_count(content) or kind is None:
        return None
    if kind is not ScanKind.PDF:
        return Picture(kind.value, content)
    with _opened(content) as pages:
        found = _only_picture(pages[number - 1])
        return None if found is None else _for_browser(found)


@contextmanager
def _opened(content: bytes) -> Iterator[list[pikepdf.Page]]:
    """The pages of a PDF; none where it cannot be opened, or has more than anybody sends as a ballot."""
    try:
        pdf = pikepdf.open(BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        yield []
        return
    with pdf:
        yield list(pdf.pages) if len(pdf.pages) <= _MOST_PAGES else []


def _only_picture(page: pikepdf.Page) -> pikepdf.PdfImage | None:
    """The picture that is all of a page; None where anything else is drawn, or it is turned or masked."""
    if "/Annots" in page.obj or int(page.obj.get("/Rotate", 0)) % 360:
        return None
    try:
        drawn = _drawn(page)
        named = page.resources.get("/XObject", pikepdf.Dictionary())
        image = None if drawn is None else named.get(drawn)
        if not isinstance(image, pikepdf.Stream) or image.get("/Subtype") != "/Image":
            return None
        found = pikepdf.PdfImage(image)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return None
    masked = any(name in image for name in ("/SMask", "/Mask", "/ImageMask", "/Decode"))
    return None if masked or found.width * found.height > _MOST_PIXELS else found


def _drawn(page: pikepdf.Page) -> str | None:
    """The name of the one thing that a page draws."""
    names, is_hidden = [], False
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator == "Tr":
            if int(step.operands[0]) != 3:
                return None
            is_hidden = True
        if operator == "cm" and not _is_upright([float(each) for each in step.operands]):
            return None
        if operator == "Do":
            names.append(str(step.operands[0]))
        if operator not in _QUIET | _MARKS and not (operator in _TEXT and is_hidden):
            return None
    return names[0] if len(names) == 1 else None


def _is_upright(matrix: list[float]) -> bool:
    """Neither turned nor mirrored nor drawn aslant."""
    a, b, c, d = matrix[:4]
    return a > 0 and d > 0 and b == 0 and c == 0


def _for_browser(found: pikepdf.PdfImage) -> Picture | None:
    try:
        shown = found.as_pil_image()
        shown = shown.convert("L" if shown.mode in ("1", "L") else "RGB")
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError, Image.DecompressionBombError):
        return None
    if shown.width > _WIDEST:
        shown = shown.resize((_WIDEST, max(1, shown.height * _WIDEST // shown.width)), Image.Resampling.BOX)
    made = BytesIO()
    shown.save(made, "PNG", compress_level=3)
    return Picture(ScanKind.PNG.value, made.getvalue())
