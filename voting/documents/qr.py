"""QR codes as dark squares on a page, made once a content."""

from dataclasses import dataclass

import segno

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

    def drawn(self, x: float, bottom: float, side: float) -> str:
        """The operators that fill the dark modules, the lower left corner at (x, bottom).  Units: points."""
        dot = side / self.side
        place = f"q 0 g {dot:.5f} 0 0 {-dot:.5f} {x:.3f} {bottom + side:.3f} cm"
        bars = "\n".join(f"{column} {row} {length} 1 re" for row, column, length in self.bars)
        return f"{place}\n{bars}\nf Q"


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
