"""Naming the columns of a sheet by hand: what stands in its first rows, and what was chosen."""

from dataclasses import dataclass

from flask import request

from voting.core.permissions import Officer
from voting.runtime import Runtime
from voting.services.register import roll_uploads
from voting.services.register.roll_uploads import Layout, Sent
from voting.web.languages import N_
from voting.web.member_fields import FIELDS

_MOST_COLUMNS = 256
# A building has a column of its own in some sheets; with us it ends the address.
_BUILDING = {"building": N_("住所の続き(建物名など)")}
# What a column may mean; of the rest its heading is kept, which needs no choice.
MEANINGS = {field: words for field, words in {**FIELDS, **_BUILDING}.items() if field != "other"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The first rows of a sheet.

    Shape   ``heads``: for each column its letter, its heading and the field it is taken for; ``rows``: the
            number of each row and its cells; ``row``: where the headings stand.
    """

    title: str
    titles: tuple[str, ...]
    row: int
    heads: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def columns_shown(rt: Runtime, who: Officer, body: str, sent: Sent) -> Columns:
    """What the page shows: as chosen just now, else as chosen before, else as the headings say."""
    kept = sent.layout
    title = request.values.get("sheet", "" if kept is None else kept.sheet)
    top = roll_uploads.top(rt, who, body, sent.id, title)
    row = _row(top.likely_row() if kept is None else kept.row)
    width = max((len(cells) for _, cells in top.rows), default=0)
    headings = next((cells for number, cells in top.rows if number == row), ())
    chosen = dict(kept.columns) if kept is not None and kept.row == row else top.guessed(row)
    chosen |= _typed()
    heads = tuple(
        (top.letters(place), headings[place] if place < len(headings) else "", chosen.get(place, ""))
        for place in range(min(width, _MOST_COLUMNS))
    )
    return Columns(top.title, top.titles, row, heads, top.rows)


def layout_typed() -> Layout:
    """The columns as the form names them."""
    return Layout(
        request.form.get("sheet", ""),
        _row(1),
        tuple(sorted((place, field) for place, field in _typed().items() if field)),
    )


def _row(otherwise: int) -> int:
    text = request.values.get("row", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _typed() -> dict[int, str]:
    """Column -> field, "" where it was set to none."""
    found = {}
    for place in range(_MOST_COLUMNS):
        field = request.form.get(f"c-{place}")
        if field is not None and (field in MEANINGS or not field):
            found[place] = field
    return found
