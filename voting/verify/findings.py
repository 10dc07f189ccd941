"""What a check can find: proved, failed, not proved because of another check, withheld, erased.

Words for people are elsewhere: a fault and a note are a code and facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CHECKS = range(1, 28)


class Status(StrEnum):
    """How a check ended.  Only *proved*, *withheld* and *erased* let a bundle pass."""

    PROVED = "proved"
    FAILED = "failed"
    UNPROVED = "unproved"
    WITHHELD = "withheld"
    ERASED = "erased"


Facts = Mapping[str, object]


@dataclass(eq=False)
class Refuted(Exception):
    """Something a bundle says is not so, found by the check *number*."""

    number: int
    fault: str
    facts: Facts

    def __str__(self) -> str:
        return f"check {self.number}: {self.fault} {dict(self.facts)}"


def refuted(number: int, fault: str, **facts: object) -> Refuted:
    """The exception to be raised by check *number*."""
    return Refuted(number, fault, facts)


class Unreadable(ValueError):
    """A file that is not what it should be, so that nothing can be said about it."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said beside a check's own result."""

    code: str
    facts: Facts = field(default_factory=dict)
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What a check has proved.

    Shape   *items* is the number of things looked at; *facts* fill the check's sentence; *status* is
            proved, or withheld or erased where only a part could be proved.
    """

    items: int
    facts: Facts = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    status: Status = Status.PROVED
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's line of the report.

    Shape   *fault* and *facts* say why it failed; *rests_on* is the failed check that it needs; *why* is
            the disclosure level or the rule that explains what is missing.
    """

    number: int
    status: Status
    items: int = 0
    facts: Facts = field(default_factory=dict)
    fault: str = ""
    rests_on: int | None = None
    why: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether a bundle may be called verified with it."""
        return self.status not in (Status.FAILED, Status.UNPROVED)
