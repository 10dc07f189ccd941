"""How close the lines of a paper stand.  Its type keeps its size: what is closer can be read all the same."""

from dataclasses import dataclass, field

from reportlab.lib.units import mm

from voting.documents.grid_columns import Look

PITCH = 18.0
SMALL_PITCH = 12.5


@dataclass(frozen=True, slots=True)
class Spacing:
    """Units: points from line to line: of running text, of notes, and as a table is set."""

    line: float = PITCH
    small: float = SMALL_PITCH
    table: Look = field(default_factory=Look)


LETTER = Spacing()
# From wide to close, for what has to stand on one page.
SPACINGS = (
    LETTER,
    Spacing(line=15.0, small=11.5, table=Look(pitch=12.0, rise=0.8 * mm)),
    Spacing(line=13.5, small=10.5, table=Look(pitch=10.5, rise=0.6 * mm)),
    Spacing(line=12.5, small=9.6, table=Look(pitch=9.6, rise=0.4 * mm)),
)
