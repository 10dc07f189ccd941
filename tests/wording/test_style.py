"""Figures as an office sets them."""

import pytest

from voting.core.letterhead import Counter, Digits
from voting.wording import in_style


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (Digits.HALF, "第1号議案 令和6年10月4日(金)9時05分 1,305票 99.8%"),
        (Digits.SINGLE_FULL, "第１号議案 令和６年10月４日(金)９時05分 1,305票 99.8%"),
        (Digits.FULL, "第１号議案 令和６年１０月４日(金)９時０５分 １，３０５票 ９９．８%"),
    ],
)
def test_figures_have_the_width_that_the_office_gives_them(digits, expected):
    assert in_style("第1号議案 令和6年10月4日(金)9時05分 1,305票 99.8%", digits=digits) == expected


@pytest.mark.parametrize("code", ["M1", "R-1", "1-1", "v1.2", "1,305", "a1b"])
def test_a_digit_that_belongs_to_something_longer_stays_as_it_is(code):
    assert in_style(code, digits=Digits.SINGLE_FULL) == code


@pytest.mark.parametrize("counter", list(Counter))
def test_votes_have_the_unit_that_the_office_gives_them(counter):
    text = "賛成680票(うち未提出によるみなし賛成268票)、反対1票。票数の内訳"

    said = in_style(text, digits=Digits.HALF, counter=counter)

    unit = counter.value
    assert said == f"賛成680{unit}(うち未提出によるみなし賛成268{unit})、反対1{unit}。票数の内訳"
