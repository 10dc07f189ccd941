"""The letter with the replies: made of what was sent, for members that no mail reaches."""

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.services.test_asking import ask
from tests.services.test_replies import answer, draft
from tests.world import World
from voting.core.permissions import Role
from voting.services.printing.replies_letter import NothingAnswered, replies_letter


def made(world: World, *, language: str = "ja") -> bytes:
    return replies_letter(world.rt, world.officer(Role.ENTRY), world.origin, language=language)


@pytest.fixture
def council(world: World) -> World:
    world.assembly(letterhead=LETTERHEAD)
    world.at("2026-06-02 10:00")
    ask(world, "M0001", "架空1町の山田課長の質問")
    return world


def test_the_letter_has_the_published_words_and_the_day_of_the_last_sending(council, tmp_path):
    draft(council, wording="負担金は?", reply="3万円です。")
    answer(council)
    council.at("2026-06-03 10:00")
    draft(council, reply="根拠は6ページです。")
    answer(council)

    text = squeezed(text_of(made(council), tmp_path))

    for words in (
        "令和8年6月3日",
        "質問1負担金は?回答(令和8年6月2日(火))3万円です。補足(令和8年6月3日(水))根拠は6ページです。",
        "共同代表架空県知事架空太郎",
    ):
        assert words in text
    assert "架協第41号" not in text
    assert "山田" not in text


def test_the_translation_says_the_same(council, tmp_path):
    draft(council, wording="負担金は?", reply="3万円です。")
    answer(council)

    text = " ".join(text_of(made(council, language="en"), tmp_path).split())

    assert "Question 1 負担金は? Reply (2 June 2026) 3万円です。" in text
    assert "To arrive by 10 June 2026, 23:59 (Japanese time)" in text


def test_before_a_reply_was_sent_there_is_nothing_to_print(council):
    draft(council)

    with pytest.raises(NothingAnswered):
        made(council)
