"""Many objects of one class made at once, a column of values for each field.

A hundred thousand votes read this way cost a fifth of what they cost one by one.
"""

from collections import deque
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")


def of_columns(cls: type[_T], count: int, /, **columns: Iterable[object]) -> tuple[_T, ...]:
    """*count* objects of a class with slots, each field filled from the column of its name.

    No check of the class is made: this is for values whose forms are known already, and for readers alone.
    Raises  TypeError where a field has no column, or a column no field.
    """
    slots: tuple[str, ...] = getattr(cls, "__slots__", ())
    if columns.keys() != set(slots):
        raise TypeError(f"not exactly the fields of {cls.__name__}")
    made = tuple(object.__new__(cls) for _ in range(count))
    for name, column in columns.items():
        # One field of all of them, without a line of Python for each.
        deque(map(getattr(cls, name).__set__, made, column), maxlen=0)
    return made
