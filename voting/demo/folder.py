"""The folder that the demonstration fills: empty before, and empty again where nothing came of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from voting.core.errors import Refusal


@dataclass(eq=False)
class FolderInUse(Refusal):
    """The demonstration wants a folder of its own, empty or not there yet."""

    code: ClassVar[str] = "folder-in-use"
    folder: str


def require_empty(folder: Path) -> None:
    """Raises: FolderInUse."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(str(folder))


@contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """Leave *folder* as it was where what is done inside ends early, by a fault or by Ctrl-C.

    Half of an assembly is of no use to anybody, and its folder would be refused the next time.
    Raises  FolderInUse, before anything is done.
    """
    require_empty(folder)
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        yield
    except BaseException:
        if folder.is_dir():
            _empty(folder)
        for each in missing:
            if each.is_dir():
                each.rmdir()
        raise


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
