"""What is asked of a member: one question for a motion or a slate, one for each candidate by confidence.

Also the one reading of what stands on a submission: a ``Sheet`` holds one mark for each slot, in the
order of the docket, so that equal answers are equal values and can be counted together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from voting.core.ballots import Choice, Facts, Mark, Submission
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.motions import Method, Motion
from voting.core.rules import NonSubmission, Rules

Slot = Mark | frozenset[str]


@dataclass(eq=False)
class UnusableChoice(Refusal):
    """A submission that answers a motion in a way the docket does not offer."""

    code: ClassVar[str] = "unusable-choice"
    member_id: str
    motion: int


class Sheet(NamedTuple):
    """One submission as it stands, without its sender.

    Shape   ``marks`` by slot: a mark, or by plurality the chosen names.
    """

    marks: tuple[Slot, ...]
    proxy: bool = False
    defect: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a member answers with one mark, or by plurality with names.

    Shape   ``slot`` is its place on a Sheet; ``candidate`` only by confidence; ``chair`` is the chair's
            decision for proxies, by plurality the names the chair chose.
    """

    motion: Motion
    slot: int
    candidate: str | None
    rules: Rules
    non_submission: NonSubmission
    chair: Mark | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """A docket made ready to be asked.  Shape: ``barred`` has the motions each barred member is kept from."""

    docket: Docket
    questions: tuple[Question, ...]
    barred: Mapping[str, tuple[int, ...]]

    def of(self, motion: Motion) -> tuple[Question, ...]:
        """The questions *motion* consists of, in the order of its candidates."""
        return tuple(question for question in self.questions if question.motion is motion)


def agenda(docket: Docket, facts: Facts) -> Agenda:
    """The questions of *docket*, with what the chair decided on each."""
    questions: list[Question] = []
    for motion in docket.motions:
        by_confidence = motion.method is Method.CONFIDENCE
        for candidate in motion.candidates if by_confidence else (None,):
            # Silence elects nobody by plurality, whatever the setting (rules R10).
            silence = docket.non_submission(motion)
            if motion.method is Method.PLURALITY:
                silence = NonSubmission.NOT_COUNTED
            chair = _chair(motion, candidate, facts)
            questions.append(Question(motion, len(questions), candidate, docket.rules, silence, chair))
    barred: dict[str, list[int]] = {}
    for motion in docket.motions:
        for member_id in motion.barred:
            barred.setdefault(member_id, []).append(motion.number)
    return Agenda(docket, tuple(questions), {member: tuple(numbers) for member, numbers in barred.items()})


def _chair(motion: Motion, candidate: str | None, facts: Facts) -> Mark | frozenset[str] | None:
    decision = facts.chair.get(motion.number)
    if motion.method is Method.PLURALITY:
        table = decision if isinstance(decision, Mapping) else {}
        return frozenset(name for name, mark in table.items() if mark == Mark.FOR)
    if isinstance(decision, Mapping):
        decision = decision.get(candidate) if candidate is not None else None
    return None if decision is None else Mark(decision)


def sheet(motions: Sequence[Motion], submission: Submission) -> Sheet:
    """What stands on *submission*, slot by slot; a motion it does not name is unmarked.

    Raises  UnusableChoice for a choice of another shape than the motion's, or an unknown candidate.
    """
    marks: list[Slot] = []
    for motion in motions:
        try:
            marks += _slots(motion, submission.choices.get(motion.number, Mark.BLANK))
        except (TypeError, ValueError):
            raise UnusableChoice(submission.member_id, motion.number) from None
    return Sheet(tuple(marks), submission.proxy, submission.defect is not None)


def _slots(motion: Motion, choice: Choice) -> Iterable[Slot]:
    """The slots of one motion.  Raises: TypeError or ValueError where *choice* does not fit."""
    if motion.method is Method.PLURALITY:
        # An election with no name chosen is an empty tuple, or the blank that stands for any motion.
        names = () if choice == Mark.BLANK else choice
        if not isinstance(names, tuple) or not set(names) <= set(motion.candidates):
            raise ValueError
        return (frozenset(names),)
    if motion.method is Method.CONFIDENCE and isinstance(choice, Mapping):
        if not set(choice) <= set(motion.candidates):
            raise ValueError
        return tuple(Mark(choice.get(name, Mark.BLANK)) for name in motion.candidates)
    if not isinstance(choice, str):
        raise TypeError
    # One mark beside a whole list of candidates is that mark for each of them.
    return (Mark(choice),) * (len(motion.candidates) if motion.method is Method.CONFIDENCE else 1)
