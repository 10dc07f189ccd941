"""Tables that stand straight where Japanese characters are twice as wide."""

import pytest

from voting.cli.columns import columns, width


@pytest.mark.parametrize(
    ("text", "places"),
    [("", 0), ("abc", 3), ("議案", 4), ("ｶﾅ", 2), ("か\u3099", 2), ("𠮷野町", 6), ("①", 2)],
)
def test_a_text_takes_as_many_places_as_a_terminal_gives_it(text: str, places: int) -> None:
    assert width(text) == places


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    rows = [("議案", "賛成", "結果"), ("第1号", "1,268", "可決"), ("a", "1", "否決")]

    assert columns(rows, numbers=frozenset({1})).splitlines() == [
        "議案    賛成  結果",
        "第1号  1,268  可決",
        "a          1  否決",
    ]
