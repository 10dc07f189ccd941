"""The bar of a result: its parts fill it exactly, and none of them is invisible."""

from hypothesis import given
from hypothesis import strategies as st

from voting.services.outcome.result_page import Bar
from voting.web.public.pictures import segments


def bars(*amounts: int) -> tuple[Bar, ...]:
    return tuple(Bar("for", "賛成", str(each), each * 1000 // sum(amounts)) for each in amounts)


def test_the_parts_stand_side_by_side() -> None:
    assert [(each.x, each.width) for each in segments(bars(1, 1, 2))] == [(0, 250), (250, 250), (500, 500)]


def test_one_vote_among_many_can_still_be_seen() -> None:
    assert [each.width for each in segments(bars(680, 1))] == [996, 4]


def test_no_parts_make_no_bar() -> None:
    assert segments(()) == ()


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=5))
def test_the_parts_always_fill_the_bar(amounts: list[int]) -> None:
    placed = segments(bars(*amounts))

    assert sum(each.width for each in placed) == 1000
    assert all(each.width > 0 for each in placed)
    assert [each.x for each in placed[1:]] == [each.x + each.width for each in placed[:-1]]
