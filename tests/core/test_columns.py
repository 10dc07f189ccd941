"""Objects made of columns are those that are made one by one."""

from dataclasses import dataclass
from itertools import repeat

import pytest

from voting.core.columns import of_columns


@dataclass(frozen=True, slots=True)
class Seat:
    row: int
    name: str


def test_each_object_has_its_value_of_every_column() -> None:
    found = of_columns(Seat, 3, row=range(3), name=("a", "b", "c"))

    assert found == (Seat(0, "a"), Seat(1, "b"), Seat(2, "c"))
    assert {hash(seat) for seat in found} == {hash(Seat(0, "a")), hash(Seat(1, "b")), hash(Seat(2, "c"))}


def test_one_value_can_stand_in_all() -> None:
    assert of_columns(Seat, 2, name=repeat("x"), row=map(int, "78")) == (Seat(7, "x"), Seat(8, "x"))


def test_of_none_there_is_none() -> None:
    assert of_columns(Seat, 0, row=(), name=()) == ()


@pytest.mark.parametrize("columns", [{"row": [1]}, {"row": [1], "name": ["a"], "floor": [2]}])
def test_exactly_the_fields_have_columns(columns: dict[str, list[object]]) -> None:
    with pytest.raises(TypeError, match="fields of Seat"):
        of_columns(Seat, 1, **columns)


def test_what_has_no_slots_is_not_filled() -> None:
    class Open:
        pass

    with pytest.raises(TypeError, match="fields of Open"):
        of_columns(Open, 1, row=[1])
