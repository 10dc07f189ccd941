"""One question about many items, shared out among processes while the items are still being laid out.

Where a process can be copied (not on Windows), copies of this one take pieces of the work from a pipe, and so
does this one once it has nothing else to do.  A copy that dies leaves its piece to be done here.
"""

import os
from collections.abc import Callable, Iterator, Sequence

_NUMBER = 8  # bytes
_PIECE = 2 * _NUMBER
_ANSWER = 40  # bytes: room for a hash as a number

Piece = tuple[int, int]
Task = Callable[[], int | None]


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
        self._answers: list[int | None] = []
        self._offered: list[Piece] = []
        self._todo, self._filling = os.pipe()
        self._told, self._telling = os.pipe()
        # What does not fit into the pipe is done here.
        os.set_blocking(self._filling, False)
        helpers = helpers if hasattr(os, "fork") else 0
        self._answered, self._answering = os.pipe()
        self._helpers = [self._copied(tasks)] if helpers else []
        # Nobody else has it open: when the first helper dies, nothing waits for its answers.
        os.close(self._answering)
        self._helpers += [self._copied(()) for _ in range(helpers - 1)]
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
            failing = found[piece[0]] if piece[0] in found else self._look(*piece)
            if failing is not None:
                return failing
        return None

    def answer(self, number: int) -> int | None:
        """What the task of this number answers; waits for the first helper while it is at it."""
        self._listen(number + 1)
        return self._answers[number] if number < len(self._answers) else self._tasks[number]()

    def _listen(self, wanted: int) -> None:
        """Take in the first so many answers, as far as there are any."""
        while self._helpers and len(self._answers) < wanted and (data := os.read(self._answered, _ANSWER)):
            found = int.from_bytes(data, "big")
            self._answers.append(found - 1 if found else None)

    def _copied(self, tasks: Sequence[Task]) -> int:
        pid = os.fork()
        if pid:
            return pid
        try:
            # With the last writer gone, an empty pipe says that everything is taken.
            os.close(self._filling)
            for task in tasks:
                answer = task()
                os.write(self._answering, (0 if answer is None else answer + 1).to_bytes(_ANSWER, "big"))
            for start, failing in self._work():
                self._tell(start, failing)
        finally:
            # Nothing of what the copied process was about to do is to be done twice.
            os._exit(0)

    def _tell(self, start: int, found: int | None) -> None:
        os.write(self._telling, _packed(start, 0 if found is None else found + 1))

    def _work(self) -> Iterator[tuple[int, int | None]]:
        """Take pieces as long as there are any; where each starts, and the first item that fails in it."""
        while data := os.read(self._todo, _PIECE):
            piece = _unpacked(data)
            yield piece[0], self._look(*piece)

    def _heard(self) -> dict[int, int | None]:
        """What the helpers found, once all of them have ended."""
        with os.fdopen(self._told, "rb") as told:
            data = told.read()
        self._listen(len(self._tasks))
        os.close(self._answered)
        for pid in self._helpers:
            os.waitpid(pid, 0)
        self._helpers.clear()
        places = range(0, len(data) - _PIECE + 1, _PIECE)
        pairs = (_unpacked(data[place : place + _PIECE]) for place in places)
        return {start: failing - 1 if failing else None for start, failing in pairs}


def _packed(one: int, two: int) -> bytes:
    return one.to_bytes(_NUMBER, "big") + two.to_bytes(_NUMBER, "big")


def _unpacked(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[:_NUMBER], "big"), int.from_bytes(data[_NUMBER:], "big")
