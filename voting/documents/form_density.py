"""How close a ballot form may be set: the widest that fits on its one page is taken."""

from dataclasses import dataclass

from reportlab.lib.units import mm


@dataclass(frozen=True, slots=True)
class Density:
    """How close a form is set.  Units: points."""

    field: float
    row: float
    text: float
    note: float
    pitch: float

    @property
    def line(self) -> float:
        """The pitch of the titles of motions."""
        return self.text * 1.16


DENSITIES = (
    Density(9 * mm, 12 * mm, 10.5, 8.5, 12.5),
    Density(8 * mm, 10 * mm, 10.0, 8.0, 11.0),
    Density(7 * mm, 9 * mm, 9.5, 7.5, 10.0),
    Density(6.5 * mm, 8 * mm, 9.0, 7.0, 9.0),
)
# A translation is only read: its rows need no room for a mark.
DENSITIES_TO_READ = (
    *DENSITIES,
    Density(5.5 * mm, 6 * mm, 8.5, 6.5, 8.0),
)
