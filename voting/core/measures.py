"""Numbers of one question and the tests put to them (rules R4 and R5).  Whole numbers only.

A ``Cell`` is a place, whether the members in it have answered, and their category; everything that a test
can ask for is a sum over cells. Comparisons are by cross-multiplication: nothing is ever divided.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from voting.core.effective import Place, Provenance, Side
from voting.core.groups import Amount, Group
from voting.core.result import CategoryNumbers, Numbers, Parts, ThresholdResult
from voting.core.rules import Base, Counted, Relation, Threshold, Unit
from voting.core.votes import ONE_VOTE


class Stand(NamedTuple):
    """Where one group stands on one question, in truth or in a supposition."""

    place: Place
    returned: bool
    group: Group


class Cell(NamedTuple):
    place: Place
    returned: bool
    category: str


Cells = Mapping[Cell, Amount]

_YES_NO = frozenset({Side.FOR, Side.AGAINST})
_VALID = _YES_NO | {Side.ABSTAIN}
# By the word of a test; ``returned`` is no matter of sides. Counted and Base share two words on purpose.
_SIDES: Mapping[str, frozenset[Side]] = MappingProxyType(
    {
        "for": frozenset({Side.FOR}),
        "against": frozenset({Side.AGAINST}),
        "abstain": frozenset({Side.ABSTAIN}),
        "present": _VALID | {Side.INVALID},
        "valid": _VALID,
        "yes_no": _YES_NO,
        "roll": frozenset(Side) - {Side.BARRED},
    }
)


def cells(stands: Iterable[Stand]) -> Cells:
    """The stands added up."""
    found: dict[Cell, Amount] = {}
    for place, returned, group in stands:
        for category, amount in group.by_category.items():
            cell = Cell(place, returned and place.side is not Side.BARRED, category)
            found[cell] = found.get(cell, Amount()).plus(amount)
    return found


def within(term: Counted | Base, side: Side, *, returned: bool) -> bool:
    """Whether a member that stands on *side* is counted in *term*.  Source: rules R5."""
    if term == "returned":
        return returned and side is not Side.BARRED
    return side in _SIDES[term]


def in_unit(amount: Amount, unit: Unit) -> int:
    return amount.votes if unit is Unit.VOTES else amount.members


def measure(test: Threshold, cells: Cells) -> tuple[int, int]:
    """Both sides of *test*: what is counted, and the base.  Units: the test's ``by``."""
    value = base = 0
    for cell, amount in cells.items():
        if test.category in (None, cell.category):
            size = in_unit(amount, test.by)
            value += size * within(test.count, cell.place.side, returned=cell.returned)
            base += size * within(test.of, cell.place.side, returned=cell.returned)
    return value, base


def holds(relation: Relation, fraction: Fraction, value: int, base: int) -> bool:
    """Whether *value* stands in *relation* to *fraction* of *base*.

    Ties    more_than and less_than are strict. 0 of 0 is no majority: over an empty base nothing holds.
    """
    if base == 0:
        return False
    given, asked = value * fraction.denominator, base * fraction.numerator
    if relation is Relation.MORE_THAN:
        return given > asked
    if relation is Relation.AT_LEAST:
        return given >= asked
    return given < asked if relation is Relation.LESS_THAN else given <= asked


def is_met(test: Threshold, cells: Cells) -> bool:
    value, base = measure(test, cells)
    return holds(test.relation, test.fraction, value, base)


def apply(test: Threshold, cells: Cells, *, whole: bool) -> ThresholdResult:
    """*test* as it came out.  Shape: *whole* says that no member of the roll has part of a vote."""
    value, base = measure(test, cells)
    needed = needed_text(test.relation, test.fraction, base, unit=test.by, whole=whole)
    return ThresholdResult(test, value, base, needed, holds(test.relation, test.fraction, value, base))


def needed_text(relation: Relation, fraction: Fraction, base: int, *, unit: Unit, whole: bool) -> str:
    """What meets a test, as printed.

    Units   *base* in *unit*; the text in whole votes or members.
    Shape   whole votes, or members: the smallest whole number that meets it, for less_than and at_most
            the largest (never under 0). Else the bound itself: as a decimal, or "p/q" where that does
            not end.
    Source  count-interface.md, result.json.
    """
    bound = base * fraction
    if unit is Unit.VOTES:
        bound = Fraction(bound, ONE_VOTE)
        if not whole:
            return exact_text(bound)
    below, rest = divmod(bound.numerator, bound.denominator)
    if relation is Relation.MORE_THAN:
        return str(below + 1)
    if relation is Relation.AT_LEAST:
        return str(below + (rest > 0))
    if relation is Relation.LESS_THAN:
        return str(max(0, below - (rest == 0)))
    return str(below)


def exact_text(number: Fraction) -> str:
    """*number* (not under 0) as a decimal where that ends, else as "p/q" in lowest terms."""
    places, scaled, rest = 0, number.numerator, number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
            places += 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    # As many places as there are twos and fives are enough; the zeros this may leave at the end go.
    scaled = scaled * 10**places // number.denominator
    whole, decimals = divmod(scaled, 10**places)
    text = str(decimals).rjust(places, "0").rstrip("0") if places else ""
    return f"{whole}.{text}" if text else str(whole)


def without_deemed(cells: Cells) -> Cells:
    """The same members, of whose votes only the expressed ones and proxies count.  Source: rules R8."""
    found: dict[Cell, Amount] = {}
    for cell, amount in cells.items():
        silent = cell.place.provenance in (Provenance.DEEMED, Provenance.BLANK)
        moved = cell._replace(place=Place(Side.NOT_COUNTED)) if silent else cell
        found[moved] = found.get(moved, Amount()).plus(amount)
    return found


def numbers(cells: Cells, unit: Unit) -> Numbers:
    """All numbers of one question in *unit*; they add up to the roll.  Source: rules R4."""
    sizes: dict[Place, int] = {}
    for cell, amount in cells.items():
        sizes[cell.place] = sizes.get(cell.place, 0) + in_unit(amount, unit)

    def parts(side: Side) -> Parts:
        return Parts(*(sizes.get(Place(side, each), 0) for each in Provenance))

    def size(side: Side) -> int:
        return sizes.get(Place(side), 0)

    return Numbers(
        in_favour=parts(Side.FOR),
        against=parts(Side.AGAINST),
        abstain=parts(Side.ABSTAIN),
        invalid=size(Side.INVALID),
        late=size(Side.LATE),
        undelivered=size(Side.UNDELIVERED),
        left=size(Side.LEFT),
        barred=size(Side.BARRED),
        not_counted=size(Side.NOT_COUNTED),
    )


def by_category(found: Cells) -> tuple[CategoryNumbers, ...]:
    """The numbers of each category, by its name.  Source: rules R11, votes by category."""
    result = []
    for category in sorted({cell.category for cell in found}):
        own = {cell: amount for cell, amount in found.items() if cell.category == category}
        result.append(CategoryNumbers(category, numbers(own, Unit.VOTES), numbers(own, Unit.MEMBERS)))
    return tuple(result)
