"""Rows of a CSV file: its encoding decided by a strict order, its records streamed.

BOM, else UTF-8, else CP932, else refused. Nothing is guessed by frequency: a wrong guess stores wrong names.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator

from voting.sheets.cells import Row, column_letters
from voting.sheets.errors import (
    BrokenRecord,
    LostCharacters,
    NulCharacter,
    TooManyCells,
    TooManyRows,
    UnknownEncoding,
)

MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_RECORD = 1_000_000  # characters of one row: no roll has more, and a bomb made of one row ends here
_STEP = 1 << 20
_SNIFFED_LINES = 20
_BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))

# Bytes that mean nothing in CP932 and that the codec lets through all the same.
_UNASSIGNED = re.compile("[\x80\uf8f0-\uf8f3]")


class _Undecodable(Exception):
    def __init__(self, position: int) -> None:
        self.position = position


def csv_rows(data: bytes) -> Iterator[Row]:
    """The records of *data*, counted as Excel counts rows: a line break inside quotes begins no new one.

    Raises  UnknownEncoding, NulCharacter and LostCharacters before the first row; BrokenRecord, TooManyRows
            and TooManyCells at the row that is at fault.
    """
    encoding, start = encoding_of(data)
    return _records(data, encoding=encoding, start=start)


def encoding_of(data: bytes) -> tuple[str, int]:
    """The encoding of *data* and the length of its mark.

    Ties    bytes that are both CP932 and EUC-JP (half-width katakana and rare kanji alone) are refused.
    Raises  UnknownEncoding, NulCharacter, LostCharacters.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return _checked(data, encoding, len(bom)), len(bom)
            except _Undecodable as fault:
                raise UnknownEncoding("", _row_at(data, fault.position, encoding)) from None
    for escape in (b"\x1b$", b"\x1b("):
        if escape in data:
            raise UnknownEncoding("ISO-2022-JP", _row_at(data, data.index(escape), "ascii"))
    try:
        return _checked(data, "utf-8", 0), 0
    except _Undecodable as fault:
        if _was_utf8(data[: fault.position]):
            raise UnknownEncoding("UTF-8", _row_at(data, fault.position, "utf-8")) from None
        at_fault = fault.position
    if _decodes(data, "euc_jp"):
        raise UnknownEncoding("EUC-JP", _row_at(data, at_fault, "euc_jp"))
    try:
        return _checked(data, "cp932", 0), 0
    except _Undecodable as fault:
        raise UnknownEncoding("", _row_at(data, fault.position, "cp932")) from None


def _checked(data: bytes, encoding: str, start: int) -> str:
    """*encoding*, if all of *data* is in it and no character was lost before.  Piece by piece, for memory."""
    decoder = getincrementaldecoder(encoding)("strict")
    for position in range(start, len(data), _STEP):
        piece = data[position : position + _STEP]
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece, final=position + _STEP >= len(data))
        except UnicodeDecodeError as fault:
            raise _Undecodable(position - pending + fault.start) from None
        if encoding == "cp932" and (unassigned := _UNASSIGNED.search(text)):
            before = len(text[: unassigned.start()].encode(encoding))
            raise _Undecodable(position - pending + before)
        if "\0" in text or "\ufffd" in text:
            _refuse_character(data, encoding=encoding, start=start)
    return encoding


def _refuse_character(data: bytes, *, encoding: str, start: int) -> None:
    for number, cells in _records(data, encoding=encoding, start=start):
        for index, cell in enumerate(cells):
            if "\0" in str(cell):
                raise NulCharacter(number)
            if "\ufffd" in str(cell):
                raise LostCharacters(number, column_letters(index))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        _checked(data, encoding, 0)
    except _Undecodable:
        return False
    return True


def _was_utf8(before: bytes) -> bool:
    """Whether the bytes before a fault show that the file is UTF-8 all the same, cut or damaged in one place.

    Three characters of three bytes each: text in CP932 does not look like that by chance.
    """
    sample = before[:_STEP].decode("utf-8", "ignore")
    return sum(character >= "\u2e80" for character in sample) >= 3


def _row_at(data: bytes, position: int, encoding: str) -> int:
    """The row in which the byte at *position* stands."""
    text = data[:position].decode(encoding, "replace")
    records = sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
    return records + (not text or text.endswith(("\n", "\r")))


def _records(data: bytes, *, encoding: str, start: int) -> Iterator[Row]:
    stream = io.BytesIO(data)
    stream.seek(start)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    delimiter = _delimiter(data[start : start + _STEP].decode(encoding, "ignore"))
    number, taken = 0, 0

    def lines() -> Iterator[str]:
        nonlocal taken
        while line := text.readline(MAX_RECORD + 1):
            taken += len(line)
            if taken > MAX_RECORD:
                raise BrokenRecord(number + 1)
            yield line

    try:
        for record in csv.reader(lines(), delimiter=delimiter, strict=True):
            number, taken = number + 1, 0
            if number > MAX_ROWS:
                raise TooManyRows(number, MAX_ROWS)
            if len(record) > MAX_COLUMNS:
                raise TooManyCells(number, len(record), MAX_COLUMNS)
            yield number, tuple(record)
    except csv.Error:
        raise BrokenRecord(number + 1) from None


def _delimiter(beginning: str) -> str:
    """A tab where the first lines have more of them than commas ("Unicode text" of Excel), else a comma."""
    lines = beginning.splitlines()[:_SNIFFED_LINES]
    tabs, commas = (sum(line.count(mark) for line in lines) for mark in "\t,")
    return "\t" if tabs > commas else ","
