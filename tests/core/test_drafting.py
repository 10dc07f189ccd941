"""Motions of a draft are put, moved and taken out; last year's dates become this year's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.world import COUNCIL, jst
from voting.core.assembly import Assembly, Body, Schedule
from voting.core.docket import Docket
from voting.core.drafting import (
    MotionIsCondition,
    NumberTaken,
    add_motion,
    copied,
    move_motion,
    next_number,
    put_motion,
    remove_motion,
    shifted,
)
from voting.core.motions import DocumentRef, Motion
from voting.core.rules import BodyKind

SCHEDULE = Schedule(date(2024, 9, 27), jst("2024-09-27 00:00"), jst("2024-10-04 17:00"))
PAPER = DocumentRef("a.pdf", "0" * 64)


def docket(*motions: Motion) -> Docket:
    return Docket(
        Body("架空協議会", BodyKind.VOLUNTARY), Assembly("令和6年度総会", SCHEDULE), COUNCIL, motions
    )


THREE = docket(Motion(1, "一"), Motion(2, "二", depends_on=(1,)), Motion(3, "三", depends_on=(2,)))


def test_a_new_motion_gets_the_next_number() -> None:
    assert next_number(docket()) == 1
    assert next_number(docket(Motion(5, "五"), Motion(2, "二"))) == 6


def test_two_motions_have_two_numbers() -> None:
    with pytest.raises(NumberTaken):
        add_motion(THREE, Motion(2, "もう一つの二"))
    with pytest.raises(NumberTaken):
        put_motion(THREE, 1, Motion(3, "一"))


def test_conditions_follow_a_motion_to_its_new_number() -> None:
    changed = put_motion(THREE, 1, Motion(7, "一"))

    assert [(each.number, each.depends_on) for each in changed.motions] == [(7, ()), (2, (7,)), (3, (2,))]


def test_numbers_stay_with_the_places_and_conditions_go_with_the_motions() -> None:
    changed = move_motion(THREE, 2, down=True)

    assert [(each.number, each.title, each.depends_on) for each in changed.motions] == [
        (1, "一", ()),
        (2, "三", (3,)),
        (3, "二", (1,)),
    ]
    assert move_motion(changed, 3, down=False) == THREE


def test_the_first_cannot_go_up_nor_the_last_down() -> None:
    assert move_motion(THREE, 1, down=False) == THREE
    assert move_motion(THREE, 3, down=True) == THREE


def test_a_motion_that_others_depend_on_is_not_taken_out() -> None:
    with pytest.raises(MotionIsCondition) as refused:
        remove_motion(THREE, 1)

    assert refused.value.dependants == (2,)
    assert [each.number for each in remove_motion(THREE, 3).motions] == [1, 2]


@pytest.mark.parametrize(
    "change", [lambda d: put_motion(d, 9, Motion(9, "九")), lambda d: remove_motion(d, 9)]
)
def test_a_motion_that_is_not_there_is_not_changed(change) -> None:
    with pytest.raises(KeyError):
        change(THREE)


@pytest.mark.parametrize("now", ["2025-04-01 09:00", "2027-12-31 23:59", "2024-09-27 00:00"])
def test_a_copy_begins_after_today_on_the_same_day_of_the_week(now: str) -> None:
    found = shifted(SCHEDULE, jst(now))

    assert found.opens_at > jst(now)
    assert found.opens_at - jst(now) <= timedelta(weeks=52)
    assert found.opens_at.weekday() == SCHEDULE.opens_at.weekday()
    assert found.closes_at - found.opens_at == SCHEDULE.closes_at - SCHEDULE.opens_at
    assert found.record_date - SCHEDULE.record_date == found.opens_at - SCHEDULE.opens_at


def test_documents_and_barred_members_of_last_year_stay_behind() -> None:
    source = docket(Motion(1, "一", barred=("M1",), documents=(PAPER,)))

    found = copied(replace(source, documents=(PAPER,)), jst("2025-04-01 09:00"))

    assert found.documents == ()
    assert found.motions == (Motion(1, "一"),)
    assert found.rules == source.rules
