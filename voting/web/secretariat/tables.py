"""Long lists as pages: sorted by a link in the head of a column, some lines at a time.

Address and order are one: a list can be bookmarked, and sent to a colleague.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request

Line = TypeVar("Line")
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Table(Generic[Line]):
    """One page of a list.

    Shape   ``lines`` of this page; ``number`` of ``count`` pages, from 1; ``sort`` is the column it is
            sorted by, with "-" in front downwards; ``kept`` are the other parts of the address.
    """

    lines: tuple[Line, ...]
    total: int
    number: int
    count: int
    sort: str
    kept: tuple[tuple[str, str], ...]

    def sorted_by(self, column: str) -> str:
        """ascending, descending or none: the ``aria-sort`` of a column."""
        if self.sort.lstrip("-") != column:
            return "none"
        return "descending" if self.sort.startswith("-") else "ascending"

    def sort_link(self, column: str) -> str:
        """The address of this list sorted by *column*; of one sorted so already, the other way round."""
        wanted = f"-{column}" if self.sort == column else column
        return "?" + urlencode([*self.kept, ("sort", wanted)])

    def page_link(self, number: int) -> str:
        return "?" + urlencode([*self.kept, ("sort", self.sort), ("page", str(number))])


def table(
    lines: Sequence[Line],
    columns: Mapping[str, Callable[[Line], Any]],
    *,
    sort: str,
    per_page: int = PER_PAGE,
) -> Table[Line]:
    """The page of *lines* that the address asks for.

    Shape   *columns*: by name what to sort by; *sort*: what holds where the address names no column.
    """
    wanted = request.args.get("sort", sort)
    key = columns.get(wanted.removeprefix("-"))
    if key is None:
        wanted, key = sort, columns[sort.removeprefix("-")]
    ordered = sorted(lines, key=key, reverse=wanted.startswith("-"))
    number, count = page_number(len(ordered), per_page)
    start = (number - 1) * per_page
    return Table(tuple(ordered[start : start + per_page]), len(ordered), number, count, wanted, kept())


def one_page(lines: Sequence[Line], total: int, *, per_page: int = PER_PAGE) -> Table[Line]:
    """A page that the database has cut already."""
    number, count = page_number(total, per_page)
    return Table(tuple(lines), total, number, count, "", kept())


def page_number(total: int, per_page: int = PER_PAGE) -> tuple[int, int]:
    """The page that the address asks for, and how many there are; what is no page is the nearest."""
    count = max(1, -(-total // per_page))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(number, 1), count), count


def kept() -> tuple[tuple[str, str], ...]:
    """What else stands in the address: a search goes with every page."""
    return tuple((name, value) for name, value in request.args.items() if name not in ("sort", "page"))
