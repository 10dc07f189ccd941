"""Shares as people read them.  For display only: no comparison ever sees a rounded share."""

from fractions import Fraction

from voting.core.rules import Relation


def share_text(
    value: int, base: int, *, threshold: Fraction | None = None, relation: Relation = Relation.AT_LEAST
) -> str:
    """*value* of *base* in per cent, without the sign: "99.8".

    Units   both in the same unit; *threshold* is the fraction a test asks for.
    Ties    one decimal, half up. More are shown where rounding would print 100.0 for less than all, or
            would reach a threshold that the exact share does not reach (from above for less_than and
            at_most).
    Shape   "-" for a share of nothing.
    Source  rules R8.
    """
    if base == 0:
        return "-"
    exact = Fraction(value, base)
    decimals = 1
    # Ends: the more decimals, the nearer to the exact share, which itself never misleads.
    while _misleads(shown := _half_up(exact, decimals), exact, threshold, relation):
        decimals += 1
    whole, part = divmod(shown.numerator * 100 * 10**decimals // shown.denominator, 10**decimals)
    return f"{whole}.{part:0{decimals}d}"


def _half_up(exact: Fraction, decimals: int) -> Fraction:
    """*exact* rounded to so many decimals of a per cent."""
    unit = 100 * 10**decimals
    return Fraction((exact.numerator * unit * 2 + exact.denominator) // (exact.denominator * 2), unit)


def _misleads(shown: Fraction, exact: Fraction, threshold: Fraction | None, relation: Relation) -> bool:
    if exact < 1 <= shown:
        return True
    if threshold is None:
        return False
    if relation in (Relation.MORE_THAN, Relation.AT_LEAST):
        return exact < threshold <= shown
    return shown <= threshold < exact
