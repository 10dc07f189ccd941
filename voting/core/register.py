"""The register of members against a list that comes in: what would change, and who leaves later on.

Comparing decides nothing: a member that is missing from a list has not left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time

from voting.core.japanese_dates import JST
from voting.core.members import Member, on_roll

COLUMNS = frozenset(field.name for field in fields(Member))


@dataclass(frozen=True, slots=True)
class Change:
    """One member as it is and as it would be.  Order: ``columns`` as they stand in Member."""

    before: Member
    after: Member
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RollChanges:
    """What a list would do to the register.

    Order   new, changed and same as in the list; missing as in the register.
    """

    new: tuple[Member, ...]
    changed: tuple[Change, ...]
    same: tuple[Member, ...]
    missing: tuple[Member, ...]


def compare(
    present: Mapping[str, Member], incoming: Iterable[Member], *, columns: frozenset[str] = COLUMNS
) -> RollChanges:
    """What *incoming* would change in the register *present* (member number -> member).

    ``columns`` are those the list has: of every other one the register keeps what it knows, for a list
    without telephone numbers does not say that there are none.
    """
    new: list[Member] = []
    changed: list[Change] = []
    same: list[Member] = []
    seen = set()
    kept = tuple(COLUMNS - columns - {"member_id"})
    for member in incoming:
        seen.add(member.member_id)
        before = present.get(member.member_id)
        if before is None:
            new.append(member)
            continue
        after = replace(member, **{name: getattr(before, name) for name in kept}) if kept else member
        if after == before:
            same.append(before)
        else:
            changed.append(Change(before, after, _differing(before, after)))
    missing = tuple(member for member_id, member in present.items() if member_id not in seen)
    return RollChanges(tuple(new), tuple(changed), tuple(same), missing)


def leavings(members: Iterable[Member], record_date: date) -> dict[str, datetime]:
    """Who of the roll of *record_date* leaves later, and when: at 00:00 in Japan of the day given.

    Source  count-interface.md, ROLL: a later 退会日 is a leaving at 00:00 JST of that day.
    """
    return {
        member.member_id: datetime.combine(member.left, time(), JST)
        for member in members
        if member.left is not None and on_roll(member, record_date)
    }


def _differing(before: Member, after: Member) -> tuple[str, ...]:
    return tuple(
        field.name for field in fields(Member) if getattr(before, field.name) != getattr(after, field.name)
    )
