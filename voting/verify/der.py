"""As much of DER (X.690) as a signature needs: nested values with definite lengths, read strictly."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTETS, OID, SEQUENCE, SET, GENERALIZED_TIME = 0x02, 0x04, 0x06, 0x30, 0x31, 0x18


class DerFault(ValueError):
    """Bytes are not the DER that was expected."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its tag byte, its content, and both with the length as they stood."""

    tag: int
    content: bytes
    whole: bytes

    def values(self) -> tuple["Value", ...]:
        """What a constructed value is made of."""
        if not self.tag & 0x20:
            raise DerFault("a value that is not made of others")
        return tuple(_values(self.content))

    def require(self, tag: int) -> "Value":
        """The value itself.  Raises: DerFault for another tag."""
        if self.tag != tag:
            raise DerFault(f"a value of tag {self.tag:#x} where {tag:#x} should be")
        return self

    def oid(self) -> str:
        """An object identifier in dots."""
        numbers, number = [], 0
        for byte in self.require(OID).content:
            number = number << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(number)
                number = 0
        if not numbers:
            raise DerFault("an empty object identifier")
        first = min(numbers[0] // 40, 2)
        return ".".join(str(each) for each in (first, numbers[0] - 40 * first, *numbers[1:]))

    def integer(self) -> int:
        return int.from_bytes(self.require(INTEGER).content, "big", signed=True)


def read(data: bytes, *, padded: bool = False) -> Value:
    """The one value in *data*; *padded* allows zero bytes after it.  Raises: DerFault."""
    value = _first(data)
    rest = data[len(value.whole) :]
    if rest and not (padded and not rest.strip(b"\0")):
        raise DerFault("something stands after the value")
    return value


def _values(data: bytes) -> Iterator[Value]:
    place = 0
    while place < len(data):
        value = _first(data[place:])
        yield value
        place += len(value.whole)


def _first(data: bytes) -> Value:
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise DerFault("cut off, or a tag of several bytes")
    length, head = data[1], 2
    if length & 0x80:
        size = length & 0x7F
        length, head = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
        if not 1 <= size <= 4 or length < 0x80:
            raise DerFault("a length that is not in its shortest form")
    if head + length > len(data):
        raise DerFault("cut off")
    return Value(data[0], data[head : head + length], data[: head + length])
