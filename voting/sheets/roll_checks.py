"""The checks on one row of a members' roll: each reads one thing and says what is wrong with it.

Nothing is put right in silence. Width is folded where it means nothing (numbers, codes, addresses), and said;
a name is kept character by character, only the white space around it goes; a repair is offered, never made.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from voting.core.codes import is_code, repairs
from voting.core.japanese_dates import NoDate, OutsideEra, WrongWeekday, parse_date, wareki
from voting.core.votes import LONGEST_VOTES, ONE_VOTE, NoNumberOfVotes, parse_votes, votes_text
from voting.sheets.cells import text_of
from voting.sheets.findings import Level
from voting.sheets.table_row import TableRow

MAX_NAME = 200
MAX_VOTES = 1_000_000_000 * ONE_VOTE
_SERIALS = (
    20_000,
    80_000,
)  # serial numbers of days from 1954 to 2119: what a date shown as a number looks like
_SERIAL_EPOCH = date(1899, 12, 30)

_SHOWN = 40  # characters of what is no number of votes
_SEPARATORS = re.compile(r"[;,、]+")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_LOST = re.compile(r"\?(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\?|\ufffd")
# Direction overrides make a name look like another one; of the others only a line break has a meaning here.
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NO_CODE = frozenset({"", "-", "－", "ー", "―", "なし", "無し"})


def member_name(row: TableRow) -> str:
    """The name, character by character as given; must be there and must not have lost any."""
    cell = row.cell("name")
    given = text_of(cell)
    name = given.strip()
    if not name:
        row.report.error("name-missing")
        return ""
    if name != given:
        row.report.info("name-trimmed")
    if len(name) > MAX_NAME:
        row.report.error("name-too-long", limit=str(MAX_NAME))
    if "?" in name or not name.isprintable():
        _check_characters(row, name)
    return name


def _check_characters(row: TableRow, name: str) -> None:
    if _LOST.search(name):
        code = row.text("code")
        row.report.error("name-lost", text=name, hint=code if is_code(code) else "")
    if _CONTROL.search(name):
        row.report.error("name-control", text=repr(name))
    if _INVISIBLE.search(name):
        row.report.warn("name-invisible")
    if _PRIVATE.search(name):
        row.report.warn("name-private", text=name)


def public_code(row: TableRow, accepted: str = "") -> str:
    """全国地方公共団体コード or 法人番号: the first column of them that is filled.

    *accepted*: the one of the repairs offered for it that a person has said yes to.
    """
    for place in row.header.columns.get("code", ()):
        cell = row.at(place)
        written = cell.strip() if isinstance(cell, str) else text_of(cell)
        if written not in _NO_CODE:
            return _checked_code(row, written, column=row.header.headings[place], accepted=accepted)
    return ""


def _checked_code(row: TableRow, written: str, *, column: str, accepted: str) -> str:
    code = written if written.isascii() else unicodedata.normalize("NFKC", written)
    if is_code(code):
        if code != written:
            row.report.info("code-folded", column=column, text=written, read=code)
        return code
    offers = repairs(code)
    if accepted in offers:
        row.report.info("code-repaired", column=column, text=written, read=accepted)
        return accepted
    if not offers:
        row.report.error("code-unknown", column=column, text=written)
    elif len(code) in (6, 13):
        row.report.error("code-check-digit", column=column, text=written, offer="、".join(offers))
    else:
        row.report.error("code-repair", column=column, text=written, offer="、".join(offers))
    return code


def mail_addresses(row: TableRow) -> tuple[str, ...]:
    """All addresses of the member, from all columns of them, each one once and in order."""
    found: list[str] = []
    for place in row.header.columns.get("addresses", ()):
        cell = row.at(place)
        if cell:
            found.extend(_addresses(row, text_of(cell), column=row.header.headings[place]))
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _addresses(row: TableRow, cell: str, *, column: str) -> list[str]:
    written = cell.strip()
    if _ADDRESS.fullmatch(written):
        return [written]
    folded = unicodedata.normalize("NFKC", written)
    addresses = [each for part in _SEPARATORS.split(folded) for each in _between_blanks(part)]
    wrong = [each for each in addresses if not _ADDRESS.fullmatch(each)]
    if wrong:
        _tell_unusable(row, wrong, column=column)
    if folded != written:
        row.report.info("address-folded", column=column, read="、".join(addresses))
    elif len(addresses) > 1:
        row.report.info("addresses-several", column=column, read="、".join(addresses))
    return addresses


def _between_blanks(part: str) -> list[str]:
    """Blanks part addresses only where there is one on each side; otherwise they stand inside of one."""
    pieces = part.split()
    if all(0 < each.find("@") == each.rfind("@") < len(each) - 1 for each in pieces):
        return pieces
    return [" ".join(pieces)]


def _tell_unusable(row: TableRow, wrong: list[str], *, column: str) -> None:
    """One finding for a cell, however much of it is wrong: whoever mends it looks at it once."""
    text = "、".join(wrong)
    local, at, domain = text.rpartition("@")
    if any(" " in each for each in wrong):
        row.report.error("address-blank", column=column, text=text)
    elif len(wrong) == 1 and at and local and "." not in domain:
        row.report.error("address-no-domain", column=column, text=text)
    else:
        row.report.error("address-unusable", column=column, text=text)


def number_of_votes(row: TableRow) -> int:
    """Votes in millionths, one where nothing is written."""
    text = row.text("votes")
    if text in {"", "1"}:
        return ONE_VOTE
    folded = unicodedata.normalize("NFKC", text)
    try:
        votes = parse_votes(folded)
    except NoNumberOfVotes:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        row.report.error(_fault_in_votes(folded), column=row.heading("votes"), text=shown)
        return ONE_VOTE
    if votes > MAX_VOTES:
        row.report.error("votes-too-many", column=row.heading("votes"), text=text)
    return votes


def _fault_in_votes(text: str) -> str:
    found = re.fullmatch(r"(-?)[0-9]+(?:\.([0-9]+))?", text)
    if found is None:
        return "votes-no-number"
    if len(text) > LONGEST_VOTES:
        return "votes-too-many"
    if Decimal(text) <= 0:
        return "votes-not-positive"
    return "votes-places" if found[2] and len(found[2]) > 6 else "votes-no-number"


class Days:
    """Reads the days of a sheet; the same text is read once, for most members joined on the same few days."""

    def __init__(self) -> None:
        self._known: dict[str, date] = {}

    def of(self, row: TableRow, field: str) -> date | None:
        """The day of *field*; None where nothing is written, or no day."""
        cell = row.cell(field)
        if isinstance(cell, str):
            text = cell.strip()
            return (self._known.get(text) or self._read(row, field, text)) if text else None
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        self._serial(row, field, text_of(cell))
        return None

    def _read(self, row: TableRow, field: str, text: str) -> date | None:
        column = row.heading(field)
        try:
            self._known[text] = day = parse_date(text)
        except WrongWeekday as fault:
            row.report.error("date-weekday", column=column, text=text, true=wareki(fault.day, weekday=True))
        except OutsideEra as fault:
            row.report.error("date-era", column=column, text=text, true=wareki(fault.day, weekday=False))
        except NoDate:
            if text.isdecimal():
                self._serial(row, field, text)
            else:
                row.report.error("date-unreadable", column=column, text=text)
        else:
            return day
        return None

    def _serial(self, row: TableRow, field: str, text: str) -> None:
        """A bare number is no date, but it may be one that the spreadsheet shows without its format."""
        column = row.heading(field)
        number = unicodedata.normalize("NFKC", text)
        if len(number) == 5 and number.isdecimal() and _SERIALS[0] <= int(number) <= _SERIALS[1]:
            offer = wareki(_SERIAL_EPOCH + timedelta(days=int(number)), weekday=False)
            row.report.error("date-serial", column=column, text=text, offer=offer)
        else:
            row.report.error("date-unreadable", column=column, text=text)


ReadDay = Callable[[TableRow, str], date | None]


def tell_what_was_read(row: TableRow, *, votes: int, joined: date | None, left: date | None) -> None:
    """Of a row with a remark also what its other values were read as: one thing read unlike it stands there
    may not be the only one.  Of a member that has left always the day: it is missing on every later roll."""
    if row.report.worst() is Level.INFO:
        values = (("votes", votes_text(votes)), ("joined", joined and joined.isoformat()))
        for field, read in values:
            if read and row.text(field):
                row.report.info("value-read", column=row.heading(field), read=read)
    if left is not None and row.report.worst() is not Level.ERROR:
        row.report.info("has-left", column=row.heading("left"), day=left.isoformat())


def membership_days(row: TableRow, read: ReadDay) -> tuple[date | None, date | None]:
    """The days of joining and leaving; nobody leaves before joining."""
    joined, left = read(row, "joined"), read(row, "left")
    if joined is not None and left is not None and left < joined:
        row.report.error("left-before-joined", column=row.heading("left"))
    return joined, left
