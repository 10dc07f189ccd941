"""A bundle taken apart and put together again by somebody who holds the log's key but nobody's code.

Whatever follows from what was changed is made anew on request: tiles, checkpoints, the list of files and its
note.  So an attack is not caught by the first hash at hand, but by the check that is there for it.
"""

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from voting.core.result_json import result_json
from voting.core.tally import count, silent_members
from voting.core.votes import votes_text
from voting.ledger import checkpoint as checkpoints
from voting.ledger.bundle_files import signed
from voting.ledger.bundle_zip import MANIFEST, MANIFEST_NOTE, write_zip
from voting.ledger.canonical import encode
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.commitments import leaves_root
from voting.ledger.merkle import leaf_hash, root
from voting.ledger.note import Signer
from voting.ledger.tiles import entry_files, read_entries, tile_files
from voting.verify import recount, steps_count
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Evidence, Held
from voting.verify.findings import Finding, Status
from voting.verify.steps import verify

Json = dict[str, Any]


@dataclass
class Forge:
    """A bundle in pieces.  Shape: *entries* are values; *sizes* those of the checkpoints."""

    origin: str
    audience: str
    signer: Signer
    files: dict[str, bytes]
    entries: list[Json]
    sizes: list[int]
    # Changes to make after everything that follows has been made anew, so that nothing repairs them.
    last: list[Callable[[dict[str, bytes]], None]] = field(default_factory=list)
    signers: dict[int, Sequence[Signer]] = field(default_factory=dict)
    note_signer: Signer | None = None
    # Changes to the bytes of single entries that no JSON value could express.
    raw: dict[int, Callable[[bytes], bytes]] = field(default_factory=dict)
    # Signature lines under every checkpoint by keys that nobody asked for.
    strangers: bytes = b""

    @classmethod
    def of(cls, data: bytes, signer: Signer) -> "Forge":
        bundle = read_bundle(data)
        files = {path: bundle.read(path) or b"" for path in bundle.spans}
        entries = read_entries(
            {path: each for path, each in files.items() if path.startswith("tile/entries/")}
        )
        sizes = sorted(int(path.rpartition("/")[2]) for path in files if path.startswith("checkpoints/"))
        kept = {
            path: each
            for path, each in files.items()
            if path not in (MANIFEST, MANIFEST_NOTE, "checkpoint")
            and not path.startswith(("tile/", "checkpoints/"))
        }
        values = [json.loads(entry) for entry in entries]
        return cls(bundle.log, bundle.audience, signer, kept, values, sizes)

    def lines(self, path: str) -> list[Json]:
        return [json.loads(line) for line in self.files[path].splitlines()]

    def put_lines(self, path: str, lines: Sequence[Json]) -> None:
        self.files[path] = b"".join(encode(line) + b"\n" for line in lines)

    def change(self, path: str, act: Callable[[list[Json]], object]) -> None:
        """Change one of the lists in place."""
        lines = self.lines(path)
        act(lines)
        self.put_lines(path, lines)

    def edit(self, path: str, act: Callable[[Json], object]) -> None:
        """Change one of the JSON files in place."""
        value = json.loads(self.files[path])
        act(value)
        self.files[path] = encode(value)

    def of_kind(self, kind: str) -> list[Json]:
        return [entry for entry in self.entries if entry["kind"] == kind]

    def body(self, kind: str, place: int = 0) -> Json:
        return self.of_kind(kind)[place]["body"]

    def insert(self, index: int, kind: str, body: Json, *, time: str | None = None) -> None:
        """Put an entry before *index* and move what points behind it."""
        self._shift(index, 1)
        when = time or self.entries[index - 1]["time"]
        value = {"body": body, "index": index, "kind": kind, "log": self.origin, "time": when, "version": 1}
        self.entries.insert(index, value)
        self.sizes = [size + (size > index) for size in self.sizes]
        self.signers = {size + (size > index): by for size, by in self.signers.items()}

    def remove(self, index: int) -> None:
        """Take an entry away and close the gap."""
        del self.entries[index]
        self.sizes = sorted({size - (size > index) for size in self.sizes})
        self.signers = {size - (size > index): by for size, by in self.signers.items()}
        self._shift(index, -1)

    def _shift(self, index: int, by: int) -> None:
        for entry in self.entries:
            body = entry["body"]
            if entry["index"] >= index:
                entry["index"] += by
            for name in ("replaces", "paper", "of"):
                if isinstance(body.get(name), int) and body[name] >= index:
                    body[name] += by
            place = (body.get("target") or "").removeprefix("entry:")
            if place.isdecimal() and int(place) >= index:
                body["target"] = f"entry:{int(place) + by}"
        for close in self.of_kind("close"):
            close["body"]["last_index"] = close["index"] - 1
        if "openings.jsonl" in self.files:
            moved = [
                each | {"index": each["index"] + by * (each["index"] >= index)}
                for each in self.lines("openings.jsonl")
            ]
            self.put_lines("openings.jsonl", moved)

    def data(self) -> list[bytes]:
        found = [encode(entry) for entry in self.entries]
        for index, act in self.raw.items():
            found[index] = act(found[index])
        return found

    def recommit(self, index: int) -> None:
        """Commit anew to the opening of *index*: the operator can, but it cannot sign."""
        opening = next(each for each in self.lines("openings.jsonl") if each["index"] == index)
        label = b"voting/ballot/v1\0" + bytes.fromhex(opening["salt"]) + b"\0"
        self.entries[index]["body"]["commitment"] = sha256(label + encode(opening["ballot"])).hexdigest()

    def rebase(self) -> None:
        """Let every opening name the freeze entry as it is now, and commit to it anew."""
        base = leaf_hash(self.data()[1]).hex()
        self.change("openings.jsonl", lambda lines: [each["ballot"].update(base=base) for each in lines])
        for each in self.lines("openings.jsonl"):
            self.recommit(each["index"])

    def recount(self) -> None:
        """Name the silent, count, and put the result into the ledger and the PDF, all by the rules."""
        evidence = Evidence(read_bundle(self.zipped()), Held(self.signer.verifier))
        roll, sent, facts = recount.roll_of(evidence), recount.submissions(evidence), recount.facts(evidence)
        silent = silent_members(evidence.docket, roll, sent, facts)
        self.put_lines("deemed.jsonl", [{"member": each} for each in silent])
        self.body("deemed").update(
            members=len(silent),
            votes=votes_text(evidence.votes_of(silent)),
            root=leaves_root(bytes.fromhex(each) for each in silent).hex(),
        )
        extra = steps_count._from_ledger(evidence)
        counted = count(evidence.docket, roll, sent, facts, recount.plain(evidence).alike)
        self.publish(encode(result_json(evidence.docket, counted, extra)))

    def publish(self, result: bytes) -> None:
        """Let the ledger and one small PDF name this result."""
        self.files["result.json"] = result
        self.body("tally")["result_sha256"] = sha256(result).hexdigest()
        self.put_papers([small_pdf(result)])

    def put_papers(self, papers: Sequence[bytes]) -> None:
        for path in [each for each in self.files if each.startswith("result/")]:
            del self.files[path]
        for place, data in enumerate(papers, 1):
            self.files[f"result/{place:02d}-result.pdf"] = data
        self.body("result")["documents"] = [sha256(data).hexdigest() for data in papers]

    def note(self, size: int, *, data: Sequence[bytes] | None = None) -> bytes:
        """A checkpoint over the first *size* entries."""
        return self._note([leaf_hash(entry) for entry in (data or self.data())[:size]])

    def _note(self, leaves: Sequence[bytes]) -> bytes:
        size = len(leaves)
        signers = self.signers.get(size, (self.signer,))
        return checkpoints.sign(Checkpoint(self.origin, size, root(leaves)), *signers)

    def tree(self) -> dict[str, bytes]:
        """Tiles and checkpoints, made anew."""
        data = self.data()
        sizes = sorted({size for size in self.sizes if size <= len(data)} | {len(data)})
        leaves = [leaf_hash(entry) for entry in data]
        notes = {f"checkpoints/{size}": self._note(leaves[:size]) + self.strangers for size in sizes}
        return {
            **tile_files(leaves),
            **entry_files(data),
            **notes,
            "checkpoint": notes[f"checkpoints/{sizes[-1]}"],
        }

    def zipped(self) -> bytes:
        """The bundle, as the holder of the key would hand it out."""
        files = {**self.files, **self.tree()}
        for act in self.last:
            act(files)
        return write_zip(signed(files, self.origin, self.audience, self.note_signer or self.signer))

    def copy(self) -> "Forge":
        return deepcopy(self)

    def __deepcopy__(self, memo: Any) -> "Forge":
        # Keys cannot be copied, and need not be.
        return Forge(
            self.origin,
            self.audience,
            self.signer,
            dict(self.files),
            deepcopy(self.entries),
            list(self.sizes),
            list(self.last),
            dict(self.signers),
            self.note_signer,
            dict(self.raw),
            self.strangers,
        )


def check(data: bytes, held: Held) -> tuple[Finding, ...]:
    return verify(Evidence(read_bundle(data), held))


def failed(findings: Sequence[Finding]) -> set[int]:
    """The checks that failed by themselves."""
    return {each.number for each in findings if each.status is Status.FAILED}


def caught(findings: Sequence[Finding], *, disarmed: frozenset[int] = frozenset()) -> bool:
    """Whether anything stops the bundle, if the checks *disarmed* were not there.

    Only this harness can leave a check out; the verifier cannot.
    """
    return any(
        not each.passes and each.number not in disarmed and each.rests_on not in disarmed for each in findings
    )


def small_pdf(content: bytes, *, name: bytes = b"result.json") -> bytes:
    """As much of a PDF as carries one file."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Filespec /UF (" + name + b") /EF << /F 2 0 R >> >>\nendobj\n"
        b"2 0 obj\n<< /Type /EmbeddedFile /Length "
        + str(len(content)).encode()
        + b" >>\nstream\n"
        + content
        + b"\nendstream\nendobj\n%%EOF\n"
    )
