"""Finding the table in a sheet: the row of headings wherever it stands, and which column means what.

Offices put titles, dates and notes above their tables, and call a column what they like. A heading is
compared without width, case, spaces, line breaks and marks; the words stand where the kind of sheet is read.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from voting.sheets.cells import Cell, Merged, Row, Sheet, column_letters, is_blank, text_of
from voting.sheets.errors import EmptySheet, UnreadableSheet
from voting.sheets.sheet import read_sheets

SEARCHED_ROWS = 20
_MARKS = ("(必須)", "(任意)", "(半角)", "(全角)", "[必須]", "[任意]", "※", "*", "必須")

# A heading, folded, to the name of the field it means; None where it means none we know.
Classify = Callable[[str], str | None]


@dataclass(eq=False)
class NoHeader(UnreadableSheet):
    """No row of headings with the columns that must be there.

    Shape   ``missing``: their usual headings; ``row``: where most headings were found, 0 for nowhere.
    """

    code: ClassVar[str] = "sheet-no-header"
    missing: tuple[str, ...]
    row: int


@dataclass(eq=False)
class ColumnTwice(UnreadableSheet):
    """Two columns that say the same thing, where only one can be meant."""

    code: ClassVar[str] = "sheet-column-twice"
    heading: str
    row: int
    columns: tuple[str, ...]


@dataclass(eq=False)
class NoSuchSheet(UnreadableSheet):
    """A layout names a sheet or a row that the file does not have."""

    code: ClassVar[str] = "sheet-no-such-part"
    title: str
    row: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand and what each column means, as a person has said it.

    Units   ``row`` from 1; ``columns`` are pairs of a column from 0 and a field, any other is kept unread.
    """

    sheet: str
    row: int
    columns: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table.

    Units   ``row`` and ``last_row`` (of two rows of headings) from 1; columns from 0.
    Shape   ``columns``: field -> its columns from the left; ``other``: (column, heading) of all the rest.
    """

    row: int
    last_row: int
    columns: Mapping[str, tuple[int, ...]]
    other: tuple[tuple[int, str], ...]
    headings: tuple[str, ...]

    def column(self, field: str) -> int | None:
        """The first column of *field*, if there is one."""
        found = self.columns.get(field)
        return found[0] if found else None

    def heading(self, field: str) -> str:
        """The heading of *field* as it stands in the sheet; the field's name where the column is missing."""
        column = self.column(field)
        return field if column is None else self.headings[column]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet and its headings."""

    sheet: Sheet
    header: Header

    def body(self, *, fill: Iterable[str] = ()) -> Iterator[Row]:
        """The rows below the headings.

        Shape   for the fields *fill* a block of merged cells counts as if its value stood in each of them.
        """
        filled = {column for field in fill for column in self.header.columns.get(field, ())}
        blocks = [each for each in self.sheet.merged if each.left == each.right and each.left in filled]
        rows = (row for row in self.sheet.rows() if row[0] > self.header.last_row)
        return _filled(rows, blocks) if blocks else rows


def fold_heading(text: str) -> str:
    """*text* as headings are compared: NFKC, no case, no white space, no marks such as (必須)."""
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for mark in _MARKS:
        folded = folded.removeprefix(mark).removesuffix(mark)
    return folded


def read_table(
    data: bytes,
    name: str,
    *,
    classify: Classify,
    required: Mapping[str, str],
    once: frozenset[str],
    many: frozenset[str] = frozenset(),
    layout: Layout | None = None,
) -> Table:
    """The table in the file: in the first sheet that has its headings, or where *layout* says.

    Shape   *required*: field -> its usual heading, for the message; fields in *many* may have several
            columns, those in *once* one only; of any other field further columns count as unknown.
    Raises  UnreadableSheet: NoHeader, ColumnTwice, NoSuchSheet and those of ``read_sheet``.
    """
    if layout is not None:
        return _laid_out(read_sheets(data, name), layout, required=required, once=once, many=many)
    refused: NoHeader | None = None
    for sheet in read_sheets(data, name):
        try:
            found = find_header(sheet.rows(), classify=classify, required=required, once=once, many=many)
            return Table(sheet, found)
        except NoHeader as fault:
            refused = refused or fault
    raise refused or EmptySheet()


def find_header(
    rows: Iterable[Row],
    *,
    classify: Classify,
    required: Mapping[str, str],
    once: frozenset[str],
    many: frozenset[str] = frozenset(),
) -> Header:
    """The headings among the first twenty rows: the first row, or two together, with all of *required*.

    Raises  NoHeader, ColumnTwice.
    """
    top = [(number, tuple(map(text_of, cells))) for number, cells in islice(rows, SEARCHED_ROWS + 1)]
    best: tuple[int, tuple[int, dict[str, list[int]]]] = (0, (0, {}))
    for place, (number, headings) in enumerate(top[:SEARCHED_ROWS]):
        columns = _columns(headings, classify)
        below = top[place + 1] if place + 1 < len(top) else None
        both = _with_second_row(headings, below[1], classify) if below else None
        last = number
        if below and both is not None:
            last, headings, columns = below[0], both, _columns(both, classify)
        if set(required) <= set(columns):
            return _header(number, last, headings, _chosen(columns, headings, number, once=once, many=many))
        best = max(best, (len(columns), (number, columns)), key=lambda each: each[0])
    _, (number, columns) = best
    raise NoHeader(tuple(usual for field, usual in required.items() if field not in columns), number)


def _laid_out(
    sheets: Iterable[Sheet],
    layout: Layout,
    *,
    required: Mapping[str, str],
    once: frozenset[str],
    many: frozenset[str],
) -> Table:
    """The table as *layout* says.  Raises: NoSuchSheet, NoHeader, ColumnTwice."""
    sheet = next((each for each in sheets if each.title == layout.sheet), None)
    rows = () if sheet is None else islice(sheet.rows(), SEARCHED_ROWS)
    headings = next((tuple(map(text_of, cells)) for number, cells in rows if number == layout.row), None)
    if sheet is None or headings is None:
        raise NoSuchSheet(layout.sheet, layout.row)
    columns: dict[str, list[int]] = {}
    for place, field in layout.columns:
        if place < len(headings):
            columns.setdefault(field, []).append(place)
    missing = tuple(usual for field, usual in required.items() if field not in columns)
    if missing:
        raise NoHeader(missing, layout.row)
    chosen = _chosen(columns, headings, layout.row, once=once, many=many)
    return Table(sheet, _header(layout.row, layout.row, headings, chosen))


def _columns(headings: tuple[str, ...], classify: Classify) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for column, heading in enumerate(headings):
        field = classify(fold_heading(heading)) if heading.strip() else None
        if field is not None:
            columns.setdefault(field, []).append(column)
    return columns


def _with_second_row(
    headings: tuple[str, ...], below: tuple[str, ...], classify: Classify
) -> tuple[str, ...] | None:
    """Both rows as one, where both are headings: every cell of *below* is a known one, or empty, and both
    tell more than the first row alone.  A title above the headings is no such row, and no row of values is.
    """
    written = [(column, text) for column, text in enumerate(below) if text.strip()]
    known = [(column, text) for column, text in written if classify(fold_heading(text)) is not None]
    if not known or len(known) != len(written) or not _columns(headings, classify):
        return None
    width = max(len(headings), len(below))
    above = headings + ("",) * (width - len(headings))
    merged = tuple(dict(known).get(column, text) for column, text in enumerate(above))
    return merged if set(_columns(merged, classify)) > set(_columns(headings, classify)) else None


def _chosen(
    columns: dict[str, list[int]],
    headings: tuple[str, ...],
    row: int,
    *,
    once: frozenset[str],
    many: frozenset[str],
) -> dict[str, tuple[int, ...]]:
    for field in once & set(columns):
        places = columns[field]
        if len(places) > 1:
            letters = tuple(column_letters(place) for place in places)
            raise ColumnTwice(_one_line(headings[places[0]]), row, letters)
    return {field: tuple(places if field in many else places[:1]) for field, places in columns.items()}


def _header(number: int, last: int, headings: tuple[str, ...], kept: dict[str, tuple[int, ...]]) -> Header:
    taken = {place for places in kept.values() for place in places}
    names = tuple(_one_line(heading) for heading in headings)
    other = tuple((place, name) for place, name in enumerate(names) if name and place not in taken)
    return Header(number, last, kept, other, names)


def _one_line(heading: str) -> str:
    return "".join(heading.split())


def _filled(rows: Iterator[Row], blocks: list[Merged]) -> Iterator[Row]:
    values: dict[Merged, Cell] = {}
    for number, cells in rows:
        changed = list(cells)
        for block in blocks:
            if block.top <= number <= block.bottom and block.left < len(changed):
                if number == block.top:
                    values[block] = changed[block.left]
                elif is_blank(changed[block.left]) and block in values:
                    changed[block.left] = values[block]
        yield number, tuple(changed)


def synonyms(heads: Mapping[str, str]) -> dict[str, str]:
    """Heading, folded -> field; *heads* gives for each field its headings, parted by spaces."""
    return {fold_heading(word): field for field, words in heads.items() for word in words.split()}
