"""The register of members: its order, a list that comes in against it, and who leaves later on.

Comparing decides nothing: a member that is missing from a list has not left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time

from voting.core.japanese_dates import JST
from voting.core.kana import sort_key
from voting.core.members import Member, on_roll
from voting.core.postal import FIELDS, kept_postal
from voting.core.prefectures import prefecture_number

COLUMNS = frozenset((*(field.name for field in fields(Member)), *FIELDS))
# Whom to write to, and how: what grows old when an office changes its staff every April.
CONTACT = ("section", "person", "addresses", "phone")
_NO_PREFECTURE = 99


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
    without telephone numbers does not say that there are none.  So with the address and the FAX number,
    which stand in ``other``.
    """
    new: list[Member] = []
    changed: list[Change] = []
    same: list[Member] = []
    seen = set()
    kept = tuple(COLUMNS - columns - {"member_id", *FIELDS})
    for member in incoming:
        seen.add(member.member_id)
        before = present.get(member.member_id)
        if before is None:
            new.append(member)
            continue
        after = replace(member, **{name: getattr(before, name) for name in kept}) if kept else member
        if "other" in columns:
            other = kept_postal(before.other, member.other, columns)
            # In which order a list has its columns says nothing about its members.
            in_order = before.other if sorted(other) == sorted(before.other) else other
            after = replace(after, other=in_order)
        if after == before:
            same.append(before)
        else:
            changed.append(Change(before, after, differing(before, after)))
    missing = tuple(member for member_id, member in present.items() if member_id not in seen)
    return RollChanges(tuple(new), tuple(changed), tuple(same), missing)


def official_order(member: Member) -> tuple[int, str, str, str]:
    """The key by which official lists put their members in order.

    Order   prefecture by its number, in it the public code (the prefecture itself first, then cities, then
            towns), then members without such a code by their reading; whoever names no prefecture is last.
    Source  domain 5.5.1.
    """
    is_public = len(member.code) == 6
    number = int(member.code[:2]) if is_public else prefecture_number(member.prefecture)
    reading = sort_key(member.kana or member.name)
    return number or _NO_PREFECTURE, member.code if is_public else "~", reading, member.member_id


def leavings(members: Iterable[Member], record_date: date) -> dict[str, datetime]:
    """Who of the roll of *record_date* leaves later, and when: at 00:00 in Japan of the day given.

    Source  count-interface.md, ROLL: a later 退会日 is a leaving at 00:00 JST of that day.
    """
    return {
        member.member_id: datetime.combine(member.left, time(), JST)
        for member in members
        if member.left is not None and on_roll(member, record_date)
    }


def differing(before: Member, after: Member) -> tuple[str, ...]:
    """The columns in which two members are not the same.  Order: as they stand in Member."""
    return tuple(
        field.name for field in fields(Member) if getattr(before, field.name) != getattr(after, field.name)
    )
