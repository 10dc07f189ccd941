"""Cells as a person sees them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from voting.sheets.cells import Cell, CellFault, column_letters, is_blank, text_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("那須町", "那須町"),
        (Decimal("1.5"), "1.5"),
        (Decimal("1E+2"), "100"),
        (date(2024, 9, 27), "2024-09-27"),
        (datetime.fromisoformat("2024-10-02T16:03"), "2024-10-02 16:03:00"),
        (CellFault.ERROR, ""),
    ],
)
def test_a_cell_has_the_text_a_person_sees(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_in_the_spreadsheet_program(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_a_cell_of_nothing_but_white_space_is_blank() -> None:
    assert is_blank("") and is_blank(" 　\n")
    assert not is_blank(Decimal(0)) and not is_blank(CellFault.ERROR)
