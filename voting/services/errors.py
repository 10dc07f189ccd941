"""Refusals that only the verbs can give: something is not there, or not yet, or no longer."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.rules import BodyKind


@dataclass(eq=False)
class NoSuchAssembly(Refusal):
    code: ClassVar[str] = "no-such-assembly"
    origin: str


@dataclass(eq=False)
class NoSuchBody(Refusal):
    code: ClassVar[str] = "no-such-body"
    slug: str


@dataclass(eq=False)
class AlreadyThere(Refusal):
    """A name that has to be new is taken: an account, a body, an assembly, a paper's serial number."""

    code: ClassVar[str] = "already-there"
    what: str
    name: str


@dataclass(eq=False)
class BadName(Refusal):
    """A short name has other characters than a–z, 0–9 and hyphen."""

    code: ClassVar[str] = "bad-name"
    what: str
    name: str


@dataclass(eq=False)
class NotAPdf(Refusal):
    """A document that is no PDF, whatever its name says: members' offices could not open or file it."""

    code: ClassVar[str] = "not-a-pdf"
    name: str


@dataclass(eq=False)
class UnknownMotion(Refusal):
    """A paper was given for a motion that the assembly does not have."""

    code: ClassVar[str] = "unknown-motion"
    number: int


@dataclass(eq=False)
class PeriodOver(Refusal):
    """Something that belongs into the period was tried after the close."""

    code: ClassVar[str] = "period-over"
    closed_at: datetime


@dataclass(eq=False)
class OverBeforeNotice(Refusal):
    """The period has ended already: members would be deemed to have agreed without having been asked."""

    code: ClassVar[str] = "over-before-notice"
    closed_at: datetime


@dataclass(eq=False)
class NotThatFar(Refusal):
    """A step was tried before the one it rests on.  Shape: names of steps as in the ledger."""

    code: ClassVar[str] = "not-that-far"
    wanted: str
    missing: str


@dataclass(eq=False)
class DoneAlready(Refusal):
    """A step that is taken once was tried again."""

    code: ClassVar[str] = "done-already"
    step: str


@dataclass(eq=False)
class ChangedSince(Refusal):
    """What would be done is no longer what was proposed; it has to be proposed again."""

    code: ClassVar[str] = "changed-since"
    request: str


@dataclass(eq=False)
class DraftWithdrawn(Refusal):
    """The draft was given up; its name is not used again, and nothing is done with it."""

    code: ClassVar[str] = "draft-withdrawn"
    title: str
    withdrawn_at: datetime


@dataclass(eq=False)
class UnknownCode(Refusal):
    """A well-formed code that opens no ballot here."""

    code: ClassVar[str] = "unknown-code"


@dataclass(eq=False)
class CountingDone(Refusal):
    """Too late even for a receipt: the count has been recorded."""

    code: ClassVar[str] = "counting-done"


@dataclass(eq=False)
class OutcomePending(Refusal):
    """A motion waits for a recorded decision or lot; until then nothing can be certified (rules R7)."""

    code: ClassVar[str] = "outcome-pending"
    motions: tuple[int, ...]


@dataclass(eq=False)
class Suspended(Refusal):
    """The ledger cannot promise anything now: the store is behind what was signed (ledger L4).

    Shape   ``was_shown``: a witness or a member has shown what was signed; else the anchor has it.
    """

    code: ClassVar[str] = "suspended"
    origin: str
    stored: int
    signed: int
    was_shown: bool = False


@dataclass(eq=False)
class TookTooLong(Refusal):
    """More than a minute passed between receipt and recording; nothing was recorded (ledger L3)."""

    code: ClassVar[str] = "took-too-long"


@dataclass(eq=False)
class ChanceRepeats(Refusal):
    """The source of chance gave a salt that is in use: who knows the one vote could read the other.

    Two commitments would be equal where what they hide is equal, and a receipt could be handed to two.
    """

    code: ClassVar[str] = "chance-repeats"


@dataclass(eq=False)
class ClockWentBack(Refusal):
    """The clock is behind the last entry by more than a second; nothing may be recorded."""

    code: ClassVar[str] = "clock-went-back"
    last: str
    now: str


@dataclass(eq=False)
class BodyDiffers(Refusal):
    """The file is of another organisation than the one it was uploaded for."""

    code: ClassVar[str] = "body-differs"
    written: str
    kind: BodyKind
    chosen: str
    chosen_kind: BodyKind


@dataclass(eq=False)
class ContactMissing(Refusal):
    """Members would not know whom to ask."""

    code: ClassVar[str] = "contact-missing"
