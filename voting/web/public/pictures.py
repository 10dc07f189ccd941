"""A result as a picture: one bar whose parts have the widths of their shares.

The page draws it as SVG with plain attributes, so that no style stands in the page; every part is named
and numbered beside it, so nothing is told by colour alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from voting.services.outcome.result_page import Bar


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar.  Units: ``x`` and ``width`` in thousandths of the whole."""

    kind: str
    x: int
    width: int
    label: str
    value: str


def segments(bars: Iterable[Bar]) -> tuple[Segment, ...]:
    """The parts from left to right; one that is too small to be seen is drawn 4 wide all the same.

    Ties  what rounding and the small parts cost or leave is taken from or given to the widest part.
    """
    parts = tuple(bars)
    widths = [max(part.thousandths, 4) for part in parts]
    if widths:
        widths[widths.index(max(widths))] += 1000 - sum(widths)
    placed, x = [], 0
    for part, width in zip(parts, widths, strict=True):
        placed.append(Segment(part.kind, x, width, part.label, part.value))
        x += width
    return tuple(placed)
