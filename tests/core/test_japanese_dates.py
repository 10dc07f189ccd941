"""Days as offices write them: domain 5.6.4 and 3.3."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.core.japanese_dates import (
    JST,
    NoDate,
    OutsideEra,
    WrongWeekday,
    parse_date,
    wareki,
    wareki_period,
    weekday,
)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和6年9月27日", date(2024, 9, 27)),
        ("令和６年９月２７日", date(2024, 9, 27)),
        ("令和 6年 9月 27日（金）", date(2024, 9, 27)),
        ("令和6年9月27日(金曜日)", date(2024, 9, 27)),
        ("R6.4.1", date(2024, 4, 1)),
        ("r6/4/1", date(2024, 4, 1)),
        ("Ｒ６．４．１", date(2024, 4, 1)),
        ("令6.4.1", date(2024, 4, 1)),
        ("㋿6年4月1日", date(2024, 4, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("R1.5.1", date(2019, 5, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("S64.1.7", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("2024/9/27", date(2024, 9, 27)),
        ("2024-09-27", date(2024, 9, 27)),
        ("2024/09/27", date(2024, 9, 27)),
        ("2024.9.27", date(2024, 9, 27)),
        ("2024年9月27日", date(2024, 9, 27)),
        ("2024年9月27日(金)", date(2024, 9, 27)),
        ("2024−9−27", date(2024, 9, 27)),
        ("2024/2/29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_in_every_spelling_of_the_offices(written: str, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "text",
    [
        "令和0年4月1日",
        "令和6年13月1日",
        "令和6年2月30日",
        "2023/02/29",
        "2023-02-30",
        "24/9/27",
        "9月27日",
        "2024/9-27",
        "2024-0９-27x",
        "20240927",
        "令和六年九月二十七日",
        "未定",
        "",
        "+024/09/27",
        "令和6年9月27日(",
    ],
)
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(NoDate) as refused:
        parse_date(text)

    assert refused.value.text == text


def test_a_weekday_that_disagrees_is_refused_with_the_true_day() -> None:
    with pytest.raises(WrongWeekday) as refused:
        parse_date("令和6年9月27日(木)")

    assert refused.value.day == date(2024, 9, 27)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成31年5月1日", date(2019, 5, 1)),
        ("R1.4.30", date(2019, 4, 30)),
        ("H1.1.7", date(1989, 1, 7)),
        ("M1.1.1", date(1868, 1, 1)),
    ],
)
def test_a_day_outside_its_era_is_refused(text: str, day: date) -> None:
    with pytest.raises(OutsideEra) as refused:
        parse_date(text)

    assert refused.value.day == day


def test_a_day_is_written_as_in_an_official_letter() -> None:
    assert wareki(date(2024, 9, 27), weekday=True) == "令和6年9月27日(金)"
    assert wareki(date(2024, 9, 27), weekday=False) == "令和6年9月27日"
    assert wareki(date(2019, 5, 1), weekday=True) == "令和元年5月1日(水)"
    assert wareki(date(2019, 4, 30), weekday=False) == "平成31年4月30日"
    assert wareki(date(1850, 1, 2), weekday=False) == "1850年1月2日"


def test_a_period_says_its_year_once() -> None:
    assert wareki_period(date(2024, 9, 27), date(2024, 10, 4)) == "令和6年9月27日(金)から10月4日(金)まで"


def test_a_period_over_new_year_or_a_change_of_era_says_both_years() -> None:
    assert (
        wareki_period(date(2024, 12, 27), date(2025, 1, 10))
        == "令和6年12月27日(金)から令和7年1月10日(金)まで"
    )
    assert (
        wareki_period(date(2019, 4, 26), date(2019, 5, 10))
        == "平成31年4月26日(金)から令和元年5月10日(金)まで"
    )


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2200, 1, 1)), st.booleans())
def test_what_is_written_is_read_back_as_the_same_day(day: date, with_weekday: bool) -> None:
    assert parse_date(wareki(day, weekday=with_weekday)) == day


def test_the_weekday_is_one_character() -> None:
    assert weekday(date(2024, 10, 4)) == "金"


def test_japan_is_nine_hours_ahead() -> None:
    assert JST.utcoffset(None) == timedelta(hours=9)
