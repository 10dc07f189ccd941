"""A monitor of transparency logs, written from C2SP tlog-tiles alone: it asks over HTTP and believes nothing.

It shares no code with voting/.
"""

import hashlib
import urllib.error
import urllib.request

from tests.receipt_check import opened


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class LogClient:
    """One log at one prefix.  Shape: *size* is that of the checkpoint last fetched."""

    def __init__(self, prefix: str, vkey: str) -> None:
        self.prefix, self.vkey = prefix, vkey
        self.fetched: dict[str, bytes] = {}
        self.size, self.root = self.checkpoint()

    def checkpoint(self) -> tuple[int, bytes]:
        with urllib.request.urlopen(f"{self.prefix}/checkpoint") as answer:
            assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
            self.note = answer.read()
        _, size, root = opened(self.note, self.vkey)
        return size, root

    def tile(self, level: int | str, number: int) -> bytes:
        """The tile or bundle as it is in a tree of *size*: full, or partial where it is the last."""
        nodes = self.size >> 8 * (0 if level == "entries" else int(level))
        width = min(256, nodes - number * 256)
        path = f"tile/{level}/{place(number)}" + ("" if width == 256 else f".p/{width}")
        if path not in self.fetched:
            with urllib.request.urlopen(f"{self.prefix}/{path}") as answer:
                assert answer.headers["Content-Type"] == "application/octet-stream"
                self.fetched[path] = answer.read()
        content = self.fetched[path]
        assert level == "entries" or len(content) == width * 32
        return content

    def fetch_all(self) -> dict[str, bytes]:
        """Every file of the log at this size."""
        level, nodes = 0, self.size
        while nodes:
            for number in range((nodes + 255) // 256):
                self.tile(level, number)
            level, nodes = level + 1, nodes // 256
        for number in range((self.size + 255) // 256):
            self.tile("entries", number)
        return self.fetched

    def entries(self) -> list[bytes]:
        found = []
        for number in range((self.size + 255) // 256):
            content = self.tile("entries", number)
            while content:
                end = 2 + int.from_bytes(content[:2], "big")
                found.append(content[2:end])
                content = content[end:]
        return found

    def node(self, height: int, index: int) -> bytes:
        """The root of the whole subtree of 2^height leaves that is number *index* of its height."""
        if height % 8 == 0:
            start = index % 256 * 32
            return self.tile(height // 8, index // 256)[start : start + 32]
        return sha(b"\1", self.node(height - 1, 2 * index), self.node(height - 1, 2 * index + 1))

    def hash_of(self, start: int, size: int) -> bytes:
        """MTH(D[start:start + size]) of RFC 6962, where the range is one that a proof can name."""
        if size & (size - 1) == 0:
            height = size.bit_length() - 1
            return self.node(height, start >> height)
        half = 1 << size.bit_length() - 1
        return sha(b"\1", self.hash_of(start, half), self.hash_of(start + half, size - half))

    def inclusion(self, index: int, start: int, size: int) -> list[bytes]:
        """PATH of RFC 6962, 2.1.1, from the leaf up."""
        if size == 1:
            return []
        half = 1 << (size - 1).bit_length() - 1
        if index < half:
            return [*self.inclusion(index, start, half), self.hash_of(start + half, size - half)]
        return [*self.inclusion(index - half, start + half, size - half), self.hash_of(start, half)]

    def consistency(self, old: int) -> list[bytes]:
        """PROOF of RFC 6962, 2.1.2, from a tree of *old* leaves to this one."""
        return self._consistency(old, 0, self.size, whole=True)

    def _consistency(self, old: int, start: int, size: int, *, whole: bool) -> list[bytes]:
        if old == size:
            return [] if whole else [self.hash_of(start, size)]
        half = 1 << (size - 1).bit_length() - 1
        if old <= half:
            rest = self.hash_of(start + half, size - half)
            return [*self._consistency(old, start, half, whole=whole), rest]
        right = self._consistency(old - half, start + half, size - half, whole=False)
        return [*right, self.hash_of(start, half)]


def place(number: int) -> str:
    """067 -> "067"; 1234067 -> "x001/x234/067"."""
    text = f"{number:03d}"
    text = text.zfill((len(text) + 2) // 3 * 3)
    groups = [text[start : start + 3] for start in range(0, len(text), 3)]
    return "/".join([*(f"x{each}" for each in groups[:-1]), groups[-1]])


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code
