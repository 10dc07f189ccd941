"""宛名ラベル: addresses on sheets of labels as stationers sell them.

Nothing is printed but the addresses: no frames, no foot.  Source: product.md P, papers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from reportlab.lib.units import mm

from voting.core.errors import Refusal
from voting.documents.facts_post import Addressed
from voting.documents.frame import HEIGHT, WIDTH, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.structure import Tag
from voting.documents.typeface import naming


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of A4.  Units: points; labels touch each other, the rest is margin, alike on both sides."""

    across: int
    down: int
    width: float
    height: float

    @property
    def labels(self) -> int:
        return self.across * self.down


# 86.4 x 42.3 mm, and 66.0 x 33.9 mm with margins all around.
SHEETS = {12: Sheet(2, 6, 86.4 * mm, 42.3 * mm), 24: Sheet(3, 8, 66.0 * mm, 33.9 * mm)}
_PAD, _EDGE = 4.5 * mm, 3 * mm
_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0)
_PITCH = 1.28
_NUMBER = 6.5


@dataclass(eq=False)
class LabelTooLong(Refusal):
    """An address does not fit on its label, even in the smallest type."""

    code: ClassVar[str] = "label-too-long"
    member: str
    labels: int


def render_labels(title: str, author: str, addressed: Iterable[Addressed], *, sheet: int, used: int) -> bytes:
    """Labels in the order given.

    Shape   *sheet* is 12 or 24; *used*: how many places of the first sheet are empty already.
    Raises  LabelTooLong; NoGlyphForMember; ValueError without any member.
    """
    size = SHEETS[sheet]
    paper = Frame(title=title, author=author, numbered=False)
    left, top = (WIDTH - size.across * size.width) / 2, (HEIGHT - size.down * size.height) / 2
    place = None
    for place, each in enumerate(addressed, used % size.labels):
        if place % size.labels == 0 and place:
            paper.break_page()
        row, column = divmod(place % size.labels, size.across)
        with naming(f"会員番号 {each.member_id}"):
            _label(paper, size, left + column * size.width, top + row * size.height, each)
    if place is None:
        raise ValueError("labels for nobody")
    return paper.finish()


def _label(paper: Frame, sheet: Sheet, left: float, top: float, each: Addressed) -> None:
    size, broken = _fitting(sheet, each)
    y = top + _EDGE
    with paper.tagged(Tag.P):
        # Beside the postcode there is room whatever else is long.
        x = left + sheet.width - _PAD
        paper.text(x, baseline(y, _NUMBER, size * _PITCH), each.member_id, size=_NUMBER, align="right")
    for text in broken:
        with paper.tagged(Tag.P):
            for line in text:
                paper.text(left + _PAD, baseline(y, size, size * _PITCH), line, size=size)
                y += size * _PITCH
        if text is broken[1]:
            y += size * 0.4


def _fitting(sheet: Sheet, each: Addressed) -> tuple[float, list[tuple[str, ...]]]:
    """The largest type in which everything fits, and the lines in it.  Raises: LabelTooLong."""
    texts = (f"〒{each.postcode}", each.address, *each.to)
    for size in _SIZES:
        broken = [lines(text, sheet.width - 2 * _PAD, size) for text in texts]
        height = (sum(len(text) for text in broken) * _PITCH + 0.4) * size
        if height <= sheet.height - 2 * _EDGE:
            return size, broken
    raise LabelTooLong(each.member_id, sheet.labels)
