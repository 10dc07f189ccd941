"""As little of PDF (ISO 32000-1) as is needed: the files embedded in a result, and its signatures.

Only objects that stand in the open are seen.  What hides in an object stream is not found, and a check
that needs it fails.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10}) 0 obj\b")
_FILE_SPEC = re.compile(rb"/Type\s*/Filespec\b")
_EMBEDDED = re.compile(rb"/EF\s*<<[^<>]*?/(?:UF|F)\s+([0-9]{1,10}) 0 R")
_NAME = re.compile(rb"/UF\s*\(([^()\\]*)\)|/F\s*\(([^()\\]*)\)")
_STREAM = re.compile(rb"\bstream\r?\n")
_LENGTH = re.compile(rb"/Length\s+([0-9]{1,10})\b(?!\s+0 R)")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*([0-9]+)\s+([0-9]+)\s+([0-9]+)\s+([0-9]+)\s*\]")
_CONTENTS = re.compile(rb"\s*<((?:[0-9A-Fa-f]{2})*)>\s*")
_SIGNATURE = re.compile(rb"/ByteRange\b|/Type\s*/Sig\b|/FT\s*/Sig\b")


class PdfFault(ValueError):
    """A PDF that cannot be read as far as is needed."""


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """A signature in a PDF.

    Shape   *covered* is what it is over, *contents* the CMS padded with zeros; *end* is where the part of the
            file that it is over ends.
    """

    covered: bytes
    contents: bytes
    end: int
    is_whole: bool


def embedded(data: bytes, name: str, *, most: int) -> list[bytes]:
    """Every file of that name in the PDF, the older revisions' included.

    Raises  PdfFault for one that is larger than *most* bytes or cannot be unpacked.
    """
    every = list(objects(data))
    found = []
    for _, body in every:
        if not _FILE_SPEC.search(body) or name.encode() not in _names(body):
            continue
        reference = _EMBEDDED.search(body)
        if reference is None:
            raise PdfFault("a file specification without a file")
        found += [_content(each, most) for number, each in every if number == int(reference[1])]
    return found


def signatures(data: bytes) -> list[PdfSignature]:
    """The signatures that stand in the PDF.

    Raises  PdfFault where there is a trace of one that cannot be read.
    """
    if not _SIGNATURE.search(data):
        return []
    found = []
    for each in _BYTE_RANGE.finditer(data):
        start, length, rest, end = (int(number) for number in each.groups()[:4])
        if start != 0 or not length < rest <= len(data):
            raise PdfFault("a signature over no sensible range")
        # Digit after digit and nothing else: what is left out of a signature must have no room for more.
        contents = _CONTENTS.fullmatch(data[length:rest])
        if contents is None:
            raise PdfFault("a signature that is not in hex digits, or leaves out more than itself")
        covered = data[:length] + data[rest : rest + end]
        found.append(
            PdfSignature(
                covered, bytes.fromhex(contents[1].decode("ascii")), rest + end, rest + end == len(data)
            )
        )
    if not found:
        raise PdfFault("a signature field without a signature")
    return found


def objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects that stand in the open, with their numbers, in their order."""
    starts = list(_OBJECT.finditer(data))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(data)
        yield int(start[1]), data[start.end() : end]


def _names(body: bytes) -> set[bytes]:
    return {name for each in _NAME.finditer(body) for name in each.groups() if name is not None}


def _content(body: bytes, most: int) -> bytes:
    stream = _STREAM.search(body)
    if stream is None:
        raise PdfFault("an embedded file without content")
    head, data = body[: stream.start()], body[stream.end() :]
    length = _LENGTH.search(head)
    # A content could hold what looks like the end, or the next object: only its length says where it ends.
    if length is None or not data[int(length[1]) :].lstrip(b"\r\n").startswith(b"endstream"):
        raise PdfFault("an embedded file whose length is not its own")
    data = data[: int(length[1])]
    filters = _FILTER.search(head)
    names = filters[1].strip(b"[] ").split() if filters else []
    if names == [b"/FlateDecode"]:
        data = _inflate(data, most)
    elif names:
        raise PdfFault("an embedded file in another packing than Flate")
    if len(data) > most:
        raise PdfFault("an embedded file that is too large")
    return data


def _inflate(data: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, most + 1)
    except zlib.error as fault:
        raise PdfFault("an embedded file that cannot be unpacked") from fault
    if not unpacker.eof and len(found) <= most:
        raise PdfFault("an embedded file that is cut off")
    if unpacker.unused_data:
        raise PdfFault("an embedded file that cannot be unpacked")
    return found
