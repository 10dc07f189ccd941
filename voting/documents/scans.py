"""The picture of a paper as it came: what kind of file it is, told by its bytes and never by its name.

The file itself is kept and hashed as it is; only what a browser shows is taken out of it (scan_pictures).
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import ClassVar

from voting.core.errors import Refusal

LARGEST_SCAN = 20 * 2**20  # bytes; a colour page at 300 dpi has one or two millions
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PDF = b"%PDF-"
# Cameras and scanners write a few bytes behind the end of a JPEG.
_TAIL = 4096


class ScanKind(StrEnum):
    """What a scan can be.  Shape: the values are media types."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    PDF = "application/pdf"


@dataclass(eq=False)
class NotAScan(Refusal):
    """Neither a picture that a browser shows nor a PDF, whatever its name says."""

    code: ClassVar[str] = "not-a-scan"


@dataclass(eq=False)
class ScanTooLarge(Refusal):
    """Units: megabytes of 2^20 bytes."""

    code: ClassVar[str] = "scan-too-large"
    most: int


@dataclass(eq=False)
class ScanUnreadable(Refusal):
    """The file begins like a scan and cannot be shown: cut off, without a page, or locked by a password."""

    code: ClassVar[str] = "scan-unreadable"


def scan_kind(content: bytes) -> ScanKind:
    """Raises: NotAScan, ScanTooLarge, ScanUnreadable."""
    if len(content) > LARGEST_SCAN:
        raise ScanTooLarge(LARGEST_SCAN // 2**20)
    kind = _kind(content)
    if kind is None:
        raise NotAScan
    if not _is_whole(content, kind):
        raise ScanUnreadable
    return kind


def known_kind(content: bytes) -> ScanKind | None:
    """The kind of a file that is kept already; None for one from before kinds were asked for."""
    return _kind(content)


def _kind(content: bytes) -> ScanKind | None:
    if content.startswith(_PNG):
        return ScanKind.PNG
    if content.startswith(_JPEG):
        return ScanKind.JPEG
    return ScanKind.PDF if content.startswith(_PDF) else None


def _is_whole(content: bytes, kind: ScanKind) -> bool:
    if kind is ScanKind.PNG:
        return content.endswith(_PNG_END)
    if kind is ScanKind.JPEG:
        return _JPEG_END in content[-_TAIL:]
    return _opens(content)


def _opens(content: bytes) -> bool:
    # Only here: whoever logs a photograph does not wait for the library of PDFs.
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return not pdf.is_encrypted and len(pdf.pages) > 0
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return False
