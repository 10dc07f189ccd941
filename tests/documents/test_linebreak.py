"""Kinsoku: no line begins with a closing mark, none ends with an opening one, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.documents import linebreak
from voting.documents.linebreak import NOT_FIRST, NOT_LAST, UNPARTED, lines, units
from voting.documents.typeface import Weight, width

SIZE = 10.0
# A sentence as letters have them: words and marks in the order in which people write them.
WORDS = st.sampled_from(
    [
        "議案",
        "について",
        "賛成",
        "ッ",
        "コード",
        "2026年12月10日",
        "680票",
        "vote@example.jp",
        "𠮷野町",
        "葛\U000e0100城市",
    ]
)
OPEN, CLOSE = st.sampled_from("（「『【"), st.sampled_from("、。」』】）！？")
PIECES = st.one_of(WORDS, st.tuples(OPEN, WORDS, CLOSE).map("".join), st.tuples(WORDS, CLOSE).map("".join))
SENTENCES = st.lists(PIECES, min_size=1, max_size=40).map("".join)
MEASURES = st.floats(min_value=130, max_value=420)


@given(text=SENTENCES, measure=MEASURES)
def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(text, measure):
    broken = lines(text, measure, SIZE)

    assert [line for line in broken[1:] if line[0] in NOT_FIRST] == []
    assert [line for line in broken[:-1] if line[-1] in NOT_LAST] == []


@given(text=SENTENCES, measure=MEASURES)
def test_no_line_is_wider_than_the_measure(text, measure):
    assert [line for line in lines(text, measure, SIZE) if width(line, SIZE) > measure + 0.01] == []


@given(text=SENTENCES, measure=MEASURES)
def test_joined_again_the_lines_are_the_text(text, measure):
    assert "".join(lines(text, measure, SIZE)) == text


@given(
    text=st.text(alphabet="あ漢A1 、。（）…\U000e0100", max_size=60),
    measure=st.floats(min_value=10, max_value=90),
)
def test_even_a_column_too_narrow_for_the_rules_loses_nothing(text, measure):
    text = text.lstrip("\U000e0100").replace("\U000e0100\U000e0100", "")
    drawable = "".join(c for at, c in enumerate(text) if c != "\U000e0100" or (at and text[at - 1] == "漢"))

    assert "".join(lines(drawable, measure, SIZE)).replace(" ", "") == drawable.replace(" ", "")


def test_a_number_keeps_its_unit_and_its_ordinal():
    assert list(units("第48号は1,305票")) == ["第48号", "は", "1,305票"]


def test_the_era_stays_with_its_year():
    assert list(units("令和6年度")) == ["令和6年", "度"]


@pytest.mark.parametrize("outcome", ["可決", "否決", "未決", "不成立", "信任", "不信任"])
def test_an_outcome_is_never_broken_in_two(outcome):
    for measure in range(20, 120, 5):
        assert sum(outcome in line for line in lines(f"反対1票 {outcome}", measure + 30, 10)) == 1


@pytest.mark.parametrize("mark", sorted(UNPARTED))
def test_leaders_and_dashes_in_a_row_are_not_parted(mark):
    assert list(units(f"町{mark}{mark}村")) == ["町", mark * 2, "村"]


def test_a_selector_never_begins_a_line():
    text = "葛\U000e0100" * 30

    assert all(line[0] == "葛" for line in lines(text, 35, SIZE))


def test_a_line_break_in_the_text_is_one_on_paper():
    assert lines("大和町\n移住推進室", 300, SIZE) == ("大和町", "移住推進室")


def test_a_space_at_a_line_end_is_the_line_break_itself():
    assert lines("aaaa bbbb", width("aaaa ", SIZE), SIZE) == ("aaaa", "bbbb")


def test_a_line_without_room_for_one_character_is_no_line():
    with pytest.raises(ValueError):
        lines("町", SIZE / 2, SIZE)


@pytest.mark.parametrize("mark", ["x", "（", "…", "葛\ufe00"])
def test_attack_a_word_without_end_takes_no_more_time_than_its_length(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the word is twice the measuring, not four times; every paper of the assembly would wait."""
    measured: list[int] = []

    def counted(text: str, size: float, weight: Weight) -> float:
        measured.append(len(text))
        return width(text, size, weight)

    monkeypatch.setattr(linebreak, "text_width", counted)

    def measuring(length: int) -> int:
        measured.clear()
        assert "".join(lines.__wrapped__(mark * length, 400, SIZE)) == mark * length
        return sum(measured)

    assert measuring(8_000) < 3 * measuring(4_000)
