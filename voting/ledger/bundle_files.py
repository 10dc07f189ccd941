"""The files of an audit bundle, made of what a ledger and its openings hold.

The caller has looked everything up; nothing is decided here but form and place.
Source  docs/ledger-format.md, L8.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from operator import itemgetter

from voting.ledger.bundle_zip import MANIFEST, MANIFEST_NOTE, write_zip
from voting.ledger.canonical import encode
from voting.ledger.commitments import (
    DeliveryLeaf,
    IssuedLeaf,
    RollLeaf,
    deemed_lines,
    delivery_lines,
    issued_lines,
    person_commitment,
    roll_lines,
)
from voting.ledger.merkle import hash_leaves
from voting.ledger.note import Signer
from voting.ledger.tiles import entry_files, tile_files

FORMAT = "voting-bundle/1"
PUBLIC, AUDITOR = "public", "auditor"

VKEY = "log.vkey"
DOCKET = "docket.json"
ROLL = "roll/public.jsonl"
NAMES = "roll/private.jsonl"
ISSUED = "issued.jsonl"
DELIVERY = "delivery.jsonl"
DEEMED = "deemed.jsonl"
OPENINGS = "openings.jsonl"
PERSONS = "persons.jsonl"
RESULT = "result.json"
CHECKPOINT = "checkpoint"
CHECKPOINTS, DOCKETS, DOCUMENTS = "checkpoints/", "dockets/", "documents/"
TIMESTAMPS, PAPERS = "timestamps/", "result/"


@dataclass(frozen=True, slots=True)
class NamedMember:
    """Whom a member commitment stands for.  Shape: *member* is mc in hex."""

    id: str
    member: str
    name: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What the vote at *index* opens to."""

    index: int
    ballot: Mapping[str, object]
    salt: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as the ledger knows one."""

    id: str
    name: str
    role: str
    salt: bytes

    @property
    def pc(self) -> str:
        """The commitment, in hex."""
        return person_commitment(self.id, self.name, self.role, self.salt).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a bundle is made of.

    Shape   *vkey* is that of genesis; *checkpoints* and *timestamps* by size; *docket* is the one of the
            freeze, *dockets* those of later amends; *issued* and *delivery* a batch for each entry;
            *names* and *openings* are None where they are withheld; *papers* are names and contents of
            the PDFs, in the order in which the ledger names them.
    """

    origin: str
    vkey: str
    entries: Sequence[bytes]
    checkpoints: Mapping[int, bytes]
    docket: bytes
    documents: Iterable[bytes]
    roll: Iterable[RollLeaf]
    names: Iterable[NamedMember] | None
    issued: Iterable[Iterable[IssuedLeaf]]
    deemed: Iterable[bytes]
    openings: Iterable[Opening] | None
    persons: Iterable[Person]
    result: bytes
    papers: Sequence[tuple[str, bytes]] = ()
    delivery: Iterable[Iterable[DeliveryLeaf]] = ()
    dockets: Iterable[bytes] = ()
    timestamps: Mapping[int, bytes] = field(default_factory=dict)


def bundle(parts: Parts, *, audience: str, signer: Signer) -> bytes:
    """The whole bundle as a zip.  The same parts give the same bytes."""
    return write_zip(signed(files_of(parts, audience=audience), parts.origin, audience, signer))


def signed(files: Mapping[str, bytes], origin: str, audience: str, signer: Signer) -> dict[str, bytes]:
    """*files* with their list and the note over it, by the log's current key."""
    listed = {path: sha256(data).hexdigest() for path, data in files.items()}
    manifest = encode({"audience": audience, "files": listed, "format": FORMAT, "log": origin})
    return {**files, MANIFEST: manifest, MANIFEST_NOTE: signer.sign(note_text(origin, manifest))}


def note_text(origin: str, manifest: bytes) -> str:
    """What BUNDLE.note signs.  Its first line is no origin, so no checkpoint can be read as one."""
    return f"voting/bundle/v1\n{origin}\n{sha256(manifest).hexdigest()}\n"


def files_of(parts: Parts, *, audience: str) -> dict[str, bytes]:
    """The files by path, without BUNDLE.json and its note."""
    files = {
        VKEY: parts.vkey.encode() + b"\n",
        DOCKET: parts.docket,
        ROLL: jsonl(roll_lines(parts.roll)),
        ISSUED: jsonl(line for batch in parts.issued for line in issued_lines(batch)),
        DELIVERY: jsonl(line for batch in parts.delivery for line in delivery_lines(batch)),
        DEEMED: jsonl(encode({"member": mc.hex()}) for mc in deemed_lines(parts.deemed)),
        PERSONS: jsonl(_persons(parts.persons, audience)),
        RESULT: parts.result,
        CHECKPOINT: parts.checkpoints[max(parts.checkpoints)],
        **{f"{CHECKPOINTS}{size}": note for size, note in parts.checkpoints.items()},
        **{f"{TIMESTAMPS}{size}.tsr": token for size, token in parts.timestamps.items()},
        **{DOCKETS + sha256(data).hexdigest(): data for data in parts.dockets},
        **{DOCUMENTS + sha256(data).hexdigest(): data for data in parts.documents},
        **{f"{PAPERS}{place:02d}-{name}": data for place, (name, data) in enumerate(parts.papers, 1)},
        **tile_files(hash_leaves(parts.entries)),
        **entry_files(parts.entries),
    }
    if parts.names is not None:
        files[NAMES] = jsonl(_names(parts.names))
    if parts.openings is not None:
        files[OPENINGS] = jsonl(_openings(parts.openings))
    return files


def jsonl(lines: Iterable[bytes]) -> bytes:
    """Lines that each end in a line feed; an empty list is an empty file."""
    return b"".join(line + b"\n" for line in lines)


def _names(names: Iterable[NamedMember]) -> list[bytes]:
    ordered = sorted(names, key=lambda each: each.member)
    return [
        encode({"id": each.id, "member": each.member, "name": each.name, "salt": each.salt.hex()})
        for each in ordered
    ]


def _openings(openings: Iterable[Opening]) -> list[bytes]:
    ordered = sorted(openings, key=lambda each: each.index)
    return [
        encode({"ballot": dict(each.ballot), "index": each.index, "salt": each.salt.hex()})
        for each in ordered
    ]


def _persons(persons: Iterable[Person], audience: str) -> list[bytes]:
    ordered = sorted(((each.pc, each) for each in persons), key=itemgetter(0))
    if audience == PUBLIC:
        return [encode({"pc": pc, "role": each.role}) for pc, each in ordered]
    return [
        encode(
            {
                "pc": pc,
                "person": {"id": each.id, "name": each.name, "role": each.role},
                "salt": each.salt.hex(),
            }
        )
        for pc, each in ordered
    ]
