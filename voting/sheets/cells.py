"""The cells of a spreadsheet as we handle them: text, an exact number, a day, an instant, or a fault.

A number is a binary float in the file; it becomes the decimal that a person sees, and stays exact.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum


class CellFault(Enum):
    """A cell that has no value to read, though something stands in it."""

    ERROR = "cell-error"  # #N/A, #REF! and their kind
    NO_VALUE = "cell-formula"  # a formula that was never calculated


Cell = str | Decimal | date | datetime | CellFault

# The number of the row as the spreadsheet program shows it, from 1, and its cells from column A.
Row = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Merged:
    """A block of merged cells.  Units: rows from 1, columns from 0; the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of one file.

    Shape   ``title`` and ``titles`` (every visible sheet of the file) are empty for CSV;
            ``hidden`` are the numbers of hidden rows, which are read like any other.
    """

    file: str
    title: str
    titles: tuple[str, ...]
    merged: tuple[Merged, ...]
    hidden: frozenset[int]
    source: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """All rows in order, blank ones too.  Raises: a Refusal at the row that cannot be read."""
        return self.source()


def text_of(cell: Cell) -> str:
    """The text a person sees in *cell*; nothing where it has no value."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else ""


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def column_letters(index: int) -> str:
    """The name of a column as the spreadsheet program shows it: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters
