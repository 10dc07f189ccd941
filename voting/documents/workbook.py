"""Plain sheets as a workbook: Japanese names, frozen heads, widths, print areas and titles.

Made in memory without a clock, so the same sheets give the same bytes. Every text is written as text: no cell
is ever a formula, whatever a motion or a member is called.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from voting.core.votes import ONE_VOTE, votes_text
from voting.documents.result_sheet import Cell, Sheet, Votes

_LONGEST = 32_767  # characters in a cell
_EXACT = 10**15  # Excel keeps fifteen digits of a number
_TOO_LONG = "…(長さの上限により以下省略)"


def render_workbook(sheets: Iterable[Sheet], *, title: str, author: str, made: datetime) -> bytes:
    """The workbook.

    Units   votes and members; votes that are not whole, or have more than 15 digits, stand as exact text.
    """
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Yu Gothic", "font_size": 10},
    }
    with xlsxwriter.Workbook(out, options) as book:
        # A workbook has to say when it was made; the caller has an instant in its facts.
        created = made.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": title, "author": author, "created": created})
        looks = _Looks(book)
        for sheet in sheets:
            _put(book.add_worksheet(sheet.name), sheet, looks)
    return out.getvalue()


class _Looks:
    """The few formats there are."""

    def __init__(self, book: Any) -> None:
        text = {"text_wrap": True, "valign": "top", "num_format": "@"}
        number = {"valign": "top", "num_format": "#,##0", "align": "right"}
        framed = {"border": 1}
        strong = {"bold": True, "bg_color": "#F2F2F2"}
        self.title = book.add_format({"bold": True, "font_size": 14, "num_format": "@"})
        self.note = book.add_format({"num_format": "@", "valign": "top"})
        self.head = book.add_format(
            {**text, **framed, "bold": True, "bg_color": "#D9E2EC", "align": "center", "valign": "vcenter"}
        )
        self._cells = {
            (kind, is_strong): book.add_format({**look, **framed, **(strong if is_strong else {})})
            for kind, look in (("text", text), ("number", number))
            for is_strong in (False, True)
        }

    def cell(self, kind: str, *, strong: bool) -> Any:
        return self._cells[kind, strong]


def _put(page: Any, sheet: Sheet, looks: _Looks) -> None:
    """One sheet: its title, its units, the table under frozen heads, then what else is to be said."""
    _text(page, 0, 0, sheet.title, looks.title)
    _text(page, 1, 0, sheet.unit, looks.note)
    head = 2
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        _text(page, head, column, name, looks.head)
    row = head
    for place, cells in enumerate(sheet.rows):
        row += 1
        _row(page, row, cells, looks, strong=place in sheet.strong)
    last = row
    for last, line in enumerate(sheet.below, start=row + 2):
        _text(page, last, 0, line, looks.note)
    page.freeze_panes(head + 1, sheet.frozen)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.print_area(0, 0, last, len(sheet.columns) - 1)
    page.set_footer("&C&P / &N")


def _row(page: Any, row: int, cells: Sequence[Cell], looks: _Looks, *, strong: bool) -> None:
    for column, cell in enumerate(cells):
        number = _number(cell)
        if number is not None:
            page.write_number(row, column, number, looks.cell("number", strong=strong))
        else:
            shown = votes_text(cell.millionths) if isinstance(cell, Votes) else str(cell)
            _text(page, row, column, shown, looks.cell("text", strong=strong))


def _number(cell: Cell) -> int | None:
    """*cell* as a number that a spreadsheet keeps exactly; None where it has to be text."""
    if isinstance(cell, str):
        return None
    if isinstance(cell, Votes):
        whole, rest = divmod(cell.millionths, ONE_VOTE)
        return whole if rest == 0 and whole < _EXACT else None
    return cell if cell < _EXACT else None


def _text(page: Any, row: int, column: int, text: str, look: Any) -> None:
    if len(text) > _LONGEST:
        text = text[: _LONGEST - len(_TOO_LONG)] + _TOO_LONG
    if text:
        page.write_string(row, column, text, look)
    else:
        page.write_blank(row, column, None, look)
