"""Motions and elections put to the vote."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from voting.core.rules import NonSubmission, Objections, Threshold


class MotionKind(StrEnum):
    MOTION = "motion"
    ELECTION = "election"


class Method(StrEnum):
    """How an election is voted (rules R10)."""

    CONFIDENCE = "confidence"
    SLATE = "slate"
    PLURALITY = "plurality"


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A paper that belongs to a motion.  Shape: ``sha256`` is 64 lowercase hex digits."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Motion:
    """One thing voted upon; ``None`` means that the assembly's rule holds.

    Shape   ``depends_on`` are numbers of other motions; ``barred`` are member numbers;
            ``method``, ``seats`` and ``candidates`` belong to elections only.
    """

    number: int
    title: str
    kind: MotionKind = MotionKind.MOTION
    depends_on: tuple[int, ...] = ()
    requires: tuple[Threshold, ...] | None = None
    non_submission: NonSubmission | None = None
    barred: tuple[str, ...] = ()
    objections: Objections | None = None
    method: Method | None = None
    seats: int | None = None
    candidates: tuple[str, ...] = ()
    documents: tuple[DocumentRef, ...] = ()


def by_condition(motions: Iterable[Motion]) -> tuple[tuple[Motion, ...], tuple[Motion, ...]]:
    """*motions* with every one after those it depends on, and those for which there is no such order.

    Order   as given wherever the conditions leave it open.
    Shape   the second part is empty for a sound docket; else it holds the motions of the circles and
            whatever depends on them. A condition on an unknown number is left to ``checks``.
    """
    waiting = list(motions)
    known = {motion.number for motion in waiting}
    done: set[int] = set()
    ordered: list[Motion] = []
    while ready := [m for m in waiting if all(n in done or n not in known for n in m.depends_on)]:
        ordered += ready
        done |= {motion.number for motion in ready}
        waiting = [motion for motion in waiting if motion.number not in done]
    return tuple(ordered), tuple(waiting)
