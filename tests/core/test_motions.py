"""The order in which conditions between motions are decided."""

from tests.core.counting import motion
from voting.core.motions import Motion, by_condition


def numbers(motions: tuple[Motion, ...]) -> list[int]:
    return [each.number for each in motions]


def test_every_motion_comes_after_those_it_depends_on() -> None:
    ordered, stuck = by_condition([motion(3, depends_on=(2,)), motion(2, depends_on=(1,)), motion(1)])

    assert (numbers(ordered), stuck) == ([1, 2, 3], ())


def test_motions_without_conditions_stay_as_they_are() -> None:
    assert numbers(by_condition([motion(3), motion(1), motion(2)])[0]) == [3, 1, 2]


def test_motions_that_wait_for_each_other_have_no_order() -> None:
    ordered, stuck = by_condition([motion(1), motion(2, depends_on=(3,)), motion(3, depends_on=(2,))])

    assert (numbers(ordered), numbers(stuck)) == ([1], [2, 3])
