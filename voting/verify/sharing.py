"""One question about many items, shared out among processes while the items are still being laid out.

Where a process can be copied (not on Windows), copies of this one take pieces of the work from a pipe, and so
does this one once it has nothing else to do.  A copy that dies leaves its piece to be done here.
"""

import os
from collections.abc import Callable, Iterator, Sequence

_NUMBER = 8  # bytes
_PIECE = 2 * _NUMBER
# Room for a hash, less none, as a number.
_ANSWER = 40
_TOLD = _NUMBER + _ANSWER

Piece = tuple[int, int]
Task = Callable[[], int | None]
# No item has so high a number.
_TASKS = 2**62


def cores() -> int:
    """How many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Sharing:
    """Whether every item that is offered holds; so many *helpers* look at them at once.

    Shape   *look* tells the first item that fails, of those from one number to another, less one.  What it
            looks at has to be in memory that copies of a process share.  *tasks* each answer a number or
            None; the first helper has time for them before there is anything to look at.
    """

    def __init__(
        self, look: Callable[[int, int], int | None], *, helpers: int, tasks: Sequence[Task] = ()
    ) -> None:
        self._look, self._tasks = look, tasks
        self._found: dict[int, int | None] = {}
        self._is_over = False
        self._offered: list[Piece] = []
        self._todo, self._filling = os.pipe()
        self._told, self._telling = os.pipe()
        # What does not fit into the pipe is done here.
        os.set_blocking(self._filling, False)
        self._helpers = [self._copied(number) for number in range(helpers if hasattr(os, "fork") else 0)]
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
        while self._hear():
            pass
        os.close(self._told)
        for pid in self._helpers:
            os.waitpid(pid, 0)
        found |= self._found
        for piece in self._offered:
            failing = found[piece[0]] if piece[0] in found else self._look(*piece)
            if failing is not None:
                return failing
        return None

    def answer(self, number: int) -> int | None:
        """What the task of this number answers; waits for whoever is at it."""
        told = _TASKS + number
        while told not in self._found and self._hear():
            pass
        return self._found[told] if told in self._found else self._tasks[number]()

    def _copied(self, helper: int) -> int:
        pid = os.fork()
        if pid:
            return pid
        try:
            # With the last writer gone, an empty pipe says that everything is taken.
            os.close(self._filling)
            for number, task in enumerate(self._tasks if helper == 0 else ()):
                self._tell(_TASKS + number, task())
            for start, failing in self._work():
                self._tell(start, failing)
        finally:
            # Nothing of what the copied process was about to do is to be done twice.
            os._exit(0)

    def _tell(self, start: int, found: int | None) -> None:
        answer = (0 if found is None else found + 1).to_bytes(_ANSWER, "big")
        os.write(self._telling, start.to_bytes(_NUMBER, "big") + answer)

    def _work(self) -> Iterator[tuple[int, int | None]]:
        """Take pieces as long as there are any; where each starts, and the first item that fails in it."""
        while data := os.read(self._todo, _PIECE):
            piece = _unpacked(data)
            yield piece[0], self._look(*piece)

    def _hear(self) -> bool:
        """Take in what the helpers have found since; False once the last of them has ended."""
        data = b"" if self._is_over else os.read(self._told, _TOLD)
        self._is_over = not data
        if len(data) == _TOLD:
            start, found = _unpacked(data)
            self._found[start] = found - 1 if found else None
        return not self._is_over


def _packed(one: int, two: int) -> bytes:
    return one.to_bytes(_NUMBER, "big") + two.to_bytes(_NUMBER, "big")


def _unpacked(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[:_NUMBER], "big"), int.from_bytes(data[_NUMBER:], "big")
