"""QR codes as dark squares on a page, made once a content."""

from dataclasses import dataclass

import segno
from reportlab.pdfgen.canvas import Canvas

# Trying all eight masks takes three quarters of the time that a code takes, and any of them can be read.
_MASK = 2


@dataclass(frozen=True, slots=True)
class Matrix:
    """A code.

    Shape   ``bars``: row from the top, first column, length of dark modules; ``side`` modules a side, without
            the quiet zone of four modules that the caller leaves free around it.
    """

    side: int
    bars: tuple[tuple[int, int, int], ...]

    def draw(self, canvas: Canvas, x: float, bottom: float, side: float) -> None:
        """Fill the modules of a code whose lower left corner is at (x, bottom).  Units: points."""
        dot = side / self.side
        code: list[str] = vars(canvas)["_code"]
        parts = ["q 0 g", f"{dot:.5f} 0 0 {-dot:.5f} {x:.3f} {bottom + side:.3f} cm"]
        parts += [f"{column} {row} {length} 1 re" for row, column, length in self.bars]
        parts.append("f Q")
        code.append("\n".join(parts))


def qr(content: str, *, error: str = "m") -> Matrix:
    """The code of *content*.  Shape: *error* is l, m, q or h, the part of it that may be spoilt."""
    made = segno.make(content, error=error, micro=False, boost_error=False, mask=_MASK)
    bars = []
    for row, modules in enumerate(made.matrix):
        start = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                bars.append((row, start, column - start))
                start = None
    return Matrix(len(made.matrix), tuple(bars))
