"""The text of a motion as typed: a paper like the others, fixed by its digest and given out with them."""

from dataclasses import dataclass, replace
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.motions import DocumentRef, Motion
from voting.store import assemblies
from voting.store.transaction import Transaction

TEXT_NAME = "議案本文.txt"
LONGEST_TEXT = 20_000


@dataclass(eq=False)
class TextTooLong(Refusal):
    """The text of a motion is longer than a page can show; it belongs into a PDF."""

    code: ClassVar[str] = "text-too-long"
    longest: int


def with_text(tx: Transaction, motion: Motion, text: str) -> Motion:
    """*motion* with that text as its first paper; without one where it is empty.  Raises: TextTooLong."""
    kept = tuple(each for each in motion.documents if each.name != TEXT_NAME)
    plain = "\n".join(text.splitlines()).strip()
    if len(plain) > LONGEST_TEXT:
        raise TextTooLong(LONGEST_TEXT)
    if not plain:
        return replace(motion, documents=kept)
    digest = assemblies.put_document(tx, f"{plain}\n".encode())
    return replace(motion, documents=(DocumentRef(TEXT_NAME, digest), *kept))


def text_of(tx: Transaction, motion: Motion) -> str:
    """The text of a motion as typed; empty where it has none."""
    for each in motion.documents:
        if each.name == TEXT_NAME:
            content = assemblies.read_document(tx, each.sha256)
            return "" if content is None else content.decode("utf-8", "replace").rstrip("\n")
    return ""
