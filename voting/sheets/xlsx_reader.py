"""Sheets of an .xlsx workbook, read by calamine after the guard has measured them."""

import io
import math
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from voting.sheets.cells import Cell, CellFault, Merged, Row, Sheet, column_letters
from voting.sheets.errors import Damaged, LostCharacters
from voting.sheets.guard import Guarded, guard, pieces
from voting.sheets.look import Look, look

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


# A workbook may name one part a thousand times; people have a few sheets.
MAX_SHEETS = 10


def xlsx_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The visible sheets of the workbook that are not empty, in their order; the first ten, read one by one.

    Raises  every refusal of ``guard``; Damaged.
    """
    guarded = guard(data)
    with _no_panic(), CalamineWorkbook.from_filelike(io.BytesIO(guarded.data)) as book:
        visible = [each.name for each in book.sheets_metadata if _is_visible_table(each)]
    titles = tuple(visible[:MAX_SHEETS])
    for title in titles:
        with _no_panic(), CalamineWorkbook.from_filelike(io.BytesIO(guarded.data)) as book:
            table = book.get_sheet_by_name(title)
        if table.start is not None:
            yield _sheet(guarded, name, titles, table)


@contextmanager
def _no_panic() -> Iterator[None]:
    """Turns every complaint of the library into our own: a panic of its code is no Exception in Python."""
    try:
        yield
    except (CalamineError, ValueError, OSError) as fault:
        raise Damaged(str(fault)[:80]) from None
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":
            raise Damaged("") from None
        raise


def _is_visible_table(sheet: SheetMetadata) -> bool:
    return sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible


def _sheet(guarded: Guarded, name: str, titles: tuple[str, ...], table: CalamineSheet) -> Sheet:
    left = table.start[1] if table.start else 0
    seen = _second_look(guarded, table.name)
    merged = tuple(
        Merged(top + 1, first, bottom + 1, last)
        for (top, first), (bottom, last) in table.merged_cell_ranges or ()
    )

    def rows() -> Iterator[Row]:
        blank = ("",) * left
        for number, values in enumerate(table.iter_rows(), 1):
            cells = (*blank, *map(_cell, values))
            if seen.faults:
                cells = tuple(seen.faults.get((number, place), cell) for place, cell in enumerate(cells))
            _refuse_lost(number, cells)
            yield number, cells

    return Sheet(name, table.name, titles, merged, frozenset(seen.hidden), rows)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    # A time or a duration is nothing we read: its text is shown to whoever put it there.
    return value if isinstance(value, date) else str(value)


def _number(value: int | float) -> Decimal | CellFault:
    """The shortest decimal that is this binary number: what the person typed."""
    if not math.isfinite(value):
        return CellFault.ERROR
    return Decimal(int(value)) if value == int(value) else Decimal(repr(value))


def _refuse_lost(number: int, cells: tuple[Cell, ...]) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and "\ufffd" in cell:
            raise LostCharacters(number, column_letters(place))


def _second_look(guarded: Guarded, title: str) -> Look:
    if not guarded.suspect:
        return Look()
    with zipfile.ZipFile(io.BytesIO(guarded.data)) as archive:
        part = _part_of(archive, title)
        return look(pieces(archive, part), part=part) if part in guarded.suspect else Look()


def _part_of(archive: zipfile.ZipFile, title: str) -> str:
    """The part that holds the sheet *title*.  Raises: Damaged where the workbook does not say."""
    names = {name.casefold(): name for name in archive.namelist()}
    try:
        book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
        relations = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    except (KeyError, ElementTree.ParseError):
        raise Damaged("xl/workbook.xml") from None
    wanted = {
        sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)
        for sheet in book.iter()
        if sheet.tag.rpartition("}")[2] == "sheet" and sheet.get("name") == title
    }
    for relation in relations:
        if relation.get("Id") in wanted:
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return names.get(path.casefold(), path)
    raise Damaged("xl/_rels/workbook.xml.rels")
