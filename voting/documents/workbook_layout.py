"""How much room text takes in a sheet, before any spreadsheet program has seen it.

Programs differ in whether they make a row higher for text that needs a second line, and none does it for
merged cells: so the height is said beforehand. What text really takes depends on the font that the reader's
machine has; this is on the safe side of the fonts that offices have.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from voting.documents.linebreak import units

_EDGE = 0.5  # characters; a column is said to be as wide as what fits, but fonts differ
_PITCH = 16.5  # points a line, of a type of 10 points
_HIGHEST = 409.0  # points; a spreadsheet has no higher row
_ACROSS_A4 = 150  # characters of 10 points on A4 laid on its side, between narrow margins
_LEAST_SCALE = 0.78  # smaller than that is not read with ease
_A4, _A3 = 9, 8  # as spreadsheets number them

Width = int | float


def text_width(text: str) -> int:
    """How wide *text* is.  Units: half-width characters, as columns are measured in."""
    return sum(_character(character) for character in text)


# A column says the same few words in every row.
@lru_cache(maxsize=10_000)
def line_count(text: str, width: Width) -> int:
    """The lines that *text* takes in a column, or in several merged, *width* characters wide."""
    measure = max(2.0, width - _EDGE)
    return sum(_lines_of(paragraph, measure) for paragraph in text.split("\n"))


def row_height(texts: Iterable[tuple[str, Width]], *, size: float = 10) -> float | None:
    """The height of a row of texts in columns of those widths; None where one line is enough.

    Units   points; ``size`` is that of the type.
    """
    scale = size / 10
    lines = max((line_count(text, width / scale) for text, width in texts), default=1)
    return None if lines < 2 else min(_HIGHEST, lines * _PITCH * scale)


def paper(width: Width) -> int:
    """The paper for a table *width* characters wide: A3 where it would be too small to read on A4."""
    return _A4 if width * _LEAST_SCALE <= _ACROSS_A4 else _A3


def _lines_of(paragraph: str, measure: float) -> int:
    lines, used = 1, 0.0
    for unit in units(paragraph):
        width = text_width(unit)
        if used and used + width > measure:
            lines, used = lines + 1, 0.0
        # A word longer than the column is broken wherever the column ends.
        extra = int(max(0.0, used + width - 1) // measure)
        lines, used = lines + extra, used + width - extra * measure
    return lines


def _character(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
