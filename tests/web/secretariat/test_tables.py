"""Long lists: some lines at a time, sorted by the address."""

import pytest
from flask import Flask

from voting.web.secretariat.tables import Table, table

LINES = tuple((number % 7, f"line {number:03d}") for number in range(120))
COLUMNS = {"rest": lambda each: each[0], "name": lambda each: each[1]}


def shown(app: Flask, query: str) -> Table[tuple[int, str]]:
    with app.test_request_context("/office/?" + query):
        return table(LINES, COLUMNS, sort="name")


def test_fifty_lines_stand_on_a_page(app: Flask) -> None:
    first, last = shown(app, ""), shown(app, "page=3")

    assert (len(first.lines), first.number, first.count, first.total) == (50, 1, 3, 120)
    assert last.lines == LINES[100:]


@pytest.mark.parametrize(
    ("asked", "number"), [("0", 1), ("-1", 1), ("4", 3), ("x", 1), ("２", 1), ("9" * 400, 1), ("", 1)]
)
def test_a_page_that_is_none_is_the_nearest(app: Flask, asked: str, number: int) -> None:
    assert shown(app, f"page={asked}").number == number


def test_a_column_sorts_upwards_then_downwards(app: Flask) -> None:
    up, down = shown(app, "sort=rest"), shown(app, "sort=-rest")

    assert [each[0] for each in up.lines] == sorted(each[0] for each in LINES)[:50]
    assert [each[0] for each in down.lines] == sorted((each[0] for each in LINES), reverse=True)[:50]
    assert (up.sorted_by("rest"), down.sorted_by("rest"), up.sorted_by("name")) == (
        "ascending",
        "descending",
        "none",
    )
    assert (up.sort_link("rest"), down.sort_link("rest")) == ("?sort=-rest", "?sort=rest")


def test_a_column_that_is_none_is_the_usual_one(app: Flask) -> None:
    assert shown(app, "sort=__class__").lines == LINES[:50]


def test_a_search_goes_with_every_page(app: Flask) -> None:
    found = shown(app, "q=%22%3Cb%3E&sort=rest&page=2")

    assert found.page_link(3) == "?q=%22%3Cb%3E&sort=rest&page=3"
    assert found.sort_link("name") == "?q=%22%3Cb%3E&sort=name"


def test_an_empty_list_is_one_page(app: Flask) -> None:
    with app.test_request_context("/office/"):
        empty: Table[tuple[int, str]] = table((), COLUMNS, sort="name")

    assert (empty.lines, empty.number, empty.count) == ((), 1, 1)
