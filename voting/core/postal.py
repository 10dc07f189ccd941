"""Where post and fax reach a member: columns of the roll that are kept under the headings of the office.

A roll keeps every column (``Member.other``); these are the headings under which offices write addresses.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from voting.core.members import Member

# Field -> the headings that mean it, folded.  Of several that are filled the first one here is meant: a list
# that tells where to send from where the office stands has a reason to.
_HEADINGS = {
    "postcode": ("郵便番号", "〒", "郵便", "zip", "zipcode", "postcode", "postalcode"),
    "address": ("送付先住所", "送付先", "郵送先", "住所", "住所1", "所在地", "address"),
    "building": ("住所2", "建物名", "ビル名", "方書"),
    "fax": ("fax番号", "fax", "ファックス", "ファックス番号", "ファクス", "ファクシミリ"),
}
# Under which a field is kept that had no heading so far.
_OURS = {"postcode": "郵便番号", "address": "住所", "building": "住所2", "fax": "FAX番号"}
_FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
FIELDS = ("postcode", "address", "fax")
# An address is one thing in three columns: who brings one of them anew brings the whole of it.
_WHOLE = (frozenset({"postcode", "address", "building"}), frozenset({"fax"}))
_SEVEN = re.compile(r"([0-9]{3})-?([0-9]{4})")
_IN_FRONT = re.compile(r"〒?\s*([0-9０-９]{3}[-‐‑–—−ー－ｰ]?[0-9０-９]{4})\s*([^0-9０-９].*)", re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−ー－ｰ", "-"))

Others = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Postal:
    """Shape: ``postcode`` 000-0000; ``address`` as the roll has it; each empty where it has none."""

    postcode: str = ""
    address: str = ""
    fax: str = ""


def postal(member: Member) -> Postal:
    """What the roll knows.

    Ties    what is no seven digits is no postcode; one that an address itself begins with is that address's,
            whatever stands in a column of its own.
    """
    meant = {field: member.other[at][1].strip() for field, at in _meant(member.other).items()}
    address = " ".join(meant[each] for each in ("address", "building") if each in meant)
    postcode = postcode_of(meant.get("postcode", ""))
    in_front = _IN_FRONT.fullmatch(address)
    if in_front is not None:
        postcode, address = postcode_of(in_front[1]), in_front[2].strip()
    elif postcode_of(address):
        postcode, address = postcode_of(address), ""
    return Postal(postcode, address, meant.get("fax", ""))


def beside_postal(member: Member) -> Others:
    """The other columns that ``postal`` makes no use of: among them a second address, or a second number."""
    used = set(_meant(member.other).values())
    return tuple(pair for at, pair in enumerate(member.other) if at not in used)


def postal_field(heading: str) -> str:
    """Which of postcode, address, building and fax a heading means; empty for any other."""
    return _FIELD_OF.get(_folded(heading), "")


def heading_of(field: str, written: str = "") -> str:
    """The heading under which a column of *field* is kept: its own where that says it, else the usual one."""
    if written and postal_field(written) == field:
        return written
    return _OURS[field]


def with_postal(member: Member, wanted: Postal) -> Member:
    """*member* reached as *wanted* says; what it says already stays under the headings it came with."""
    known, other = postal(member), member.other
    if (wanted.postcode, wanted.address) != (known.postcode, known.address):
        new = (("postcode", wanted.postcode), ("address", wanted.address))
        other = _replaced(other, _WHOLE[0], new)
    if wanted.fax != known.fax:
        other = _replaced(other, _WHOLE[1], (("fax", wanted.fax),))
    return replace(member, other=other)


def kept_postal(before: Others, after: Others, columns: Iterable[str]) -> Others:
    """*after*, and of *before* the address or the FAX of which a list has no column at all.

    A list that has the postcode alone, or the address alone, says nothing against the rest as long as it says
    the same as before, or nothing.
    Shape   *columns*: fields that the list has a column for.
    """
    brought = set(columns)
    kept: set[str] = set()
    for whole in _WHOLE:
        there = whole & brought
        said = _said(after, there)
        if not said or said == _said(before, there):
            kept |= whole - there
    return (*after, *(pair for pair in before if postal_field(pair[0]) in kept))


def _said(other: Others, fields: Collection[str]) -> list[tuple[str, str]]:
    """What is said of *fields*, whatever the headings and however a postcode is typed."""
    found = ((postal_field(heading), text.strip()) for heading, text in other)
    return sorted((field, postcode_of(text) or text) for field, text in found if field in fields and text)


def postcode_of(text: str) -> str:
    """000-0000, however the seven digits are typed; empty for anything else."""
    found = _SEVEN.fullmatch(_narrow(text).replace("〒", "").strip())
    return f"{found[1]}-{found[2]}" if found else ""


def _meant(other: Others) -> dict[str, int]:
    """Field -> the place of the column that is meant by it, of those that are filled."""
    found: dict[str, tuple[int, int]] = {}
    for at, (heading, text) in enumerate(other):
        field = postal_field(heading)
        if field and text.strip():
            rank = _HEADINGS[field].index(_folded(heading))
            found[field] = min(found.get(field, (rank, at)), (rank, at))
    return {field: at for field, (_, at) in found.items()}


def _replaced(other: Others, whole: frozenset[str], new: Iterable[tuple[str, str]]) -> Others:
    """*other* with the columns that are meant by *whole* written anew, under the headings that they have."""
    meant = {field: at for field, at in _meant(other).items() if field in whole}
    first = min(meant.values(), default=len(other))
    written = [(other[meant[each]][0] if each in meant else _OURS[each], text) for each, text in new if text]
    kept = [(at, pair) for at, pair in enumerate(other) if at not in meant.values()]
    before = [pair for at, pair in kept if at < first]
    return (*before, *written, *(pair for at, pair in kept if at >= first))


@lru_cache(maxsize=1000)
def _folded(heading: str) -> str:
    return re.sub(r"[\s・()]", "", unicodedata.normalize("NFKC", heading)).lower()


def _narrow(text: str) -> str:
    """Full-width digits and all kinds of dashes as on a keyboard; for postcodes only, not for addresses."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)
