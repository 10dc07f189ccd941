"""Members of a body, and the roll that may vote.

A name is kept exactly as it was given: even Unicode's NFC changes names (U+FA19 becomes U+795E).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from voting.core.codes import CodeKind, code_kind, is_code
from voting.core.prefectures import NAMES
from voting.core.votes import ONE_VOTE


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the register of members, as the secretariat keeps it.

    Units   votes in millionths, 0 for a member without a vote; ``joined`` and ``left`` are days in Japan.
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

    @property
    def located(self) -> str:
        """The prefecture: as the register has it, else as a sound public code says, else empty.

        Source  a 全国地方公共団体コード begins with the number of its prefecture (domain 5.1.1).
        """
        if self.prefecture or code_kind(self.code) is not CodeKind.MUNICIPAL or not is_code(self.code):
            return self.prefecture
        return NAMES[int(self.code[:2]) - 1]


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
    """Whether *member* may vote in an assembly of *record_date*: belonged to the body then, and has a vote.

    Ties    joined on the day itself counts; left on the day itself does not.
    Source  count-interface.md, ROLL; domain 5.3.1 for members of a kind without a vote.
    """
    return member.votes > 0 and belongs(member, record_date)


def belongs(member: Member, day: date) -> bool:
    """Whether *member* belonged to the body on *day*, with a vote or without.  Ties: as ``on_roll``."""
    joined = member.joined is None or member.joined <= day
    return joined and (member.left is None or member.left > day)


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
