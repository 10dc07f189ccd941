"""What was found by looking at every page, where a template alone can show it."""

import re
from pathlib import Path

import pytest

from voting.resources import templates

ALL = sorted(templates().rglob("*.html"))
PARAGRAPH = re.compile(r"<p\b[^>]*>(?:(?!</p>|\{% endmacro %\}).)*", re.DOTALL)
# The macro that is a form of its own.
FORM = re.compile(r"<form\b|\{\{ act\(")
ROW = re.compile(r"<tbody\b.*?</tbody>", re.DOTALL)
CELL = re.compile(r"<td\b(?:\"[^\"]*\"|[^>\"])*>")


def name(path: Path) -> str:
    return path.relative_to(templates()).as_posix()


@pytest.mark.parametrize("path", ALL, ids=name)
def test_no_paragraph_holds_a_form_which_would_end_it_and_leave_its_buttons_touching(path: Path) -> None:
    assert [each for each in PARAGRAPH.findall(path.read_text("utf-8")) if FORM.search(each)] == []


@pytest.mark.parametrize(
    "path",
    [each for each in ALL if re.search(r'class="[^"]*\blabelled\b', each.read_text("utf-8"))],
    ids=name,
)
def test_a_row_that_stands_alone_on_a_telephone_says_what_each_of_its_cells_is(path: Path) -> None:
    cells = [cell for rows in ROW.findall(path.read_text("utf-8")) for cell in CELL.findall(rows)]

    assert cells
    assert [each for each in cells if "data-label=" not in each and "colspan=" not in each] == []
