"""One question about each of many items, shared out among processes while the items are still being laid out.

Where a process can be copied (not on Windows), copies of this one take pieces of the work from a pipe, and so
does this one once it has nothing else to do.  A copy that dies leaves its piece to be done here.
"""

import os
from collections.abc import Callable, Iterator

_NUMBER = 8  # bytes
_PIECE = 2 * _NUMBER

Piece = tuple[int, int]


def cores() -> int:
    """How many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Sharing:
    """Whether *holds* is true of every item that is offered; so many *helpers* look at them at once.

    What *holds* looks at has to be in memory that copies of a process share.
    """

    def __init__(self, holds: Callable[[int], bool], *, helpers: int) -> None:
        self._holds = holds
        self._offered: list[Piece] = []
        self._todo, self._filling = os.pipe()
        self._told, self._telling = os.pipe()
        # What does not fit into the pipe is done here.
        os.set_blocking(self._filling, False)
        self._helpers = [self._copied() for _ in range(helpers if hasattr(os, "fork") else 0)]
        os.close(self._telling)

    def offer(self, start: int, end: int) -> None:
        """The items from *start* to *end* - 1 can be looked at now."""
        self._offered.append((start, end))
        try:
            os.write(self._filling, _packed(start, end))
        except BlockingIOError:
            return

    def first_failing(self) -> int | None:
        """The first item of which it is not true; helps, and waits until all are looked at.  Ask once."""
        os.close(self._filling)
        found = dict(self._work())
        os.close(self._todo)
        found |= self._heard()
        for piece in self._offered:
            failing = found[piece[0]] if piece[0] in found else self._look(piece)
            if failing is not None:
                return failing
        return None

    def _copied(self) -> int:
        pid = os.fork()
        if pid:
            return pid
        try:
            # With the last writer gone, an empty pipe says that everything is taken.
            os.close(self._filling)
            for start, failing in self._work():
                os.write(self._telling, _packed(start, 0 if failing is None else failing + 1))
        finally:
            # Nothing of what the copied process was about to do is to be done twice.
            os._exit(0)

    def _work(self) -> Iterator[tuple[int, int | None]]:
        """Take pieces as long as there are any; where each starts, and the first item that fails in it."""
        while data := os.read(self._todo, _PIECE):
            piece = _unpacked(data)
            yield piece[0], self._look(piece)

    def _look(self, piece: Piece) -> int | None:
        return next((item for item in range(*piece) if not self._holds(item)), None)

    def _heard(self) -> dict[int, int | None]:
        """What the helpers found, once all of them have ended."""
        with os.fdopen(self._told, "rb") as told:
            data = told.read()
        for pid in self._helpers:
            os.waitpid(pid, 0)
        places = range(0, len(data) - _PIECE + 1, _PIECE)
        pairs = (_unpacked(data[place : place + _PIECE]) for place in places)
        return {start: failing - 1 if failing else None for start, failing in pairs}


def _packed(one: int, two: int) -> bytes:
    return one.to_bytes(_NUMBER, "big") + two.to_bytes(_NUMBER, "big")


def _unpacked(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[:_NUMBER], "big"), int.from_bytes(data[_NUMBER:], "big")
