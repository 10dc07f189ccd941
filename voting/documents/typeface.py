"""Text as it is drawn: which font has which character, how wide it is, and never a silent gap.

A paper is set in one face with a stack of fonts: the first that has the character draws it. A character that
no font has is refused together with the text it stands in, because a name that lost a character is worse than
no paper. Names that run from right to left are drawn so, letter by letter: their letters are not joined.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar

from voting.core.errors import Refusal
from voting.core.printable import is_seen
from voting.documents.clusters import clusters
from voting.documents.direction import visual
from voting.documents.fontfile import FOLDER, EmbeddedFont, FontFile
from voting.documents.pdf_objects import string


@dataclass(eq=False)
class NoGlyph(Refusal):
    """No font has a glyph for *character*, which stands in *text*."""

    code: ClassVar[str] = "no-glyph"
    character: str
    text: str


@dataclass(eq=False)
class NoGlyphForMember(NoGlyph):
    """The same, in the paper of *member*."""

    code: ClassVar[str] = "no-glyph-for-member"
    member: str


@contextmanager
def naming(member: str) -> Iterator[None]:
    """Let a refusal say whose paper it was.  Raises: NoGlyphForMember."""
    try:
        yield
    except NoGlyph as refused:
        raise NoGlyphForMember(refused.character, refused.text, member) from refused


class Weight(StrEnum):
    REGULAR = "regular"
    BOLD = "bold"


# In the order in which they are asked for a character.
STACKS = {
    Weight.REGULAR: ("BIZUDPGothic-Regular", "NotoSansJP-Regular"),
    Weight.BOLD: ("BIZUDPGothic-Bold", "NotoSansJP-Regular"),
}
# Asked after those, in this order, where the machine has them: rare kanji, emoji, other scripts.
INSTALLED = ("ipamjm.ttf", "NotoEmoji-Regular.ttf", "Symbola_hint.ttf", "DejaVuSans.ttf")
PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one font.  Units: ``width`` in points at a size of 1."""

    font: str
    text: str
    width: float


@cache
def font(name: str) -> EmbeddedFont:
    """The font of that file name, read once in the life of the process."""
    installed = _installed().get(name)
    return EmbeddedFont(FontFile(installed or FOLDER / f"{name}.ttf"))


@cache
def _installed() -> dict[str, Path]:
    """Name -> file of the fonts that this machine has beside ours, in the order of INSTALLED."""
    there = {path.name: path for place in PLACES for path in sorted(place.rglob("*.ttf"))}
    return {Path(name).stem: there[name] for name in INSTALLED if name in there}


def register() -> str:
    """Make the font that a canvas starts with known to reportlab; its name.

    The others are read when a text first needs them, and are written into the document by themselves.
    """
    first = font(STACKS[Weight.REGULAR][0])
    first.register()
    return first.fontName


@lru_cache(maxsize=20_000)
def runs(text: str, weight: Weight = Weight.REGULAR) -> tuple[Run, ...]:
    """*text* by fonts.

    Order   a variant (character and selector) goes to the first font that knows it; where none does, its base
            character is drawn and the selector kept in the text.
    Raises  NoGlyph, also for control characters: a line break is the line breaker's affair.
    """
    found: list[Run] = []
    typed = clusters(text)
    fonts: dict[str, EmbeddedFont] = {}
    for cluster in typed:
        first = _font_for(cluster, weight)
        if first is None:
            raise NoGlyph(character=_named(cluster), text=text)
        fonts[cluster] = first
    for cluster in visual(typed):
        chosen = fonts[cluster]
        width = chosen.stringWidth(cluster, 1)
        if found and found[-1].font == chosen.file.name:
            last = found.pop()
            found.append(Run(last.font, last.text + cluster, last.width + width))
        else:
            found.append(Run(chosen.file.name, cluster, width))
    return tuple(found)


def _named(cluster: str) -> str:
    """A character as a sentence can name it: one that nobody sees by its numbers."""
    return cluster if is_seen(cluster) else " ".join(f"U+{ord(each):04X}" for each in cluster)


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


def drawn(
    document: Any,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    weight: Weight = Weight.REGULAR,
    spacing: float = 0,
) -> str:
    """The operators that draw *text* on one line with its first baseline point at (x, y).

    Shape   *document* is reportlab's: it keeps which glyphs were used.
    Units   points; ``spacing`` is added after each character.
    Raises  NoGlyph.
    """
    parts = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
    if spacing:
        parts.append(f"{spacing:.3f} Tc")
    for run in runs(text, weight):
        chosen = font(run.font)
        name = chosen.getSubsetInternalName(0, document)
        parts.append(f"{name} {size:g} Tf <{chosen.written(run.text, document)}> Tj")
    parts.append("0 Tc ET" if spacing else "ET")
    if _needs_exact(text):
        # Readers take wide spaces for gaps between words; this tells them the exact text.
        parts = [f"/Span <</ActualText {string(text)}>> BDC", *parts, "EMC"]
    return " ".join(parts)


@lru_cache(maxsize=20_000)
def _needs_exact(text: str) -> bool:
    bare = text.removeprefix("\u3000")
    return any(character.isspace() and character != " " for character in bare) or bare != bare.strip(" ")


@lru_cache(maxsize=20_000)
def _font_for(cluster: str, weight: Weight) -> EmbeddedFont | None:
    """The first font that has exactly this; failing that, the first with the base character."""
    if unicodedata.category(cluster[0]) in ("Cc", "Cf"):
        return None  # some fonts have glyphs for what cannot be seen
    for exact in (True, False):
        for name in (*STACKS[weight], *_installed()):
            found = font(name).file.glyph(cluster) is not None
            if found or (not exact and font(name).cluster_glyph(cluster) is not None):
                return font(name)
    return None
