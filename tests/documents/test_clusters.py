"""What is one character to a reader, and which parts of a text are Japanese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.documents.clusters import by_language, clusters


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("葛\U000e0100城市", ["葛\U000e0100", "城", "市"]),
        ("👩\u200d💻x", ["👩\u200d", "💻", "x"]),
        ("e\u0301", ["e", "\u0301"]),
        ("", []),
    ],
)
def test_a_selector_and_a_joiner_belong_to_what_they_follow(text, parts):
    assert clusters(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Motion 1", [("Motion 1", False)]),
        ("Motion 4 (田辺市)", [("Motion 4 (", False), ("田辺市", True), (")", False)]),
        ("葛\U000e0100城市", [("葛\U000e0100城市", True)]),
        ("𠮷野町A", [("𠮷野町", True), ("A", False)]),
        ("会長　長野県", [("会長　長野県", True)]),
        ("", []),
    ],
)
def test_japanese_is_told_apart_from_the_rest(text, parts):
    assert by_language(text) == parts


@given(st.text())
def test_no_character_is_lost_in_between(text):
    assert "".join(part for part, _ in by_language(text)) == text
    assert "".join(clusters(text)) == text
