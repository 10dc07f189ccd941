"""Why a file is not read as a spreadsheet at all.  Each is a Refusal: save the file otherwise and try again.

Units: ``size`` and ``limit`` in bytes where nothing else is said; rows from 1; columns by letter.
"""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal


class UnreadableSheet(Refusal):
    """Any reason why a file is not read."""

    code: ClassVar[str] = "sheet-unreadable"


@dataclass(eq=False)
class FileTooBig(UnreadableSheet):
    code: ClassVar[str] = "sheet-file-too-big"
    size: int
    limit: int


@dataclass(eq=False)
class OtherKind(UnreadableSheet):
    """A file of another kind, whatever its name ends in: pdf, html, ods, xlsb, binary, archive."""

    code: ClassVar[str] = "sheet-other-kind"
    found: str


@dataclass(eq=False)
class OldExcel(UnreadableSheet):
    """The format of Excel before 2007 (.xls)."""

    code: ClassVar[str] = "sheet-old-excel"


@dataclass(eq=False)
class NoWorkbook(UnreadableSheet):
    """A file named as a workbook (.xlsx, .xlsm, .xls) that is neither one nor text."""

    code: ClassVar[str] = "sheet-no-workbook"


@dataclass(eq=False)
class PasswordProtected(UnreadableSheet):
    code: ClassVar[str] = "sheet-password"


@dataclass(eq=False)
class HasMacros(UnreadableSheet):
    """A workbook with programs in it (.xlsm)."""

    code: ClassVar[str] = "sheet-macros"


@dataclass(eq=False)
class UnpacksTooBig(UnreadableSheet):
    """A small file that unpacks into a huge one.  ``size``: what it says, or the least it holds."""

    code: ClassVar[str] = "sheet-unpacks-too-big"
    size: int
    limit: int


@dataclass(eq=False)
class HasDoctype(UnreadableSheet):
    """XML with a document type: no spreadsheet program writes one, an attack does."""

    code: ClassVar[str] = "sheet-doctype"
    part: str


@dataclass(eq=False)
class Damaged(UnreadableSheet):
    """A workbook that contradicts the format.  ``part``: the file inside it, or empty."""

    code: ClassVar[str] = "sheet-damaged"
    part: str


@dataclass(eq=False)
class TooManyRows(UnreadableSheet):
    """Units: ``rows`` is the number of the row that is too much, ``limit`` of rows allowed."""

    code: ClassVar[str] = "sheet-too-many-rows"
    rows: int
    limit: int


@dataclass(eq=False)
class TooManyCells(UnreadableSheet):
    """A sheet that is too wide, or too wide for its height.  Units: ``limit`` in cells."""

    code: ClassVar[str] = "sheet-too-many-cells"
    rows: int
    columns: int
    limit: int


@dataclass(eq=False)
class UnknownEncoding(UnreadableSheet):
    """Text that is neither UTF-8 nor CP932 nor UTF-16 with its mark.

    ``guess`` is what it may be (EUC-JP, ISO-2022-JP, UTF-8 with a damaged place), or empty.
    """

    code: ClassVar[str] = "sheet-encoding"
    guess: str
    row: int


@dataclass(eq=False)
class LostCharacters(UnreadableSheet):
    """U+FFFD in the text: an earlier conversion has destroyed a character."""

    code: ClassVar[str] = "sheet-lost-characters"
    row: int
    column: str


@dataclass(eq=False)
class NulCharacter(UnreadableSheet):
    code: ClassVar[str] = "sheet-nul"
    row: int


@dataclass(eq=False)
class BrokenRecord(UnreadableSheet):
    """A row of a CSV file whose quotation marks do not match, or that does not end."""

    code: ClassVar[str] = "sheet-broken-record"
    row: int


@dataclass(eq=False)
class EmptySheet(UnreadableSheet):
    """Nothing is written in the file."""

    code: ClassVar[str] = "sheet-empty"
