"""Why a paper is not logged, not read, or not taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.core.errors import Refusal


@dataclass(eq=False)
class NoSuchPaper(Refusal):
    code: ClassVar[str] = "no-such-paper"
    serial: str


@dataclass(eq=False)
class NotAPaperChannel(Refusal):
    """Papers come by post, fax, mail or hand."""

    code: ClassVar[str] = "not-a-paper-channel"
    channel: str


@dataclass(eq=False)
class ArrivesInFuture(Refusal):
    """The hour of arrival lies after now."""

    code: ClassVar[str] = "arrives-in-future"
    arrived_at: datetime


@dataclass(eq=False)
class NotOnRoll(Refusal):
    code: ClassVar[str] = "not-on-roll"
    member_id: str


@dataclass(eq=False)
class ReadByTheSame(Refusal):
    """The check is another person's, who has not seen the first reading."""

    code: ClassVar[str] = "read-by-the-same"
    officer: str


@dataclass(eq=False)
class ReadingsDiffer(Refusal):
    """The two persons read differently; both readings are put away and the paper is read again."""

    code: ClassVar[str] = "readings-differ"
    serial: str


@dataclass(eq=False)
class PaperDone(Refusal):
    code: ClassVar[str] = "paper-done"
    serial: str
