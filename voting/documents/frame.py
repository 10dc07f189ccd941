"""A frame on pages of A4, a place to go on writing, and the few marks that papers are made of.

What is drawn is kept until the end, because "page 1 of 3" is known only then. Every text says what it is
(``tagged``), or that it is not to be read out (``aside``); lines and boxes never are. Nothing here knows what
a paper is about; ``page`` has the vocabulary of letters. Same calls, same bytes: no clock, no chance.
"""

from io import BytesIO
from typing import Any, Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from voting.documents import typeface
from voting.documents.archive import Attachment, archive, pack_page
from voting.documents.clusters import by_language, clusters
from voting.documents.pdf_file import pdf_file
from voting.documents.qr import Matrix
from voting.documents.tagging import Tagged
from voting.documents.typeface import Weight
from voting.documents.xmp import About

WIDTH, HEIGHT = A4
LEFT, RIGHT = 22 * mm, WIDTH - 22 * mm
TOP, BOTTOM = 22 * mm, HEIGHT - 22 * mm
MEASURE = RIGHT - LEFT
_ASCENT = 0.88  # of the em box of our fonts
_FOOT_SIZE = 8.5

Align = Literal["left", "centre", "right"]


class Frame(Tagged):
    """Pages of A4 and a pen.

    Units   points; y runs downwards from the upper edge, and ``self.y`` is where the next line begins.
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        foot: str = "",
        corner: str = "",
        numbered: bool = True,
        language: str = "ja-JP",
        attachments: tuple[Attachment, ...] = (),
    ) -> None:
        super().__init__()
        self._about = About(title, author, language)
        self._foot, self._corner = foot, corner
        self._attachments = attachments
        self._numbered = numbered
        # Without a first font of ours reportlab refers to one that it does not embed.
        options: dict[str, Any] = {"initialFontName": typeface.register(), "pdfVersion": (1, 7)}
        self._canvas = Canvas(BytesIO(), pagesize=A4, invariant=1, pageCompression=1, **options)
        self._document: Any = vars(self._canvas)["_doc"]  # reportlab has no public way to it
        self.y = TOP

    @property
    def is_japanese(self) -> bool:
        """Whether the paper as a whole is in Japanese."""
        return self._about.language.startswith("ja")

    @property
    def room(self) -> float:
        """What is left of this page's frame."""
        return BOTTOM - self.y

    def need(self, height: float) -> None:
        """Go to a new page unless *height* is left on this one."""
        if height > self.room and self.y > TOP:
            self.break_page()

    def break_page(self) -> None:
        self._new_page()
        self.y = TOP

    def gap(self, height: float) -> None:
        """Leave *height* empty, but not at the head of a page."""
        if self.y > TOP:
            self.y += height

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float,
        weight: Weight = Weight.REGULAR,
        align: Align = "left",
        spacing: float = 0,
    ) -> None:
        """One line of text at (x, baseline), which is its left end, its centre or its right end.

        What is Japanese in a paper of another language is marked so, for who has it read out.
        Raises  NoGlyph; ValueError where nothing says what the text is.
        """
        self._require_tag(text)
        width = typeface.width(text, size, weight)
        start = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        parts = ((text, False),) if self.is_japanese else by_language(text)
        for part, is_japanese in parts:
            drawn = typeface.drawn(
                self._document, start, HEIGHT - baseline, part, size=size, weight=weight, spacing=spacing
            )
            self._mark(f"/Span <</Lang (ja-JP)>> BDC {drawn} EMC" if is_japanese else drawn)
            start += typeface.width(part, size, weight) + spacing * len(clusters(part))

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.4, dash: tuple[float, ...] = ()
    ) -> None:
        dashes = f" [{' '.join(f'{each:g}' for each in dash)}] 0 d" if dash else ""
        ends = f"{x1:.2f} {HEIGHT - y1:.2f} m {x2:.2f} {HEIGHT - y2:.2f} l"
        self._line(f"q {width:g} w{dashes} {ends} S Q")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        line: float = 0.4,
        grey: float | None = None,
        hatch: float = 0,
    ) -> None:
        """A rectangle with its upper left corner at (x, y).

        Units   ``line`` 0 draws no border; ``grey`` 0 is black, 1 white, None leaves what is there;
                ``hatch`` is the distance of slanting lines, 0 for none.
        """

        shape = f"{x:.2f} {HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re"
        parts = ["q"]
        if grey is not None:
            parts.append(f"{grey:g} g {shape} f")
        if hatch:
            parts.append(_hatched(x, HEIGHT - y - height, width, height, hatch, shape))
        if line:
            parts.append(f"{line:g} w {shape} S")
        self._line(" ".join((*parts, "Q")))

    def qr(self, x: float, y: float, side: float, code: Matrix, *, alt: str) -> None:
        """A QR code with its upper left corner at (x, y); the quiet zone is the caller's."""
        with self.figure(alt, x, y, side, side):
            self._mark(code.drawn(x, HEIGHT - y - side, side))

    def finish(self) -> bytes:
        """The paper as a PDF.  Raises: NoGlyph, for the lines in the margins."""
        for number in range(1, self.page_count + 1):
            vars(self._canvas)["_code"] = [*self._taken(number), *self._margins(number)]
            self._canvas.showPage()
            pack_page(self._document, number)
        elements = archive(
            self._document,
            self._about,
            self._tree,
            owners=self._owners(),
            annotations=self._annotations,
            attachments=self._attachments,
        )
        return pdf_file(self._document, elements)

    def _margins(self, number: int) -> list[str]:
        page = f"{number} / {self.page_count}" if self._numbered else ""
        baseline, found = HEIGHT - 13 * mm, ["/Artifact <</Type /Pagination>> BDC"]
        right = RIGHT - typeface.width(page, _FOOT_SIZE)
        for text, x in ((_cut(self._foot, right - LEFT - _FOOT_SIZE), LEFT), (page, right)):
            found.append(typeface.drawn(self._document, x, HEIGHT - baseline, text, size=_FOOT_SIZE))
        if self._corner:
            width = typeface.width(self._corner, 11, Weight.BOLD)
            left, bottom = RIGHT - width, HEIGHT - 14 * mm
            found.append(
                typeface.drawn(self._document, left, bottom, self._corner, size=11, weight=Weight.BOLD)
            )
            found.append(f"q 0.8 w {left - 6:.2f} {bottom - 6:.2f} {width + 12:.2f} 21 re S Q")
        return [*found, "EMC"]


def baseline(top: float, size: float, pitch: float) -> float:
    """Where text of *size* stands in a line of height *pitch* that begins at *top*."""
    return top + (pitch - size) / 2 + _ASCENT * size


def _cut(text: str, measure: float) -> str:
    """*text* of the foot as far as there is room: long names leave the page its number."""
    if typeface.width(text, _FOOT_SIZE) <= measure:
        return text
    kept = list(clusters(text))
    while kept and typeface.width("".join((*kept, "…")), _FOOT_SIZE) > measure:
        kept.pop()
    return "".join((*kept, "…"))


def _hatched(x: float, bottom: float, width: float, height: float, step: float, shape: str) -> str:
    """Slanting lines inside of *shape*, which is the rectangle as a path."""
    at, found = x - height, [f"q {shape} W n 0.5 w"]
    while at < x + width:
        found.append(f"{at:.2f} {bottom:.2f} m {at + height:.2f} {bottom + height:.2f} l S")
        at += step
    return " ".join((*found, "Q"))
