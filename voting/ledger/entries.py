"""Entries of a ledger and their byte form: canonical JSON, at most 16 KiB, read back to the same bytes.

The kinds themselves stand in kinds.py and can be imported from here as well.
Source  docs/ledger-format.md, L1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voting.core.columns import of_columns
from voting.ledger import canonical
from voting.ledger.canonical import CanonicalFault
from voting.ledger.fields import COUNT, INSTANT, ORIGIN, Previous, RollTotals, Software
from voting.ledger.kinds import (
    Amend,
    Ballot,
    Body,
    Close,
    Correction,
    Credential,
    Deemed,
    Delivery,
    Erase,
    Fact,
    Freeze,
    Genesis,
    Incident,
    Issue,
    Key,
    Operator,
    Paper,
    Refused,
    Result,
    Tally,
)
from voting.ledger.record import EntryFault, require_members
from voting.ledger.usual import WebBallots, web_ballots

__all__ = [
    "KINDS",
    "LARGEST_ENTRY",
    "Amend",
    "Ballot",
    "Body",
    "Close",
    "Correction",
    "Credential",
    "Deemed",
    "Delivery",
    "Entry",
    "EntryFault",
    "Erase",
    "Fact",
    "Freeze",
    "Genesis",
    "Incident",
    "Issue",
    "Key",
    "Operator",
    "Paper",
    "Previous",
    "Refused",
    "Result",
    "RollTotals",
    "Software",
    "Tally",
    "decode_entry",
    "encode_entry",
]

LARGEST_ENTRY = 16 * 1024
VERSION = 1

KINDS: dict[str, type[Body]] = {body.kind: body for body in Body.__subclasses__()}

_MEMBERS = ("body", "index", "kind", "log", "time", "version")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in its place: *index* and *log* bind it there, *time* is when it was written."""

    index: int
    log: str
    time: datetime
    body: Body

    @property
    def kind(self) -> str:
        """The name of the body's kind."""
        return self.body.kind


Piece = Entry | WebBallots


def encode_entry(entry: Entry) -> bytes:
    """The canonical bytes of an entry.

    Raises  EntryFault when it is too large or its own members are wrong.
    """
    try:
        data = canonical.encode(
            {
                "body": entry.body.to_json(),
                "index": COUNT.write(entry.index),
                "kind": entry.kind,
                "log": ORIGIN.write(entry.log),
                "time": INSTANT.write(entry.time),
                "version": VERSION,
            }
        )
    except CanonicalFault as error:
        raise EntryFault(str(error)) from error
    if len(data) > LARGEST_ENTRY:
        raise EntryFault(f"an entry of {len(data)} bytes; at most {LARGEST_ENTRY} are allowed")
    return data


def decode_entry(data: bytes) -> Entry:
    """The entry whose canonical bytes are exactly *data*.

    Raises  EntryFault naming what is wrong.
    """
    return decode_entries((data,))[0]


def decode_entries(batch: Sequence[bytes]) -> list[Entry]:
    """The entries whose canonical bytes are exactly those in *batch*: a few hundred at once are read best.

    Raises  EntryFault naming what is wrong with one of them.
    """
    return [entry for piece in decode_pieces(batch) for entry in entries_of(piece)]


def decode_pieces(batch: Sequence[bytes]) -> list[Piece]:
    """The same, ballots by the web that follow each other in one piece.

    Raises  EntryFault naming what is wrong with one of them.
    """
    for data in batch:
        if len(data) > LARGEST_ENTRY:
            raise EntryFault(f"an entry of {len(data)} bytes; at most {LARGEST_ENTRY} are allowed")
    usual = web_ballots(batch)
    others = sorted(set(range(len(batch))).difference(usual.places))
    found: list[Piece] = []
    start = 0
    for before, other in enumerate([*others, len(batch)]):
        # So many of the usual ones stand before this place.
        end = other - before
        if end > start:
            found.append(usual.part(start, end) if others else usual)
        if other < len(batch):
            found.append(_read_strictly(batch[other]))
        start = end
    return found


def entries_of(piece: Piece) -> Sequence[Entry]:
    """The entries of a piece, each by itself."""
    if isinstance(piece, Entry):
        return (piece,)
    return of_columns(
        Entry,
        len(piece.places),
        index=piece.indices,
        log=piece.logs,
        time=piece.times,
        body=piece.bodies(),
    )


def _read_strictly(data: bytes) -> Entry:
    try:
        value = canonical.decode(data)
        entry = _from_json(value)
    except CanonicalFault as error:
        raise EntryFault(str(error)) from error
    if encode_entry(entry) != data:
        raise EntryFault("the entry does not read back to the same bytes")
    return entry


def _from_json(value: object) -> Entry:
    if not isinstance(value, dict):
        raise EntryFault("an entry is an object")
    require_members(value, _MEMBERS)
    if type(value["version"]) is not int or value["version"] != VERSION:
        raise EntryFault(f"version: is not {VERSION}")
    kind = value["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise EntryFault("kind: is unknown")
    try:
        body = KINDS[kind].from_json(value["body"])
    except EntryFault as error:
        raise EntryFault(f"{kind}: {error}") from error
    return Entry(
        index=COUNT.read(value["index"]),
        log=ORIGIN.read(value["log"]),
        time=INSTANT.read(value["time"]),
        body=body,
    )
