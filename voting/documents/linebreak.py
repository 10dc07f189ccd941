"""Lines of Japanese text: where one may end and the next begin (kinsoku, JIS X 4051 in its strict form).

Only widths and characters are known here, nothing of pages. A line never begins with a closing mark and
never ends with an opening one; numbers, codes and Latin words stay whole; dashes and leaders are not parted.
Where a piece that may not be broken is wider than a whole line, it is broken all the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from voting.documents.clusters import JOINER, is_selector
from voting.documents.typeface import Weight, runs
from voting.documents.typeface import width as text_width

# 行頭禁則: closing brackets, stops, small kana, iteration marks, units after a number.
NOT_FIRST = frozenset(
    "、。，．,.・：；:;？！?!）)」』】〉》〕］｝}］]”’ーｰ"
    "ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖｧｨｩｪｫｯｬｭｮ"
    "ヽヾゝゞ々〻゛゜ﾞﾟ%％‰℃°′″‐–〜～｡､｣･"
)
# 行末禁則: opening brackets, signs before a number.
NOT_LAST = frozenset("（(「『【〈《〔［[｛{“‘￥¥＄$£№＃#第｢")
# 分離禁止: one after another of the same.
UNPARTED = frozenset("…‥―—")
_A_FEW_LINES = 500  # characters
_SLACK = 0.01  # points; two sums of the same widths may differ in the last bit

_TOKEN = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:元|[0-9０-９]+)"
    r"|可決|否決|未決|不成立|不信任|信任"  # an outcome that is broken in two is misread
    r"|[0-9A-Za-z_@./:+%,'&=-]+|[ ]+|.",
    re.DOTALL,
)
_DIGIT = re.compile(r"[0-9０-９]")


# A thousand forms say the same notes.
@lru_cache(maxsize=2_000)
def lines(text: str, measure: float, size: float, weight: Weight = Weight.REGULAR) -> tuple[str, ...]:
    """*text* in lines no wider than *measure*.

    Units   points.
    Order   joined, the lines are the text again, without its line breaks and without spaces at line ends.
    Raises  NoGlyph; ValueError where not even one character fits.
    """
    if measure < size:
        raise ValueError("a line has room for one character at least")
    found: list[str] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        runs(paragraph, weight)  # first as a whole, so that a refusal names the text and not a piece of it
        found.extend(_fill(list(units(paragraph)), measure, size, weight))
    return tuple(found)


def units(text: str) -> Iterator[str]:
    """The smallest pieces of *text* that a line may be broken between."""
    unit, base = "", ""
    for token in _TOKEN.findall(text):
        if unit and not _inseparable(base, token):
            yield unit
            unit, base = "", ""
        unit += token
        base = _base(token) or base or token[-1]
    if unit:
        yield unit


def _inseparable(last: str, after: str) -> bool:
    first = after[0]
    if (
        JOINER in (first, last)
        or is_selector(first)
        or unicodedata.combining(first)
        or first in NOT_FIRST
        or last in NOT_LAST
    ):
        return True
    if last in UNPARTED and first == last:
        return True
    # 680 and its unit, 第 and its number: a figure alone at a line's end or start is misread.
    return bool(_DIGIT.fullmatch(last)) and first in "年月日号条項時分秒票人名"


def _base(text: str) -> str:
    """The last character of *text* that is drawn by itself; empty where none is."""
    return next((character for character in reversed(text) if not is_selector(character)), "")


def _fill(pieces: list[str], measure: float, size: float, weight: Weight) -> list[str]:
    found: list[str] = []
    line, used = "", 0.0
    for piece in pieces:
        if line and used + text_width(piece.rstrip(" "), size, weight) > measure + _SLACK:
            found.append(line.rstrip(" "))
            line, used = "", 0.0
        if not line and found:
            # A space between two words is the line break itself.
            piece = piece.lstrip(" ")
        while _is_wider(piece, measure, size, weight):
            head = _head(piece, measure, size, weight)
            found.append(head)
            piece = piece[len(head) :]
        line, used = line + piece, used + text_width(piece, size, weight)
    found.append(line.rstrip(" "))
    return found


def _is_wider(piece: str, measure: float, size: float, weight: Weight) -> bool:
    # A piece without end is not measured to its end again for each of its lines.
    start = piece[:_A_FEW_LINES]
    if text_width(start, size, weight) > measure + _SLACK:
        return True
    return len(start) < len(piece) and text_width(piece, size, weight) > measure + _SLACK


def _head(piece: str, measure: float, size: float, weight: Weight) -> str:
    """As much of *piece* as fits, one character at least, a selector never apart from its character."""
    end = 1
    while end < len(piece) and text_width(piece[: end + 1], size, weight) <= measure + _SLACK:
        end += 1
    while end < len(piece) and (
        piece[end] == JOINER or is_selector(piece[end]) or unicodedata.combining(piece[end])
    ):
        end += 1
    return piece[:end]
