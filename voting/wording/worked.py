"""What the rules come to on a given roll, before anybody has answered: how many it takes, what silence does.

Worked out by the count's own tests over supposed answers, so that no number here can differ from the count's.
Supposed is that nobody is late, unreached or has left.  Words are put to it in ``rule_card``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from voting.core.ballots import NO_FACTS, Mark
from voting.core.docket import Docket
from voting.core.effective import Place, Provenance, Side, place_of
from voting.core.flags import Verdict
from voting.core.flip import to_carry, to_reject
from voting.core.groups import Amount, Group, sort_in, sum_of
from voting.core.measures import Cells, Stand, cells, exact_text, holds, in_unit, measure, needed_text
from voting.core.members import Roll
from voting.core.motions import Method, Motion
from voting.core.questions import Question, agenda
from voting.core.result import Outcome
from voting.core.rules import (
    CLAUSES,
    Base,
    Counted,
    NonSubmission,
    Relation,
    Threshold,
    Tie,
    Unit,
)
from voting.core.votes import ONE_VOTE


@dataclass(frozen=True, slots=True)
class Bound:
    """So much of one side: *amount* or more, or more than *amount*.

    Units   ``amount`` is text as ``needed`` in result.json.
    Shape   ``of`` is the base, None where only votes for and against are compared.
    """

    amount: str
    unit: Unit
    more_than: bool
    of: Base | None
    category: str | None


@dataclass(frozen=True, slots=True)
class Silence:
    """What becomes of a motion on which nobody answers.

    Shape   ``chair`` is the supposed decision where silence is a proxy to the chair, else None;
            ``outcome`` is carried or rejected, apart from the quorum. ``turn``: how many members, those
            with the most votes first, turn that if they alone answer; None where none can.
    """

    chair: Mark | None
    side: Side
    outcome: Outcome
    turn: int | None


@dataclass(frozen=True, slots=True)
class WorkedMotion:
    """One motion, or one candidate of an election by confidence: all of them are asked alike.

    Shape   ``roll`` is without the ``barred``. ``carry``: all of them together, if everybody answers for or
            against; ``reject``: any of them. ``more``: whether there are tests that these say nothing of;
            ``regardless``: whether ``reject`` holds also where silence is a vote for. ``can_carry``: whether
            the votes of all would be enough. ``tie``: so many on either side await the chair. ``brake``:
            objections that stop it. By plurality there are no bounds.
    """

    motion: Motion
    setting: NonSubmission
    roll: Amount
    barred: Amount
    carry: tuple[Bound, ...] = ()
    reject: tuple[Bound, ...] = ()
    more: bool = False
    regardless: bool = False
    tie: str | None = None
    can_carry: bool = True
    silence: tuple[Silence, ...] = ()
    brake: Bound | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """The rules of an assembly on its roll.

    Shape   ``quorum`` is None where there is none; ``formed_by_silence``: whether it is met if nobody
            answers; ``missing``: names of clauses that are not given for a rule in use.
    """

    docket: Docket
    roll: Amount
    weighted: bool
    quorum: Bound | None
    formed_by_silence: bool
    motions: tuple[WorkedMotion, ...]
    missing: tuple[str, ...]


def work_out(docket: Docket, roll: Roll) -> Worked:
    """The numbers of *docket*, which is a sound one, on *roll*."""
    asked = agenda(docket, NO_FACTS)
    groups = sort_in(asked, roll, (), NO_FACTS).groups
    whole = all(entry.votes % ONE_VOTE == 0 for entry in roll.entries)
    quorum, total = docket.rules.quorum, sum_of(groups)
    formed, needed = True, None
    if quorum is not None:
        base = in_unit(total, quorum.by)
        silent = _deemed(asked.questions, groups) if quorum.deemed else Amount()
        formed = holds(quorum.relation, quorum.fraction, in_unit(silent, quorum.by), base)
        needed = _bound(quorum.relation, quorum.fraction, base, unit=quorum.by, whole=whole)
    return Worked(
        docket=docket,
        roll=total,
        weighted=any(entry.votes != ONE_VOTE for entry in roll.entries),
        quorum=needed,
        formed_by_silence=formed,
        motions=tuple(_motion(docket, asked.of(motion)[0], groups, whole=whole) for motion in docket.motions),
        missing=missing_clauses(docket),
    )


def missing_clauses(docket: Docket) -> tuple[str, ...]:
    """The clauses that no text is given for, of the rules that are in use.  Source: rules R1."""
    rules = docket.rules
    deems = any(docket.non_submission(motion) is not NonSubmission.NOT_COUNTED for motion in docket.motions)
    unused = {"quorum": rules.quorum is None, "deemed": not deems}
    return tuple(
        name for name in CLAUSES if not unused.get(name, False) and not rules.clauses.get(name, "").strip()
    )


def _deemed(questions: Sequence[Question], groups: Sequence[Group]) -> Amount:
    """The silent who are deemed to have voted on any motion, and count for the quorum.  Source: rules R6."""
    asked = [question for question in questions if question.motion.method is not Method.PLURALITY]
    return sum_of(
        group
        for group in groups
        if any(place_of(question, group.case).provenance is Provenance.DEEMED for question in asked)
    )


def _motion(docket: Docket, question: Question, groups: Sequence[Group], *, whole: bool) -> WorkedMotion:
    motion = question.motion
    barred = sum_of(group for group in groups if motion.number in group.case.barred)
    base = sum_of(group for group in groups if motion.number not in group.case.barred)
    alone = WorkedMotion(motion, question.non_submission, base, barred)
    if motion.method is Method.PLURALITY:
        return alone
    verdict = Verdict(docket.requires(motion), docket.rules.tie, None)
    everybody = cells(_stands(question, groups, Place(Side.FOR, Provenance.EXPRESSED)))
    return replace(
        alone,
        carry=tuple(_bounds(verdict.tests, everybody, whole=whole)),
        reject=tuple(_bounds(verdict.tests, everybody, whole=whole, opposite=True, tie=verdict.tie)),
        more=any(_asked_of_favour(test)[0] is None for test in verdict.tests),
        regardless=question.non_submission is NonSubmission.FOR and not _asks_returned(verdict.tests),
        tie=_tie(verdict, everybody, whole=whole),
        can_carry=verdict.on(everybody) is Outcome.CARRIED,
        silence=tuple(_silence(question, groups, verdict)),
        brake=_brake(docket, motion, base, whole=whole),
    )


def _stands(question: Question, groups: Sequence[Group], place: Place) -> tuple[Stand, ...]:
    """Everybody that may vote answers, and stands on *place*."""
    barred = Place(Side.BARRED)
    return tuple(
        Stand(barred if question.motion.number in group.case.barred else place, True, group)
        for group in groups
    )


def _bounds(
    tests: Sequence[Threshold],
    everybody: Cells,
    *,
    whole: bool,
    opposite: bool = False,
    tie: Tie = Tie.REJECTED,
) -> Iterator[Bound]:
    """What each test asks of votes for if everybody answers, or, *opposite*, what of the others fails it."""
    for test in tests:
        relation, fraction = _asked_of_favour(test)
        if relation is None or (fraction == 0 and relation is Relation.AT_LEAST):
            continue
        _, base = measure(test, everybody)
        if opposite:
            # Where more than half is asked the others need half, where at least half, more than half.
            is_tie = tie is Tie.CHAIR and _ties(tests)
            strict = relation is Relation.AT_LEAST or is_tie
            relation, fraction = (Relation.MORE_THAN if strict else Relation.AT_LEAST), 1 - fraction
        of = test.of if test.count is Counted.FOR else None
        yield _bound(relation, fraction, base, unit=test.by, whole=whole, of=of, category=test.category)


def _asked_of_favour(test: Threshold) -> tuple[Relation | None, Fraction]:
    """*test* as one on votes for, where everybody is for or against; None where it asks nothing of them."""
    if test.count is Counted.FOR and test.relation in (Relation.MORE_THAN, Relation.AT_LEAST):
        return test.relation, test.fraction
    if test.count is Counted.AGAINST and test.relation is Relation.AT_MOST:
        return Relation.AT_LEAST, 1 - test.fraction
    if test.count is Counted.AGAINST and test.relation is Relation.LESS_THAN:
        return Relation.MORE_THAN, 1 - test.fraction
    return None, test.fraction


def _bound(
    relation: Relation,
    fraction: Fraction,
    base: int,
    *,
    unit: Unit,
    whole: bool,
    of: Base | None = None,
    category: str | None = None,
) -> Bound:
    amount = needed_text(relation, fraction, base, unit=unit, whole=whole)
    # A whole number needed is itself enough; an exact bound of "more than" has to be passed.
    passed = relation is Relation.MORE_THAN and unit is Unit.VOTES and not whole
    return Bound(amount, unit, passed, of, category)


def _asks_returned(tests: Sequence[Threshold]) -> bool:
    return any(test.count is Counted.RETURNED or test.of is Base.RETURNED for test in tests)


def _ties(tests: Sequence[Threshold]) -> bool:
    """Whether these tests can end in a tie at all.  Source: rules R7."""
    if len(tests) != 1:
        return False
    test = tests[0]
    more_than_half = test.relation is Relation.MORE_THAN and test.fraction == Fraction(1, 2)
    return test.count is Counted.FOR and more_than_half


def _tie(verdict: Verdict, everybody: Cells, *, whole: bool) -> str | None:
    """How many votes (or members) on either side make a tie that the chair decides; None where none can."""
    if verdict.tie is not Tie.CHAIR or not _ties(verdict.tests):
        return None
    test = verdict.tests[0]
    _, base = measure(test, everybody)
    half = Fraction(base, 2 * (ONE_VOTE if test.by is Unit.VOTES else 1))
    possible = half.denominator == 1 or (test.by is Unit.VOTES and not whole)
    return exact_text(half) if base and possible else None


def _silence(question: Question, groups: Sequence[Group], verdict: Verdict) -> Iterator[Silence]:
    chairs = question.non_submission is NonSubmission.PROXY_TO_CHAIR
    for chair in (Mark.FOR, Mark.AGAINST) if chairs else (None,):
        asked = replace(question, chair=chair)
        stands = tuple(Stand(place_of(asked, group.case), False, group) for group in groups)
        found = cells(stands)
        outcome = verdict.on(found)
        sides = {stand.place.side for stand in stands} - {Side.BARRED}
        carried = outcome is Outcome.CARRIED
        turn = to_reject(verdict.tests, stands, found) if carried else to_carry(verdict.tests, stands, found)
        if (carried and _asks_returned(verdict.tests)) or any(test.category for test in verdict.tests):
            # Who answers changes such a test, and who is in which category; then no single number is true.
            turn = None
        yield Silence(chair, min(sides, default=Side.NOT_COUNTED), outcome, turn)


def _brake(docket: Docket, motion: Motion, base: Amount, *, whole: bool) -> Bound | None:
    brake = docket.objections(motion)
    if brake is None:
        return None
    if brake.count is not None:
        return Bound(str(brake.count), Unit.MEMBERS, False, None, None)
    fraction = brake.fraction or Fraction(1)
    return _bound(Relation.AT_LEAST, fraction, base.votes, unit=Unit.VOTES, whole=whole)
