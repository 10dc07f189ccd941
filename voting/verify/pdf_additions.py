"""What may stand between one signature of a PDF and the next: the next signature in its empty field.

Each signature covers the file up to itself, so whoever signs later could have changed what was signed before.
Anything that a page shows, or could show instead, is refused.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from voting.verify.pdf import PdfFault, PdfSignature, objects

_FIELD = re.compile(rb"/FT\s*/Sig\b")
_SIGNATURE = re.compile(rb"/Type\s*/Sig\b")
_LOOKS = re.compile(rb"/AP\s*<<\s*/N\s+([0-9]+) 0 R\s*>>")
_PLACE = re.compile(rb"/Rect\s*\[([^\]]*)\]")
_NUMBER = re.compile(rb"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_OTHER = re.compile(rb"/(?:A|AA|Kids|Parent|MK|DA)\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_ROOT = re.compile(rb"/Root\s+([0-9]{1,10}) 0 R")
_PREVIOUS = re.compile(rb"/Prev\s+([0-9]{1,10})\b")
_TABLE = re.compile(rb"(?<!start)xref\s+((?:[0-9]{1,10} [0-9]{1,10}(?: [nf])?\s+)+)trailer\b")
_SECTION = re.compile(rb"(?<![0-9])([0-9]{1,10}) ([0-9]{1,10})(?! ?[nf0-9])")
_START = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF")


def require_only_signatures(data: bytes, found: Sequence[PdfSignature]) -> None:
    """Refuse where anything but a signature was added after the first one.

    Raises  PdfFault.
    """
    ordered = sorted(found, key=lambda each: each.end)
    for before, after in pairwise(ordered):
        _require_signature(data[: before.end], data[before.end : after.end])


def _require_signature(signed: bytes, added: bytes) -> None:
    known = dict(objects(signed))  # of an object that stands twice, the later one is meant
    new = list(objects(added))
    for number, body in new:
        if _STREAM.search(body):
            raise PdfFault("content was added between two signatures")
        if number in known:
            _require_filled(known[number], body)
        elif not _SIGNATURE.search(body):
            raise PdfFault("something was added between two signatures")
    _require_table(signed, added, {number for number, _ in new})


def _require_filled(empty: bytes, field: bytes) -> None:
    """The one object that may change is the field that is signed: where it is and how it looks stays."""
    if not _FIELD.search(empty) or not _FIELD.search(field) or _OTHER.search(field):
        raise PdfFault("something was changed between two signatures")
    if _LOOKS.findall(empty) != _LOOKS.findall(field) or _corners(empty) != _corners(field):
        raise PdfFault("a field was changed between two signatures")


def _require_table(signed: bytes, added: bytes, new: set[int]) -> None:
    """The table of the addition names what was added and nothing else, and goes on from the one before."""
    tables, starts, before = _TABLE.findall(added), _START.findall(added), _START.findall(signed)
    if len(tables) != 1 or len(starts) != 1 or not before:
        raise PdfFault("an addition without a table of its own")
    if int(starts[0]) != len(signed) + added.index(b"xref", 0) or _PREVIOUS.findall(added) != before[-1:]:
        raise PdfFault("an addition that does not go on from what was signed")
    if _ROOT.findall(added) != _ROOT.findall(signed)[-1:]:
        raise PdfFault("another beginning was added between two signatures")
    listed = {
        first + at
        for first, count in ((int(each[0]), int(each[1])) for each in _SECTION.findall(tables[0]))
        for at in range(min(count, len(added)))
    }
    if not listed - {0} <= new:
        raise PdfFault("the table of an addition names what was signed before")


def _corners(body: bytes) -> list[float]:
    numbers = [number for found in _PLACE.findall(body) for number in found.split()]
    if not all(map(_NUMBER.fullmatch, numbers)):
        raise PdfFault("a field without a place")
    return [float(number) for number in numbers]
