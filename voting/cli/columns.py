"""Tables on a terminal, where a Japanese character takes two places."""

import unicodedata
from collections.abc import Sequence


def columns(rows: Sequence[Sequence[str]], *, numbers: frozenset[int] = frozenset()) -> str:
    """*rows* in columns as wide as their widest cell; those in *numbers* stand to the right."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            _padded(cell, widths[column], right=column in numbers) for column, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )


def width(text: str) -> int:
    """The places *text* takes.  Ambiguous characters are wide, as in Japanese fonts; marks take none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "FWA" else 1
        for each in text
    )


def _padded(cell: str, places: int, *, right: bool) -> str:
    space = " " * (places - width(cell))
    return space + cell if right else cell + space
