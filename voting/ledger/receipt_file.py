"""The file of a receipt: a tlog-proof with all that a member needs to check its own vote offline.

The extra line carries the entry, the key, the member's and the ballot's opening and the choices in words.
All of it is repeated for the checker's convenience and none of it is believed: receipt.py
recomputes it.
Source  c2sp.org/tlog-proof@v1; docs/ledger-format.md, L6.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voting.ledger import canonical
from voting.ledger.canonical import CanonicalFault, b64, unb64
from voting.ledger.ed25519 import KEY_BYTES
from voting.ledger.merkle import HASH_BYTES
from voting.ledger.note import NoteFault, split_note

HEADER = "c2sp.org/tlog-proof@v1"
LARGEST_RECEIPT = 200_000
LONGEST_PROOF = 64

_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class ReceiptUnreadable(ValueError):
    """A file that is no receipt: nothing can be said about the vote."""


@dataclass(frozen=True, slots=True)
class MemberOpening:
    """What a member commitment opens to."""

    id: str
    name: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class BallotOpening:
    """What a ballot commitment opens to; *ballot* as commitments.ballot_opening makes it."""

    ballot: Mapping[str, object]
    salt: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it stands in its file, believed by nobody yet.

    Shape   *entry* is the entry's bytes, *key* 32 bytes, *hashes* the inclusion proof from the leaf's
            sibling up, *checkpoint* the signed note's bytes.  *key*, *member* and *opening* are None where
            the entry has no signature, no member, no commitment.
    """

    entry: bytes
    key: bytes | None
    member: MemberOpening | None
    opening: BallotOpening | None
    words: Mapping[str, str]
    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes


def format_receipt(receipt: Receipt) -> bytes:
    """The receipt's file."""
    lines = [HEADER, f"extra {b64(_extra(receipt))}", f"index {receipt.index}", *map(b64, receipt.hashes)]
    return "\n".join(lines).encode() + b"\n\n" + receipt.checkpoint


def parse_receipt(data: bytes) -> Receipt:
    """Read a receipt's file strictly: what it says must print back to the same bytes.

    Raises  ReceiptUnreadable.
    """
    if len(data) > LARGEST_RECEIPT:
        raise ReceiptUnreadable("the file is too large to be a receipt")
    # Nothing above the first empty line can be empty, so it is the border to the checkpoint.
    above, border, checkpoint = data.partition(b"\n\n")
    try:
        split_note(checkpoint)
        lines = above.decode("ascii").split("\n")
        receipt = _read(lines, checkpoint)
    except (NoteFault, CanonicalFault, UnicodeDecodeError) as error:
        raise ReceiptUnreadable(str(error)) from error
    if not border or format_receipt(receipt) != data:
        raise ReceiptUnreadable("the receipt does not read back to the same bytes")
    return receipt


def _extra(receipt: Receipt) -> bytes:
    member, opening = receipt.member, receipt.opening
    return canonical.encode(
        {
            "entry": b64(receipt.entry),
            "key": None if receipt.key is None else b64(receipt.key),
            "member": member and {"id": member.id, "name": member.name, "salt": member.salt.hex()},
            "opening": opening and {"ballot": dict(opening.ballot), "salt": opening.salt.hex()},
            "words": dict(receipt.words),
        }
    )


def _read(lines: Sequence[str], checkpoint: bytes) -> Receipt:
    if len(lines) < 3 or lines[0] != HEADER:
        raise ReceiptUnreadable(f"the first line is not {HEADER}")
    if not lines[1].startswith("extra "):
        raise ReceiptUnreadable("the second line is not the extra data")
    index = _INDEX.fullmatch(lines[2])
    if not index:
        raise ReceiptUnreadable("the third line is not the index")
    hashes = tuple(unb64(line) for line in lines[3:])
    if len(hashes) > LONGEST_PROOF or any(len(each) != HASH_BYTES for each in hashes):
        raise ReceiptUnreadable("a line of the proof is not a hash")
    extra = _object(
        canonical.decode(unb64(lines[1].removeprefix("extra "))),
        ("entry", "key", "member", "opening", "words"),
    )
    return Receipt(
        entry=unb64(_string(extra["entry"])),
        key=_key(extra["key"]),
        member=_member(extra["member"]),
        opening=_opening(extra["opening"]),
        words=_words(extra["words"]),
        index=int(index[1]),
        hashes=hashes,
        checkpoint=checkpoint,
    )


def _object(value: object, names: Sequence[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise ReceiptUnreadable(f"an object does not have exactly {', '.join(names)}")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ReceiptUnreadable("something is not a string")
    return value


def _salt(value: object) -> bytes:
    text = _string(value)
    if not _HASH.fullmatch(text):
        raise ReceiptUnreadable("a salt is not 64 lowercase hex digits")
    return bytes.fromhex(text)


def _key(value: object) -> bytes | None:
    if value is None:
        return None
    key = unb64(_string(value))
    if len(key) != KEY_BYTES:
        raise ReceiptUnreadable("the key is not an Ed25519 public key")
    return key


def _member(value: object) -> MemberOpening | None:
    if value is None:
        return None
    member = _object(value, ("id", "name", "salt"))
    return MemberOpening(_string(member["id"]), _string(member["name"]), _salt(member["salt"]))


def _opening(value: object) -> BallotOpening | None:
    if value is None:
        return None
    opening = _object(value, ("ballot", "salt"))
    if not isinstance(opening["ballot"], dict):
        raise ReceiptUnreadable("the ballot is not an object")
    return BallotOpening(opening["ballot"], _salt(opening["salt"]))


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise ReceiptUnreadable("the words are not strings by motion")
    return value
