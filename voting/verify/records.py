"""Lists of the bundle read strictly: every line canonical, in its order, each thing once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voting.core.permissions import Role
from voting.core.votes import NoNumberOfVotes, parse_votes
from voting.ledger.bundle_files import (
    DEEMED,
    DELIVERY,
    ISSUED,
    NAMES,
    OPENINGS,
    PERSONS,
    ROLL,
)
from voting.ledger.canonical import CanonicalFault, decode, parse_instant, unb64
from voting.ledger.commitments import CommitmentFault, require_ballot
from voting.ledger.ed25519 import KEY_BYTES
from voting.verify.bundle import Bundle
from voting.verify.findings import refuted

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ROLES = tuple(role.value for role in Role)
_LONGEST_VOTES = 40  # characters; more members than there are atoms is no number of votes


class Misshapen(ValueError):
    """A line that does not hold what it should."""


@dataclass(frozen=True, slots=True)
class RollLine:
    """A member of the roll.  Units: *votes* in millionths."""

    category: str
    member: str
    votes: int
    line: bytes


@dataclass(frozen=True, slots=True)
class NameLine:
    id: str
    member: str
    name: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class IssuedLine:
    key: bytes
    level: str
    member: str
    line: bytes


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    channel: str
    member: str
    status: str
    time: datetime
    line: bytes

    @property
    def order(self) -> tuple[str, str, datetime, str]:
        """By member, channel, time; two reports of one instant by status."""
        return self.member, self.channel, self.time, self.status


@dataclass(frozen=True, slots=True)
class OpeningLine:
    ballot: dict[str, Any]
    index: int
    salt: bytes


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An officer; *id*, *name* and *salt* in an auditor's bundle only."""

    pc: str
    role: str
    id: str | None = None
    name: str = ""
    salt: bytes = b""


def roll(bundle: Bundle, *, number: int) -> tuple[RollLine, ...]:
    """roll/public.jsonl, by member."""
    found = []
    for place, line, value in _objects(bundle, ROLL, ("category", "member", "votes"), number):
        with _at(ROLL, place, number):
            found.append(
                RollLine(_text(value["category"]), _hash(value["member"]), _votes(value["votes"]), line)
            )
    _require_ascending([each.member for each in found], ROLL, number)
    return tuple(found)


def names(bundle: Bundle, *, number: int) -> tuple[NameLine, ...]:
    """roll/private.jsonl, by member."""
    found = []
    for place, _, value in _objects(bundle, NAMES, ("id", "member", "name", "salt"), number):
        with _at(NAMES, place, number):
            found.append(
                NameLine(
                    _text(value["id"]), _hash(value["member"]), _text(value["name"]), _salt(value["salt"])
                )
            )
    _require_ascending([each.member for each in found], NAMES, number)
    return tuple(found)


def issued(bundle: Bundle, *, number: int) -> tuple[IssuedLine, ...]:
    """issued.jsonl; the order within a batch is for its entry to check."""
    found = []
    for place, line, value in _objects(bundle, ISSUED, ("key", "level", "member"), number):
        with _at(ISSUED, place, number):
            key = unb64(_text(value["key"]))
            if len(key) != KEY_BYTES:
                raise Misshapen("the key is no Ed25519 public key")
            found.append(IssuedLine(key, _text(value["level"]), _hash(value["member"]), line))
    return tuple(found)


def delivery(bundle: Bundle, *, number: int) -> tuple[DeliveryLine, ...]:
    """delivery.jsonl; the order within a batch is for its entry to check."""
    found = []
    for place, line, value in _objects(bundle, DELIVERY, ("channel", "member", "status", "time"), number):
        with _at(DELIVERY, place, number):
            found.append(
                DeliveryLine(
                    _one_of(value["channel"], "mail", "web", "post", "fax", "hand", "phone"),
                    _hash(value["member"]),
                    _one_of(value["status"], "delivered", "failed"),
                    parse_instant(_text(value["time"])),
                    line,
                )
            )
    return tuple(found)


def deemed(bundle: Bundle, *, number: int) -> tuple[str, ...]:
    """deemed.jsonl: the members, sorted."""
    found = []
    for place, _, value in _objects(bundle, DEEMED, ("member",), number):
        with _at(DEEMED, place, number):
            found.append(_hash(value["member"]))
    _require_ascending(found, DEEMED, number)
    return tuple(found)


def openings(bundle: Bundle, *, number: int) -> tuple[OpeningLine, ...]:
    """openings.jsonl, by index."""
    found = []
    for place, _, value in _objects(bundle, OPENINGS, ("ballot", "index", "salt"), number):
        with _at(OPENINGS, place, number):
            require_ballot(value["ballot"])
            index = value["index"]
            if type(index) is not int:
                raise Misshapen("the index is no number")
            found.append(OpeningLine(value["ballot"], index, _salt(value["salt"])))
    _require_ascending([each.index for each in found], OPENINGS, number)
    return tuple(found)


def persons(bundle: Bundle, *, opened: bool, number: int) -> tuple[PersonLine, ...]:
    """persons.jsonl, by commitment; *opened* where it is an auditor's."""
    found = []
    members = ("pc", "person", "salt") if opened else ("pc", "role")
    for place, _, value in _objects(bundle, PERSONS, members, number):
        with _at(PERSONS, place, number):
            found.append(_opened_person(value) if opened else _person(value))
    _require_ascending([each.pc for each in found], PERSONS, number)
    return tuple(found)


def _person(value: dict[str, Any]) -> PersonLine:
    # Nothing in a public bundle proves the role; at least it is one.
    return PersonLine(_hash(value["pc"]), _one_of(value["role"], *_ROLES))


def _opened_person(value: dict[str, Any]) -> PersonLine:
    person = value["person"]
    if not isinstance(person, dict) or set(person) != {"id", "name", "role"}:
        raise Misshapen("a person has exactly id, name and role")
    return PersonLine(
        _hash(value["pc"]),
        _one_of(person["role"], *_ROLES),
        _text(person["id"]),
        _text(person["name"]),
        _salt(value["salt"]),
    )


@dataclass(frozen=True, slots=True)
class _at:
    """Turns whatever is wrong with one line into the refutation that names it."""

    path: str
    line: int
    number: int

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: object) -> None:
        if isinstance(fault, Misshapen | CanonicalFault | CommitmentFault):
            raise refuted(self.number, "line", path=self.path, line=self.line, detail=str(fault)) from fault


def _objects(
    bundle: Bundle, path: str, members: Sequence[str], number: int
) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    data = bundle.read(path)
    if data is None:
        raise refuted(number, "missing", path=path)
    *lines, rest = data.split(b"\n")
    if rest:
        raise refuted(number, "line", path=path, line=len(lines) + 1, detail="no line feed at its end")
    expected = set(members)
    for place, line in enumerate(lines, 1):
        with _at(path, place, number):
            value = decode(line)
            if not isinstance(value, dict) or set(value) != expected:
                raise Misshapen(f"not an object with exactly {', '.join(members)}")
        yield place, line, value


def _require_ascending(keys: Sequence[Any], path: str, number: int) -> None:
    for place in range(1, len(keys)):
        if not keys[place - 1] < keys[place]:
            raise refuted(number, "line-order", path=path, line=place + 1)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Misshapen("something is not a string")
    return value


def _one_of(value: object, *words: str) -> str:
    if value not in words:
        raise Misshapen(f"something is not one of {', '.join(words)}")
    return str(value)


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise Misshapen("something is not 64 lowercase hex digits")
    return value


def _salt(value: object) -> bytes:
    return bytes.fromhex(_hash(value))


def _votes(value: object) -> int:
    text = _text(value)
    try:
        votes = parse_votes(text) if len(text) <= _LONGEST_VOTES else 0
    except NoNumberOfVotes:
        votes = 0
    # The reader of spreadsheets takes "1.50"; the ledger knows one spelling.
    if votes <= 0 or ("." in text and text.endswith("0")):
        raise Misshapen("something is no number of votes above 0")
    return votes
