"""Where post and fax reach a member: the columns of the roll that the service itself has no use for.

A roll keeps every column (``Member.other``); these are the headings under which offices write addresses.
"""

import re
import unicodedata
from dataclasses import dataclass

from voting.core.members import Member

_POSTCODE = frozenset(("郵便番号", "〒", "郵便", "zip", "zipcode", "postcode", "postalcode"))
_ADDRESS = frozenset(("住所", "住所1", "所在地", "送付先", "送付先住所", "郵送先", "address"))
_BUILDING = frozenset(("住所2", "建物名", "ビル名", "方書"))
_FAX = frozenset(("fax", "fax番号", "ファックス", "ファックス番号", "ファクス", "ファクシミリ"))
_SEVEN = re.compile(r"([0-9]{3})-?([0-9]{4})")
_IN_FRONT = re.compile(r"〒?\s*([0-9０-９]{3}[-‐‑–—−ー－ｰ]?[0-9０-９]{4})\s*([^0-9０-９].*)", re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−ー－ｰ", "-"))


@dataclass(frozen=True, slots=True)
class Postal:
    """Shape: ``postcode`` 000-0000; ``address`` as the roll has it; each empty where it has none."""

    postcode: str = ""
    address: str = ""
    fax: str = ""


def postal(member: Member) -> Postal:
    """What the roll knows.  What is no seven digits is no postcode; an address may begin with one."""
    given = {_heading(name): text.strip() for name, text in member.other}
    address = " ".join(each for each in (_first(given, _ADDRESS), _first(given, _BUILDING)) if each)
    postcode = _postcode(_first(given, _POSTCODE))
    in_front = _IN_FRONT.fullmatch(address)
    if in_front is not None:
        postcode, address = postcode or _postcode(in_front[1]), in_front[2].strip()
    return Postal(postcode, address, _first(given, _FAX))


def _first(given: dict[str, str], names: frozenset[str]) -> str:
    return next((text for name, text in given.items() if name in names and text), "")


def _postcode(text: str) -> str:
    found = _SEVEN.fullmatch(_narrow(text).replace("〒", "").strip())
    return f"{found[1]}-{found[2]}" if found else ""


def _heading(name: str) -> str:
    return re.sub(r"[\s・()]", "", unicodedata.normalize("NFKC", name)).lower()


def _narrow(text: str) -> str:
    """Full-width digits and all kinds of dashes as on a keyboard; for postcodes only, not for addresses."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)
