"""Where post and fax reach a member: columns of the roll that are kept under the headings of the office.

A roll keeps every column (``Member.other``); these are the headings under which offices write addresses.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from voting.core.members import Member

# Field -> the headings that mean it, folded; the first, as it is printed, stands where we write it ourselves.
_HEADINGS = {
    "postcode": ("郵便番号", "〒", "郵便", "zip", "zipcode", "postcode", "postalcode"),
    "address": ("住所", "住所1", "所在地", "送付先", "送付先住所", "郵送先", "address"),
    "building": ("住所2", "建物名", "ビル名", "方書"),
    "fax": ("fax番号", "fax", "ファックス", "ファックス番号", "ファクス", "ファクシミリ"),
}
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
    """What the roll knows.  What is no seven digits is no postcode; an address may begin with one."""
    given: dict[str, str] = {}
    for heading, text in member.other:
        if text.strip():
            given.setdefault(postal_field(heading), text.strip())
    address = " ".join(given[each] for each in ("address", "building") if each in given)
    postcode = postcode_of(given.get("postcode", ""))
    in_front = _IN_FRONT.fullmatch(address)
    if in_front is not None:
        postcode, address = postcode or postcode_of(in_front[1]), in_front[2].strip()
    return Postal(postcode, address, given.get("fax", ""))


@lru_cache(maxsize=1000)
def postal_field(heading: str) -> str:
    """Which of postcode, address, building and fax a heading means; empty for any other."""
    folded = re.sub(r"[\s・()]", "", unicodedata.normalize("NFKC", heading)).lower()
    return _FIELD_OF.get(folded, "")


def heading_of(field: str, written: str = "") -> str:
    """The heading under which a column of *field* is kept: its own where that says it, else the usual one."""
    if written and postal_field(written) == field:
        return written
    return _HEADINGS[field][0].upper() if field == "fax" else _HEADINGS[field][0]


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

    Shape   *columns*: fields that the list has a column for.
    """
    brought = set(columns)
    kept = frozenset().union(*(whole for whole in _WHOLE if not whole & brought))
    return (*after, *(pair for pair in before if postal_field(pair[0]) in kept))


def postcode_of(text: str) -> str:
    """000-0000, however the seven digits are typed; empty for anything else."""
    found = _SEVEN.fullmatch(_narrow(text).replace("〒", "").strip())
    return f"{found[1]}-{found[2]}" if found else ""


def _replaced(other: Others, whole: frozenset[str], new: Iterable[tuple[str, str]]) -> Others:
    rest = [pair for pair in other if postal_field(pair[0]) not in whole]
    at = next((place for place, pair in enumerate(other) if postal_field(pair[0]) in whole), len(other))
    return (*rest[:at], *((heading_of(field), text) for field, text in new if text), *rest[at:])


def _narrow(text: str) -> str:
    """Full-width digits and all kinds of dashes as on a keyboard; for postcodes only, not for addresses."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)
