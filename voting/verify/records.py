"""Lists of the bundle read strictly: every line canonical, in its order, each thing once."""

from binascii import a2b_base64
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from voting.core.ballots import Choice, Mark
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
from voting.ledger.canonical import decode, encode, parse_instant, unb64
from voting.ledger.commitments import require_ballot, require_choices
from voting.ledger.ed25519 import KEY_BYTES
from voting.ledger.usual import COUNT, FROM_ONE, HASH, PLAIN
from voting.verify.bundle import Bundle
from voting.verify.lines import (
    Misshapen,
    each_line,
    hash_in,
    object_of,
    read_lines,
    require_ascending,
    salt_in,
    text_in,
    word_in,
)

_ROLL = each_line(rf'\{{"category":"({PLAIN})","member":"({HASH})","votes":"({PLAIN})"\}}')
_OPENING = each_line(
    rf'\{{"ballot":(\{{"base":"({HASH})","choices":(\{{[^{{}}]*\}}),"log":"({PLAIN})",'
    rf'"member":"({HASH})","sequence":({FROM_ONE})\}}),"index":({COUNT}),"salt":"({HASH})"\}}'
)
# 32 bytes leave two bits of the last character unused: they are 0.
_ISSUED = each_line(
    rf'\{{"key":"([A-Za-z0-9+/]{{42}}[AEIMQUYcgkosw048]=)","level":"(K[01])","member":"({HASH})"\}}'
)
_ROLES = tuple(role.value for role in Role)
_LONGEST_VOTES = 40  # characters; more members than there are atoms is no number of votes


class RollLine(NamedTuple):
    """A member of the roll.  Units: *votes* in millionths."""

    category: str
    member: str
    votes: int
    line: bytes


class NameLine(NamedTuple):
    id: str
    member: str
    name: str
    salt: bytes


class IssuedLine(NamedTuple):
    key: bytes
    level: str
    member: str
    line: bytes


class DeliveryLine(NamedTuple):
    channel: str
    member: str
    status: str
    time: datetime
    line: bytes

    @property
    def order(self) -> tuple[str, str, datetime, str]:
        """By member, channel, time; two reports of one instant by status."""
        return self.member, self.channel, self.time, self.status


class OpeningLine(NamedTuple):
    """What a vote opens to, and what is said in it.

    Shape   *at* is the index of its entry; *data* is the canonical form of the ballot, which it commits to.
    """

    at: int
    salt: bytes
    data: bytes
    base: str
    log: str
    member: str
    sequence: int
    choices: Mapping[int, Choice]
    proxy: bool = False
    defect: str | None = None


class PersonLine(NamedTuple):
    """An officer; *id*, *name* and *salt* in an auditor's bundle only."""

    pc: str
    role: str
    id: str | None = None
    name: str = ""
    salt: bytes = b""


def roll(bundle: Bundle, *, number: int) -> tuple[RollLine, ...]:
    """roll/public.jsonl, by member."""
    found = read_lines(bundle, ROLL, _roll, number=number, usual=_usual_roll)
    require_ascending([each.member for each in found], ROLL, number=number)
    return found


def _roll(line: bytes) -> RollLine:
    value = object_of(line, ("category", "member", "votes"))
    return RollLine(
        text_in(value["category"]), hash_in(value["member"]), _votes(text_in(value["votes"])), line
    )


def _usual_roll(lines: str) -> list[RollLine | None]:
    """Members without an escape in their category.  Raises: Misshapen."""
    return [
        RollLine(category, member, _votes(votes), line.encode()) if member else None
        for line, (category, member, votes) in zip(lines.split("\n"), _ROLL.findall(lines), strict=True)
    ]


def names(bundle: Bundle, *, number: int) -> tuple[NameLine, ...]:
    """roll/private.jsonl, by member."""
    found = read_lines(bundle, NAMES, _name, number=number)
    require_ascending([each.member for each in found], NAMES, number=number)
    return found


def _name(line: bytes) -> NameLine:
    value = object_of(line, ("id", "member", "name", "salt"))
    return NameLine(
        text_in(value["id"]), hash_in(value["member"]), text_in(value["name"]), salt_in(value["salt"])
    )


def issued(bundle: Bundle, *, number: int) -> tuple[IssuedLine, ...]:
    """issued.jsonl; the order within a batch is for its entry to check."""
    return read_lines(bundle, ISSUED, _issued, number=number, usual=_usual_keys)


def _usual_keys(lines: str) -> list[IssuedLine | None]:
    """Keys as nearly all are written."""
    return [
        IssuedLine(a2b_base64(key), level, member, line.encode()) if key else None
        for line, (key, level, member) in zip(lines.split("\n"), _ISSUED.findall(lines), strict=True)
    ]


def _issued(line: bytes) -> IssuedLine:
    value = object_of(line, ("key", "level", "member"))
    key = unb64(text_in(value["key"]))
    if len(key) != KEY_BYTES:
        raise Misshapen("the key is no Ed25519 public key")
    return IssuedLine(key, text_in(value["level"]), hash_in(value["member"]), line)


def delivery(bundle: Bundle, *, number: int) -> tuple[DeliveryLine, ...]:
    """delivery.jsonl; the order within a batch is for its entry to check."""
    return read_lines(bundle, DELIVERY, _delivery, number=number)


def _delivery(line: bytes) -> DeliveryLine:
    value = object_of(line, ("channel", "member", "status", "time"))
    return DeliveryLine(
        word_in(value["channel"], "mail", "web", "post", "fax", "hand", "phone"),
        hash_in(value["member"]),
        word_in(value["status"], "delivered", "failed"),
        parse_instant(text_in(value["time"])),
        line,
    )


def deemed(bundle: Bundle, *, number: int) -> tuple[str, ...]:
    """deemed.jsonl: the members, sorted."""
    found = read_lines(
        bundle, DEEMED, lambda line: hash_in(object_of(line, ("member",))["member"]), number=number
    )
    require_ascending(found, DEEMED, number=number)
    return found


def openings(bundle: Bundle, *, number: int) -> tuple[OpeningLine, ...]:
    """openings.jsonl, by index."""
    found = read_lines(bundle, OPENINGS, _opening, number=number, usual=_usual_openings)
    require_ascending([each.at for each in found], OPENINGS, number=number)
    return found


def _opening(line: bytes) -> OpeningLine:
    value = object_of(line, ("ballot", "index", "salt"))
    ballot, index = value["ballot"], value["index"]
    require_ballot(ballot)
    if type(index) is not int:
        raise Misshapen("the index is no number")
    return OpeningLine(
        at=index,
        salt=salt_in(value["salt"]),
        data=encode(ballot),
        base=ballot["base"],
        log=ballot["log"],
        member=ballot["member"],
        sequence=ballot["sequence"],
        choices=_choices(ballot["choices"]),
        proxy="proxy" in ballot,
        defect=ballot.get("defect"),
    )


def _usual_openings(lines: str) -> list[OpeningLine | None]:
    """Openings of votes that are no proxy and have no defect.  Raises: CanonicalFault, CommitmentFault."""
    return [
        OpeningLine(
            int(index), bytes.fromhex(salt), data.encode(), base, log, member, int(sequence), _known(choices)
        )
        if data
        else None
        for data, base, choices, log, member, sequence, index, salt in _OPENING.findall(lines)
    ]


@lru_cache(maxsize=4096)
def _known(text: str) -> Mapping[int, Choice]:
    """The choices in their canonical form: many members choose alike.  Raises: as the strict reader."""
    value = decode(text.encode())
    require_choices(value)
    return _choices(cast(dict[str, Any], value))


def _choices(value: Mapping[str, Any]) -> Mapping[int, Choice]:
    return MappingProxyType({int(number): _choice(choice) for number, choice in value.items()})


def _choice(choice: Any) -> Choice:
    if isinstance(choice, str):
        return Mark(choice)
    if isinstance(choice, dict):
        return {name: Mark(mark) for name, mark in choice.items()}
    return tuple(choice)


def persons(bundle: Bundle, *, opened: bool, number: int) -> tuple[PersonLine, ...]:
    """persons.jsonl, by commitment; *opened* where it is an auditor's."""
    found = read_lines(bundle, PERSONS, _opened_person if opened else _person, number=number)
    require_ascending([each.pc for each in found], PERSONS, number=number)
    return found


def _person(line: bytes) -> PersonLine:
    value = object_of(line, ("pc", "role"))
    # Nothing in a public bundle proves the role; at least it is one.
    return PersonLine(hash_in(value["pc"]), word_in(value["role"], *_ROLES))


def _opened_person(line: bytes) -> PersonLine:
    value = object_of(line, ("pc", "person", "salt"))
    person = value["person"]
    if not isinstance(person, dict) or set(person) != {"id", "name", "role"}:
        raise Misshapen("a person has exactly id, name and role")
    return PersonLine(
        hash_in(value["pc"]),
        word_in(person["role"], *_ROLES),
        text_in(person["id"]),
        text_in(person["name"]),
        salt_in(value["salt"]),
    )


@lru_cache(maxsize=4096)
def _votes(text: str) -> int:
    try:
        votes = parse_votes(text) if len(text) <= _LONGEST_VOTES else 0
    except NoNumberOfVotes:
        votes = 0
    # The reader of spreadsheets takes "1.50"; the ledger knows one spelling.
    if votes <= 0 or ("." in text and text.endswith("0")):
        raise Misshapen("something is no number of votes above 0")
    return votes
