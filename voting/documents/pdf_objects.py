"""Objects of a PDF as they stand in the file, for reportlab to number and put in their places.

reportlab's own streams end in a way that an archive does not accept.  Source: ISO 19005-2, 6.1.7.1.
"""

import zlib

from reportlab.pdfbase import pdfdoc


def string(text: str) -> str:
    """*text* as a string of the file: UTF-16 in hex digits, so that no character needs an escape."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class Raw(pdfdoc.PDFObject):
    """An object as it stands in the file."""

    def __init__(self, content: str = "") -> None:
        self.content = content

    def format(self, document: object) -> bytes:
        return self.content.encode("ascii")


class Stream(pdfdoc.PDFObject):
    """A stream as it stands in the file."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, head: str = "", *, packed: bool = True) -> None:
        self._content = zlib.compress(content) if packed else content
        self._head = f"{head} /Filter /FlateDecode" if packed else head

    def format(self, document: object) -> bytes:
        head = f"<< {self._head} /Length {len(self._content)} >>\nstream\n"
        # After content that ends with CR a line feed alone would be read as one end of line with it.
        end = b"\r\n" if self._content.endswith(b"\r") else b"\n"
        return head.encode("ascii") + self._content + end + b"endstream"
