"""The zip of an audit bundle: one way to write it, so that the same files are the same bytes everywhere.

Stored, dated 1980-01-01, made by Unix 2.0, needs 2.0, mode 0100644; no flags, extra fields, comments,
directories, data descriptors or zip64.  The reader builds the same headers and compares.
Source  docs/ledger-format.md, L8; PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16.
"""

import struct
import zlib
from collections.abc import Mapping

MANIFEST = "BUNDLE.json"
MANIFEST_NOTE = "BUNDLE.note"
# The end record counts in 16 bits, and its highest value means zip64, which is not used.
MOST_FILES = 2**16 - 2
LARGEST_FILE = 2 * 2**30
LARGEST_BUNDLE = 3 * 2**30

LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_NEEDS = 20
_MADE_BY = 3 << 8 | 20
_DATE = 1 << 5 | 1
_MODE = 0o100644 << 16


class BundleTooLarge(ValueError):
    """More or larger files than a bundle may have.  Units: *size* in bytes."""

    def __init__(self, files: int, size: int) -> None:
        super().__init__(f"{files} files, {size} bytes")
        self.files, self.size = files, size


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """The bundle's bytes.

    Order   BUNDLE.json, BUNDLE.note, then by the bytes of the path.
    Raises  BundleTooLarge; UnicodeEncodeError for a path that is not ASCII.
    """
    if len(files) > MOST_FILES or any(len(data) > LARGEST_FILE for data in files.values()):
        raise BundleTooLarge(len(files), sum(map(len, files.values())))
    parts, directory, offset = [], [], 0
    for path in in_order(files):
        data, crc = files[path], zlib.crc32(files[path])
        parts += [local_header(path, crc, len(data)), data]
        directory.append(central_header(path, crc, len(data), offset))
        offset += len(parts[-2]) + len(data)
    central = b"".join(directory)
    if offset + len(central) + END.size > LARGEST_BUNDLE:
        raise BundleTooLarge(len(files), offset)
    return b"".join((*parts, central, end_record(len(files), len(central), offset)))


def in_order(paths: Mapping[str, object]) -> list[str]:
    """The paths in the one order that a bundle has."""
    return sorted(paths, key=lambda path: (path != MANIFEST, path != MANIFEST_NOTE, path.encode()))


def local_header(path: str, crc: int, size: int) -> bytes:
    """What stands before a file's content."""
    name = path.encode("ascii")
    return LOCAL.pack(b"PK\3\4", _NEEDS, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name


def central_header(path: str, crc: int, size: int, offset: int) -> bytes:
    """A file's line in the directory; *offset* is where its local header begins."""
    name = path.encode("ascii")
    head = (b"PK\1\2", _MADE_BY, _NEEDS, 0, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, _MODE)
    return CENTRAL.pack(*head, offset) + name


def end_record(files: int, size: int, offset: int) -> bytes:
    """The end: the number of files, and the size and place of the directory."""
    return END.pack(b"PK\5\6", 0, 0, files, files, size, offset, 0)
