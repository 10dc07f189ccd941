"""The register of members: read a sheet, show what it would change, store it once a person says yes."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.assembly import Body
from voting.core.errors import Refusal
from voting.core.members import Member
from voting.core.permissions import Act, Officer, require
from voting.core.register import RollChanges, compare
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere, BadName, NoSuchBody
from voting.services.names import is_plain
from voting.sheets.finding_wording import finding_text
from voting.sheets.roll_sheet import RollSheet, read_roll
from voting.store import members


@dataclass(eq=False)
class SheetHasErrors(Refusal):
    """The sheet is not sound; nothing of it was stored.  ``lines``: each finding with its row, in words."""

    code: ClassVar[str] = "sheet-has-errors"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet says, and what storing it would change in the register."""

    sheet: RollSheet
    changes: RollChanges

    @property
    def lines(self) -> tuple[str, ...]:
        """Every finding in words, in the order of rows."""
        return tuple(finding_text(each) for each in self.sheet.findings)


def add_body(rt: Runtime, who: Officer, slug: str, body: Body) -> None:
    """Set up an organisation with an empty register.  Raises: BadName, AlreadyThere."""
    require(who, Act.DRAFT)
    if not is_plain(slug):
        raise BadName("body", slug)
    with rt.database.transaction() as tx:
        if members.find_body(tx, slug) is not None:
            raise AlreadyThere("body", slug)
        members.add_body(tx, slug, body)


def preview(rt: Runtime, who: Officer, body: str, *, data: bytes, name: str) -> Preview:
    """Read a sheet and compare it with the register; nothing is stored.

    Raises  NoSuchBody, and the refusals of an unreadable file.
    """
    require(who, Act.READ_ROLL)
    return _preview(read_roll(data, name), register(rt, body))


def import_sheet(rt: Runtime, who: Officer, body: str, *, data: bytes, name: str) -> Preview:
    """Store a sound sheet: new members are added, changed ones changed, missing ones left as they are.

    Raises  SheetHasErrors, NoSuchBody, and the refusals of an unreadable file.
    """
    require(who, Act.EDIT_ROLL)
    sheet, now = read_roll(data, name), instant_text(rt.now())
    with rt.database.transaction() as tx:
        if members.find_body(tx, body) is None:
            raise NoSuchBody(body)
        found = _preview(sheet, members.register(tx, body))
        if not sheet.is_sound:
            raise SheetHasErrors(found.lines)
        members.add(tx, body, found.changes.new, now=now)
        members.put(tx, body, [each.after for each in found.changes.changed], now=now)
    return found


def register(rt: Runtime, body: str) -> tuple[Member, ...]:
    """All members of a body, by member number.  Raises: NoSuchBody."""
    with rt.database.reading() as tx:
        if members.find_body(tx, body) is None:
            raise NoSuchBody(body)
        return members.register(tx, body)


def _preview(sheet: RollSheet, present: tuple[Member, ...]) -> Preview:
    known = {each.member_id: each for each in present}
    return Preview(sheet, compare(known, sheet.members, columns=sheet.fields))
