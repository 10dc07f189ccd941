"""The register of members: read a sheet, show what it would change, store it once a person says yes."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.assembly import Body
from voting.core.errors import Refusal
from voting.core.members import Member
from voting.core.permissions import Act, Officer, require
from voting.core.register import RollChanges, compare
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere, BadName
from voting.services.names import is_plain
from voting.services.register.registers import Did, require_body, require_own_register, turn
from voting.sheets.finding_wording import finding_line
from voting.sheets.roll_sheet import RollSheet, read_roll
from voting.store import members


@dataclass(eq=False)
class SheetHasErrors(Refusal):
    """The sheet is not sound; nothing of it was stored.  ``lines``: its findings with level and row."""

    code: ClassVar[str] = "sheet-has-errors"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet says, and what storing it would change in the register."""

    sheet: RollSheet
    changes: RollChanges

    @property
    def lines(self) -> tuple[str, ...]:
        """Every finding in words with its level, in the order of rows."""
        return tuple(finding_line(each) for each in self.sheet.findings)


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

    Raises  NoSuchBody, CommitteeRegister, and the refusals of an unreadable file.
    """
    require(who, Act.READ_ROLL)
    sheet = read_roll(data, name)
    with rt.database.reading() as tx:
        require_own_register(require_body(tx, body))
        return compared(sheet, members.recorded(tx, body))


def import_sheet(rt: Runtime, who: Officer, body: str, *, data: bytes, name: str) -> Preview:
    """Store a sound sheet: new members are added, changed ones changed, missing ones left as they are.

    Raises  SheetHasErrors, NoSuchBody, CommitteeRegister, and the refusals of an unreadable file.
    """
    require(who, Act.EDIT_ROLL)
    sheet, now = read_roll(data, name), rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        require_own_register(act.body)
        found = compared(sheet, members.recorded(tx, body))
        if not sheet.is_sound:
            raise SheetHasErrors(found.lines)
        act.write(Did.IMPORTED, changes_of(found), detail=name)
    return found


def register(rt: Runtime, body: str) -> tuple[Member, ...]:
    """All members of a body as they may vote, by member number.  Raises: NoSuchBody."""
    with rt.database.reading() as tx:
        require_body(tx, body)
        return members.register(tx, body)


def compared(sheet: RollSheet, present: tuple[Member, ...]) -> Preview:
    """The sheet against the register as it is entered."""
    known = {each.member_id: each for each in present}
    return Preview(sheet, compare(known, sheet.members, columns=sheet.fields))


def changes_of(found: Preview) -> list[tuple[Member | None, Member]]:
    """What storing the sheet writes: each member before and after."""
    new: list[tuple[Member | None, Member]] = [(None, each) for each in found.changes.new]
    return new + [(each.before, each.after) for each in found.changes.changed]
