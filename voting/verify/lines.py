"""How a line of a list is read: canonical, an object with exactly the list's members, each of its form."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from operator import lt
from typing import Any, TypeVar

from voting.ledger.canonical import CanonicalFault, decode
from voting.ledger.commitments import CommitmentFault
from voting.ledger.usual import HASH, PLAIN
from voting.verify.bundle import Bundle
from voting.verify.findings import refuted

_T = TypeVar("_T")
# What each line of a text holds, or None.
Usual = Callable[[str], Sequence[_T | None]]
_HASH = re.compile(HASH)
_BLOCK = 256  # lines
_LARGEST_BLOCK = 1_000_000  # bytes


class Misshapen(ValueError):
    """A line that does not hold what it should."""


def read_lines(
    bundle: Bundle, path: str, read: Callable[[bytes], _T], *, number: int, usual: Usual[_T] | None = None
) -> tuple[_T, ...]:
    """What every line of a list holds; whatever is wrong with one refutes, as check *number*, and names it.

    Shape   *usual* knows many lines at once by their bytes; what it does not know is left to *read*.
    Raises  Refuted.
    """
    data = bundle.read(path)
    if data is None:
        raise refuted(number, "missing", path=path)
    *lines, rest = data.split(b"\n")
    if rest:
        raise refuted(number, "line", path=path, line=len(lines) + 1, detail="no line feed at its end")
    found: list[_T] = []
    try:
        for start in range(0, len(lines), _BLOCK):
            block = lines[start : start + _BLOCK]
            for line, known in zip(block, _recognised(block, usual), strict=True):
                found.append(read(line) if known is None else known)
    except (Misshapen, CanonicalFault, CommitmentFault) as fault:
        raise refuted(number, "line", path=path, line=len(found) + 1, detail=str(fault)) from fault
    return tuple(found)


def _recognised(block: Sequence[bytes], usual: Usual[_T] | None) -> Sequence[_T | None]:
    """What is known of each line; None of those for the strict reader, which also says what is wrong."""
    unknown = (None,) * len(block)
    # Lines of any other size are read one by one: together they would take the memory several times.
    if usual is None or sum(map(len, block)) > _LARGEST_BLOCK:
        return unknown
    try:
        return usual(b"\n".join(block).decode())
    except (UnicodeDecodeError, Misshapen, CanonicalFault, CommitmentFault):
        return unknown


def each_line(pattern: str) -> re.Pattern[str]:
    """What matches every line of a text once: its groups hold something in those of this form alone."""
    return re.compile(f"^(?:{pattern}|.*)$", re.MULTILINE)


def require_ascending(keys: Sequence[Any], path: str, *, number: int) -> None:
    """Refuse a list in which something stands twice or before its place.  Raises: Refuted."""
    if all(map(lt, keys, keys[1:])):
        return
    place = next(place for place, (one, two) in enumerate(pairwise(keys), 2) if not one < two)
    raise refuted(number, "line-order", path=path, line=place)


def object_of(line: bytes, members: tuple[str, ...]) -> dict[str, Any]:
    """The object in a line, with exactly these members.  Raises: CanonicalFault, Misshapen."""
    try:
        found = _plain(members)(line.decode())
    except UnicodeDecodeError as fault:
        raise CanonicalFault("not UTF-8") from fault
    if found is not None:
        return found.groupdict()
    value = decode(line)
    if not isinstance(value, dict) or value.keys() != set(members):
        raise Misshapen(f"not an object with exactly {', '.join(members)}")
    return value


@cache
def _plain(members: tuple[str, ...]) -> Callable[[str], re.Match[str] | None]:
    """What recognises the canonical form of an object of strings in which nothing is escaped."""
    pairs = (f'"{name}":"(?P<{name}>{PLAIN})"' for name in sorted(members))
    return re.compile(r"\{" + ",".join(pairs) + r"\}").fullmatch


def text_in(value: object) -> str:
    """A string.  Raises: Misshapen."""
    if not isinstance(value, str):
        raise Misshapen("something is not a string")
    return value


def word_in(value: object, *words: str) -> str:
    """One of these words.  Raises: Misshapen."""
    if value not in words:
        raise Misshapen(f"something is not one of {', '.join(words)}")
    return str(value)


def hash_in(value: object) -> str:
    """A hash in hex.  Raises: Misshapen."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise Misshapen("something is not 64 lowercase hex digits")
    return value


def salt_in(value: object) -> bytes:
    """The 32 bytes of a salt.  Raises: Misshapen."""
    return bytes.fromhex(hash_in(value))
