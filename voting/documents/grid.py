"""Tables that go on over pages, with their heads repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from reportlab.lib.units import mm

from voting.documents.frame import BOTTOM, LEFT, MEASURE, TOP, Align, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.structure import Element, Tag
from voting.documents.typeface import Weight
from voting.documents.typeface import width as text_width

SIZE = 9.0
_HEAD_SIZE = 8.0
PITCH = 13.0
_PAD = 1.3 * mm
_HEAD_GREY = 0.93
_LEAST = 42.0  # points that a column of words keeps
_OUTER, _INNER = 0.8, 0.4


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


def draw_table(
    frame: Frame, columns: Sequence[Column], rows: Sequence[Row], *, strong: frozenset[int] = frozenset()
) -> None:
    """Draw the table from the frame's present place on; *strong* are the rows set in bold.

    Order   figures (columns aligned to the right) get the room they need, words are broken into the rest.
    Raises  NoGlyph; ValueError where a row has not as many cells as there are columns.
    """
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row has as many cells as there are columns")
    columns = _fitting(columns, rows)
    widths = _widths(columns, rows)
    height = _head_height(columns, widths)
    cells = [_cells(row, columns, widths, _weight(at, strong)) for at, row in enumerate(rows)]
    first = _row_height(cells[0]) if cells else 0.0
    frame.need(height + min(first, BOTTOM - TOP - height))
    with frame.tagged(Tag.TABLE):
        start = _draw_head(frame, columns, widths, height)
        for at, row_cells in enumerate(cells):
            with frame.tagged(Tag.TR):
                tagged = _row_elements(frame, columns)
                for part in _parts(row_cells, int((BOTTOM - TOP - height) // PITCH) - 1):
                    if _row_height(part) > frame.room:
                        start = _go_on(frame, columns, widths, height, start)
                    _draw_row(frame, columns, widths, part, _weight(at, strong), tagged)
        _frame(frame, start)


def _row_elements(frame: Frame, columns: Sequence[Column]) -> list[Element]:
    """The cells of one row; the first names it."""
    found = []
    for at in range(len(columns)):
        with frame.tagged(Tag.TD if at else Tag.TH, scope="" if at else "Row") as element:
            found.append(element)
    return found


def _go_on(
    frame: Frame, columns: Sequence[Column], widths: Sequence[float], height: float, start: float
) -> float:
    """The head again on a new page; it was read out already."""
    _frame(frame, start)
    frame.break_page()
    with frame.aside():
        return _draw_head(frame, columns, widths, height)


def _fitting(columns: Sequence[Column], rows: Sequence[Row]) -> Sequence[Column]:
    """The columns with their figures as large as the page allows.

    A figure broken in two is misread, so it is rather small; beyond 6/10 of its size it is broken after all.
    """
    least = sum(_LEAST for column in columns if column.align != "right")
    for size in (1.0, 0.9, 0.8, 0.7, 0.6):
        fitting = [
            replace(column, size=column.size * size) if column.align == "right" else column
            for column in columns
        ]
        if sum(_figures(fitting, rows)) + least <= MEASURE:
            break
    return fitting


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    """By shares; where figures need more room than that, the other columns give it."""
    total = sum(column.share for column in columns)
    widths = [MEASURE * column.share / total for column in columns]
    needed = _figures(columns, rows)
    words = [column.share for column in columns if column.align != "right"]
    rest = MEASURE - sum(needed)
    if all(width >= need for width, need in zip(widths, needed, strict=True)) or rest < _LEAST * len(words):
        return widths
    shared = sum(words)
    return [
        need if column.align == "right" else rest * column.share / shared
        for column, need in zip(columns, needed, strict=True)
    ]


def _figures(columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    """The width that each column of figures needs for the longest of them; 0 for columns of words."""
    return [
        max(
            text_width(text, size, Weight.BOLD)
            for cell, size in ((column.head, _HEAD_SIZE), *((row[at], column.size) for row in rows))
            for text in cell.split("\n")
        )
        + 2 * _PAD
        + 0.1
        if column.align == "right"
        else 0.0
        for at, column in enumerate(columns)
    ]


def _weight(at: int, strong: frozenset[int]) -> Weight:
    return Weight.BOLD if at in strong else Weight.REGULAR


def _cells(
    row: Row, columns: Sequence[Column], widths: Sequence[float], weight: Weight
) -> list[tuple[str, ...]]:
    return [
        lines(text, width - 2 * _PAD, column.size, weight)
        for text, column, width in zip(row, columns, widths, strict=True)
    ]


def _parts(cells: list[tuple[str, ...]], most: int) -> list[list[tuple[str, ...]]]:
    """A row in parts of at most *most* lines: only a row longer than a page is ever parted."""
    longest = max(len(cell) for cell in cells)
    return [[cell[at : at + most] for cell in cells] for at in range(0, longest, most)]


def _row_height(cells: list[tuple[str, ...]]) -> float:
    return max(len(cell) for cell in cells) * PITCH + 2 * _PAD


def _head_height(columns: Sequence[Column], widths: Sequence[float]) -> float:
    own = max(
        len(lines(column.head, width - _PAD, _HEAD_SIZE))
        for column, width in zip(columns, widths, strict=True)
    )
    return (own + any(column.group for column in columns)) * PITCH + 2 * _PAD


def _draw_head(frame: Frame, columns: Sequence[Column], widths: Sequence[float], height: float) -> float:
    """Draw the heads.  The answer is where the table begins on this page."""
    top, x = frame.y, LEFT
    frame.box(LEFT, top, MEASURE, height, line=0, grey=_HEAD_GREY)
    group_height = PITCH + _PAD
    elements = _head_elements(frame, columns)
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        grouped = bool(column.group)
        offset = group_height if grouped else 0.0
        opens = grouped and (at == 0 or columns[at - 1].group != column.group)
        if opens:
            span = _span(columns, widths, at)
            middle = baseline(top + _PAD / 2, _HEAD_SIZE, PITCH)
            with frame.inside(elements[at][0]):
                frame.text(x + span / 2, middle, column.group, size=_HEAD_SIZE, align="centre")
            frame.rule(x, top + group_height, x + span, top + group_height, width=_INNER)
        with frame.inside(elements[at][1]):
            text = lines(column.head, width - _PAD, _HEAD_SIZE)
            _centred(frame, text, x, top + offset, width, height - offset)
        if at:
            inner = grouped and not opens
            frame.rule(x, top + group_height if inner else top, x, top + height, width=_INNER)
        x += width
    frame.y = top + height
    return top


def _head_elements(frame: Frame, columns: Sequence[Column]) -> list[tuple[Element | None, Element | None]]:
    """For each column the common head that it opens, and its own; none where they are repeated.

    Order   all heads of the first row, then those under a common head: so they are read out.
    """
    if frame.is_aside:
        return [(None, None)] * len(columns)
    deep = 2 if any(column.group for column in columns) else 1
    tops: list[Element | None] = []
    with frame.tagged(Tag.TR):
        for at, column in enumerate(columns):
            if column.group and at and columns[at - 1].group == column.group:
                tops.append(None)
                continue
            span = len(_group(columns, at)) if column.group else 1
            rows = 1 if column.group else deep
            with frame.tagged(Tag.TH, scope="Column", columns=span, rows=rows) as element:
                tops.append(element)
    if deep == 1:
        return [(None, element) for element in tops]
    own: list[Element | None] = []
    with frame.tagged(Tag.TR):
        for top, column in zip(tops, columns, strict=True):
            if not column.group:
                own.append(top)
                continue
            with frame.tagged(Tag.TH, scope="Column") as element:
                own.append(element)
    return list(zip(tops, own, strict=True))


def _group(columns: Sequence[Column], at: int) -> Sequence[Column]:
    """The neighbours from *at* on that stand under the same common head."""
    return tuple(takewhile(lambda column: column.group == columns[at].group, columns[at:]))


def _span(columns: Sequence[Column], widths: Sequence[float], at: int) -> float:
    return sum(widths[at : at + len(_group(columns, at))])


def _centred(frame: Frame, text: tuple[str, ...], x: float, top: float, width: float, height: float) -> None:
    y = top + (height - len(text) * PITCH) / 2
    for line in text:
        frame.text(x + width / 2, baseline(y, _HEAD_SIZE, PITCH), line, size=_HEAD_SIZE, align="centre")
        y += PITCH


def _draw_row(
    frame: Frame,
    columns: Sequence[Column],
    widths: Sequence[float],
    cells: list[tuple[str, ...]],
    weight: Weight,
    tagged: Sequence[Element],
) -> None:
    height, x = _row_height(cells), LEFT
    frame.rule(LEFT, frame.y, LEFT + MEASURE, frame.y, width=_INNER)
    for at, (column, width, cell) in enumerate(zip(columns, widths, cells, strict=True)):
        y = frame.y + (height - len(cell) * PITCH) / 2
        anchor = {"left": x + _PAD, "centre": x + width / 2, "right": x + width - _PAD}[column.align]
        with frame.inside(tagged[at]):
            for line in cell:
                middle = baseline(y, column.size, PITCH)
                frame.text(anchor, middle, line, size=column.size, weight=weight, align=column.align)
                y += PITCH
        if at:
            frame.rule(x, frame.y, x, frame.y + height, width=_INNER)
        x += width
    frame.y += height


def _frame(frame: Frame, start: float) -> None:
    frame.box(LEFT, start, MEASURE, frame.y - start, line=_OUTER)
