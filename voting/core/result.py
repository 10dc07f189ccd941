"""The shape of a counted result: numbers by provenance, tests, flags.

Numbers of different provenance are never merged here; a total stands beside its parts (rules R4).
"""

from dataclasses import dataclass
from enum import StrEnum

from voting.core.motions import Method
from voting.core.rules import Threshold, Unit


class Outcome(StrEnum):
    CARRIED = "carried"
    REJECTED = "rejected"
    NOT_FORMED = "not_formed"
    PENDING = "pending"
    CONDITION_FAILED = "condition_failed"
    OBJECTED = "objected"
    ELECTED = "elected"
    VACANCY = "vacancy"


class Flag(StrEnum):
    """What a reader must know beside the outcome, in the order of printing (rules R8)."""

    DEEMED_DECIDES = "deemed_decides"
    LOW_RESPONSE = "low_response"
    AGAINST_LEADS = "against_leads"
    LATE_DECIDES = "late_decides"
    UNDELIVERED_DECIDES = "undelivered_decides"
    LATE_AS_SILENCE = "late_as_silence"


@dataclass(frozen=True, slots=True)
class Parts:
    """Votes for one choice by where they come from.  Units: as the Numbers that hold it."""

    expressed: int = 0
    proxy: int = 0
    blank: int = 0
    deemed: int = 0

    @property
    def total(self) -> int:
        return self.expressed + self.proxy + self.blank + self.deemed


@dataclass(frozen=True, slots=True)
class Numbers:
    """One motion's numbers in one unit: millionths of votes, or members.  They add up to the roll."""

    in_favour: Parts = Parts()
    against: Parts = Parts()
    abstain: Parts = Parts()
    invalid: int = 0
    late: int = 0
    undelivered: int = 0
    left: int = 0
    barred: int = 0
    not_counted: int = 0

    @property
    def excluded(self) -> int:
        return self.late + self.undelivered + self.left

    @property
    def total(self) -> int:
        choices = self.in_favour.total + self.against.total + self.abstain.total
        return choices + self.invalid + self.excluded + self.barred + self.not_counted


@dataclass(frozen=True, slots=True)
class CategoryNumbers:
    """One motion's numbers within one category of members.  Units: as Numbers."""

    category: str
    votes: Numbers
    members: Numbers


@dataclass(frozen=True, slots=True)
class ThresholdResult:
    """One test as applied.

    Units   ``value`` and ``base`` in the test's ``by``: millionths of votes, or members;
            ``needed`` is text as printed in result.json (count-interface.md).
    """

    test: Threshold
    value: int
    base: int
    needed: str
    met: bool


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers, tests and outcome of one yes-or-no question: a motion, a candidate or a slate.

    Order   ``categories`` by name; the members without a category stand under "".
    """

    outcome: Outcome
    votes: Numbers
    members: Numbers
    tests: tuple[ThresholdResult, ...]
    carried_without_deemed: bool | None
    to_flip: int | None
    flags: tuple[Flag, ...]
    categories: tuple[CategoryNumbers, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """A candidate by confidence: a question of its own, and whether a seat was won."""

    name: str
    elected: bool
    count: Count


@dataclass(frozen=True, slots=True)
class CandidateVotes:
    """A candidate by plurality.  Units: votes in millionths."""

    name: str
    votes: int
    members: int
    elected: bool


@dataclass(frozen=True, slots=True)
class MotionResult:
    """A motion, or an election by slate (then with ``method``, ``seats`` and ``elected``)."""

    number: int
    title: str
    count: Count
    method: Method | None = None
    seats: int | None = None
    elected: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        return self.count.outcome


@dataclass(frozen=True, slots=True)
class ConfidenceResult:
    number: int
    title: str
    seats: int
    outcome: Outcome
    candidates: tuple[CandidateResult, ...]


@dataclass(frozen=True, slots=True)
class PluralityResult:
    """Units: ``*_votes`` in millionths."""

    number: int
    title: str
    seats: int
    outcome: Outcome
    candidates: tuple[CandidateVotes, ...]
    returned_votes: int
    returned_members: int
    blank_votes: int
    blank_members: int
    invalid_votes: int
    invalid_members: int


MotionOutcome = MotionResult | ConfidenceResult | PluralityResult


@dataclass(frozen=True, slots=True)
class QuorumResult:
    """Units: ``counted`` in ``by``; ``needed`` is text, or None where no quorum is asked for."""

    needed: str | None
    counted: int
    by: Unit
    met: bool


@dataclass(frozen=True, slots=True)
class LateMark:
    """How a late answer was marked on one question.

    Shape   ``mark`` is for, against, abstain, blank, both, proxy or defect; ``candidate`` only in an
            election by confidence, and by plurality (then one ``for`` for each chosen name).
    """

    number: int
    mark: str
    candidate: str | None = None


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """A late submission that was taken as silence: who, and how each motion was marked (rules R8)."""

    member_id: str
    marks: tuple[LateMark, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A whole assembly, counted.

    Units   votes in millionths.
    Order   motions as in the docket; ``late_as_silence``, ``early`` (members with a submission before
            the opening, which counts as none) and ``not_on_roll`` (senders in no number) by member.
    """

    roll_members: int
    roll_votes: int
    returned_members: int
    returned_votes: int
    quorum: QuorumResult
    motions: tuple[MotionOutcome, ...]
    late_as_silence: tuple[LateAnswer, ...] = ()
    early: tuple[str, ...] = ()
    not_on_roll: tuple[str, ...] = ()
