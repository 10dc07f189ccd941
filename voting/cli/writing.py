"""Writing several files that belong together: all of them, or none."""

import os
from collections.abc import Mapping
from errno import EEXIST, EISDIR
from pathlib import Path


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put *files* into *folder*, which is made where it is missing; older files of these names are replaced.

    Raises  OSError; then the folder is as it was, and one that was not there is not there.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_all(folder, files)
    except BaseException:
        for each in missing:
            if each.is_dir():
                each.rmdir()
        raise


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        for name, content in files.items():
            _beside(folder, name, "new").write_bytes(content)
        _rename_all(folder, tuple(files))
    except BaseException:
        for name in files:
            _beside(folder, name, "new").unlink(missing_ok=True)
        raise


def _rename_all(folder: Path, names: tuple[str, ...]) -> None:
    """Every new file in the place of the old one, or every old one back in its place."""
    kept: list[str] = []
    done: list[str] = []
    try:
        for name in names:
            place = folder / name
            if place.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(place))
            if place.exists() and not place.is_file():
                # A pipe or a device that somebody has put there is not to become a file.
                raise FileExistsError(EEXIST, os.strerror(EEXIST), str(place))
            if place.exists():
                os.replace(place, _beside(folder, name, "old"))
                kept.append(name)
            os.replace(_beside(folder, name, "new"), place)
            done.append(name)
    except BaseException:
        for name in done:
            (folder / name).unlink()
        for name in kept:
            os.replace(_beside(folder, name, "old"), folder / name)
        raise
    for name in kept:
        _beside(folder, name, "old").unlink()


def _beside(folder: Path, name: str, state: str) -> Path:
    return folder / f".{name}.{state}"
