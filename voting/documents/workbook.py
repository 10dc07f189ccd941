"""Plain sheets as a workbook: Japanese names, frozen heads, widths, print areas and titles.

Made in memory without a clock, so the same sheets give the same bytes. Every text is written as text: no cell
is ever a formula, whatever a motion or a member is called.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from voting.core.votes import ONE_VOTE, votes_text
from voting.documents.result_sheet import Cell, Figure, Sheet, Votes
from voting.documents.workbook_layout import paper, row_height, text_width

_LONGEST = 32_767  # characters in a cell
_EXACT = 10**15  # Excel keeps fifteen digits of a number
_TOO_LONG = "…(長さの上限により以下省略)"
_TITLE_SIZE = 14
_BESIDE = 3  # characters: what a number leaves free in its column, the indent and bold type with it


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
        number = {"valign": "top", "num_format": "#,##0", "align": "right", "indent": 1}
        figure = {**text, "align": "right", "indent": 1}
        framed = {"border": 1}
        strong = {"bold": True, "bg_color": "#F2F2F2"}
        title = {"bold": True, "font_size": _TITLE_SIZE}
        # Text in one line runs on over the empty cells beside it, but not where it may be wrapped.
        self.title, self.wrapped_title = _line_looks(book, {**text, **title})
        self.note, self.wrapped_note = _line_looks(book, text)
        self.head = book.add_format(
            {**text, **framed, "bold": True, "bg_color": "#D9E2EC", "align": "center", "valign": "vcenter"}
        )
        self._cells = {
            (kind, is_strong): book.add_format({**look, **framed, **(strong if is_strong else {})})
            for kind, look in (("text", text), ("figure", figure), ("number", number))
            for is_strong in (False, True)
        }

    def cell(self, kind: str, *, strong: bool) -> Any:
        return self._cells[kind, strong]


def _line_looks(book: Any, look: dict[str, object]) -> tuple[Any, Any]:
    return book.add_format({**look, "text_wrap": False}), book.add_format(look)


def _put(page: Any, sheet: Sheet, looks: _Looks) -> None:
    """One sheet: its title, its units, the table under frozen heads, then what else is to be said."""
    widths = _widths(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    _line(page, 0, sheet.title, looks.title, looks.wrapped_title, widths, size=_TITLE_SIZE)
    _line(page, 1, sheet.unit, looks.note, looks.wrapped_note, widths)
    head = 2
    page.set_row(
        head, row_height([(head, width) for (head, _), width in zip(sheet.columns, widths, strict=True)])
    )
    for column, (name, _) in enumerate(sheet.columns):
        _text(page, head, column, name, looks.head)
    row = head
    for place, cells in enumerate(sheet.rows):
        row += 1
        _row(page, row, cells, looks, widths, strong=place in sheet.strong)
    last = row
    for last, line in enumerate(sheet.below, start=row + 2):
        _line(page, last, line, looks.note, looks.wrapped_note, widths)
    page.freeze_panes(head + 1, sheet.frozen)
    # A code is text on purpose: no green corner that offers to make a number of it.
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(widths) - 1)}"})
    _printed(page, head, last, widths)


def _printed(page: Any, head: int, last: int, widths: Sequence[int]) -> None:
    page.set_landscape()
    page.set_paper(paper(sum(widths)))
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.print_area(0, 0, last, len(widths) - 1)
    page.set_footer("&C&P / &N")


def _line(
    page: Any, row: int, text: str, look: Any, wrapped: Any, widths: Sequence[int], *, size: float = 10
) -> None:
    """A line above or below the table; where it is longer than the table is wide, over merged cells."""
    whole = sum(widths)
    if text_width(text) * size / 10 <= whole or len(widths) == 1:
        _text(page, row, 0, text, look)
        return
    page.merge_range(row, 0, row, len(widths) - 1, "", wrapped)
    _text(page, row, 0, text, wrapped)
    page.set_row(row, row_height([(text, whole)], size=size))


def _widths(sheet: Sheet) -> list[int]:
    """Of each column: a number that is wider than its column would be shown as ####."""
    found = [width for _, width in sheet.columns]
    for cells in sheet.rows:
        for column, cell in enumerate(cells):
            number = _number(cell)
            if number is not None:
                found[column] = max(found[column], len(f"{number:,}") + _BESIDE)
    return found


def _row(
    page: Any, row: int, cells: Sequence[Cell], looks: _Looks, widths: Sequence[int], *, strong: bool
) -> None:
    texts = []
    for column, cell in enumerate(cells):
        number = _number(cell)
        if number is not None:
            page.write_number(row, column, number, looks.cell("number", strong=strong))
        else:
            shown = votes_text(cell.millionths) if isinstance(cell, Votes) else str(cell)
            kind = "text" if isinstance(cell, str) and not isinstance(cell, Figure) else "figure"
            _text(page, row, column, shown, looks.cell(kind, strong=strong))
            texts.append((shown, widths[column]))
    page.set_row(row, row_height(texts))


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
