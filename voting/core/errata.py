"""Errata (正誤表): what was misprinted in a paper that members have had since the freeze.

An erratum changes no paper: what was fixed stays as it was, and every member is told what to read instead.
Whatever changes the substance of a motion is no erratum; the motion is withdrawn and put again.
Source: product.md, domain.md 8.1 #29.
"""

from dataclasses import dataclass
from datetime import date

from voting.core.motions import DocumentRef


@dataclass(frozen=True, slots=True)
class Erratum:
    """One misprint.  Shape: ``motion`` None for a paper of no one motion; ``place`` as 3ページ12行目."""

    motion: int | None
    document: DocumentRef
    place: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Errata:
    """One list, as it is sent.  Shape: ``number`` and ``dated`` are empty where the letterhead's count."""

    rows: tuple[Erratum, ...]
    reason: str = ""
    number: str = ""
    dated: date | None = None
