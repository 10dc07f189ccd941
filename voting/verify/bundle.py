"""The strict reader of a bundle's zip: it must be, byte for byte, what our one way of writing gives.

Doubled, disordered or damaged files are for check 1 to report; what is no such zip at all is
unreadable.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from voting.ledger.bundle_files import AUDITOR, FORMAT, PUBLIC
from voting.ledger.bundle_zip import (
    CENTRAL,
    END,
    LARGEST_BUNDLE,
    LARGEST_FILE,
    LOCAL,
    MANIFEST,
    MANIFEST_NOTE,
    MOST_FILES,
    central_header,
    end_record,
    in_order,
    local_header,
)
from voting.ledger.canonical import CanonicalFault, decode
from voting.verify.findings import Unreadable

_PATH = re.compile(r"[A-Za-z0-9_.-]{1,100}(/[A-Za-z0-9_.-]{1,100}){0,9}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a file's content lies in the zip, and the CRC that the zip states."""

    start: int
    end: int
    crc: int


@dataclass(slots=True)
class Bundle:
    """The files of a bundle; nothing in them is believed yet.

    Shape   *declared* are the hashes that BUNDLE.json lists; *is_ordered* tells whether each path stands
            once and in its place.
    """

    data: memoryview
    spans: Mapping[str, Span]
    is_ordered: bool
    audience: str = ""
    log: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        """The content of a file, or None where there is none."""
        span = self.spans.get(path)
        return None if span is None else bytes(self.data[span.start : span.end])

    def size(self, path: str) -> int | None:
        """The length of a file's content, or None where there is none."""
        span = self.spans.get(path)
        return None if span is None else span.end - span.start

    def part(self, path: str, start: int, end: int) -> bytes:
        """What stands between two places of a file that is there, as far as it goes."""
        span = self.spans[path]
        return bytes(self.data[span.start + start : min(span.start + end, span.end)])

    def digest(self, path: str) -> str:
        """SHA-256 of a file that is there."""
        span = self.spans[path]
        return sha256(self.data[span.start : span.end]).hexdigest()

    def first_damaged(self) -> int | None:
        """The place, among the paths, of the first file whose CRC is wrong."""
        for place, span in enumerate(self.spans.values()):
            if zlib.crc32(self.data[span.start : span.end]) != span.crc:
                return place
        return None

    def first_undeclared(self) -> int | None:
        """The place, among the paths, of the first file that BUNDLE.json does not list with its SHA-256."""
        for place, path in enumerate(self.spans):
            if path not in (MANIFEST, MANIFEST_NOTE) and self.digest(path) != self.declared.get(path):
                return place
        return None

    def under(self, folder: str) -> list[str]:
        """The paths below *folder*, in order."""
        return sorted(path for path in self.spans if path.startswith(folder))


def read_bundle(data: bytes | memoryview) -> Bundle:
    """The bundle in *data*.

    Raises  Unreadable.
    """
    bundle = _unzip(memoryview(data))
    manifest, note = bundle.read(MANIFEST), bundle.read(MANIFEST_NOTE)
    if manifest is None or note is None:
        raise Unreadable("it has no BUNDLE.json or no BUNDLE.note")
    listed = _manifest(manifest)
    bundle.audience, bundle.log, bundle.declared = listed["audience"], listed["log"], listed["files"]
    return bundle


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        value = decode(data)
    except CanonicalFault as error:
        raise Unreadable(f"BUNDLE.json: {error}") from error
    if not isinstance(value, dict) or set(value) != {"audience", "files", "format", "log"}:
        raise Unreadable("BUNDLE.json does not have exactly audience, files, format and log")
    if value["format"] != FORMAT:
        raise Unreadable(f"BUNDLE.json is not of the format {FORMAT}")
    if value["audience"] not in (PUBLIC, AUDITOR) or not isinstance(value["log"], str):
        raise Unreadable("BUNDLE.json names no audience or no log")
    files = value["files"]
    if not isinstance(files, dict) or not all(_is_hash(each) for each in files.values()):
        raise Unreadable("BUNDLE.json does not list its files with their SHA-256")
    return value


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _unzip(data: memoryview) -> Bundle:
    if len(data) > LARGEST_BUNDLE or len(data) < END.size or bytes(data[-END.size :][:4]) != b"PK\5\6":
        raise Unreadable("it is no bundle: no zip that ends where it should, or larger than 3 GiB")
    files, size, offset = END.unpack(data[-END.size :])[4:7]
    if files > MOST_FILES or offset + size + END.size != len(data):
        raise Unreadable("the zip's directory does not stand right before its end")
    if end_record(files, size, offset) != data[-END.size :]:
        raise Unreadable("the zip's end is not the one a bundle has")
    spans: dict[str, Span] = {}
    names: list[str] = []
    place = 0
    for path, crc, length in _directory(data, files, size, offset):
        header = local_header(path, crc, length)
        start = place + len(header)
        if start + length > offset or data[place:start] != header:
            raise Unreadable(f"the header of {path} is not the one a bundle has")
        spans.setdefault(path, Span(start, start + length, crc))
        names.append(path)
        place = start + length
    if place != offset:
        raise Unreadable("something stands between the files and the directory")
    return Bundle(data, spans, names == in_order(spans))


def _directory(data: memoryview, files: int, size: int, offset: int) -> Iterator[tuple[str, int, int]]:
    """Path, CRC and size of each file, in the order of the directory."""
    place, end, expected = offset, offset + size, 0
    for _ in range(files):
        if place + CENTRAL.size > end:
            raise Unreadable("the zip's directory is cut off")
        fields = CENTRAL.unpack(data[place : place + CENTRAL.size])
        crc, length, name_length = fields[7], fields[9], fields[10]
        try:
            path = str(data[place + CENTRAL.size : place + CENTRAL.size + name_length], "ascii")
        except UnicodeDecodeError as error:
            raise Unreadable("a path that is not ASCII") from error
        if not _PATH.fullmatch(path) or ".." in path or length > LARGEST_FILE:
            raise Unreadable("a path or a size that no bundle has")
        header = central_header(path, crc, length, expected)
        if data[place : place + len(header)] != header:
            raise Unreadable(f"the directory's line of {path} is not the one a bundle has")
        expected += LOCAL.size + len(path) + length
        # The next offset is written in 32 bits; what would not fit is refused before it is compared.
        if expected > LARGEST_BUNDLE:
            raise Unreadable("the files are larger than a bundle may be")
        yield path, crc, length
        place += len(header)
    if place != end:
        raise Unreadable("the zip's directory is longer than its files")
