"""What the lines of the lists hold once they are read, and how votes and choices are told in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from voting.core.ballots import Choice, Mark
from voting.core.votes import NoNumberOfVotes, parse_votes
from voting.verify.lines import Misshapen

_LONGEST_VOTES = 40  # characters; more members than there are atoms is no number of votes


class RollLine(NamedTuple):
    """A member of the roll.  Units: *votes* in millionths."""

    category: str
    member: str
    votes: int


class RollLines(NamedTuple):
    """The roll, a column for each thing in ``RollLine``."""

    categories: Sequence[str] = ()
    members: Sequence[str] = ()
    votes: Sequence[int] = ()


class NameLine(NamedTuple):
    id: str
    member: str
    name: str
    salt: bytes


class IssuedLine(NamedTuple):
    """A member's key."""

    key: bytes
    level: str
    member: str


class IssuedLines(NamedTuple):
    """Issued keys, a column for each thing in ``IssuedLine``."""

    keys: Sequence[bytes] = ()
    levels: Sequence[str] = ()
    members: Sequence[str] = ()

    def part(self, start: int, end: int | None) -> "IssuedLines":
        """The lines from number *start* to *end* - 1."""
        if start == 0 and end == len(self.members):
            return self
        return IssuedLines._make(column[start:end] for column in self)


class DeliveryLine(NamedTuple):
    channel: str
    member: str
    status: str
    time: datetime
    line: bytes

    @property
    def order(self) -> tuple[str, str, datetime, str]:
        """By member, channel, time; two reports of one instant by status."""
        return self.member, self.channel, self.time, self.status


class OpeningLine(NamedTuple):
    """What a vote opens to, and what is said in it.

    Shape   *at* is the index of its entry; *commitment* is what the opened ballot and salt commit to, in hex.
    """

    at: int
    commitment: str
    base: str
    log: str
    member: str
    sequence: int
    choices: Mapping[int, Choice]
    proxy: bool = False
    defect: str | None = None


class OpeningLines(NamedTuple):
    """Openings, a column for each thing in ``OpeningLine``."""

    at: Sequence[int] = ()
    commitments: Sequence[str] = ()
    bases: Sequence[str] = ()
    logs: Sequence[str] = ()
    members: Sequence[str] = ()
    sequences: Sequence[int] = ()
    choices: Sequence[Mapping[int, Choice]] = ()
    proxies: Sequence[bool] = ()
    defects: Sequence[str | None] = ()

    def line(self, number: int) -> OpeningLine:
        """One of them by itself."""
        return OpeningLine._make(column[number] for column in self)


class PersonLine(NamedTuple):
    """An officer; *id*, *name* and *salt* in an auditor's bundle only."""

    pc: str
    role: str
    id: str | None = None
    name: str = ""
    salt: bytes = b""


def choices_in(value: Mapping[str, Any]) -> Mapping[int, Choice]:
    """What the choices of a sound ballot say, by motion."""
    return MappingProxyType({int(number): _choice(choice) for number, choice in value.items()})


def _choice(choice: Any) -> Choice:
    if isinstance(choice, str):
        return Mark(choice)
    if isinstance(choice, dict):
        return {name: Mark(mark) for name, mark in choice.items()}
    return tuple(choice)


@lru_cache(maxsize=4096)
def votes_in(text: str) -> int:
    """A number of votes above 0, in its one spelling.  Units: millionths.  Raises: Misshapen."""
    try:
        votes = parse_votes(text) if len(text) <= _LONGEST_VOTES else 0
    except NoNumberOfVotes:
        votes = 0
    # The reader of spreadsheets takes "1.50"; the ledger knows one spelling.
    if votes <= 0 or ("." in text and text.endswith("0")):
        raise Misshapen("something is no number of votes above 0")
    return votes
