"""Members of a body, and the roll that may vote.

A name is kept exactly as it was given: even Unicode's NFC changes names (U+FA19 becomes U+795E).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from voting.core.votes import ONE_VOTE


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the register of members, as the secretariat keeps it.

    Units   votes in millionths; ``joined`` and ``left`` are days in Japan.
    """

    member_id: str
    name: str
    kana: str = ""
    category: str = ""
    kind: str = ""
    code: str = ""
    prefecture: str = ""
    section: str = ""
    person: str = ""
    addresses: tuple[str, ...] = ()
    phone: str = ""
    votes: int = ONE_VOTE
    joined: date | None = None
    left: date | None = None
    note: str = ""
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One member that may vote in one assembly.  Units: votes in millionths."""

    member_id: str
    name: str
    votes: int = ONE_VOTE
    category: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """The frozen list of those who may vote, in the order of member numbers."""

    entries: tuple[RollEntry, ...]

    @property
    def members(self) -> int:
        return len(self.entries)

    @property
    def votes(self) -> int:
        return sum(entry.votes for entry in self.entries)


def on_roll(member: Member, record_date: date) -> bool:
    """Whether *member* belonged to the body on *record_date*.

    Ties    joined on the day itself counts; left on the day itself does not.
    Source  count-interface.md, ROLL.
    """
    joined = member.joined is None or member.joined <= record_date
    return joined and (member.left is None or member.left > record_date)


def roll_at(members: Iterable[Member], record_date: date) -> Roll:
    """The roll of *record_date*.

    Order   by member number, so that the same members always give the same roll.
    """
    entries = sorted(
        (
            RollEntry(member.member_id, member.name, member.votes, member.category)
            for member in members
            if on_roll(member, record_date)
        ),
        key=lambda entry: entry.member_id,
    )
    return Roll(tuple(entries))
