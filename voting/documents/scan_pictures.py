"""What a browser shows of a scan: the picture itself, or the one picture that fills each page of a PDF.

Scanners and fax servers make a PDF of one picture a page; that picture is what a reader sees, so it may stand
for the page.  As soon as a page draws anything else (a text, a line, a second picture, a turn), the two could
differ, and the file is offered as it is instead: nobody must read on our page what the file does not show.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Self

import pikepdf
from PIL import Image

from voting.documents.scans import ScanKind, known_kind

_MOST_PAGES = 20
_MOST_PIXELS = 60_000_000  # an A3 page at 600 dpi in one colour is 70 million, at 400 dpi 31 million
_WIDEST = 2000  # pixels; enough to read handwriting, and a tenth of the time of sending all of them
# What may stand around the picture: states, positions, and text that is never painted (mode 3, from reading
# machines).
_QUIET = frozenset({"BT", "ET", "Tf", "TL", "Td", "Tm", "Tz", "Tc", "Tw"})
_TEXT = frozenset({"Tj", "TJ"})
_MARKS = frozenset({"BMC", "BDC", "EMC"})
_HIDDEN = 3
# By which a picture shows otherwise than its own dots say, or only sometimes.
_MASKS = ("/SMask", "/SMaskInData", "/Mask", "/ImageMask", "/Decode", "/OC")
_LONGEST_PAGE = 60_000  # bytes that tell what is drawn; a reading machine's text of a full page is half of it
_SLACK = 0.01  # of a page's width and height: scanners round
_NO_SENSE = (
    pikepdf.PikepdfError,
    zlib.error,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RuntimeError,
)


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
    except _NO_SENSE:
        yield []
        return
    with pdf:
        yield list(pdf.pages) if len(pdf.pages) <= _MOST_PAGES else []


def _only_picture(page: pikepdf.Page) -> pikepdf.PdfImage | None:
    """The picture that is all of a page; None where anything else is drawn, or it is turned or masked.

    A page that cannot be made sense of is none of a scanner: it is opened as a file as well.
    """
    try:
        if "/Annots" in page.obj or int(page.obj.get("/Rotate", 0)) % 360:
            return None
        drawn = _drawn(page)
        named = page.resources.get("/XObject", pikepdf.Dictionary())
        image = None if drawn is None else named.get(drawn)
        if not isinstance(image, pikepdf.Stream) or image.get("/Subtype") != "/Image":
            return None
        found = pikepdf.PdfImage(image)
        is_whole = found.width * found.height <= _MOST_PIXELS and not any(name in image for name in _MASKS)
    except _NO_SENSE:
        return None
    return found if is_whole else None


def _drawn(page: pikepdf.Page) -> str | None:
    """The name of the one thing that a page draws, whole and large upon it."""
    if not _is_short(page):
        return None
    names: list[str] = []
    state, kept = _State(), list[_State]()
    for step in pikepdf.parse_content_stream(page):
        operator, operands = str(step.operator), step.operands
        if operator == "q":
            kept.append(state)
        elif operator == "Q":
            # What was hidden is so only until here.
            state = kept.pop()
        elif operator == "Tr" and int(operands[0]) == _HIDDEN:
            state = replace(state, is_hidden=True)
        elif operator == "cm" and _is_upright([float(each) for each in operands]):
            state = state.moved([float(each) for each in operands])
        elif operator == "Do" and state.is_large_on([float(each) for each in page.cropbox]):
            names.append(str(operands[0]))
        elif operator in _MARKS and operands[:1] != [pikepdf.Name.OC]:
            continue
        elif operator not in _QUIET and not (operator in _TEXT and state.is_hidden):
            return None
    return names[0] if len(names) == 1 else None


def _is_short(page: pikepdf.Page) -> bool:
    """Whether what a page draws is told in as few bytes as a scanner needs, unpacked no further than that."""
    content = page.obj.get("/Contents", pikepdf.Array())
    room = _LONGEST_PAGE
    for part in content if isinstance(content, pikepdf.Array) else (content,):
        raw = part.read_raw_bytes()
        if "/Filter" in part:
            if part.Filter not in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
                return False
            raw = zlib.decompressobj().decompress(raw, room + 1)
        room -= len(raw)
        if room < 0:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _State:
    """How things are drawn at one place of a page: scaled and moved, and whether text is left unpainted."""

    width: float = 1
    height: float = 1
    left: float = 0
    bottom: float = 0
    is_hidden: bool = False

    def moved(self, matrix: list[float]) -> Self:
        width, _, _, height, left, bottom = matrix
        return replace(
            self,
            width=self.width * width,
            height=self.height * height,
            left=self.left + self.width * left,
            bottom=self.bottom + self.height * bottom,
        )

    def is_large_on(self, box: list[float]) -> bool:
        """Whether what is drawn lies on the page and fills a quarter of it: then a reader sees it all."""
        x, y, right, top = box
        wide, high = right - x, top - y
        lies_on = (
            self.left >= x - wide * _SLACK
            and self.bottom >= y - high * _SLACK
            and self.left + self.width <= right + wide * _SLACK
            and self.bottom + self.height <= top + high * _SLACK
        )
        return lies_on and self.width * self.height * 4 >= wide * high


def _is_upright(matrix: list[float]) -> bool:
    """Neither turned nor mirrored nor drawn aslant."""
    a, b, c, d = matrix[:4]
    return a > 0 and d > 0 and b == 0 and c == 0


def _for_browser(found: pikepdf.PdfImage) -> Picture | None:
    try:
        shown = found.as_pil_image()
        shown = shown.convert("L" if shown.mode in ("1", "L") else "RGB")
    except (*_NO_SENSE, OSError, Image.DecompressionBombError):
        return None
    if shown.width > _WIDEST:
        shown = shown.resize((_WIDEST, max(1, shown.height * _WIDEST // shown.width)), Image.Resampling.BOX)
    made = BytesIO()
    shown.save(made, "PNG", compress_level=3)
    return Picture(ScanKind.PNG.value, made.getvalue())
