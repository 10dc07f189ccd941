"""The anchor: the last signed checkpoint of each ledger, in a file outside the database.

It is what a restored backup cannot turn back.  An anchor must exist before the ledger is used; a
missing one is an error, never a fresh start.  Source: ledger L4.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from voting.core.errors import Broken, Refusal


@dataclass(eq=False)
class AnchorMissing(Refusal):
    """The anchor's file is not there: another volume not mounted, or a wrong folder configured."""

    code: ClassVar[str] = "anchor-missing"
    origin: str
    folder: str


class Anchors:
    """All anchors of one host, a file each, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, origin: str) -> None:
        """Make the empty anchor of a new ledger.  Raises: Broken where there is one already."""
        try:
            handle = os.open(self._path(origin), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Broken(f"there is an anchor of {origin} already: a name is never used twice") from None
        os.fsync(handle)
        os.close(handle)
        self._sync_folder()

    def read(self, origin: str) -> bytes:
        """The checkpoint note last swapped in; empty where nothing was signed yet."""
        try:
            return self._path(origin).read_bytes()
        except FileNotFoundError:
            raise AnchorMissing(origin, str(self._folder)) from None

    def swap(self, origin: str, note: bytes) -> None:
        """Put *note* in the place of the present one, durable before this returns.

        Raises  AnchorMissing where there is no present one: the volume may have gone meanwhile.
        """
        path = self._path(origin)
        if not path.exists():
            raise AnchorMissing(origin, str(self._folder))
        fresh = path.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, note)
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(fresh, path)
        self._sync_folder()

    def _path(self, origin: str) -> Path:
        return self._folder / (quote(origin, safe="") + ".checkpoint")

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
