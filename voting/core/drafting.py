"""Changes to a docket that is still a draft: motions put, moved and taken out, dates of last year shifted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from voting.core.assembly import Schedule
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.motions import Motion

# So many days later falls on the same day of the week, in the same season.
_YEAR = timedelta(weeks=52)


@dataclass(eq=False)
class MotionIsCondition(Refusal):
    """A motion cannot be taken out while others depend on it."""

    code: ClassVar[str] = "motion-is-condition"
    number: int
    dependants: tuple[int, ...]


@dataclass(eq=False)
class NumberTaken(Refusal):
    """Two motions cannot have one number."""

    code: ClassVar[str] = "number-taken"
    number: int


def next_number(docket: Docket) -> int:
    """The number a new motion gets."""
    return max((motion.number for motion in docket.motions), default=0) + 1


def add_motion(docket: Docket, motion: Motion) -> Docket:
    """*docket* with one motion more, the last.  Raises: NumberTaken."""
    _require_free(docket, motion.number)
    return replace(docket, motions=(*docket.motions, motion))


def put_motion(docket: Docket, number: int, motion: Motion) -> Docket:
    """*docket* with *motion* in the place of the one of that number; conditions follow a new number.

    Raises  KeyError where there is none, NumberTaken where the new number is another's.
    """
    docket.motion(number)
    if motion.number != number:
        _require_free(docket, motion.number)
    motions = tuple(motion if each.number == number else each for each in docket.motions)
    return _renumbered(replace(docket, motions=motions), {number: motion.number})


def remove_motion(docket: Docket, number: int) -> Docket:
    """*docket* without that motion; the others keep their numbers.  Raises: KeyError, MotionIsCondition."""
    docket.motion(number)
    dependants = tuple(each.number for each in docket.motions if number in each.depends_on)
    if dependants:
        raise MotionIsCondition(number, dependants)
    return replace(docket, motions=tuple(each for each in docket.motions if each.number != number))


def move_motion(docket: Docket, number: int, *, down: bool) -> Docket:
    """*docket* with that motion one place later or earlier; at the end nothing changes.

    Numbers stay with the places, so the first motion is still the first; conditions go with the motions.
    Raises  KeyError.
    """
    motions = list(docket.motions)
    here = motions.index(docket.motion(number))
    there = here + (1 if down else -1)
    if not 0 <= there < len(motions):
        return docket
    one, other = motions[here], motions[there]
    motions[here], motions[there] = replace(other, number=one.number), replace(one, number=other.number)
    exchanged = {one.number: other.number, other.number: one.number}
    return _renumbered(replace(docket, motions=tuple(motions)), exchanged)


def shifted(schedule: Schedule, now: datetime) -> Schedule:
    """*schedule* so many years later that it begins after *now*, each day on its day of the week."""
    by = timedelta(0)
    while schedule.opens_at + by <= now:
        by += _YEAR
    return Schedule(schedule.record_date + by, schedule.opens_at + by, schedule.closes_at + by)


def copied(docket: Docket, now: datetime) -> Docket:
    """What next year begins with: rules and titles, the dates shifted.

    Documents and barred members belong to the matter of that year, and are left out.
    """
    motions = tuple(replace(motion, documents=(), barred=()) for motion in docket.motions)
    assembly = replace(docket.assembly, schedule=shifted(docket.assembly.schedule, now))
    return replace(docket, assembly=assembly, motions=motions, documents=())


def _require_free(docket: Docket, number: int) -> None:
    if any(motion.number == number for motion in docket.motions):
        raise NumberTaken(number)


def _renumbered(docket: Docket, numbers: Mapping[int, int]) -> Docket:
    motions = tuple(
        replace(motion, depends_on=tuple(numbers.get(each, each) for each in motion.depends_on))
        for motion in docket.motions
    )
    return replace(docket, motions=motions)
