"""The kinds of values that stand in an entry: hashes, votes, instants, keys, closed lists of words.

Each is an annotated type, to be used for the fields of a record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from voting.ledger.canonical import LARGEST_INTEGER, instant_text, parse_instant, unb64
from voting.ledger.commitments import MARKS
from voting.ledger.ed25519 import KEY_BYTES, SIGNATURE_BYTES
from voting.ledger.note import NoteFault, Verifier, require_name
from voting.ledger.record import Codec, EntryFault, Record, listing, matching, one_of, same, string


def _any_text(value: object) -> str:
    text = string(value)
    if any(each < " " and each != "\n" for each in text):
        raise EntryFault("holds a control character")
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise EntryFault("holds half of a surrogate pair")
    return text


def _text(value: object) -> str:
    text = _any_text(value)
    if not text:
        raise EntryFault("is empty")
    return text


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_INTEGER:
        raise EntryFault("is not an integer from 0 to 2^53-1")
    return value


def _from_one(value: object) -> int:
    number = _count(value)
    if number == 0:
        raise EntryFault("counts from 1")
    return number


def _base64_of(length: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = string(value)
        if len(unb64(text)) != length:
            raise EntryFault(f"is not base64 of {length} bytes")
        return text

    return check


def _vkey(value: object) -> str:
    text = string(value)
    try:
        Verifier.from_vkey(text)
    except NoteFault as error:
        raise EntryFault(f"is no verifier key: {error}") from error
    return text


def _origin(value: object) -> str:
    text = string(value)
    try:
        require_name(text)
    except NoteFault as error:
        raise EntryFault("is no name of a log") from error
    return text


def _decision(value: object) -> object:
    """What was decided: a word, marks by candidate, or the candidates that were drawn, in order."""
    if value is None or (isinstance(value, str) and _text(value)):
        return value
    if isinstance(value, dict) and value and all(string(mark) in MARKS for mark in value.values()):
        return {_text(name): string(mark) for name, mark in value.items()}
    if isinstance(value, list | tuple) and value:
        return tuple(_text(name) for name in value)
    raise EntryFault("is no decision")


_HASH = matching(r"[0-9a-f]{64}", "64 lowercase hex digits")
_VOTES = matching(r"(0|[1-9][0-9]*)(\.[0-9]{0,5}[1-9])?", "a decimal number of votes")
_TARGET = matching(r"member:[0-9a-f]{64}|entry:(0|[1-9][0-9]{0,15})", "member:<mc> or entry:<index>")
COUNT = same(_count)
INSTANT = Codec(lambda value: parse_instant(string(value)), instant_text)
ORIGIN = same(_origin)

AnyText = Annotated[str, same(_any_text)]
Count = Annotated[int, COUNT]
Decision = Annotated[str | dict[str, str] | tuple[str, ...] | None, same(_decision)]
FromOne = Annotated[int, same(_from_one)]
Hash = Annotated[str, _HASH]
Instant = Annotated[datetime, INSTANT]
Origin = Annotated[str, ORIGIN]
PublicKey = Annotated[str, same(_base64_of(KEY_BYTES))]
Signature = Annotated[str, same(_base64_of(SIGNATURE_BYTES))]
Target = Annotated[str, _TARGET]
Text = Annotated[str, same(_text)]
TwoPersons = Annotated[tuple[str, str], listing(_HASH, exactly=2)]
Vkey = Annotated[str, same(_vkey)]
Votes = Annotated[str, _VOTES]

Channel = Annotated[str, one_of("web", "post", "fax", "mail", "hand", "paper")]
Disclosure = Annotated[str, one_of("L0", "L1", "L2")]
FactKind = Annotated[str, one_of("left", "chair_decision", "tie_decision", "lot")]
IncidentKind = Annotated[str, one_of("outage", "restore", "clock")]
IssueLevel = Annotated[str, one_of("K0", "K1")]
KeyOperation = Annotated[str, one_of("rotate")]
Level = Annotated[str, one_of("K0", "K1", "KP")]
Operation = Annotated[str, one_of("reissue", "revoke")]
RefusalReason = Annotated[str, one_of("late", "early", "suspended", "not_on_roll", "invalid")]
WhatAmended = Annotated[str, one_of("period", "rules", "texts", "roll", "paper")]


@dataclass(frozen=True, slots=True)
class Software(Record):
    name: Text
    version: Text


@dataclass(frozen=True, slots=True)
class Previous(Record):
    """The assembly before: its log and the SHA-256 of its final checkpoint note."""

    log: Origin
    checkpoint_sha256: Hash


@dataclass(frozen=True, slots=True)
class RollTotals(Record):
    members: Count
    votes: Votes
    root: Hash
