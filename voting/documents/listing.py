"""A long list set close, as a clerk prints a roll: in two lanes on a page where its rows are narrow enough.

It is one table for who has it read out, the left lane of a page before the right one.
"""

from collections.abc import Sequence
from dataclasses import replace

from voting.documents.frame import Frame
from voting.documents.grid import draw_table
from voting.documents.grid_columns import HEAD_SIZE, Column, Look, Row
from voting.documents.typeface import width as text_width

_ONE = Look(pitch=12.0, pad=1.4, rise=1.0)
_TWO = replace(_ONE, lanes=2, gap=7.0)
# What the column of names keeps beside its neighbours: seven characters. Longer names take a second line.
_LEAST_NAME = 63.0
_LEAST_HEAD = 38.1


def draw_list(frame: Frame, columns: Sequence[Column], rows: Sequence[Row], *, name: int) -> None:
    """Draw the list; *name* is the place of the column whose texts may be broken into lines.

    Raises  NoGlyph; ValueError where a row has not as many cells as there are columns.
    """
    row = _ONE.pitch + 2 * _ONE.rise
    narrow = _narrow(columns, rows, name) if (len(rows) + 2) * row > frame.room else None
    draw_table(frame, narrow or columns, rows, look=_TWO if narrow else _ONE)


def _narrow(columns: Sequence[Column], rows: Sequence[Row], name: int) -> tuple[Column, ...] | None:
    """The columns as wide as their texts, for a lane; None where they do not fit into one."""
    needed = [_needed(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    unbroken = " " not in "".join(row[name] for row in rows) and all(row[name].isascii() for row in rows)
    least = needed[name] if unbroken else min(needed[name], _LEAST_NAME + 2 * _TWO.pad)
    rest = _TWO.width - (sum(needed) - needed[name])
    if rest < least:
        return None
    needed[name] = rest
    return tuple(replace(column, share=share) for column, share in zip(columns, needed, strict=True))


def _needed(column: Column, texts: Sequence[str]) -> float:
    """The width for the longest of *texts*, and for a head that may be broken."""
    head = max(text_width(line, HEAD_SIZE) for line in column.head.split("\n"))
    longest = max((text_width(text, column.size) for text in dict.fromkeys(texts)), default=0.0)
    # A head is centred and has the edges of its column for itself.
    return max(longest + _TWO.pad, min(head, _LEAST_HEAD)) + _TWO.pad + 0.1
