"""A letterhead as a form: each key of LETTERHEAD.toml is a field, and typed fields become the file again.

What a field cannot say is left to the reader of the file, which tells every fault by the very key.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import Enum, auto
from types import MappingProxyType

from voting.core.letterhead import Kept, PaperKind
from voting.sheets.toml_writing import tables_in_toml


class Kind(Enum):
    LINE = auto()  # one line
    TEXT = auto()  # a paragraph
    LINES = auto()  # one item a line
    PARAGRAPHS = auto()  # items with a blank line between
    DAY = auto()  # 2026-06-01


_KEPT_AS = ("where", "who", "until")
# The parts of the form in their order, each with its keys in theirs.
PARTS: Mapping[str, Mapping[str, Kind]] = MappingProxyType(
    {
        "letter": {
            "letter.to": Kind.LINES,
            "letter.sender": Kind.LINES,
            "letter.seal": Kind.LINE,
            "letter.digits": Kind.LINE,
            "letter.counter": Kind.LINE,
            **{
                f"{table}.{each.value}": kind
                for each in PaperKind
                for table, kind in (("numbers", Kind.LINE), ("dates", Kind.DAY))
            },
        },
        "notice": {
            "return.to": Kind.LINE,
            "return.fax": Kind.LINE,
            "return.mail": Kind.LINE,
            "return.post": Kind.LINE,
            "notice.reason": Kind.TEXT,
            "notice.questions": Kind.LINE,
            "notice.questions_until": Kind.DAY,
            "notice.enclosed": Kind.LINES,
            "proxy.clause": Kind.LINE,
            "proxy.to": Kind.LINES,
        },
        "minutes": {
            "minutes.signers": Kind.LINES,
            "minutes.author": Kind.LINE,
            "minutes.proposer": Kind.LINE,
            "minutes.course": Kind.PARAGRAPHS,
            "minutes.resolved_on": Kind.DAY,
        },
        "keeping": {f"keeping.{kept.value}.{name}": Kind.LINE for kept in Kept for name in _KEPT_AS},
    }
)
_BLANK = " \t\r\n"
_BETWEEN = {Kind.LINES: "\n", Kind.PARAGRAPHS: "\n\n"}


def values_of(source: str, part: str) -> dict[str, str]:
    """The fields of *part* as *source*, a file that was read before, has them; empty where it is silent."""
    values = tomllib.loads(source.removeprefix("\ufeff"))
    return {place: _typed(_at(values, place), kind) for place, kind in PARTS[part].items()}


def with_typed(source: str, part: str, typed: Mapping[str, str]) -> str:
    """*source* with the fields of *part* as typed; an empty field is left out.

    Every other key stays as it is; comments and the order of a file written by hand do not.
    """
    values = tomllib.loads(source.removeprefix("\ufeff"))
    for place, kind in PARTS[part].items():
        _put(values, place.split("."), _value(typed.get(place, ""), kind))
    return tables_in_toml(values)


def field_at(place: str, part: str) -> str:
    """The field of a fault's place, which may be an item of a list; the first of *part* where it has none."""
    for name in PARTS[part]:
        if place == name or place.startswith(f"{name}."):
            return name
    return next(iter(PARTS[part]))


def _at(values: Mapping[str, object], place: str) -> object:
    found: object = values
    for key in place.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _typed(value: object, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _BETWEEN.get(kind, "\n").join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(typed: str, kind: Kind) -> object:
    """What stands in the file; None for nothing."""
    # A wide blank (U+3000) at the beginning of a line is the office's own and stays.
    text = "\n".join(line.rstrip(_BLANK) for line in typed.splitlines()).strip(_BLANK)
    if kind is Kind.LINES:
        return [line.strip(_BLANK) for line in text.splitlines() if line.strip()] or None
    if kind is Kind.PARAGRAPHS:
        return [each.strip(_BLANK) for each in text.split("\n\n") if each.strip()] or None
    if kind is Kind.DAY and text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            # A text in the place of a day is told by the reader, with the key.
            return text
    return text or None


def _put(values: dict[str, object], keys: list[str], value: object) -> None:
    key, *rest = keys
    if rest:
        inner = values.get(key)
        table = inner if isinstance(inner, dict) else {}
        _put(table, rest, value)
        if table:
            values[key] = table
        else:
            values.pop(key, None)
    elif value is None:
        values.pop(key, None)
    else:
        values[key] = value
