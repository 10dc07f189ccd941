"""One member as typed into a form, held to the very rules that hold for a row of a sheet.

And a first look at a sheet whose headings nobody knows, for the person who can say what they mean.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from voting.core.members import Member
from voting.core.postal import postal_field
from voting.core.printable import is_printable
from voting.sheets.cells import Row, Sheet, column_letters, text_of
from voting.sheets.errors import EmptySheet
from voting.sheets.findings import Finding, Level
from voting.sheets.headers import SEARCHED_ROWS, Header, Table, fold_heading
from voting.sheets.roll_sheet import HEADS, Reading
from voting.sheets.sheet import read_sheets

LONGEST = 5000  # characters of one field
# What stands for each field where a form is spoken of: the usual headings.
LABELS: Mapping[str, str] = {
    "member_id": "会員番号",
    "name": "団体名",
    "kana": "よみ",
    "category": "区分",
    "kind": "会員種別",
    "code": "団体コード・法人番号",
    "prefecture": "都道府県",
    "section": "担当部署",
    "person": "担当者",
    "addresses": "メールアドレス",
    "phone": "電話番号",
    "postcode": "郵便番号",
    "address": "住所",
    "fax": "FAX番号",
    "votes": "議決権数",
    "joined": "入会日",
    "left": "退会日",
    "note": "備考",
}


def read_form(typed: Mapping[str, str]) -> tuple[Member, dict[str, Finding]]:
    """The member that was typed, and what is wrong with it: field -> its first error.

    Shape   *typed*: field of LABELS -> text; what is missing counts as empty.
    """
    header = Header(0, 0, {field: (at,) for at, field in enumerate(LABELS)}, (), tuple(LABELS.values()))
    cells = tuple(typed.get(field, "") for field in LABELS)
    sheet = Sheet("", "", (), (), frozenset(), lambda: iter([(1, cells)]))
    reading = Reading(Table(sheet, header))
    member = reading.only((1, cells))
    wrong: dict[str, Finding] = {}
    for finding in reading.report.findings:
        if finding.level is Level.ERROR or finding.code in _AS_ERRORS:
            named = finding.facts.get("column") or finding.code.partition("-")[0]
            wrong.setdefault(_FIELDS.get(named, named), finding)
    return member, wrong


def typing_faults(typed: Mapping[str, str]) -> dict[str, Finding]:
    """What nobody types on purpose: field -> unseen signs, or more than fits; a name has its own rule."""
    found: dict[str, Finding] = {}
    for field, text in typed.items():
        if len(text) > LONGEST:
            found[field] = Finding(0, "", Level.ERROR, "field-too-long", {"limit": str(LONGEST)})
        elif field != "name" and not is_printable(text):
            found[field] = Finding(0, "", Level.ERROR, "field-unprintable")
    return found


_FIELDS = {"member": "member_id", **{label: field for field, label in LABELS.items()}}
# A sheet may bring what its office has not needed so far; whoever types it can put it right.
_AS_ERRORS = frozenset({"postcode-unsound"})


@dataclass(frozen=True, slots=True)
class Top:
    """The first rows of one sheet of a file, to be shown to a person.

    Shape   ``titles`` of all sheets; ``rows``: number and texts; ``guessed``: column -> field.
    """

    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def guessed(self, row: int) -> dict[int, str]:
        """What the headings in *row* say for themselves: column -> field."""
        headings = next((cells for number, cells in self.rows if number == row), ())
        said = {place: text for place, text in enumerate(headings) if text.strip()}
        found = {place: HEADS.get(fold_heading(text)) or postal_field(text) for place, text in said.items()}
        return {place: field for place, field in found.items() if field}

    def likely_row(self) -> int:
        """The row in which most headings are known; the first that is not blank where none is."""
        best = max(self.rows, key=lambda row: len(self.guessed(row[0])), default=(1, ()))
        if self.guessed(best[0]):
            return best[0]
        return next((number for number, cells in self.rows if any(cells)), 1)

    def letters(self, place: int) -> str:
        """The name of a column as the spreadsheet program shows it."""
        return column_letters(place)


def top_of(data: bytes, name: str, title: str = "") -> Top:
    """The beginning of a sheet: of the one called *title*, else of the first.

    Raises  UnreadableSheet.
    """
    first: Sheet | None = None
    for sheet in read_sheets(data, name):
        first = first or sheet
        if not title or sheet.title == title:
            first = sheet
            break
    if first is None:
        raise EmptySheet()
    return Top(first.title, first.titles, tuple(_texts(first.rows())))


def _texts(rows: Iterator[Row]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, cells in islice(rows, SEARCHED_ROWS):
        yield number, tuple(map(text_of, cells))
