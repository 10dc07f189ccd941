"""What a clerk may type for a sheet of paper."""

import argparse

import pytest

from voting.cli.common import instant
from voting.cli.paper import _choice
from voting.core.ballots import Choice, Mark


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1=賛成", (1, Mark.FOR)),
        ("2=両方", (2, Mark.BOTH)),
        ("3=甲町:賛成,乙町:反対", (3, {"甲町": Mark.FOR, "乙町": Mark.AGAINST})),
        ("4=甲町,乙町", (4, ("甲町", "乙町"))),
        ("4=", (4, ())),
    ],
)
def test_a_choice_is_read_by_the_kind_of_the_motion(typed: str, meant: tuple[int, Choice]) -> None:
    assert _choice(typed) == meant


@pytest.mark.parametrize("typed", ["賛成", "x=賛成", "3=甲町:多分", "１=賛成"])
def test_a_choice_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        _choice(typed)


@pytest.mark.parametrize("typed", ["2026-06-02", "昨日", "2026-13-01 10:00", ""])
def test_an_arrival_without_its_hour_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        instant(typed)


def test_an_hour_without_a_zone_is_japanese() -> None:
    for typed in ("2026-06-02 10:00", "令和8年6月2日 午前10時", "2026/6/2(火) 10時"):
        assert instant(typed).isoformat() == "2026-06-02T10:00:00+09:00"
