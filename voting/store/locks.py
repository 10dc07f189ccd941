"""Queues for writers of SQLite: first the threads of this process, then the processes of this host.

SQLite's own busy_timeout sleeps between tries, so under load the last writer waits a second and more;
a lock that wakes the next in line does not.  PostgreSQL has advisory locks and needs none of this.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from weakref import WeakSet


class WriterQueue:
    """One writer at a time over all threads and processes; the same thread may enter again.

    ``with queue.turn():`` holds the only place and waits for it as long as it takes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._begin()
        _QUEUES.add(self)

    def turn(self) -> Self:
        return self

    def __enter__(self) -> None:
        self._thread.acquire()
        try:
            if self._depth == 0:
                if self._file < 0:
                    self._file = _open(self._path)
                fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._thread.release()
            raise
        self._depth += 1

    def __exit__(self, *fault: object) -> None:
        try:
            self._depth -= 1
            if self._depth == 0:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._thread.release()

    def close(self) -> None:
        """Let go of the file; the next turn opens it again."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def _begin(self) -> None:
        self._thread = threading.RLock()
        self._depth = 0

    def _begin_in_child(self) -> None:
        # A lock belongs to the open file.  A forked child that kept the parent's would be in its turn
        # together with it, and would go on holding it where the parent dies.
        self.close()
        self._begin()


_QUEUES: WeakSet[WriterQueue] = WeakSet()


def _begin_in_child() -> None:
    for queue in _QUEUES:
        queue._begin_in_child()


os.register_at_fork(after_in_child=_begin_in_child)


@contextmanager
def shared_file(path: Path, *, exclusively: bool) -> Iterator[None]:
    """Hold *path* together with others, or alone once all of those have left."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if exclusively else fcntl.LOCK_SH)
        yield
    finally:
        # Closing alone would not do: a child forked meanwhile has the file open too.
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
