"""A sheet of a result workbook as plain rows, and the classes of votes that its tables have as columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from voting.core.result import Numbers
from voting.wording import ChoiceWords


class Votes(NamedTuple):
    """A number of votes, to be told from one of members."""

    millionths: int


class Figure(str):
    """A figure that stands as exact text, as percentages do: text, but on the right like numbers."""


Cell = str | int | Votes
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Shape   ``columns``: heading and width in characters; as many cells in each row. ``strong`` rows are
            sums; ``frozen`` columns stay in sight; ``below`` are lines under the table.
    """

    name: str
    title: str
    unit: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    frozen: int = 1
    strong: frozenset[int] = frozenset()
    below: tuple[str, ...] = ()


CLASSES: tuple[tuple[str, Callable[[Numbers], int]], ...] = (
    ("計", lambda n: n.in_favour.total),
    ("うち提出", lambda n: n.in_favour.expressed),
    ("うち委任", lambda n: n.in_favour.proxy),
    ("うち無記入みなし", lambda n: n.in_favour.blank),
    ("うち未提出みなし", lambda n: n.in_favour.deemed),
    ("反対", lambda n: n.against.total),
    ("棄権", lambda n: n.abstain.total),
    ("無効", lambda n: n.invalid),
    ("除外", lambda n: n.excluded),
    ("除斥", lambda n: n.barred),
    ("未算入", lambda n: n.not_counted),
    ("計", lambda n: n.total),
)


def heads(words: ChoiceWords) -> Iterator[tuple[str, int]]:
    """The headings of the classes with their widths, in the words of the question."""
    for place, (head, _) in enumerate(CLASSES):
        if head == "反対":
            yield words.against, 8
        elif place < 5:
            yield f"{words.favour} {head}", 8
        else:
            yield head, 8


def in_votes(numbers: Numbers) -> Row:
    """The classes of one question.  Units: *numbers* in votes."""
    return tuple(Votes(pick(numbers)) for _, pick in CLASSES)
