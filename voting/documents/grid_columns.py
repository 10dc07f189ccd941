"""The columns of a table: how it is set, and how wide each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from voting.documents.frame import MEASURE, Align
from voting.documents.typeface import Weight
from voting.documents.typeface import width as text_width

SIZE = 9.0
HEAD_SIZE = 8.0
PITCH = 13.0
_PAD = 1.3 * mm
_LEAST = 42.0  # points that a column of words keeps


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Units   ``share`` of the table's width, against those of its neighbours.
    Shape   neighbours with the same ``group`` stand under one common head.
    """

    head: str
    share: float
    align: Align = "left"
    group: str = ""
    size: float = SIZE


Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Look:
    """How close a table is set.

    Units   points: of a line, and free beside and above each text.
    Shape   ``lanes`` of rows stand beside each other on a page, ``gap`` apart; read out as one table.
    """

    pitch: float = PITCH
    pad: float = _PAD
    rise: float = _PAD
    lanes: int = 1
    gap: float = 0.0

    @property
    def width(self) -> float:
        """The width of a lane."""
        return (MEASURE + self.gap) / self.lanes - self.gap


def fitting(columns: Sequence[Column], rows: Sequence[Row], look: Look) -> Sequence[Column]:
    """The columns with their figures as large as the page allows.

    A figure broken in two is misread, so it is rather small; beyond 6/10 of its size it is broken after all.
    """
    least = sum(_LEAST for column in columns if column.align != "right")
    for size in (1.0, 0.9, 0.8, 0.7, 0.6):
        fitting = [
            replace(column, size=column.size * size) if column.align == "right" else column
            for column in columns
        ]
        if sum(figure_widths(fitting, rows, look)) + least <= look.width:
            break
    return fitting


def column_widths(columns: Sequence[Column], rows: Sequence[Row], look: Look) -> list[float]:
    """By shares; where figures need more room than that, the other columns give it."""
    total = sum(column.share for column in columns)
    found = [look.width * column.share / total for column in columns]
    needed = figure_widths(columns, rows, look)
    words = [column.share for column in columns if column.align != "right"]
    rest = look.width - sum(needed)
    if all(width >= need for width, need in zip(found, needed, strict=True)) or rest < _LEAST * len(words):
        return found
    shared = sum(words)
    return [
        need if column.align == "right" else rest * column.share / shared
        for column, need in zip(columns, needed, strict=True)
    ]


def figure_widths(columns: Sequence[Column], rows: Sequence[Row], look: Look) -> list[float]:
    """The width that each column of figures needs for the longest of them; 0 for columns of words.

    A column has room for one full character at least, however short its figures are: else none could be set.
    """
    return [
        max(
            column.size,
            *(
                text_width(text, size, Weight.BOLD)
                for cell, size in ((column.head, HEAD_SIZE), *((row[at], column.size) for row in rows))
                for text in cell.split("\n")
            ),
        )
        + 2 * look.pad
        + 0.1
        if column.align == "right"
        else 0.0
        for at, column in enumerate(columns)
    ]
