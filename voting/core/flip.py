"""How many members would have to answer otherwise to turn a motion over (rules R8, ``to_flip``).

Members are moved one after the other, those with the most votes first, until the tests give the other
answer. Members that count alike are moved together: along such a run both sides of a test change evenly,
so where it turns is solved, not searched. Nothing is assumed about the tests, which may pull either way.

Where votes and side leave the order open, those are moved who turn a test first; so the number does not
depend on the order of the roll.  For one test it is the smallest; where several tests each have a category
of their own, another order among equals might now and then need fewer.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from voting.core.effective import Side
from voting.core.measures import Cells, Stand, holds, measure, within
from voting.core.rules import Relation, Threshold, Unit

# Before the rest, in this order (rules R8).
_RANKS = (Side.AGAINST, Side.ABSTAIN, Side.INVALID)
# Everybody else stands outside all bases but the roll, as one that is not counted does.
_REST = Side.NOT_COUNTED


class _Run(NamedTuple):
    """Members that count alike.  Units: votes of each, in millionths."""

    votes: int
    side: Side
    category: str
    returned: bool

    @property
    def rank(self) -> int:
        return _RANKS.index(self.side) if self.side in _RANKS else len(_RANKS)


class _Balance(NamedTuple):
    """Both sides of a test as they stand."""

    value: int
    base: int

    def after(self, step: "_Balance", times: int) -> "_Balance":
        return _Balance(self.value + step.value * times, self.base + step.base * times)

    def sized(self, test: Threshold, votes: int) -> "_Balance":
        """A step of one member, in the unit of *test*."""
        size = votes if test.by is Unit.VOTES else 1
        return _Balance(self.value * size, self.base * size)


def to_reject(tests: Sequence[Threshold], stands: Iterable[Stand], cells: Cells) -> int | None:
    """How many members counted for must move to against until a carried motion's tests fail.

    Shape   None where no number of them suffices.
    """
    members: dict[tuple[int, str], int] = {}
    for place, _, group in stands:
        if place.side is Side.FOR:
            for profile, count in group.profiles.items():
                members[profile] = members.get(profile, 0) + count
    # It is enough that one test fails, so each is tried with its own category foremost among equals.
    found = [number for test in tests if (number := _until_it_fails(test, members, cells)) is not None]
    return min(found, default=None)


def _until_it_fails(test: Threshold, members: dict[tuple[int, str], int], cells: Cells) -> int | None:
    balance, moved = _Balance(*measure(test, cells)), 0
    own = test.category
    # Who answered is not changed by this move, so whether a member is a returned one cancels out.
    steps = {
        category: _step(test, Side.FOR, category, Side.AGAINST, returned=(False, False))
        for category in {category for _, category in members}
    }
    order = sorted(members, key=itemgetter(0), reverse=True)
    if own is not None:
        order.sort(key=lambda profile: (-profile[0], profile[1] != own))
    for votes, category in order:
        count, step = members[votes, category], steps[category].sized(test, votes)
        after = balance.after(step, count)
        # A test that holds at both ends of a run holds all along it.
        if not _met(test, after):
            return moved + (_turn(test, balance, step) or 0)
        balance, moved = after, moved + count
    return None


def to_carry(tests: Sequence[Threshold], stands: Iterable[Stand], cells: Cells) -> int | None:
    """How many members not counted for must move to for, counted as returned, until all tests hold.

    Shape   None where no number of them suffices.
    """
    runs: dict[_Run, int] = {}
    for place, returned, group in stands:
        if place.side in (Side.FOR, Side.BARRED):
            continue
        side = place.side if place.side in _RANKS else _REST
        for (votes, category), count in group.profiles.items():
            run = _Run(votes, side, category, returned)
            runs[run] = runs.get(run, 0) + count
    balances = [_Balance(*measure(test, cells)) for test in tests]
    kinds = {(run.side, run.category, run.returned) for run in runs}
    unit_steps = {
        (side, category, returned): [
            _step(test, side, category, Side.FOR, returned=(returned, True)) for test in tests
        ]
        for side, category, returned in kinds
    }
    moved = 0
    ordered = sorted((-run.votes, run.rank, run) for run in runs)
    for _, level in groupby(ordered, key=itemgetter(0, 1)):
        equals = {run: runs[run] for _, _, run in level}
        while equals:
            run = _most_useful(equals, tests, balances, unit_steps)
            unit = unit_steps[run.side, run.category, run.returned]
            steps = [step.sized(test, run.votes) for test, step in zip(tests, unit, strict=True)]
            turns = [_turn(*each) for each in zip(tests, balances, steps, strict=True)]
            times = min([equals[run], *(turn for turn in turns if turn is not None)])
            balances = [b.after(step, times) for b, step in zip(balances, steps, strict=True)]
            moved += times
            if all(_met(test, balance) for test, balance in zip(tests, balances, strict=True)):
                return moved
            equals[run] -= times
            if not equals[run]:
                del equals[run]
    return None


def _most_useful(
    equals: dict[_Run, int],
    tests: Sequence[Threshold],
    balances: list[_Balance],
    steps: Mapping[tuple[Side, str, bool], list[_Balance]],
) -> _Run:
    """Those who bring the most of the unmet tests nearer, and those nearest; then by category, then those
    that answered."""
    unmet = [place for place, test in enumerate(tests) if not _met(test, balances[place])]

    def key(run: _Run) -> tuple[int, int, str, bool]:
        unit = steps[run.side, run.category, run.returned]
        gains = [_gain(tests[place], balances[place], unit[place]) for place in unmet]
        return -sum(gain > 0 for gain in gains), -sum(gains), run.category, not run.returned

    return min(equals, key=key)


def _gain(test: Threshold, balance: _Balance, step: _Balance) -> int:
    """How much nearer an unmet test comes with each such step; less than 0 where it moves away."""
    gain = test.fraction.denominator * step.value - test.fraction.numerator * step.base
    if test.relation in (Relation.LESS_THAN, Relation.AT_MOST):
        gain = -gain
    # Over an empty base nothing holds: whoever fills it helps.
    return max(gain, 1) if balance.base == 0 < step.base else gain


def _met(test: Threshold, balance: _Balance) -> bool:
    return holds(test.relation, test.fraction, balance.value, balance.base)


def _step(test: Threshold, side: Side, category: str, to: Side, *, returned: tuple[bool, bool]) -> _Balance:
    """How often a member that moves is then more (or less) counted on both sides of *test* than before.

    Shape   *returned* is whether it counts as returned before and after.
    """
    if test.category not in (None, category):
        return _Balance(0, 0)
    before = [within(term, side, returned=returned[0]) for term in (test.count, test.of)]
    after = [within(term, to, returned=returned[1]) for term in (test.count, test.of)]
    return _Balance(after[0] - before[0], after[1] - before[1])


def _turn(test: Threshold, balance: _Balance, step: _Balance) -> int | None:
    """After how many steps (1 or more) *test* first gives the other answer; None for never.

    A test holds while a + b*k >= 0 for two such lines: one for the relation, one for a base above 0.
    """
    p, q = test.fraction.numerator, test.fraction.denominator
    a, b = q * balance.value - p * balance.base, q * step.value - p * step.base
    if test.relation in (Relation.LESS_THAN, Relation.AT_MOST):
        a, b = -a, -b
    # In whole numbers "more than 0" is "at least 1".
    if test.relation in (Relation.MORE_THAN, Relation.LESS_THAN):
        a -= 1
    lines = ((a, b), (balance.base - 1, step.base))
    if all(start >= 0 for start, _ in lines):
        return min((start // -slope + 1 for start, slope in lines if slope < 0), default=None)
    if any(start < 0 and slope <= 0 for start, slope in lines):
        return None
    first = max(-(start // slope) for start, slope in lines if start < 0)
    return first if all(start + slope * first >= 0 for start, slope in lines) else None
