"""TOML as we write it: what a reader of ours reads back to the same values."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from voting.core.errors import Broken

_DELETE = "\x7f"  # which JSON lets stand and TOML does not


def text_in_toml(text: str) -> str:
    """A basic string: JSON writes strings in a form that TOML reads."""
    return json.dumps(str(text), ensure_ascii=False).replace(_DELETE, "\\u007f")


def texts_in_toml(texts: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(text_in_toml, texts)) + "]"


def tables_in_toml(values: Mapping[str, object]) -> str:
    """A file of tables with strings, lists of strings, days, and tables in them.

    Raises  Broken for any other value: it would not come back.
    """
    return "\n".join(_lines(values, ""))


def _lines(values: Mapping[str, object], place: str) -> Iterator[str]:
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    if plain and place:
        yield f"[{place}]"
    yield from (f"{key} = {_value(value)}" for key, value in plain.items())
    if plain:
        yield ""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{place}.{key}" if place else key)


def _value(value: object) -> str:
    if isinstance(value, str):
        return text_in_toml(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return texts_in_toml(tuple(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise Broken(f"{value!r} is nothing that these files hold")
