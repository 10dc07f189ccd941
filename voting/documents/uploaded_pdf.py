"""A PDF that somebody brings: looked into before it is kept, so that every member can open it.

What it says it is does not count, what its bytes are does.  Scripts and programs that start on opening are
refused: gateways of municipalities remove such files without a word.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pikepdf

from voting.core.errors import Refusal

LARGEST = 20_000_000  # bytes; a mail gateway's usual limit, and minutes of waiting on a thin line
_HEAD = b"%PDF-"
_ACTIONS = {"/JavaScript": "pdf-javascript", "/Launch": "pdf-launch"}
_DEEPEST = 100


@dataclass(eq=False)
class PdfUnusable(Refusal):
    """A PDF that members could not open, or should not.  Shape: ``what`` is one of our words."""

    code: ClassVar[str] = "pdf-unusable"
    name: str
    what: str


@dataclass(eq=False)
class PdfTooLarge(Refusal):
    """Units: megabytes."""

    code: ClassVar[str] = "pdf-too-large"
    name: str
    size: str
    largest: int


def page_count(content: bytes, *, name: str) -> int:
    """How many pages the PDF has.

    Raises  PdfTooLarge; PdfUnusable where it is none, damaged, encrypted, or holds what starts by itself.
    """
    if len(content) > LARGEST:
        raise PdfTooLarge(name, f"{len(content) / 1_000_000:.1f}", LARGEST // 1_000_000)
    if not content.startswith(_HEAD):
        raise PdfUnusable(name, "pdf-none")
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            if opened.is_encrypted:
                raise PdfUnusable(name, "pdf-encrypted")
            for each in opened.objects:
                _require_passive(each, name)
            pages = len(opened.pages)
    except pikepdf.PasswordError:
        raise PdfUnusable(name, "pdf-encrypted") from None
    except (pikepdf.PdfError, RecursionError, RuntimeError, ValueError):
        raise PdfUnusable(name, "pdf-damaged") from None
    if pages == 0:
        raise PdfUnusable(name, "pdf-damaged")
    return pages


def pages_of(content: bytes) -> int:
    """How many pages a PDF of our own has."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


def _require_passive(found: Any, name: str, depth: int = 0) -> None:
    """Stop at an action that runs something, in *found* or directly inside it.  Raises: PdfUnusable."""
    if depth > _DEEPEST:
        raise PdfUnusable(name, "pdf-damaged")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        kind = _ACTIONS.get(str(found.get("/S", "")))
        if kind is not None:
            raise PdfUnusable(name, kind)
        if "/JS" in found:
            raise PdfUnusable(name, "pdf-javascript")
        if "/EmbeddedFiles" in found:
            raise PdfUnusable(name, "pdf-attachment")
    for each in _inside(found):
        # What is referred to is an object of its own, and comes by itself.
        if not getattr(each, "is_indirect", False):
            _require_passive(each, name, depth + 1)


def _inside(found: Any) -> Iterator[Any]:
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield from (found[key] for key in found.keys())  # noqa: SIM118 - no mapping, it only looks like one
    elif isinstance(found, pikepdf.Array):
        yield from found
