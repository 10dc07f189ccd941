"""The register as a file for the office's own programs: a workbook, or CSV in either encoding in use."""

from dataclasses import dataclass
from enum import StrEnum

from voting.core.permissions import Act, Officer, require
from voting.core.register import official_order
from voting.documents.roll_table import Lost, roll_csv, roll_csv_cp932, roll_xlsx
from voting.runtime import Runtime
from voting.services.register.registers import require_body, today
from voting.store import members


class FileKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    CP932 = "cp932"


@dataclass(frozen=True, slots=True)
class RollFile:
    """A file to be saved.  Shape: ``lost`` are the characters that its encoding does not have."""

    name: str
    content: bytes
    lost: tuple[Lost, ...] = ()


def roll_file(rt: Runtime, who: Officer, slug: str, kind: FileKind) -> RollFile:
    """All members as entered, those that have left too, in the order of official lists.

    Raises  NoSuchBody.
    """
    require(who, Act.READ_ROLL)
    now = rt.now()
    with rt.database.reading() as tx:
        body = require_body(tx, slug)
        found = members.recorded(tx, slug) if body.parent is None else members.register(tx, slug)
    rows = tuple(sorted(found, key=official_order))
    stem = f"{body.body.name}_会員名簿_{today(now):%Y%m%d}"
    if kind is FileKind.XLSX:
        return RollFile(f"{stem}.xlsx", roll_xlsx(rows, title=body.body.name, now=now))
    if kind is FileKind.CSV:
        return RollFile(f"{stem}.csv", roll_csv(rows))
    content, lost = roll_csv_cp932(rows)
    return RollFile(f"{stem}_sjis.csv", content, lost)
