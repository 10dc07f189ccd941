"""The refusals of ``checks``: what can be wrong with a docket, a roll or recorded facts.

Every one has ``where``, a path such as ``rules.quorum.fraction`` or ``motion.2.depends_on``.
"""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.rules import BodyKind


@dataclass(eq=False)
class Fault(Refusal):
    """Something in a docket, a roll or the facts that no count can be made with."""

    code: ClassVar[str] = "fault"
    where: str


@dataclass(eq=False)
class TextMissing(Fault):
    """A name or a title that is empty."""

    code: ClassVar[str] = "text-missing"


@dataclass(eq=False)
class InstantUnusable(Fault):
    """An instant without a zone, or finer than the millisecond that records keep."""

    code: ClassVar[str] = "instant-unusable"


@dataclass(eq=False)
class ClosesBeforeOpening(Fault):
    """A period that ends before, or as, it begins."""

    code: ClassVar[str] = "closes-before-opening"


@dataclass(eq=False)
class DeemedWithoutClause(Fault):
    """Silence is to count, and no clause of the body's own rules is named for it."""

    code: ClassVar[str] = "deemed-without-clause"


@dataclass(eq=False)
class StatuteAsksConsent(Fault):
    """Silence is to count as consent in a body whose statute asks for the real consent of members."""

    code: ClassVar[str] = "statute-asks-consent"
    kind: BodyKind
    article: str


@dataclass(eq=False)
class UnknownClause(Fault):
    """A clause for something that is no setting."""

    code: ClassVar[str] = "unknown-clause"


@dataclass(eq=False)
class FractionOutOfRange(Fault):
    """A fraction that is not above 0 and at most 1."""

    code: ClassVar[str] = "fraction-out-of-range"
    fraction: str


@dataclass(eq=False)
class NumberOutOfRange(Fault):
    """A number of a motion, of seats, of objections or of votes that cannot be."""

    code: ClassVar[str] = "number-out-of-range"
    number: int


@dataclass(eq=False)
class NoRequirement(Fault):
    """A list of tests with nothing in it: everything would be carried."""

    code: ClassVar[str] = "no-requirement"


@dataclass(eq=False)
class QuorumRelation(Fault):
    """A quorum that asks for few, not for many."""

    code: ClassVar[str] = "quorum-relation"


@dataclass(eq=False)
class BrakeUnclear(Fault):
    """Objections with a count and a fraction, or with neither."""

    code: ClassVar[str] = "brake-unclear"


@dataclass(eq=False)
class NoMotion(Fault):
    """Nothing is put to the vote."""

    code: ClassVar[str] = "no-motion"


@dataclass(eq=False)
class Repeated(Fault):
    """Something that stands twice where it may stand once: a motion's number, a candidate, a member."""

    code: ClassVar[str] = "repeated"
    what: str


@dataclass(eq=False)
class UnknownCondition(Fault):
    """A motion that depends on one that is not there."""

    code: ClassVar[str] = "unknown-condition"
    number: int


@dataclass(eq=False)
class ConditionsInCircle(Fault):
    """Motions that wait for each other.  Shape: ``numbers`` in the order of the docket."""

    code: ClassVar[str] = "conditions-in-circle"
    numbers: tuple[int, ...]


@dataclass(eq=False)
class BarredNotOnRoll(Fault):
    """A member barred from a motion that is not on the roll."""

    code: ClassVar[str] = "barred-not-on-roll"
    member_id: str


@dataclass(eq=False)
class ElectionFieldMissing(Fault):
    """An election without method, seats or candidates."""

    code: ClassVar[str] = "election-field-missing"


@dataclass(eq=False)
class ElectionFieldUnexpected(Fault):
    """Method, seats or candidates on a motion that is no election."""

    code: ClassVar[str] = "election-field-unexpected"


@dataclass(eq=False)
class SlateExceedsSeats(Fault):
    """A slate with more candidates than there are seats, all of whom would be elected."""

    code: ClassVar[str] = "slate-exceeds-seats"
    candidates: int
    seats: int


@dataclass(eq=False)
class FactUnusable(Fault):
    """A recorded decision, lot or leaving that does not fit the docket."""

    code: ClassVar[str] = "fact-unusable"
