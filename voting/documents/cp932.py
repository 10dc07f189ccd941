"""CSV in CP932 (the Shift_JIS of Windows), for programs that take nothing else, and what is lost in it.

A character that CP932 does not have is written as the one it is commonly taken for, a variant (character and
selector) as its base character, anything else as 〓.  Each such place is told: nothing is lost in silence.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from voting.documents.clusters import clusters

UTF8, CP932 = "utf-8", "cp932"
ENCODINGS = (UTF8, CP932)
_MISSING = "〓"
# The same signs, which Unicode has twice and Windows reads as the other one.  Source: domain 5.4.7.
_TWINS = {"〜": "～", "−": "－", "‖": "∥", "—": "―", "¢": "￠", "£": "￡", "¬": "￢"}


@dataclass(frozen=True, slots=True)
class Loss:
    """One character of one text that CP932 does not have.  Shape: ``written`` is what stands for it."""

    text: str
    character: str
    written: str


def in_cp932(content: bytes) -> tuple[bytes, tuple[Loss, ...]]:
    """A CSV of ours (UTF-8 with BOM) in CP932, with what it loses, each once, in the order of the file."""
    losses: dict[Loss, None] = {}
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
        found = [_written(cell) for cell in row]
        writer.writerow([text for text, _ in found])
        losses |= dict.fromkeys(loss for _, several in found for loss in several)
    return out.getvalue().encode(CP932), tuple(losses)


def loss_lines(losses: Iterable[Loss]) -> tuple[str, ...]:
    """Each text with the characters that it loses: 「𠮷野町」の「𠮷」は「〓」になります。"""
    by_text: dict[str, list[str]] = {}
    for loss in losses:
        code = " ".join(f"U+{ord(each):04X}" for each in loss.character)
        by_text.setdefault(loss.text, []).append(f"「{loss.character}」({code})は「{loss.written}」")
    return tuple(f"「{text}」の{'、'.join(several)}になります。" for text, several in by_text.items())


def _written(cell: str) -> tuple[str, tuple[Loss, ...]]:
    if _has(cell):
        return cell, ()
    found, losses = [], []
    for cluster in clusters(cell):
        written = cluster if _has(cluster) else _stand_in(cluster)
        found.append(written)
        if written != cluster:
            losses.append(Loss(cell, cluster, written))
    return "".join(found), tuple(losses)


def _stand_in(cluster: str) -> str:
    base = _TWINS.get(cluster[0], cluster[0])
    return base if _has(base) else _MISSING


def _has(text: str) -> bool:
    try:
        return text.encode(CP932).decode(CP932) == text
    except UnicodeEncodeError:
        return False
