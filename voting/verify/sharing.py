"""One question about each of many items, shared out among processes.

Where a process can be copied (not on Windows), copies of this one take pieces of the work from a pipe, and so
does this one once it has nothing else to do.  A copy that dies leaves its pieces to be done here.
"""

import os
from collections.abc import Callable, Iterator

_PIECES = 1000  # at most; the numbers of all of them fit into a pipe that nobody reads yet
_NUMBER, _ITEM = 2, 8  # bytes


def cores() -> int:
    """How many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Sharing:
    """Whether *holds* is true of each item from 0 to *size* - 1; *helpers* begin with it at once."""

    def __init__(self, holds: Callable[[int], bool], size: int, *, helpers: int) -> None:
        self._holds, self._size = holds, size
        self._length = -(-size // _PIECES) or 1
        self._pieces = -(-size // self._length)
        self._todo, filling = os.pipe()
        os.write(filling, b"".join(piece.to_bytes(_NUMBER, "big") for piece in range(self._pieces)))
        # With the last writer gone, an empty pipe says that everything is taken.
        os.close(filling)
        self._told, self._telling = os.pipe()
        self._helpers = [self._copied() for _ in range(helpers if hasattr(os, "fork") else 0)]
        os.close(self._telling)

    def first_failing(self) -> int | None:
        """The first item of which it is not true; helps, and waits until all are looked at.  Ask once."""
        found = dict(self._work())
        os.close(self._todo)
        found |= self._heard()
        for piece in range(self._pieces):
            # A helper that died has not told of the piece it was at.
            failing = found[piece] if piece in found else self._look(piece)
            if failing is not None:
                return failing
        return None

    def _copied(self) -> int:
        pid = os.fork()
        if pid:
            return pid
        try:
            for piece, failing in self._work():
                item = self._size if failing is None else failing
                os.write(self._telling, piece.to_bytes(_NUMBER, "big") + item.to_bytes(_ITEM, "big"))
        finally:
            # Nothing of what the copied process was about to do is to be done twice.
            os._exit(0)

    def _work(self) -> Iterator[tuple[int, int | None]]:
        """Take pieces as long as there are any; what was found in each."""
        while number := os.read(self._todo, _NUMBER):
            piece = int.from_bytes(number, "big")
            yield piece, self._look(piece)

    def _look(self, piece: int) -> int | None:
        items = range(piece * self._length, min((piece + 1) * self._length, self._size))
        return next((item for item in items if not self._holds(item)), None)

    def _heard(self) -> dict[int, int | None]:
        """What the helpers found, once all of them have ended."""
        with os.fdopen(self._told, "rb") as told:
            data = told.read()
        for pid in self._helpers:
            os.waitpid(pid, 0)
        found: dict[int, int | None] = {}
        for start in range(0, len(data) - _NUMBER - _ITEM + 1, _NUMBER + _ITEM):
            item = int.from_bytes(data[start + _NUMBER : start + _NUMBER + _ITEM], "big")
            piece = int.from_bytes(data[start : start + _NUMBER], "big")
            found[piece] = None if item == self._size else item
        return found
