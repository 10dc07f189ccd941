"""Every paper in the shapes that papers break in: nothing leaves its page or is printed over another."""

import subprocess
from dataclasses import dataclass
from itertools import combinations

import pytest

from tests.documents.gallery_papers import papers

PAPERS = dict(papers())
_EDGE = 15.0  # points; no office printer reaches further
_SLACK = 1.5  # points that the boxes of neighbours may share


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str


def pages(pdf: bytes, folder) -> list[tuple[float, float, list[Word]]]:
    """Every page: its width and height, its words with their boxes, as poppler finds them."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True)
    found: list[tuple[float, float, list[Word]]] = []
    for line in done.stdout.decode().splitlines():
        numbers = [float(part.split('"')[0]) for part in line.split('="')[1:] if part[0].isdigit()]
        if "<page " in line:
            found.append((numbers[0], numbers[1], []))
        elif "<word " in line:
            found[-1][2].append(Word(*numbers[:4], line.split(">", 1)[1].split("<")[0]))
    return found


def overlap(one: Word, other: Word) -> bool:
    """Whether two words are printed over each other.  Boxes touch: half of their height is let pass."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _SLACK and down > min(one.bottom - one.top, other.bottom - other.top) / 2


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_leaves_its_page_and_nothing_is_printed_over_another(name, tmp_path):
    for width, height, words in pages(PAPERS[name](), tmp_path):
        outside = [
            word.text
            for word in words
            if not (word.left >= _EDGE and word.right <= width - _EDGE)
            or not (word.top >= _EDGE and word.bottom <= height - _EDGE)
        ]
        assert outside == []
        assert [(a.text, b.text) for a, b in combinations(words, 2) if overlap(a, b)] == []
