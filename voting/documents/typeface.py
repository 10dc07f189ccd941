"""Text as it is drawn: which font has which character, how wide it is, and never a silent gap.

A paper is set in one face with a stack of fonts: the first that has the character draws it. A character that
no font has is refused together with the text it stands in, because a name that lost a character is worse than
no paper. Text runs in logical order from left to right; scripts that need shaping have no glyphs here.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import ClassVar

from reportlab.pdfgen.canvas import Canvas

from voting.core.errors import Refusal
from voting.documents.fontfile import EmbeddedFont, FontFile, clusters


@dataclass(eq=False)
class NoGlyph(Refusal):
    """No font has a glyph for *character*, which stands in *text*."""

    code: ClassVar[str] = "no-glyph"
    character: str
    text: str


class Weight(StrEnum):
    REGULAR = "regular"
    BOLD = "bold"


# In the order in which they are asked for a character.
STACKS = {
    Weight.REGULAR: ("BIZUDPGothic-Regular", "NotoSansJP-Regular"),
    Weight.BOLD: ("BIZUDPGothic-Bold", "NotoSansJP-Regular"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one font.  Units: ``width`` in points at a size of 1."""

    font: str
    text: str
    width: float


@cache
def font(name: str) -> EmbeddedFont:
    """The font of that file name, read once in the life of the process."""
    return EmbeddedFont(FontFile(name))


def register() -> str:
    """Make all fonts known to reportlab; the name of the one that a canvas starts with."""
    for stack in STACKS.values():
        for name in stack:
            font(name).register()
    return font(STACKS[Weight.REGULAR][0]).fontName


@lru_cache(maxsize=20_000)
def runs(text: str, weight: Weight = Weight.REGULAR) -> tuple[Run, ...]:
    """*text* by fonts.

    Order   a variant (character and selector) goes to the first font that knows it; where none does, its base
            character is drawn and the selector kept in the text.
    Raises  NoGlyph, also for control characters: a line break is the line breaker's affair.
    """
    found: list[Run] = []
    for cluster in clusters(text):
        chosen = _font_for(cluster, weight)
        if chosen is None:
            raise NoGlyph(character=cluster, text=text)
        width = chosen.stringWidth(cluster, 1)
        if found and found[-1].font == chosen.fontName:
            last = found.pop()
            found.append(Run(last.font, last.text + cluster, last.width + width))
        else:
            found.append(Run(chosen.fontName, cluster, width))
    return tuple(found)


@lru_cache(maxsize=2_000)
def drawable(text: str) -> str:
    """*text* as members typed it, with 〓 (the printer's mark for a missing type) for what no font has.

    For opinions and names of persons only: nobody may stop a paper by a character.  A member's name is
    never changed like this, it is refused (NoGlyph).
    """
    found = []
    for cluster in clusters(text):
        if cluster in "\n":
            found.append(cluster)
        elif unicodedata.category(cluster[0]) in ("Cc", "Cf"):
            found.append(" " if cluster == "\t" else "")
        else:
            found.append(cluster if _font_for(cluster, Weight.REGULAR) else "〓")
    return "".join(found)


def width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """How wide *text* is.  Units: points.  Raises: NoGlyph."""
    return sum(run.width for run in runs(text, weight)) * size


def draw(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    weight: Weight = Weight.REGULAR,
    spacing: float = 0,
) -> None:
    """Draw *text* on one line with its first baseline point at (x, y).

    Units   points; ``spacing`` is added after each character.
    Raises  NoGlyph.
    """
    line = canvas.beginText(x, y)
    line.setCharSpace(spacing)
    for run in runs(text, weight):
        line.setFont(run.font, size)
        line.textOut(run.text)
    canvas.drawText(line)


@lru_cache(maxsize=20_000)
def _font_for(cluster: str, weight: Weight) -> EmbeddedFont | None:
    stack = [font(name) for name in STACKS[weight]]
    exact = (candidate for candidate in stack if candidate.file.glyph(cluster) is not None)
    base = (candidate for candidate in stack if candidate.cluster_glyph(cluster) is not None)
    return next(exact, None) or next(base, None)
