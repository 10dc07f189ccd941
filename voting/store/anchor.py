"""The anchor: the last signed checkpoint of each ledger, in a file outside the database.

It is what a restored backup cannot turn back.  An anchor must exist before the ledger is used; a
missing one is an error, never a fresh start.  Source: ledger L4.

A file has two slots of text, written in turn and in place: a power cut while one is written leaves the
other, which is the checkpoint before.  Writing in place costs one flush; a new file under a new name
would cost two and a rename, on the path of every ballot.
"""

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from voting.core.errors import Broken, Refusal

_SLOT = 4096  # bytes: a block of the disk each, so that one torn block spoils one slot only
_FILE = 2 * _SLOT
_PAD = b"\n"
# What a slot says it holds: which swap it was, the length of the note, and the digest that proves it.
_HEAD = re.compile(rb"([0-9]{1,18}) ([0-9]{1,4}) ([0-9a-f]{64})\n")


@dataclass(eq=False)
class AnchorMissing(Refusal):
    """The anchor's file is not there: another volume not mounted, or a wrong folder configured."""

    code: ClassVar[str] = "anchor-missing"
    origin: str
    folder: str


@dataclass(frozen=True, slots=True)
class _Slot:
    """What one half of the file holds.  ``turn`` counts the swaps."""

    turn: int
    note: bytes

    def to_bytes(self) -> bytes:
        text = b"%d %d %s\n%s" % (self.turn, len(self.note), self.digest(), self.note)
        if len(text) > _SLOT:
            raise Broken(f"a checkpoint of {len(self.note)} bytes does not fit into an anchor")
        return text.ljust(_SLOT, _PAD)

    def digest(self) -> bytes:
        # Over the turn too: a write torn behind it would make an old note the newest.
        return sha256(b"%d\n%s" % (self.turn, self.note)).hexdigest().encode()


class _File:
    """The file of one anchor, kept open, and what was last read of it.

    Every reading asks the file anew; what its bytes say is worked out once as long as they stay the same.
    """

    def __init__(self, path: str) -> None:
        self._handle = os.open(path, os.O_RDWR)
        self._status = os.fstat(self._handle)
        self._seen: tuple[bytes, _Slot] | None = None

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            os.close(self._handle)

    def is_at(self, path: str) -> bool:
        """Whether *path* leads here still.  Raises: FileNotFoundError."""
        return os.path.samestat(os.stat(path), self._status)

    def newest(self, origin: str) -> _Slot:
        """Raises: Broken where neither slot is whole."""
        content, seen = os.pread(self._handle, _FILE, 0), self._seen
        if seen is None or seen[0] != content:
            self._seen = seen = (content, _newest(origin, content))
        return seen[1]

    def put(self, slot: _Slot) -> None:
        """Write *slot* where the one before the newest stands, durably."""
        os.pwrite(self._handle, slot.to_bytes(), (slot.turn % 2) * _SLOT)
        os.fdatasync(self._handle)


class _Place:
    """Where the anchor of one ledger is, and the file that was last found there."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file: _File | None = None

    def file(self) -> _File:
        """The file that is there now: another volume mounted there is another anchor.

        Raises  FileNotFoundError.
        """
        file = self._file
        if file is None or not file.is_at(self.path):
            file = self._file = _File(self.path)
        return file


class Anchors:
    """All anchors of one host, a file each, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, _Place] = {}

    def create(self, origin: str) -> None:
        """Make the empty anchor of a new ledger.  Raises: Broken where there is one already."""
        try:
            handle = os.open(self._path(origin), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Broken(f"there is an anchor of {origin} already: a name is never used twice") from None
        _write(handle, _Slot(0, b"").to_bytes() * 2)
        self._flush_folder()

    def read(self, origin: str) -> bytes:
        """The checkpoint note last swapped in; empty where nothing was signed yet.

        Raises  AnchorMissing; Broken where neither slot is whole.
        """
        return self._file(origin).newest(origin).note

    def swap(self, origin: str, note: bytes) -> None:
        """Put *note* in the place of the present one, durable before this returns.

        The caller holds the ledger's promise turn: nobody else swaps meanwhile.
        """
        file = self._file(origin)
        file.put(_Slot(file.newest(origin).turn + 1, note))

    def keep_lost(self, origin: str, note: bytes) -> None:
        """Keep *note* for ever: a promise that the restored store cannot keep is proof of it.

        It has a file of its own beside the anchor, named by its content: keeping it again changes nothing.
        """
        name = f"{self._path(origin)}.{sha256(note).hexdigest()}.lost"
        _write(os.open(f"{name}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), note)
        os.replace(f"{name}.new", name)
        self._flush_folder()

    def renew(self, origin: str) -> None:
        """Make an empty anchor in the place of one that is lost or cannot be used; that one's file is kept.

        For ``services.rollback`` alone: whoever does this lightly forgets what was promised.
        """
        path = self._path(origin)
        if os.path.exists(path):
            with open(path, "rb") as file:
                digest = sha256(file.read()).hexdigest()
            os.replace(path, f"{path}.{digest}.unusable")
        self.create(origin)

    def _flush_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _file(self, origin: str) -> _File:
        try:
            return self._place(origin).file()
        except FileNotFoundError:
            raise AnchorMissing(origin, str(self._folder)) from None

    def _path(self, origin: str) -> str:
        return self._place(origin).path

    def _place(self, origin: str) -> _Place:
        found = self._paths.get(origin)
        if found is None:
            found = _Place(os.path.join(self._folder, quote(origin, safe="") + ".checkpoint"))
            self._paths[origin] = found
        return found


def _write(handle: int, content: bytes) -> None:
    """Write to a new file, durably, and close it."""
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def _newest(origin: str, content: bytes) -> _Slot:
    claimed = [found for start in (0, _SLOT) if (found := _HEAD.match(content, start))]
    # The newest first: that it is whole decides, whatever the other one is.
    for found in sorted(claimed, key=_turn, reverse=True):
        note = content[found.end() : found.end() + int(found[2])]
        slot = _Slot(_turn(found), note)
        if slot.digest() == found[3]:
            return slot
    raise Broken(f"the anchor of {origin} cannot be read")


def _turn(head: re.Match[bytes]) -> int:
    return int(head[1])
