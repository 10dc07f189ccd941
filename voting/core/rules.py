"""The settings by which votes become a result, and what each of them may be.

Only the settings and the checks on them stand here; the counting is in ``tally``.
Source of all values and defaults: rules R1.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar

from voting.core.errors import Refusal


class BodyKind(StrEnum):
    """What a body is in law; it decides whether silence may ever be counted as consent."""

    VOLUNTARY = "voluntary"
    GENERAL_INCORPORATED = "general-incorporated"
    NPO = "npo"
    NEIGHBOURHOOD = "neighbourhood"
    CONDOMINIUM = "condominium"
    COMPANY = "company"
    COOPERATIVE = "cooperative"
    OTHER = "other"


# Bodies whose statute asks for the real consent of members, with the article (rules R1).
CONSENT_STATUTES: Mapping[BodyKind, str] = MappingProxyType(
    {
        BodyKind.GENERAL_INCORPORATED: "一般社団法人及び一般財団法人に関する法律第58条",
        BodyKind.NPO: "特定非営利活動促進法第14条の9",
        BodyKind.NEIGHBOURHOOD: "地方自治法第260条の19の2",
        BodyKind.CONDOMINIUM: "建物の区分所有等に関する法律第45条",
        BodyKind.COMPANY: "会社法第319条",
    }
)


class NonSubmission(StrEnum):
    """What silence (未提出) counts as."""

    NOT_COUNTED = "not_counted"
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    PROXY_TO_CHAIR = "proxy_to_chair"


class Blank(StrEnum):
    """What an unmarked motion (無記入) on a submitted ballot counts as."""

    INVALID = "invalid"
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class BothMarked(StrEnum):
    INVALID = "invalid"
    AS_BLANK = "as_blank"


class Duplicates(StrEnum):
    """Which of several submissions of one member is the effective one."""

    LAST_RECEIVED = "last_received"
    WEB = "web"
    PAPER = "paper"
    FIRST = "first"


class OutOfBase(StrEnum):
    """Whether a late answer, or a member that could not be reached, leaves the count."""

    EXCLUDED = "excluded"
    NOT_SUBMITTED = "not_submitted"


class Tie(StrEnum):
    REJECTED = "rejected"
    CHAIR = "chair"


class Relation(StrEnum):
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"


class Counted(StrEnum):
    """The left side of a test."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    RETURNED = "returned"
    PRESENT = "present"


class Base(StrEnum):
    """The right side of a test (rules R5)."""

    ROLL = "roll"
    PRESENT = "present"
    VALID = "valid"
    YES_NO = "yes_no"
    RETURNED = "returned"


class Unit(StrEnum):
    VOTES = "votes"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One condition a motion must meet: *count* stands in *relation* to *fraction* *of* a base.

    Units   ``by`` says whether votes or members are compared; ``category`` limits both sides.
    Source  rules R5.
    """

    count: Counted
    relation: Relation
    fraction: Fraction
    of: Base
    by: Unit = Unit.VOTES
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Quorum:
    """How much of the roll must have answered.  Source: rules R6."""

    fraction: Fraction
    relation: Relation = Relation.AT_LEAST
    by: Unit = Unit.VOTES
    deemed: bool = False


@dataclass(frozen=True, slots=True)
class Objections:
    """The brake on a silence procedure: exactly one of the two is given.

    Units   ``count`` members; ``fraction`` of the votes of the motion's roll.  Source: rules R7.
    """

    count: int | None = None
    fraction: Fraction | None = None


_HALF, _TWO_THIRDS, _THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)

MAJORITY = (Threshold(Counted.FOR, Relation.MORE_THAN, _HALF, Base.PRESENT),)

# Shorthand names of a requirement (rules R5).
NAMED_REQUIREMENTS: Mapping[str, tuple[Threshold, ...]] = MappingProxyType(
    {
        "majority": MAJORITY,
        "two_thirds": (Threshold(Counted.FOR, Relation.AT_LEAST, _TWO_THIRDS, Base.PRESENT),),
        "three_quarters": (Threshold(Counted.FOR, Relation.AT_LEAST, _THREE_QUARTERS, Base.PRESENT),),
        "majority_of_roll": (Threshold(Counted.FOR, Relation.MORE_THAN, _HALF, Base.ROLL),),
        "two_thirds_of_roll": (Threshold(Counted.FOR, Relation.AT_LEAST, _TWO_THIRDS, Base.ROLL),),
        "unanimous": (Threshold(Counted.FOR, Relation.AT_LEAST, Fraction(1), Base.ROLL),),
    }
)

CLAUSES = ("written", "quorum", "majority", "deemed", "blank", "late", "duplicates")


@dataclass(frozen=True, slots=True)
class Rules:
    """All settings of one assembly (rules R1); the defaults are the cautious ones.

    ``clauses`` holds the text of the clause each setting rests on, keyed by a name of ``CLAUSES``.
    ``preset`` is the name shown to people; it decides nothing.
    """

    non_submission: NonSubmission = NonSubmission.NOT_COUNTED
    blank: Blank = Blank.INVALID
    both_marked: BothMarked = BothMarked.INVALID
    duplicates: Duplicates = Duplicates.LAST_RECEIVED
    blank_overrides: bool = False
    late: OutOfBase = OutOfBase.EXCLUDED
    undelivered: OutOfBase = OutOfBase.EXCLUDED
    quorum: Quorum | None = None
    requires: tuple[Threshold, ...] = MAJORITY
    tie: Tie = Tie.REJECTED
    objections: Objections | None = None
    abstain: bool = True
    clauses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    preset: str | None = None


# The origin case (rules R9). Its clauses are the body's own and must be typed; the preset has none.
COUNCIL = Rules(non_submission=NonSubmission.FOR, blank=Blank.FOR, abstain=False, preset="council")

PRESETS: Mapping[str, Rules] = MappingProxyType({"council": COUNCIL})

_FRACTION = re.compile(r"([1-9][0-9]{0,17})/([1-9][0-9]{0,17})")


@dataclass(eq=False)
class NoFraction(Refusal):
    """A text that is no fraction "p/q" with 0 < p/q <= 1."""

    code: ClassVar[str] = "no-fraction"
    text: str


def parse_fraction(text: str) -> Fraction:
    """The fraction written as "p/q".

    Raises  NoFraction for a sign, a decimal, 0, anything above 1, or any other spelling.
    Source  rules R1.
    """
    found = _FRACTION.fullmatch(text)
    if found is None or int(found[1]) > int(found[2]):
        raise NoFraction(text)
    return Fraction(int(found[1]), int(found[2]))


def fraction_text(fraction: Fraction) -> str:
    """*fraction* as "p/q" in lowest terms; 1 is "1/1"."""
    return f"{fraction.numerator}/{fraction.denominator}"
