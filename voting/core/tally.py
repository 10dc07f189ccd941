"""The count: docket, roll, submissions and facts in, the whole result out (rules R4 to R8, R10).

One pass sorts the roll into groups (``groups``); every question is then decided over a few cells.
The same arguments give the same result, in whatever order members and submissions come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voting.core.assembly import Phase, phase
from voting.core.ballots import NO_FACTS, Alike, Facts, Mark, Submission
from voting.core.checks import facts_faults, faults
from voting.core.docket import Docket
from voting.core.effective import Case, Provenance, Standing, place_of, standing_of
from voting.core.elections import by_confidence, by_plurality
from voting.core.flags import Verdict, carried_without_deemed, flags, to_flip
from voting.core.groups import Group, sort_in, sum_of
from voting.core.measures import Stand, apply, by_category, cells, holds, in_unit, needed_text, numbers
from voting.core.members import Roll
from voting.core.motions import Method, Motion, by_condition
from voting.core.questions import Agenda, Question, agenda
from voting.core.result import (
    Count,
    LateAnswer,
    LateMark,
    MotionOutcome,
    MotionResult,
    Numbers,
    Outcome,
    QuorumResult,
    Result,
)
from voting.core.rules import NonSubmission, Objections, Relation, Unit
from voting.core.votes import ONE_VOTE


@dataclass(frozen=True, slots=True)
class _Sitting:
    """Everything that is settled once for all motions.  Shape: ``stands`` by the slot of a question."""

    asked: Agenda
    facts: Facts
    groups: tuple[Group, ...]
    stands: Mapping[int, tuple[Stand, ...]]
    whole: bool


def count(
    docket: Docket,
    roll: Roll,
    submissions: Iterable[Submission],
    facts: Facts = NO_FACTS,
    alike: Iterable[Alike] = (),
) -> Result:
    """The result of the assembly.

    Shape   *submissions* are all there are: early and late ones, several of one member, any order.  Members
            told by *alike* are in neither of them: who knows that many count alike need not name each.
    Raises  the first Refusal that ``checks`` finds in docket, roll or facts; UnusableChoice for a sheet
            that answers a motion in a way the docket does not offer.
    Source  rules R2 to R8 and R10.
    """
    for fault in (*faults(docket, roll), *facts_faults(docket, facts)):
        raise fault
    asked = agenda(docket, facts)
    found = sort_in(asked, roll, submissions, facts, alike)
    whole = all(votes % ONE_VOTE == 0 for group in found.groups for votes, _ in group.profiles)
    stands = {question.slot: _stands(question, found.groups) for question in asked.questions}
    sitting = _Sitting(asked, facts, found.groups, stands, whole)
    quorum = _quorum(sitting)
    results: dict[int, MotionOutcome] = {}
    for motion in by_condition(docket.motions)[0]:
        results[motion.number] = _motion(sitting, motion, gate=_gate(motion, quorum, results))
    total = sum_of(found.groups)
    returned = sum_of(group for group in found.groups if group.answered)
    return Result(
        roll_members=total.members,
        roll_votes=total.votes,
        returned_members=returned.members,
        returned_votes=returned.votes,
        quorum=quorum,
        motions=tuple(results[motion.number] for motion in docket.motions),
        late_as_silence=tuple(_late_answer(asked, *late) for late in found.late_as_silence),
        early=found.early,
        not_on_roll=found.not_on_roll,
    )


def _stands(question: Question, groups: Sequence[Group]) -> tuple[Stand, ...]:
    """Where every group stands on a yes-or-no question; by plurality there is no such place."""
    if question.motion.method is Method.PLURALITY:
        return ()
    return tuple(Stand(place_of(question, group.case), group.answered, group) for group in groups)


def _quorum(sitting: _Sitting) -> QuorumResult:
    """Whether enough of the whole roll, barred members included, have answered.  Source: rules R6."""
    quorum = sitting.asked.docket.rules.quorum
    counted = {group.case for group in sitting.groups if group.answered}
    if quorum is not None and quorum.deemed:
        for stands in sitting.stands.values():
            counted |= {s.group.case for s in stands if s.place.provenance is Provenance.DEEMED}
    amount = sum_of(group for group in sitting.groups if group.case in counted)
    if quorum is None:
        return QuorumResult(None, amount.votes, Unit.VOTES, True)
    value, base = in_unit(amount, quorum.by), in_unit(sum_of(sitting.groups), quorum.by)
    needed = needed_text(quorum.relation, quorum.fraction, base, unit=quorum.by, whole=sitting.whole)
    return QuorumResult(needed, value, quorum.by, holds(quorum.relation, quorum.fraction, value, base))


def _gate(motion: Motion, quorum: QuorumResult, results: Mapping[int, MotionOutcome]) -> Outcome | None:
    """What keeps *motion* from being decided at all, or None.  Source: rules R7, the first three."""
    if not quorum.met:
        return Outcome.NOT_FORMED
    conditions = [results[number].outcome for number in motion.depends_on]
    if Outcome.PENDING in conditions:
        return Outcome.PENDING
    # A motion is carried, an election has to fill all its seats; no motion is ever "elected".
    if not all(outcome in (Outcome.CARRIED, Outcome.ELECTED) for outcome in conditions):
        return Outcome.CONDITION_FAILED
    return None


def _motion(sitting: _Sitting, motion: Motion, *, gate: Outcome | None) -> MotionOutcome:
    questions, lot = sitting.asked.of(motion), sitting.facts.lots.get(motion.number, ())
    if motion.method is Method.PLURALITY:
        return by_plurality(questions[0], sitting.groups, lot, gate=gate)
    counts = tuple(_count(sitting, question, gate=gate) for question in questions)
    if motion.method is Method.CONFIDENCE:
        return by_confidence(motion, counts, lot, gate=gate)
    elected = motion.candidates if counts[0].outcome is Outcome.CARRIED else ()
    return MotionResult(motion.number, motion.title, counts[0], motion.method, motion.seats, elected)


def _count(sitting: _Sitting, question: Question, *, gate: Outcome | None) -> Count:
    """One question: its numbers always, its outcome by the first of rules R7 that fits."""
    docket, motion = sitting.asked.docket, question.motion
    stands = sitting.stands[question.slot]
    found = cells(stands)
    verdict = Verdict(docket.requires(motion), docket.rules.tie, _tie_decision(question, sitting.facts))
    votes, members = numbers(found, Unit.VOTES), numbers(found, Unit.MEMBERS)
    outcome = gate
    if outcome is None and _objected(docket.objections(motion), votes, members):
        outcome = Outcome.OBJECTED
    if outcome is None:
        outcome = verdict.on(found)
    return Count(
        outcome=outcome,
        votes=votes,
        members=members,
        tests=tuple(apply(test, found, whole=sitting.whole) for test in verdict.tests),
        carried_without_deemed=carried_without_deemed(verdict, found, outcome),
        to_flip=to_flip(verdict, stands, found, outcome),
        flags=flags(question, verdict, stands, found, outcome),
        categories=by_category(found),
    )


def _objected(brake: Objections | None, votes: Numbers, members: Numbers) -> bool:
    """Whether the expressed votes against reach the brake.

    Units   a count is of members, a fraction of the votes of this motion's roll.
    Ties    reached is at least; without any objection nothing is reached.
    """
    if brake is None or members.against.expressed == 0:
        return False
    if brake.count is not None:
        return members.against.expressed >= brake.count
    base = votes.total - votes.barred
    return brake.fraction is not None and holds(
        Relation.AT_LEAST, brake.fraction, votes.against.expressed, base
    )


def _tie_decision(question: Question, facts: Facts) -> Mark | None:
    """The chair's decision on this candidate, else on the whole motion."""
    number = question.motion.number
    whole = facts.ties.get(number)
    return whole if question.candidate is None else facts.ties.get((number, question.candidate), whole)


def _late_answer(asked: Agenda, member_id: str, case: Case) -> LateAnswer:
    """How a late answer was marked, whatever the rules would have made of it."""
    marks: list[LateMark] = []
    answer = case.sheets[0]
    whole = "defect" if answer.defect else "proxy" if answer.proxy else None
    for question in asked.questions:
        number, slot = question.motion.number, answer.marks[question.slot]
        if number in case.barred:
            continue
        if whole is not None or isinstance(slot, Mark):
            marks.append(LateMark(number, whole or str(slot), question.candidate))
        elif slot:
            marks += [LateMark(number, Mark.FOR.value, name) for name in sorted(slot)]
        else:
            marks.append(LateMark(number, Mark.BLANK.value))
    return LateAnswer(member_id, tuple(marks))


def silent_members(
    docket: Docket, roll: Roll, submissions: Iterable[Submission], facts: Facts = NO_FACTS
) -> tuple[str, ...]:
    """The members whose silence counts as something on some motion (rules R2, step 7), by member number.

    These are the members of a ledger's ``deemed`` entry. Arguments as in ``count``.
    """
    asked, schedule = agenda(docket, facts), docket.assembly.schedule
    received = tuple(submissions)
    # Who has answered in time and is a member still is not silent: nearly all need no closer look.
    answered = {
        each.member_id
        for each in received
        if not each.is_void and phase(schedule, each.received_at) is Phase.OPEN
    }
    answered -= facts.left.keys()
    sent: dict[str, list[Submission]] = {}
    for submission in received:
        if submission.member_id not in answered:
            sent.setdefault(submission.member_id, []).append(submission)
    deeming = {
        question.motion.number
        for question in asked.questions
        if question.non_submission is not NonSubmission.NOT_COUNTED
    }
    found = []
    for entry in roll.entries:
        if entry.member_id in answered:
            continue
        standing = standing_of(docket, entry.member_id, sent.get(entry.member_id, ()), facts).standing
        if standing is Standing.SILENT and deeming.difference(asked.barred.get(entry.member_id, ())):
            found.append(entry.member_id)
    return tuple(sorted(found))
