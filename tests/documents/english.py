"""What a translation of a paper must show: its language, its marks, and no Japanese of ours left."""

import io
import re
from collections.abc import Iterable

import pikepdf

_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]+")


def language(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return str(opened.Root.Lang)


def spans(pdf: bytes) -> list[str]:
    """The languages that parts of the first page are marked with."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        marks = pikepdf.parse_content_stream(opened.pages[0])
        return [
            str(operands[1].Lang)
            for operands, operator in marks
            if str(operator) == "BDC" and str(operands[0]) == "/Span" and "/Lang" in operands[1]
        ]


def is_unsigned(pdf: bytes) -> bool:
    """Without a signature, and without a place for one."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "/AcroForm" not in opened.Root


def left_in_japanese(text: str, given: Iterable[str]) -> list[str]:
    """The Japanese of *text* that nobody gave: names, titles, clauses, what the office wrote."""
    known = "".join("".join(each.split()) for each in given)
    return [word for word in _JAPANESE.findall(text) if word not in known]


def figures(text: str) -> set[str]:
    """The whole numbers of three digits and more: votes, members, entries, digits of a digest."""
    return set(re.findall(r"(?<![0-9A-Za-z])[0-9]{3,}(?![0-9A-Za-z])", text))
