"""What is reported beside an outcome: whether it rests on silence, and what else a reader must know (R8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.core.ballots import Mark
from voting.core.effective import Place, Provenance, Side, marked
from voting.core.flip import to_carry, to_reject
from voting.core.measures import Cells, Stand, cells, is_met, measure, numbers, within, without_deemed
from voting.core.questions import Question
from voting.core.result import Flag, Outcome
from voting.core.rules import Base, Counted, Relation, Threshold, Tie, Unit


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule by which one question is decided: its tests, and who decides a tie.

    Shape   ``decision`` is the chair's recorded decision in a tie, for or against.
    """

    tests: tuple[Threshold, ...]
    tie: Tie
    decision: Mark | None

    def on(self, found: Cells) -> Outcome:
        """Carried, rejected, or pending for a decision of the chair.  Source: rules R7."""
        if self.tie is Tie.CHAIR and is_tie(self.tests, found):
            if self.decision is None:
                return Outcome.PENDING
            return Outcome.CARRIED if self.decision is Mark.FOR else Outcome.REJECTED
        return Outcome.CARRIED if all(is_met(test, found) for test in self.tests) else Outcome.REJECTED


def is_tie(tests: Sequence[Threshold], found: Cells) -> bool:
    """Whether one test asks for more than half, and for and against are half of its base each.

    Ties    0 against 0 is none.  Source: rules R7; votes and category are those of the test.
    """
    if len(tests) != 1:
        return False
    test = tests[0]
    halves = test.fraction.numerator * 2 == test.fraction.denominator
    if test.count is not Counted.FOR or test.relation is not Relation.MORE_THAN or not halves:
        return False
    in_favour, base = measure(test, found)
    against, _ = measure(_counting(test, Counted.AGAINST), found)
    return in_favour == against != 0 and in_favour * 2 == base


def _counting(test: Threshold, count: Counted) -> Threshold:
    return Threshold(count, test.relation, test.fraction, test.of, test.by, test.category)


def carried_without_deemed(verdict: Verdict, found: Cells, outcome: Outcome) -> bool | None:
    """Whether the expressed votes and proxies alone carry; None where nothing was decided by votes.

    A tie among them that nobody has decided carries nothing.  Source: rules R8.
    """
    if outcome not in (Outcome.CARRIED, Outcome.REJECTED):
        return None
    return verdict.on(without_deemed(found)) is Outcome.CARRIED


def to_flip(verdict: Verdict, stands: Sequence[Stand], found: Cells, outcome: Outcome) -> int | None:
    """How many members must move to turn the outcome over.  Source: rules R8."""
    chair_decided = verdict.tie is Tie.CHAIR and is_tie(verdict.tests, found)
    if chair_decided or outcome not in (Outcome.CARRIED, Outcome.REJECTED):
        return None
    turn = to_reject if outcome is Outcome.CARRIED else to_carry
    return turn(verdict.tests, stands, found)


def flags(
    question: Question, verdict: Verdict, stands: Sequence[Stand], found: Cells, outcome: Outcome
) -> tuple[Flag, ...]:
    """The flags of one question, in the order of rules R8."""
    voted = numbers(found, Unit.VOTES)
    late = [stand for stand in stands if _is_late(stand)]
    carried = outcome is Outcome.CARRIED
    decided = carried or outcome is Outcome.REJECTED

    def decides(supposed: list[Stand]) -> bool:
        """Whether the outcome would change.  Conditions, quorum and objections are not looked at again."""
        return decided and (verdict.on(cells(supposed)) is Outcome.CARRIED) is not carried

    raised = {
        Flag.DEEMED_DECIDES: decided and carried_without_deemed(verdict, found, outcome) is not carried,
        Flag.LOW_RESPONSE: _is_low(found),
        Flag.AGAINST_LEADS: voted.against.expressed > voted.in_favour.expressed,
        Flag.LATE_DECIDES: bool(late) and decides([_if_in_time(question, stand) for stand in stands]),
        Flag.UNDELIVERED_DECIDES: any(map(_is_unreached, stands))
        and decides([_if_against(stand) for stand in stands]),
        Flag.LATE_AS_SILENCE: any(stand.place.side is not Side.LATE for stand in late),
    }
    return tuple(flag for flag in Flag if raised[flag])


def _is_low(found: Cells) -> bool:
    """Whether under 30 % of the members that may vote on this motion have answered."""
    returned = roll = 0
    for cell, amount in found.items():
        returned += amount.members * within(Base.RETURNED, cell.place.side, returned=cell.returned)
        roll += amount.members * within(Base.ROLL, cell.place.side, returned=cell.returned)
    return returned * 10 < roll * 3


def _is_late(stand: Stand) -> bool:
    """Excluded as late, or late and taken as silence: both would count if they were in time."""
    return stand.group.case.is_late and stand.place.side is not Side.BARRED


def _is_unreached(stand: Stand) -> bool:
    return stand.group.case.unreached and stand.place.side is not Side.BARRED


def _if_in_time(question: Question, stand: Stand) -> Stand:
    """A late answer supposed to have come in time: counted as marked, and as returned."""
    if not _is_late(stand):
        return stand
    return Stand(marked(question, stand.group.case.sheets), True, stand.group)


def _if_against(stand: Stand) -> Stand:
    """A member that was not reached, supposed to have answered against."""
    if not _is_unreached(stand):
        return stand
    return Stand(Place(Side.AGAINST, Provenance.EXPRESSED), True, stand.group)
