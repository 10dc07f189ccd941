"""Salted commitments and the roots over roll, issued forms, deliveries and deemed members.

Labels are ASCII, fields are parted by one zero byte, salts are 32 random bytes handed in by the caller.
Deleting a salt erases what it hid.
Source  docs/ledger-format.md, L2.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from voting.ledger import merkle
from voting.ledger.canonical import encode, instant_text

SALT_BYTES = 32

_CONTROL = re.compile(r"[\x00-\x1f]")
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOTION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
MARKS = frozenset({"for", "against", "abstain", "blank", "both"})


class CommitmentFault(ValueError):
    """Something cannot be committed to: a control character, a short salt, a doubled member, no ballot."""


@dataclass(frozen=True, slots=True)
class RollLeaf:
    """One member of the frozen roll; *category* is "" where there is none, *votes* a decimal string."""

    category: str
    member: str
    votes: str


@dataclass(frozen=True, slots=True)
class IssuedLeaf:
    """One ballot issued; *key* is the base64 of the member's Ed25519 public key."""

    key: str
    level: str
    member: str


@dataclass(frozen=True, slots=True)
class DeliveryLeaf:
    """One delivery over one channel, delivered or failed."""

    channel: str
    member: str
    status: str
    time: datetime


def member_commitment(origin: str, member_id: str, salt: bytes) -> bytes:
    """The commitment ``mc`` that stands for a member in one log.

    Raises  CommitmentFault for a control character (it could move the border of a field) or another salt.
    """
    _require_plain(origin, member_id)
    return _commit(b"voting/member/v1", origin.encode(), member_id.encode(), _salt(salt))


def ballot_commitment(ballot: Mapping[str, object], salt: bytes) -> bytes:
    """The commitment ``bc`` to an opening; equal choices of two members look different."""
    return opening_commitment(encode(dict(ballot)), salt)


def opening_commitment(opening: bytes, salt: bytes) -> bytes:
    """The same of an opening that is canonical bytes already."""
    return hashlib.sha256(b"voting/ballot/v1\x00" + _salt(salt) + b"\x00" + opening).digest()


def opening_commitments(openings: Iterable[bytes], salts: Iterable[bytes]) -> list[str]:
    """The same of many, in hex.  Shape: an opening for each salt, which has the length of one."""
    sha256 = hashlib.sha256
    return [
        sha256(b"voting/ballot/v1\x00" + salt + b"\x00" + opening).hexdigest()
        for opening, salt in zip(openings, salts, strict=True)
    ]


def person_commitment(person_id: str, name: str, role: str, salt: bytes) -> bytes:
    """The commitment ``pc`` to an officer; equal ones in one log are the same person."""
    _require_plain(person_id)
    return _commit(b"voting/person/v1", _salt(salt), encode({"id": person_id, "name": name, "role": role}))


def ballot_opening(
    *,
    base: str,
    choices: Mapping[str, object],
    log: str,
    member: str,
    sequence: int,
    proxy: bool = False,
    defect: str | None = None,
) -> dict[str, object]:
    """What a ballot's commitment opens to; "proxy" and "defect" stand only where they apply.

    Shape   *base* and *member* are hex; *choices* as in L2, ``{}`` for a proxy.
    Raises  CommitmentFault when it would be no ballot.
    """
    ballot: dict[str, object] = {
        "base": base,
        "choices": {number: _plain_choice(choice) for number, choice in choices.items()},
        "log": log,
        "member": member,
        "sequence": sequence,
    }
    if proxy:
        ballot["proxy"] = True
    if defect is not None:
        ballot["defect"] = defect
    require_ballot(ballot)
    return ballot


def require_ballot(ballot: object) -> None:
    """Refuse what is not the opening of a ballot: other members, types or marks.

    Raises  CommitmentFault.
    """
    if not isinstance(ballot, dict):
        raise CommitmentFault("a ballot is an object")
    optional = set(ballot) & {"proxy", "defect"}
    if set(ballot) - optional != {"base", "choices", "log", "member", "sequence"}:
        raise CommitmentFault("a ballot has base, choices, log, member, sequence and nothing unknown")
    for name in ("base", "member"):
        if not isinstance(ballot[name], str) or not _HASH.fullmatch(ballot[name]):
            raise CommitmentFault(f"a ballot's {name} is 64 lowercase hex digits")
    if not isinstance(ballot["log"], str):
        raise CommitmentFault("a ballot's log is a string")
    if type(ballot["sequence"]) is not int or ballot["sequence"] < 1:
        raise CommitmentFault("a ballot's sequence counts from 1")
    if "defect" in ballot and (not isinstance(ballot["defect"], str) or not ballot["defect"]):
        raise CommitmentFault("a ballot's defect is a text")
    if "proxy" in ballot and (ballot["proxy"] is not True or ballot["choices"] != {}):
        raise CommitmentFault("a proxy is true and has no choices of its own")
    require_choices(ballot["choices"])


def require_choices(choices: object) -> None:
    """Refuse anything but motion numbers with a mark, marks by candidate, or chosen candidates.

    Raises  CommitmentFault.
    """
    if not isinstance(choices, dict):
        raise CommitmentFault("choices are an object")
    for number, choice in choices.items():
        if not isinstance(number, str) or not _MOTION.fullmatch(number):
            raise CommitmentFault("choices go by the number of the motion")
        if not _is_choice(choice):
            raise CommitmentFault(f"the choice on motion {number} is none")


def cast_message(origin: str, bc: bytes) -> bytes:
    """The bytes that a credential key signs to cast the ballot behind *bc*.

    Raises  CommitmentFault.
    """
    if len(bc) != merkle.HASH_BYTES:
        raise CommitmentFault("a ballot commitment has 32 bytes")
    return f"{_cast_label(origin)}{bc.hex()}\n".encode()


@lru_cache(maxsize=64)
def _cast_label(origin: str) -> str:
    _require_plain(origin)
    return f"voting/cast/v1\n{origin}\n"


def roll_lines(leaves: Iterable[RollLeaf]) -> list[bytes]:
    """The roll's leaves as bytes, by member.

    Raises  CommitmentFault when a member stands there twice.
    """
    ordered = sorted(leaves, key=lambda leaf: leaf.member)
    _require_once([leaf.member for leaf in ordered])
    return [encode({"category": e.category, "member": e.member, "votes": e.votes}) for e in ordered]


def issued_lines(leaves: Iterable[IssuedLeaf]) -> list[bytes]:
    """One batch of issued ballots as bytes, by member.

    Raises  CommitmentFault when a member stands there twice.
    """
    ordered = sorted(leaves, key=lambda leaf: leaf.member)
    _require_once([leaf.member for leaf in ordered])
    return [encode({"key": e.key, "level": e.level, "member": e.member}) for e in ordered]


def delivery_lines(leaves: Iterable[DeliveryLeaf]) -> list[bytes]:
    """One batch of deliveries as bytes, by member, channel and time.

    Ties    two reports of one instant go by status, so that the order never depends on the input.
    """
    rows = sorted((e.member, e.channel, instant_text(e.time), e.status) for e in leaves)
    return [
        encode({"channel": channel, "member": member, "status": status, "time": time})
        for member, channel, time, status in rows
    ]


def deemed_lines(members: Iterable[bytes]) -> list[bytes]:
    """The commitments of the deemed members, sorted.

    Raises  CommitmentFault when one stands there twice.
    """
    ordered = sorted(members)
    _require_once(ordered)
    return ordered


def roll_root(leaves: Iterable[RollLeaf]) -> bytes:
    """The root over the roll."""
    return leaves_root(roll_lines(leaves))


def issued_root(leaves: Iterable[IssuedLeaf]) -> bytes:
    """The root over one batch of issued ballots."""
    return leaves_root(issued_lines(leaves))


def delivery_root(leaves: Iterable[DeliveryLeaf]) -> bytes:
    """The root over one batch of deliveries."""
    return leaves_root(delivery_lines(leaves))


def deemed_root(members: Iterable[bytes]) -> bytes:
    """The root over the members that were deemed to have answered."""
    return leaves_root(deemed_lines(members))


def leaves_root(lines: Iterable[bytes]) -> bytes:
    """The RFC 6962 root over leaves that are already bytes in order; of none, SHA-256 of nothing."""
    return merkle.root(merkle.hash_leaves(lines))


def _commit(label: bytes, *fields: bytes) -> bytes:
    return hashlib.sha256(b"\x00".join((label, *fields))).digest()


def _salt(salt: bytes) -> bytes:
    if len(salt) != SALT_BYTES:
        raise CommitmentFault(f"a salt has {SALT_BYTES} bytes")
    return salt


def _require_plain(*texts: str) -> None:
    for text in texts:
        if _CONTROL.search(text):
            raise CommitmentFault("a control character in an origin or an id")


def _require_once(ordered: list[str] | list[bytes]) -> None:
    if len(set(ordered)) != len(ordered):
        raise CommitmentFault("a member stands there twice")


def _plain_choice(choice: object) -> object:
    """A choice as JSON would give it back: a dict, a list or a string."""
    if isinstance(choice, Mapping):
        return dict(choice)
    return list(choice) if isinstance(choice, tuple) else choice


def _is_choice(choice: object) -> bool:
    if isinstance(choice, str):
        return choice in MARKS
    if isinstance(choice, dict):
        named = all(isinstance(name, str) and isinstance(mark, str) for name, mark in choice.items())
        return named and bool(choice) and MARKS.issuperset(choice.values())
    if isinstance(choice, list):
        return all(isinstance(name, str) for name in choice) and len(set(choice)) == len(choice)
    return False
