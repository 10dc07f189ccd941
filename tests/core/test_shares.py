"""Shares as people read them (rules R8, last line)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.core.rules import Relation
from voting.core.shares import share_text

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


@pytest.mark.parametrize(
    ("value", "base", "text"),
    [
        (402, 403, "99.8"),
        (402, 681, "59.0"),
        (1, 3, "33.3"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (1, 1000, "0.1"),
        (1, 2000, "0.1"),  # 0.05 half up
        (1, 2001, "0.0"),
    ],
)
def test_one_decimal_half_up(value: int, base: int, text: str) -> None:
    assert share_text(value, base) == text


def test_less_than_all_is_never_shown_as_all() -> None:
    assert share_text(9995, 10000) == "99.95"
    assert share_text(1_304_999, 1_305_000) == "99.9999"


def test_a_threshold_that_is_not_reached_is_not_shown_as_reached() -> None:
    assert share_text(4996, 10000, threshold=HALF) == "49.96"
    assert share_text(4996, 10000) == "50.0"
    assert share_text(66_660, 100_000, threshold=TWO_THIRDS) == "66.66"
    assert share_text(453, 681, threshold=TWO_THIRDS) == "66.5"


def test_a_threshold_that_is_reached_needs_no_more_digits() -> None:
    assert share_text(5004, 10000, threshold=HALF) == "50.0"
    assert share_text(340, 680, threshold=HALF, relation=Relation.MORE_THAN) == "50.0"


def test_a_ceiling_is_reached_from_above() -> None:
    assert share_text(2504, 10000, threshold=Fraction(1, 4), relation=Relation.AT_MOST) == "25.04"
    assert share_text(2504, 10000, threshold=Fraction(1, 4), relation=Relation.AT_LEAST) == "25.0"


def test_a_share_of_nothing_is_no_number() -> None:
    assert share_text(0, 0) == "-"


@given(
    st.integers(1, 10**6).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))),
    st.sampled_from((HALF, TWO_THIRDS, Fraction(3, 10), Fraction(1))),
)
def test_what_is_shown_is_near_and_claims_no_more_than_is_true(
    pair: tuple[int, int], threshold: Fraction
) -> None:
    exact = Fraction(*pair)

    shown = Fraction(share_text(*pair, threshold=threshold)) / 100

    assert abs(shown - exact) <= Fraction(1, 2000)
    assert not (shown >= threshold > exact)
    assert (shown == 1) == (exact == 1)
