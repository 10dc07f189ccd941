"""One row below the headings of a table, whatever the table is about, and the rows that are about nobody."""

import re
import unicodedata
from collections.abc import Mapping

from voting.sheets.cells import Cell, CellFault, is_blank, text_of
from voting.sheets.findings import Report
from voting.sheets.headers import Header

MAX_NUMBER = 64

_TOTAL = re.compile(
    r"(?:(?:総?合|小|総|累)?計|(?:sub|grand)?total)[:(]?[0-9,.]*(?:団体|会員|名|件|人|票|個)?\)?"
)


class TableRow:
    """One row, with its headings and the report its checks write to."""

    __slots__ = ("cells", "first", "header", "number", "report")

    def __init__(
        self,
        number: int,
        cells: tuple[Cell, ...],
        *,
        header: Header,
        first: Mapping[str, int],
        report: Report,
    ) -> None:
        """*first*: field -> its first column, made once for all rows."""
        self.number = number
        self.cells = cells
        self.header = header
        self.first = first
        self.report = report

    def cell(self, field: str) -> Cell:
        """The cell of *field*: empty where the sheet has no such column, or the row is shorter."""
        place = self.first.get(field)
        return "" if place is None else self.at(place)

    def at(self, place: int) -> Cell:
        """The cell in a column; a cell without a value is an error and reads as empty."""
        if place >= len(self.cells):
            return ""
        cell = self.cells[place]
        if isinstance(cell, CellFault):
            self.report.error(cell.value, column=self.header.headings[place])
            return ""
        return cell

    def text(self, field: str) -> str:
        """The text of *field* without white space around it."""
        place = self.first.get(field)
        if place is None or place >= len(self.cells):
            return ""
        cell = self.cells[place]
        return cell.strip() if isinstance(cell, str) else text_of(self.at(place))

    def heading(self, field: str) -> str:
        return self.header.heading(field)


def member_number(row: TableRow) -> str:
    """The member number, width folded; must be there."""
    written = row.text("member_id")
    number = written if written.isascii() else unicodedata.normalize("NFKC", written).strip()
    row.report.member = number
    if not number:
        row.report.error("member-missing")
    elif not number.replace(" ", "").isprintable() or len(number) > MAX_NUMBER:
        row.report.error("member-unusable", text=repr(number[:MAX_NUMBER]))
    elif number != written:
        row.report.info("member-folded", text=written, read=number)
    return number


def folded(text: str) -> str:
    """*text* as words are compared: NFKC, no case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_member_number(text: str) -> bool:
    """Whether *text* is plainly a member number: ASCII with a digit at its end, unlike totals and notes."""
    return text.isascii() and text[-1:].isdigit()


def is_blank_row(row: TableRow) -> bool:
    return all(map(is_blank, row.cells))


def is_total_row(row: TableRow) -> bool:
    """Whether the row sums up others: 合計, 小計, 計 47 in the place of a member number, or without one."""
    number = row.text("member_id")
    written = [number] if number else [cell for cell in row.cells if isinstance(cell, str) and cell.strip()]
    return any(_TOTAL.fullmatch(folded(text)) for text in written if len(text) < 40)
