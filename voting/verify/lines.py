"""How a line of a list is read: canonical, an object with exactly the list's members, each of its form."""

import re
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from operator import lt
from typing import Any, TypeVar

from voting.ledger.canonical import CanonicalFault, decode
from voting.ledger.commitments import CommitmentFault
from voting.ledger.usual import HASH, PLAIN
from voting.verify.blocks import whole_lines
from voting.verify.bundle import Bundle
from voting.verify.findings import refuted

_T = TypeVar("_T")
Row = tuple[Any, ...]
# A column for each thing in lines, and the places of lines that are not in them.
Known = tuple[list[list[Any]], Sequence[int]]
Usual = Callable[[bytes], Known]
_HASH = re.compile(HASH)
_LARGEST_BLOCK = 1_000_000  # bytes


class Misshapen(ValueError):
    """A line that does not hold what it should."""


def read_lines(bundle: Bundle, path: str, read: Callable[[bytes], _T], *, number: int) -> tuple[_T, ...]:
    """What every line of a list holds; whatever is wrong with one refutes, as check *number*, and names it.

    Raises  Refuted.
    """
    found: list[_T] = []
    with _named(path, number, found):
        for block in _blocks(bundle, path, number):
            for line in block.split(b"\n"):
                found.append(read(line))
    return tuple(found)


def read_columns(
    bundle: Bundle, path: str, read: Callable[[bytes], Row], *, number: int, usual: Usual
) -> list[list[Any]]:
    """The same as a column for each thing that *read* finds in a line.

    Shape   *usual* knows many lines at once by their bytes; what it does not know is left to *read*.
    Raises  Refuted.
    """
    found: list[list[Any]] = []
    for block in _blocks(bundle, path, number):
        known = _recognised(block, usual)
        columns, unknown = ([], range(block.count(b"\n") + 1)) if known is None else known
        lines, before = block.split(b"\n") if unknown else [], len(found[0]) if found else 0
        for place in unknown:
            with _named(path, number, range(before + place)):
                row = read(lines[place])
            columns = columns or [[] for _ in row]
            for column, value in zip(columns, row, strict=True):
                column.insert(place, value)
        found = found or [[] for _ in columns]
        for whole, column in zip(found, columns, strict=True):
            whole += column
    return found


def _blocks(bundle: Bundle, path: str, number: int) -> Iterator[bytes]:
    """The lines of a list, as many at once as are read best, without the line feed behind the last."""
    size = bundle.size(path)
    if size is None:
        raise refuted(number, "missing", path=path)
    yield from whole_lines(bundle, path)
    if size and bundle.part(path, size - 1, size) != b"\n":
        line = bundle.part(path, 0, size).count(b"\n") + 1
        raise refuted(number, "line", path=path, line=line, detail="no line feed at its end")


@contextmanager
def _named(path: str, number: int, before: Sized) -> Iterator[None]:
    """Name the line in which something is wrong, by how many stand before it."""
    try:
        yield
    except (Misshapen, CanonicalFault, CommitmentFault) as fault:
        raise refuted(number, "line", path=path, line=len(before) + 1, detail=str(fault)) from fault


def _recognised(block: bytes, usual: Usual) -> Known | None:
    """What is known of the lines; None where the strict reader has to look at each of them."""
    # Lines of any other size are read one by one: together they would take the memory several times.
    if len(block) > _LARGEST_BLOCK:
        return None
    try:
        return usual(block)
    except (UnicodeDecodeError, Misshapen, CanonicalFault, CommitmentFault):
        return None


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
