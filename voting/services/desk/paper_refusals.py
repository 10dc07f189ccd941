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
    """The persons read differently; all readings are kept, and somebody looks at them and the paper again."""

    code: ClassVar[str] = "readings-differ"
    serial: str


@dataclass(eq=False)
class PaperDone(Refusal):
    code: ClassVar[str] = "paper-done"
    serial: str


@dataclass(eq=False)
class BadSerial(Refusal):
    """A serial number that cannot be written on the sheet and into an address."""

    code: ClassVar[str] = "bad-serial"
    serial: str
    most: int


@dataclass(eq=False)
class SerialTaken(Refusal):
    """Two clerks gave the same number, or one pressed twice."""

    code: ClassVar[str] = "serial-taken"
    serial: str


@dataclass(eq=False)
class ScanThere(Refusal):
    """The very same file was logged before; ``serial`` is that paper's."""

    code: ClassVar[str] = "scan-there"
    serial: str


@dataclass(eq=False)
class NothingToTakeBack(Refusal):
    """There is no reading of one's own, or another person has checked it already."""

    code: ClassVar[str] = "nothing-to-take-back"
    serial: str


@dataclass(eq=False)
class SenderUnclear(Refusal):
    """Nobody has said yet whose paper this is."""

    code: ClassVar[str] = "sender-unclear"
    serial: str


@dataclass(eq=False)
class SenderUnknown(Refusal):
    """No member on the roll has this number, code or name."""

    code: ClassVar[str] = "sender-unknown"
    typed: str


@dataclass(eq=False)
class SenderAmbiguous(Refusal):
    """Several members fit what was typed.  Shape: ``found`` as "number prefecture name", some of them."""

    code: ClassVar[str] = "sender-ambiguous"
    typed: str
    found: tuple[str, ...]


@dataclass(eq=False)
class FormOfAnother(Refusal):
    """The code on the form is that of another assembly, or none of ours."""

    code: ClassVar[str] = "form-of-another"
    typed: str


@dataclass(eq=False)
class SettledAlready(Refusal):
    """The sender of this paper is known; there is nothing to find out."""

    code: ClassVar[str] = "settled-already"
    serial: str


@dataclass(eq=False)
class HowFoundOut(Refusal):
    """Whose an unclear paper is needs a word on how that was found out: nobody can see it on the sheet."""

    code: ClassVar[str] = "how-found-out"
