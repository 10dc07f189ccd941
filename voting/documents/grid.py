"""Tables that go on over pages, with their heads repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from voting.documents.frame import BOTTOM, LEFT, TOP, Frame, baseline
from voting.documents.grid_columns import HEAD_SIZE, PITCH, Column, Look, Row, column_widths, fitting
from voting.documents.linebreak import lines
from voting.documents.structure import Element, Tag
from voting.documents.typeface import Weight

_HEAD_GREY = 0.93
_OUTER, _INNER = 0.8, 0.4


_LETTER = Look()


@dataclass(slots=True)
class _Lane:
    """Where rows are set now.  Shape: its number on the page, and how far down those before it reach."""

    look: Look
    top: float
    number: int = 0
    lowest: float = 0.0

    @property
    def left(self) -> float:
        return LEFT + self.number * (self.look.width + self.look.gap)


def draw_table(
    frame: Frame,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    strong: frozenset[int] = frozenset(),
    look: Look = _LETTER,
) -> None:
    """Draw the table from the frame's present place on; *strong* are the rows set in bold.

    Order   figures (columns aligned to the right) get the room they need, words are broken into the rest.
    Raises  NoGlyph; ValueError where a row has not as many cells as there are columns.
    """
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row has as many cells as there are columns")
    columns = fitting(columns, rows, look)
    widths = column_widths(columns, rows, look)
    height = _head_height(columns, widths, look)
    cells = [_cells(row, columns, widths, look, _weight(at, strong)) for at, row in enumerate(rows)]
    first = _row_height(cells[0], look) if cells else 0.0
    frame.need(height + min(first, BOTTOM - TOP - height))
    lane = _Lane(look, frame.y)
    with frame.tagged(Tag.TABLE):
        _draw_head(frame, columns, widths, height, lane)
        for at, row_cells in enumerate(cells):
            with frame.tagged(Tag.TR):
                tagged = _row_elements(frame, columns)
                for part in _parts(row_cells, int((BOTTOM - TOP - height) // look.pitch) - 1):
                    if _row_height(part, look) > frame.room:
                        _go_on(frame, columns, widths, height, lane)
                    _draw_row(frame, columns, widths, part, _weight(at, strong), tagged, lane)
        _frame(frame, lane)
        frame.y = max(frame.y, lane.lowest)


def _row_elements(frame: Frame, columns: Sequence[Column]) -> list[Element]:
    """The cells of one row; the first names it."""
    found = []
    for at in range(len(columns)):
        with frame.tagged(Tag.TD if at else Tag.TH, scope="" if at else "Row") as element:
            found.append(element)
    return found


def _go_on(
    frame: Frame, columns: Sequence[Column], widths: Sequence[float], height: float, lane: _Lane
) -> None:
    """The head again in the next lane or on a new page; it was read out already."""
    _frame(frame, lane)
    if lane.number + 1 < lane.look.lanes:
        lane.number, lane.lowest = lane.number + 1, max(lane.lowest, frame.y)
        frame.y = lane.top
    else:
        frame.break_page()
        lane.number, lane.lowest, lane.top = 0, 0.0, frame.y
    with frame.aside():
        _draw_head(frame, columns, widths, height, lane)


def _weight(at: int, strong: frozenset[int]) -> Weight:
    return Weight.BOLD if at in strong else Weight.REGULAR


def _cells(
    row: Row, columns: Sequence[Column], widths: Sequence[float], look: Look, weight: Weight
) -> list[tuple[str, ...]]:
    return [
        lines(text, width - 2 * look.pad, column.size, weight)
        for text, column, width in zip(row, columns, widths, strict=True)
    ]


def _parts(cells: list[tuple[str, ...]], most: int) -> list[list[tuple[str, ...]]]:
    """A row in parts of at most *most* lines: only a row longer than a page is ever parted."""
    longest = max(len(cell) for cell in cells)
    return [[cell[at : at + most] for cell in cells] for at in range(0, longest, most)]


def _row_height(cells: list[tuple[str, ...]], look: Look) -> float:
    return max(len(cell) for cell in cells) * look.pitch + 2 * look.rise


def _head_height(columns: Sequence[Column], widths: Sequence[float], look: Look) -> float:
    own = max(
        len(lines(column.head, width - look.pad, HEAD_SIZE))
        for column, width in zip(columns, widths, strict=True)
    )
    return (own + any(column.group for column in columns)) * PITCH + 2 * look.rise


def _draw_head(
    frame: Frame, columns: Sequence[Column], widths: Sequence[float], height: float, lane: _Lane
) -> None:
    top, x, pad = frame.y, lane.left, lane.look.pad
    frame.box(x, top, lane.look.width, height, line=0, grey=_HEAD_GREY)
    group_height = PITCH + lane.look.rise
    elements = _head_elements(frame, columns)
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        grouped = bool(column.group)
        offset = group_height if grouped else 0.0
        opens = grouped and (at == 0 or columns[at - 1].group != column.group)
        if opens:
            span = _span(columns, widths, at)
            middle = baseline(top + lane.look.rise / 2, HEAD_SIZE, PITCH)
            with frame.inside(elements[at][0]):
                frame.text(x + span / 2, middle, column.group, size=HEAD_SIZE, align="centre")
            frame.rule(x, top + group_height, x + span, top + group_height, width=_INNER)
        with frame.inside(elements[at][1]):
            text = lines(column.head, width - pad, HEAD_SIZE)
            _centred(frame, text, x, top + offset, width, height - offset)
        if at:
            inner = grouped and not opens
            frame.rule(x, top + group_height if inner else top, x, top + height, width=_INNER)
        x += width
    frame.y = top + height


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
        frame.text(x + width / 2, baseline(y, HEAD_SIZE, PITCH), line, size=HEAD_SIZE, align="centre")
        y += PITCH


def _draw_row(
    frame: Frame,
    columns: Sequence[Column],
    widths: Sequence[float],
    cells: list[tuple[str, ...]],
    weight: Weight,
    tagged: Sequence[Element],
    lane: _Lane,
) -> None:
    look, x = lane.look, lane.left
    height = _row_height(cells, look)
    frame.rule(x, frame.y, x + look.width, frame.y, width=_INNER)
    for at, (column, width, cell) in enumerate(zip(columns, widths, cells, strict=True)):
        y = frame.y + (height - len(cell) * look.pitch) / 2
        anchor = {"left": x + look.pad, "centre": x + width / 2, "right": x + width - look.pad}[column.align]
        with frame.inside(tagged[at]):
            for line in cell:
                middle = baseline(y, column.size, look.pitch)
                frame.text(anchor, middle, line, size=column.size, weight=weight, align=column.align)
                y += look.pitch
        if at:
            frame.rule(x, frame.y, x, frame.y + height, width=_INNER)
        x += width
    frame.y += height


def _frame(frame: Frame, lane: _Lane) -> None:
    frame.box(lane.left, lane.top, lane.look.width, frame.y - lane.top, line=_OUTER)
