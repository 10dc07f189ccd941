"""What may stand in a cell of a ballot sheet: count-interface.md, BALLOTS."""

from datetime import UTC, date, datetime

import pytest

from voting.core.assembly import Schedule
from voting.core.ballots import Channel, Mark
from voting.core.japanese_dates import JST, NoDate
from voting.sheets.ballot_marks import (
    noon_within,
    read_channel,
    read_chosen,
    read_instant,
    read_mark,
    read_proxy,
)

PERIOD = Schedule(
    record_date=date(2024, 9, 27),
    opens_at=datetime(2024, 9, 27, tzinfo=JST),
    closes_at=datetime(2024, 10, 4, 17, tzinfo=JST),
)


@pytest.mark.parametrize(
    ("mark", "spellings"),
    [
        (Mark.FOR, "賛成 承認 可 ○ 〇 ◯ 信任 for FOR Ｆｏｒ"),
        (Mark.AGAINST, "反対 不承認 否 × ✕ ✗ 不信任 against"),
        (Mark.ABSTAIN, "棄権 abstain"),
        (Mark.BOTH, "両方"),
    ],
)
def test_each_mark_is_known_in_all_its_spellings(mark: Mark, spellings: str) -> None:
    assert {read_mark(word) for word in spellings.split()} == {mark}


def test_an_empty_cell_is_a_blank_vote() -> None:
    assert read_mark("") is Mark.BLANK
    assert read_mark(" 　") is Mark.BLANK


@pytest.mark.parametrize("text", ["賛", "反対。", "?", "1", "0", "保留", "x", "yes", "△", "賛成 反対", "no"])
def test_no_other_word_is_taken_for_a_mark(text: str) -> None:
    assert read_mark(text) is None


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("", Channel.PAPER),
        ("web", Channel.WEB),
        ("ＷＥＢ", Channel.WEB),
        ("post", Channel.POST),
        ("FAX", Channel.FAX),
        ("mail", Channel.MAIL),
        ("hand", Channel.HAND),
        ("paper", Channel.PAPER),
        ("郵送", Channel.POST),
        ("telephone", None),
    ],
)
def test_a_channel_is_one_of_six_and_paper_where_nothing_is_written(
    text: str, channel: Channel | None
) -> None:
    assert read_channel(text) is channel


def test_a_proxy_and_a_choice_are_marked_or_not() -> None:
    assert [read_proxy(text) for text in ("委任", "○", "〇", "1", "YES", "", "no")] == [True] * 5 + [
        False,
        None,
    ]
    assert [read_chosen(text) for text in ("○", "◯", "", "×", "1")] == [True, True, False, None, None]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-09-27 09:16:35", datetime(2024, 9, 27, 9, 16, 35, tzinfo=JST)),
        ("2024/10/2 16:03", datetime(2024, 10, 2, 16, 3, tzinfo=JST)),
        ("2024-10-02T16:03:00.250", datetime(2024, 10, 2, 16, 3, 0, 250_000, tzinfo=JST)),
        ("2024-10-02T07:03:00Z", datetime(2024, 10, 2, 7, 3, tzinfo=UTC)),
        ("2024-10-02T16:03+09:00", datetime(2024, 10, 2, 16, 3, tzinfo=JST)),
        ("2024-10-02 02:03 -0500", datetime(2024, 10, 2, 16, 3, tzinfo=JST)),
        ("2024-10-02 16:03 JST", datetime(2024, 10, 2, 16, 3, tzinfo=JST)),
        ("令和6年10月2日(水) 10時00分", datetime(2024, 10, 2, 10, tzinfo=JST)),
        ("令和6年10月2日10時", datetime(2024, 10, 2, 10, tzinfo=JST)),
        ("２０２４／１０／２　１６：０３", datetime(2024, 10, 2, 16, 3, tzinfo=JST)),
        ("R6.10.2 9:05", datetime(2024, 10, 2, 9, 5, tzinfo=JST)),
        ("2024/10/2", date(2024, 10, 2)),
        ("令和6年10月2日", date(2024, 10, 2)),
    ],
)
def test_an_instant_is_in_japan_unless_it_says_otherwise(text: str, instant: datetime | date) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    ["", "16:03", "2024/10/2 24:00", "2024/10/2 16:60", "2024/10/2 午後4時", "2024/13/2 16:03"],
)
def test_what_names_no_instant_is_refused(text: str) -> None:
    with pytest.raises(NoDate):
        read_instant(text)


def test_a_day_alone_is_noon_where_the_whole_day_lies_in_the_period() -> None:
    assert noon_within(date(2024, 9, 27), PERIOD) == datetime(2024, 9, 27, 12, tzinfo=JST)
    assert noon_within(date(2024, 10, 3), PERIOD) == datetime(2024, 10, 3, 12, tzinfo=JST)
    assert noon_within(date(2024, 9, 26), PERIOD) is None
    assert noon_within(date(2024, 10, 4), PERIOD) is None


def test_a_day_that_ends_with_the_period_lies_in_it() -> None:
    until_midnight = Schedule(PERIOD.record_date, PERIOD.opens_at, datetime(2024, 10, 5, tzinfo=JST))

    assert noon_within(date(2024, 10, 4), until_midnight) is not None
    assert noon_within(date(2024, 10, 5), until_midnight) is None
