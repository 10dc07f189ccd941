"""What is looked at before an .xlsx file is opened: how big it becomes, and whether it hides something.

The library that reads workbooks makes room for the whole rectangle around the cells and copies a shared text
into each cell that uses it: one cell in the last corner, or one long text used a million times, would take
the memory of the machine.  So every part is unpacked here, piece by piece and within limits, measured, and
packed again. Only the new package is opened: what is read is what was measured, whatever the old one says.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from voting.sheets.csv_reader import MAX_COLUMNS, MAX_ROWS
from voting.sheets.errors import (
    Damaged,
    HasDoctype,
    HasMacros,
    OtherKind,
    PasswordProtected,
    TooManyCells,
    TooManyRows,
    UnpacksTooBig,
)
from voting.sheets.look import look

MAX_UNPACKED = 100_000_000  # bytes of all parts together
MAX_OTHER_PART = 8_000_000  # bytes of a part that is neither a sheet nor the shared texts
MAX_TEXT = 100_000_000  # bytes of shared texts, each counted as often as it is used
MAX_CELLS = 2_000_000  # of the rectangle around all cells of one sheet; also of shared texts
MAX_LOOKED_AT = 500_000  # cells of a sheet that needs the second look, for its time
MAX_MERGED = 20_000
MAX_PARTS = 1_000
MAX_RATIO = 200  # unpacked to packed; honest sheets stay under 40
_SMALL = 1 << 20  # below this the ratio says nothing
_STEP = 1 << 20
_BEYOND = 1 << 30
_ENCRYPTED = 0x41  # bits of a member's flags: encrypted, strongly encrypted

_ATTRIBUTE = rb"[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')\s*"
_CELL = re.compile(rb"<(?:\w+:)c[\s/>]|<c[\s/>]")
_PLACED = re.compile(rb"<(?:\w+:)?c\s+(?:" + _ATTRIBUTE + rb")*?r\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s+(?:" + _ATTRIBUTE + rb")*?r\s*=\s*[\"']([0-9]+)[\"']")
_NO_RESULT = re.compile(
    rb"</(?:\w+:)?f\s*>\s*</(?:\w+:)?c\s*>|<(?:\w+:)?f(?:\s[^<>]*)?/>\s*</(?:\w+:)?c\s*>"
    rb"|<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</"
)
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?hidden\s*=")
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A workbook that may be opened.

    Shape   ``suspect``: the parts with formulas without a result, errors or hidden rows: see ``look``.
    """

    data: bytes
    suspect: frozenset[str]


@dataclass(slots=True)
class Measure:
    """What one part of a workbook holds, as far as it matters for safety."""

    part: str
    is_sheet: bool = False
    rows: int = 0
    columns: int = 0
    cells: int = 0
    shared: int = 0
    merged: int = 0
    texts: int = 0
    longest: int = 0
    open_text: int = 0
    suspect: bool = False

    def add(self, piece: bytes) -> None:
        """Raises: HasDoctype, TooManyRows, TooManyCells, Damaged."""
        if b"<!DOCTYPE" in piece:
            raise HasDoctype(self.part)
        self._add_texts(piece)
        self.is_sheet = self.is_sheet or b"sheetData" in piece
        if self.is_sheet:
            self._add_cells(piece)

    def _add_cells(self, piece: bytes) -> None:
        placed = _PLACED.findall(piece)
        if len(placed) != _cells(piece):
            # A cell without its place would make this a guess; the programs people use always say it.
            raise Damaged(self.part)
        self.cells += len(placed)
        rows = {digits for _letters, digits in placed}.union(_ROW.findall(piece))
        self.rows = max(self.rows, *map(_row, rows), 0)
        self.columns = max(self.columns, *map(_column, {letters for letters, _digits in placed}), 0)
        self.shared += piece.count(b'"s"') + piece.count(b"'s'")
        self.merged += piece.count(b"mergeCell")
        if self.rows > MAX_ROWS:
            raise TooManyRows(self.rows, MAX_ROWS)
        if self.columns > MAX_COLUMNS or self.merged > MAX_MERGED:
            raise TooManyCells(self.rows, self.columns, MAX_CELLS)
        if self.rows * self.columns > MAX_CELLS or self.cells > MAX_CELLS:
            raise TooManyCells(self.rows, self.columns, MAX_CELLS)
        self.suspect = self.suspect or _is_suspect(piece)
        if self.suspect and self.cells > MAX_LOOKED_AT:
            raise TooManyCells(self.rows, self.columns, MAX_LOOKED_AT)

    def _add_texts(self, piece: bytes) -> None:
        start = 0
        for end in _END_OF_TEXT.finditer(piece) if b"si" in piece else ():
            self.texts += 1
            self.longest = max(self.longest, self.open_text + end.end() - start)
            self.open_text, start = 0, end.end()
        self.open_text += len(piece) - start
        if self.texts > MAX_CELLS:
            raise TooManyCells(self.texts, 1, MAX_CELLS)


def guard(data: bytes) -> Guarded:
    """The workbook *data*, measured and packed again.

    Raises  Damaged, PasswordProtected, HasMacros, OtherKind, UnpacksTooBig, HasDoctype, TooManyRows,
            TooManyCells.
    """
    if data.count(b"PK\1\2") > MAX_PARTS:  # before the directory becomes objects
        raise Damaged("")
    clean = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            with zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
                measures = [_copied(archive, part, copy) for part in archive.infolist() if _is_xml(part)]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as fault:
        raise Damaged(str(fault)[:80]) from None
    _check_shared_text(clean, measures)
    return Guarded(clean.getvalue(), frozenset(each.part for each in measures if each.suspect))


def pieces(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of *part* in pieces that end with a tag, so that no tag is cut in two.

    Raises  Damaged for a tag, or a text, that does not end within a mebibyte.
    """
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_STEP):
            piece = rest + piece
            end = piece.rfind(b">") + 1
            rest = piece[end:]
            if len(rest) > _STEP:
                raise Damaged(str(part))
            yield piece[:end]
    yield rest


def _copied(archive: zipfile.ZipFile, part: zipfile.ZipInfo, copy: zipfile.ZipFile) -> Measure:
    measure = Measure(part.filename)
    with copy.open(part.filename, "w") as out:
        for piece in pieces(archive, part):
            measure.add(piece)
            out.write(piece)
    return measure


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold().endswith((".xml", ".rels"))


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename.replace("\\", "/").casefold() for part in parts}
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise PasswordProtected()
    if len(names) != len(parts):
        raise Damaged("")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise HasMacros()
    if "xl/workbook.xml" not in names:
        raise OtherKind(_kind(names))
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED:
        raise UnpacksTooBig(total, MAX_UNPACKED)
    for part in parts:
        if part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size:
            raise UnpacksTooBig(part.file_size, MAX_RATIO * part.compress_size)
        is_large = _is_xml(part) and part.file_size > MAX_OTHER_PART
        if is_large and not part.filename.casefold().startswith(("xl/worksheets/", "xl/sharedstrings")):
            raise UnpacksTooBig(part.file_size, MAX_OTHER_PART)


def _kind(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "ods" if "content.xml" in names else "archive"


def _cells(piece: bytes) -> int:
    """The number of cells, placed or not.  A count of plain text is ten times as fast as the pattern."""
    if b":c" in piece:
        return len(_CELL.findall(piece))
    return sum(piece.count(b"<c" + end) for end in (b" ", b">", b"/", b"\n", b"\r", b"\t"))


def _is_suspect(piece: bytes) -> bool:
    """Whether there is an error, a formula without its result, or a hidden row."""
    if (b"<f" in piece or b":f" in piece) and _NO_RESULT.search(piece):
        return True
    if (b'"e"' in piece or b"'e'" in piece) and _ERROR.search(piece):
        return True
    return b"hidden" in piece and _HIDDEN_ROW.search(piece) is not None


def _row(digits: bytes) -> int:
    """The number of a row from 1.  A longer number than any row has counts as too large."""
    return int(digits) if len(digits) <= 9 else _BEYOND


def _column(letters: bytes) -> int:
    """The number of a column from 1.  A longer name than any column has counts as too large."""
    if len(letters) > 3:
        return _BEYOND
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_shared_text(clean: io.BytesIO, measures: list[Measure]) -> None:
    """Raises: UnpacksTooBig where the shared texts, each as often as it is used, are too much."""
    longest = max((each.longest for each in measures), default=0)
    if longest * sum(each.shared for each in measures) <= MAX_TEXT:
        return
    with zipfile.ZipFile(clean) as archive:
        lengths = [
            length for each in measures if each.texts for length in _text_lengths(pieces(archive, each.part))
        ]
        total = 0
        for each in measures:
            if each.shared:
                uses = look(pieces(archive, each.part), part=each.part).uses
                total += sum(times * lengths[index] for index, times in uses.items() if index < len(lengths))
    if total > MAX_TEXT:
        raise UnpacksTooBig(total, MAX_TEXT)


def _text_lengths(part: Iterator[bytes]) -> Iterator[int]:
    """The lengths of the shared texts with their marks, in their order."""
    before = 0
    for piece in part:
        start = 0
        for end in _END_OF_TEXT.finditer(piece):
            yield before + end.end() - start
            before, start = 0, end.end()
        before += len(piece) - start
