"""Reading a table of TOML key by key, so that every fault of a file is told at once and with its place.

A reader gets a value and returns what it means, or raises ``Wrong``; the table notes it and goes on with the
default.  What nobody has asked for is unknown, and an error: a misspelt rule must not become a default.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from voting.core.rules import NoFraction, parse_fraction

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TomlFault:
    """One thing wrong in the file.

    Shape   ``place`` is the key with the tables around it: ``rules.quorum.fraction``, ``motion.2.requires.0``
            (the motion's number; other lists from 0), or empty for the whole file.
    """

    place: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


class Wrong(Exception):
    """A value that a reader cannot take: a code and its facts."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts = facts


class TomlTable:
    """One table, and what has been asked of it."""

    def __init__(self, value: object, place: str, faults: list[TomlFault]) -> None:
        self.place = place
        self.faults = faults
        self.values: dict[str, object] = value if isinstance(value, dict) else {}
        self._asked: list[str] = []
        self.is_table = isinstance(value, dict)
        if not self.is_table:
            self.note(place, "toml-no-table")

    def note(self, place: str, code: str, **facts: str) -> None:
        self.faults.append(TomlFault(place, code, facts))

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def has(self, key: str) -> bool:
        return key in self.values

    def take(self, key: str, read: Callable[[object], _T], default: _T) -> _T:
        """The value of *key* as *read* understands it; *default* where it is missing or cannot be taken."""
        self._asked.append(key)
        if key not in self.values:
            return default
        try:
            return read(self.values[key])
        except Wrong as wrong:
            self.note(self.at(key), wrong.code, **wrong.facts)
            return default

    def need(self, key: str, read: Callable[[object], _T], default: _T) -> _T:
        """As ``take``, but a missing key is a fault."""
        if self.is_table and key not in self.values:
            self.note(self.at(key), "toml-missing")
        return self.take(key, read, default)

    def table(self, key: str) -> "TomlTable":
        """The table under *key*, empty where there is none."""
        self._asked.append(key)
        return TomlTable(self.values.get(key, {}), self.at(key), self.faults)

    def tables(self, key: str, place: Callable[[int, object], str]) -> list["TomlTable"]:
        """The list of tables under *key*, empty where there is none."""
        self._asked.append(key)
        values = self.values.get(key, [])
        if not isinstance(values, list):
            self.note(self.at(key), "toml-no-list")
            return []
        return [TomlTable(value, place(index, value), self.faults) for index, value in enumerate(values)]

    def close(self) -> None:
        """Notes every key that nobody has asked for, with the one that may have been meant."""
        for key in self.values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                self.note(self.at(key), "toml-unknown-key", near=near[0] if near else "")


def text(value: object) -> str:
    """Text that can be printed and kept: of the controls before the blank only tabs and ends of lines."""
    if not isinstance(value, str):
        raise Wrong("toml-no-text")
    if _CONTROL.search(value):
        raise Wrong("toml-control")
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong("toml-no-flag")
    return value


def number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong("toml-no-number")
    return value


def day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Wrong("toml-no-day")
    return value


def instant(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise Wrong("toml-no-instant")
    if value.tzinfo is None:
        raise Wrong("toml-no-zone", text=value.isoformat())
    return value


def fraction(value: object) -> Fraction:
    try:
        return parse_fraction(text(value))
    except NoFraction as fault:
        raise Wrong("toml-no-fraction", text=fault.text) from None


def word(kind: type[_Word]) -> Callable[[object], _Word]:
    """A reader of one of the words of *kind*."""

    def read(value: object) -> _Word:
        try:
            return kind(text(value))
        except ValueError:
            raise Wrong("toml-no-word", text=str(value), allowed="、".join(kind)) from None

    return read


def maybe(read: Callable[[object], _T]) -> Callable[[object], _T | None]:
    """*read*, for a key whose default is None."""
    return read


def listing(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    """A reader of a list of what *read* takes."""

    def read_all(value: object) -> tuple[_T, ...]:
        if not isinstance(value, list):
            raise Wrong("toml-no-list")
        return tuple(read(each) for each in value)

    return read_all
