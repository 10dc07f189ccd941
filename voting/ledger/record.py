"""JSON objects as frozen dataclasses: a field's annotated type carries the codec that reads and writes it.

A record checks itself when it is made, so that nothing can be written that could not be read again.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, Self

from voting.ledger.canonical import CanonicalFault


class EntryFault(ValueError):
    """An entry, or a member of one, is not what the format says."""


@dataclass(frozen=True, slots=True)
class Codec:
    """*read* makes a field from JSON, *write* makes JSON from a field; both refuse what does not fit."""

    read: Callable[[object], Any]
    write: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the JSON object, and the field that holds it."""

    name: str
    attribute: str
    read: Callable[[object], Any]
    write: Callable[[Any], object]


class Record:
    """A JSON object with exactly the members that its dataclass fields declare."""

    __slots__ = ()

    def __post_init__(self) -> None:
        self.to_json()
        self.require_sound()

    def require_sound(self) -> None:
        """Refuse members that do not fit each other; most records have no such rule."""

    def to_json(self) -> dict[str, object]:
        """The JSON object.

        Raises  EntryFault naming the member that is wrong.
        """
        made = {}
        for member in members_of(type(self)):
            try:
                made[member.name] = member.write(getattr(self, member.attribute))
            except (EntryFault, CanonicalFault) as error:
                raise EntryFault(f"{member.name}: {error}") from error
        return made

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read the JSON object.

        Raises  EntryFault naming the member that is missing, unknown or wrong.
        """
        if not isinstance(value, dict):
            raise EntryFault("is not an object")
        members = members_of(cls)
        require_members(value, [member.name for member in members])
        return cls(**{m.attribute: _read(m, value[m.name]) for m in members})


# What a class declares never changes, and reading its annotations is slow.
_MEMBERS: dict[type[Record], tuple[Member, ...]] = {}


def members_of(record: type[Record]) -> tuple[Member, ...]:
    """The members that a record class declares, in the order of its fields.

    A field's type says how it is read: ``Hash``, ``Index | None``, ``tuple[Hash, ...]``, another record.
    A trailing underscore keeps a member's name apart from a word of Python.
    """
    known = _MEMBERS.get(record)
    if known is None:
        hints = typing.get_type_hints(record, include_extras=True)
        names = [field.name for field in dataclasses.fields(typing.cast(Any, record))]
        codecs = (_codec(hints[name]) for name in names)
        known = tuple(
            Member(name.rstrip("_"), name, codec.read, codec.write)
            for name, codec in zip(names, codecs, strict=True)
        )
        _MEMBERS[record] = known
    return known


def require_members(value: dict[str, object], names: Collection[str]) -> None:
    """Refuse an object with missing or unknown members.

    Raises  EntryFault.
    """
    expected = set(names)
    if missing := sorted(expected - value.keys()):
        raise EntryFault(f"member {missing[0]!r} is missing")
    if unknown := sorted(value.keys() - expected):
        raise EntryFault(f"member {unknown[0]!r} is unknown")


def _read(member: Member, value: object) -> Any:
    try:
        return member.read(value)
    except (EntryFault, CanonicalFault) as error:
        raise EntryFault(f"{member.name}: {error}") from error


def same(check: Callable[[Any], Any]) -> Codec:
    """A codec for values that are JSON already."""
    return Codec(check, check)


def string(value: object) -> str:
    """A plain string; a StrEnum of core becomes the string that it is."""
    if not isinstance(value, str):
        raise EntryFault("is not a string")
    return str(value)


def matching(pattern: str, what: str) -> Codec:
    """Strings that match *pattern* as a whole."""
    compiled = re.compile(pattern, re.ASCII)

    def check(value: object) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise EntryFault(f"is not {what}")
        return str(value)

    return same(check)


def one_of(*allowed: str) -> Codec:
    """Strings of a closed list."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise EntryFault(f"is not one of {', '.join(allowed)}")
        return str(value)

    return same(check)


def optional(codec: Codec) -> Codec:
    """The same, or null."""
    return Codec(
        lambda value: None if value is None else codec.read(value),
        lambda value: None if value is None else codec.write(value),
    )


def listing(codec: Codec, *, exactly: int | None = None) -> Codec:
    """A list of such values, a tuple in the record."""

    def require_length(values: list[object] | tuple[object, ...]) -> None:
        if exactly is not None and len(values) != exactly:
            raise EntryFault(f"does not have exactly {exactly} items")

    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise EntryFault("is not a list")
        require_length(value)
        return tuple(codec.read(each) for each in value)

    def write(value: object) -> list[object]:
        if not isinstance(value, tuple):
            raise EntryFault("is not a tuple")
        require_length(value)
        return [codec.write(each) for each in value]

    return Codec(read, write)


def nested(record: type[Record]) -> Codec:
    """A record within a record."""

    def write(value: object) -> dict[str, object]:
        if not isinstance(value, record):
            raise EntryFault(f"is not a {record.__name__}")
        return value.to_json()

    return Codec(record.from_json, write)


def _codec(hint: Any) -> Codec:
    """The codec that a field's type stands for."""
    if isinstance(hint, type) and issubclass(hint, Record):
        return nested(hint)
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is Annotated:
        return typing.cast(Codec, inner[1])
    if typing.get_origin(hint) in (types.UnionType, typing.Union) and inner[1] is types.NoneType:
        return optional(_codec(inner[0]))
    if typing.get_origin(hint) is tuple and inner[1] is Ellipsis:
        return listing(_codec(inner[0]))
    raise TypeError(f"no member can be a {hint}")
