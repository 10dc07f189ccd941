"""Keys, signatures and messages of many votes, in memory that copies of this process see as well."""

from collections.abc import Sequence
from functools import lru_cache
from mmap import mmap
from struct import Struct

from voting.ledger.commitments import cast_message
from voting.ledger.ed25519 import KEY_BYTES, SIGNATURE_BYTES, Opens
from voting.ledger.merkle import HASH_BYTES


class LaidOut:
    """Room for the votes of a log, numbered from 0 on.  Shape: *most* is how many there can be."""

    def __init__(self, origin: str, *, most: int) -> None:
        # What stands before and after the commitment in a message.
        message = cast_message(origin, bytes(HASH_BYTES)).decode()
        self._label, self._end = message.split("0" * 2 * HASH_BYTES)
        self._sizes = KEY_BYTES, SIGNATURE_BYTES, len(message.encode())
        self._records = mmap(-1, max(most, 1) * sum(self._sizes))

    def put(
        self, start: int, keys: Sequence[bytes], signatures: Sequence[bytes], commitments: Sequence[str]
    ) -> None:
        """Lay out the votes from number *start* on, as many as there are keys."""
        between = f"{self._end}{self._label}"
        messages = f"{self._label}{between.join(commitments)}{self._end}".encode()
        end = start + len(keys)
        self._records[self._place(start) : self._place(end)] = b"".join((*keys, *signatures, messages))

    def first_unsigned(self, start: int, end: int, opens: Opens) -> int | None:
        """The first of the votes from number *start* to *end* - 1, which were laid out together, that its key
        has not signed."""
        number = end - start
        found = _columns(number, self._sizes).unpack(self._records[self._place(start) : self._place(end)])
        keys, signatures, messages = found[:number], found[number:-number], found[-number:]
        for item, key, signature, message in zip(range(start, end), keys, signatures, messages, strict=True):
            if not opens(key, signature + message):
                return item
        return None

    def _place(self, number: int) -> int:
        return number * sum(self._sizes)


@lru_cache(maxsize=16)
def _columns(number: int, sizes: Sequence[int]) -> Struct:
    """So many keys, then as many signatures, then as many messages."""
    return Struct("".join(f"{size}s" * number for size in sizes))
