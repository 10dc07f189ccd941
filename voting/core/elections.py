"""Elections by confidence and by plurality (rules R10).  A slate is an ordinary motion and not here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from voting.core.effective import Case
from voting.core.groups import Amount, Group, sum_of
from voting.core.motions import Motion
from voting.core.questions import Question, Sheet
from voting.core.result import (
    CandidateResult,
    CandidateVotes,
    ConfidenceResult,
    Count,
    Outcome,
    PluralityResult,
)


class Seating(NamedTuple):
    """Who has a seat.  Shape: ``tied`` are those of whom a lot or a run-off must choose."""

    elected: frozenset[str]
    tied: frozenset[str] = frozenset()


def seat(strength: Mapping[str, int], seats: int, lot: Sequence[str]) -> Seating:
    """The strongest of *strength* get the *seats*.

    Units   votes in millionths.
    Ties    those tied for the last seats get them as *lot* names them; a lot that names too few of them
            decides nothing. Everybody above the tie is elected without it.
    """
    if len(strength) <= seats:
        return Seating(frozenset(strength))
    last = sorted(strength.values(), reverse=True)[seats - 1]
    above = frozenset(name for name, votes in strength.items() if votes > last)
    level = frozenset(name for name, votes in strength.items() if votes == last)
    left = seats - len(above)
    if len(level) == left:
        return Seating(above | level)
    drawn = [name for name in lot if name in level][:left]
    return Seating(above | frozenset(drawn)) if len(drawn) == left else Seating(above, level)


def by_confidence(
    motion: Motion, counts: Sequence[Count], lot: Sequence[str], *, gate: Outcome | None
) -> ConfidenceResult:
    """Each candidate that was carried, the most votes for first, as far as the seats go.

    Shape   *counts* in the order of the candidates; *gate* is what keeps the election from being decided.
    Ties    a candidate whose tie awaits the chair keeps the election pending, and takes part in the
            ranking, so that nobody is called elected who might still lose the seat.
    """
    seats = motion.seats or 0
    pairs = list(zip(motion.candidates, counts, strict=True))
    in_race = (Outcome.CARRIED, Outcome.PENDING)
    strength = {
        name: count.votes.in_favour.total
        for name, count in pairs
        if gate is None and count.outcome in in_race
    }
    seating = seat(strength, seats, lot)
    carried = {name for name, count in pairs if count.outcome is Outcome.CARRIED}
    waiting = any(count.outcome is Outcome.PENDING for _, count in pairs)
    elected = seating.elected & carried
    return ConfidenceResult(
        number=motion.number,
        title=motion.title,
        seats=seats,
        outcome=gate or _outcome(len(elected), seats, pending=waiting or bool(seating.tied)),
        candidates=tuple(CandidateResult(name, name in elected, count) for name, count in pairs),
    )


def _outcome(elected: int, seats: int, *, pending: bool) -> Outcome:
    if pending:
        return Outcome.PENDING
    return Outcome.ELECTED if elected == seats else Outcome.VACANCY


def by_plurality(
    question: Question, groups: Iterable[Group], lot: Sequence[str], *, gate: Outcome | None
) -> PluralityResult:
    """The candidates with the most votes, as far as the seats go.

    Ties    a candidate nobody chose gets no seat, even where one is free: no vote is no choice.
    """
    motion = question.motion
    seats = motion.seats or 0
    votes = dict.fromkeys(motion.candidates, Amount())
    returned = blank = invalid = Amount()
    for group in groups:
        if not group.answered or motion.number in group.case.barred:
            continue
        amount = sum_of((group,))
        returned = returned.plus(amount)
        chosen = chosen_names(question, group.case)
        if chosen is None or len(chosen) > seats:
            invalid = invalid.plus(amount)
        elif not chosen:
            blank = blank.plus(amount)
        for name in chosen if chosen is not None and len(chosen) <= seats else ():
            votes[name] = votes[name].plus(amount)
    strength = {name: amount.votes for name, amount in votes.items() if amount.votes and gate is None}
    seating = seat(strength, seats, lot)
    return PluralityResult(
        number=motion.number,
        title=motion.title,
        seats=seats,
        outcome=gate or _outcome(len(seating.elected), seats, pending=bool(seating.tied)),
        candidates=tuple(
            CandidateVotes(name, amount.votes, amount.members, name in seating.elected)
            for name, amount in votes.items()
        ),
        returned_votes=returned.votes,
        returned_members=returned.members,
        blank_votes=blank.votes,
        blank_members=blank.members,
        invalid_votes=invalid.votes,
        invalid_members=invalid.members,
    )


def chosen_names(question: Question, case: Case) -> frozenset[str] | None:
    """The names one member chose, by the rules of R3: none is a blank, None a defective sheet.

    Shape   may be more names than seats, which makes the vote invalid.
    """
    answer = case.sheets[0]
    if answer.defect:
        return None
    if answer.proxy:
        return question.chair if isinstance(question.chair, frozenset) else frozenset()
    candidates = case.sheets[:1] if question.rules.blank_overrides else case.sheets
    first = _names(question, answer)
    for each in candidates:
        names = _names(question, each)
        # Of the earlier sheets only a valid choice fills a blank, as only a clear mark does on a motion.
        usable = not each.proxy and not each.defect and len(names) <= (question.motion.seats or 0)
        if names and (usable or each is answer):
            return names
    return first


def names_source(question: Question, case: Case) -> int:
    """Which sheet of *case* the names of ``chosen_names`` stand on; the first where there are none."""
    for place in range(len(case.sheets)):
        if chosen_names(question, case._replace(sheets=case.sheets[: place + 1])):
            return place
    return 0


def _names(question: Question, sheet: Sheet) -> frozenset[str]:
    names = sheet.marks[question.slot]
    return names if isinstance(names, frozenset) else frozenset()
