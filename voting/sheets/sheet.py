"""Reading a spreadsheet somebody sends us: .xlsx, or CSV in the encodings in use in Japan.

What a file is, is told by its content, never by its name: that only chooses the words for what is neither a
workbook nor text. Everything that is not plainly a sheet of values is refused with the reason: a file from
outside is either read completely or not at all.
"""

import re
from collections.abc import Iterator

from voting.sheets.cells import Sheet
from voting.sheets.csv_reader import csv_rows, encoding_of
from voting.sheets.errors import (
    EmptySheet,
    FileTooBig,
    NoWorkbook,
    NulCharacter,
    OldExcel,
    OtherKind,
    PasswordProtected,
    UnknownEncoding,
)
from voting.sheets.xlsx_reader import xlsx_sheets

MAX_BYTES = 50_000_000
_ZIP = b"PK\x03\x04"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An encrypted workbook is a compound file with this stream; its name is kept in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"{\\rtf", "binary"),
)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|table|meta|\?xml|\?mso)", re.IGNORECASE)


def read_sheet(data: bytes, name: str) -> Sheet:
    """The sheet in *data*: of a workbook the first visible one that is not empty.

    *name* is kept for messages and decides nothing else.
    Units   rows and columns are counted as the spreadsheet program shows them.
    Raises  UnreadableSheet, of the kinds in ``sheet_errors``; for CSV some of them while the rows are taken.
    """
    for sheet in read_sheets(data, name):
        return sheet
    raise EmptySheet()


def read_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """Every visible sheet in *data* that is not empty, read one by one.  As ``read_sheet`` otherwise."""
    if len(data) > MAX_BYTES:
        raise FileTooBig(len(data), MAX_BYTES)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise EmptySheet()
    if data.startswith(_ZIP):
        yield from xlsx_sheets(data, name)
        return
    if data.startswith(_COMPOUND_FILE):
        raise PasswordProtected() if _ENCRYPTED in data else OldExcel()
    for beginning, kind in _OTHERS:
        if data.startswith(beginning):
            raise OtherKind(kind)
    if _HTML.match(data[:1000]):
        raise OtherKind("html")
    _require_text(data, name)  # refused now, before anybody takes a row
    yield Sheet(name, "", (), (), frozenset(), lambda: csv_rows(data))


def _require_text(data: bytes, name: str) -> None:
    """Raises: NoWorkbook under a name of a workbook, else UnknownEncoding, NulCharacter; LostCharacters."""
    try:
        encoding_of(data)
    except (UnknownEncoding, NulCharacter) as refusal:
        # Whoever chose a workbook has no encoding to choose.
        if name.lower().endswith(_WORKBOOKS):
            raise NoWorkbook() from refusal
        raise
