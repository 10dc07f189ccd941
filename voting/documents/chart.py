"""Bars of votes for a paper that is copied in black and white: words and hatching carry the meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from voting.documents.frame import LEFT, MEASURE, RIGHT, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.typeface import width

_SIZE = 8.5
_PITCH = 12.0
_BAR = 6.5 * mm
_LABEL = 34 * mm
_KEY = 3.2 * mm
_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class Shade:
    """How one kind of vote is filled.  Units: as ``Frame.box``."""

    word: str
    grey: float
    hatch: float = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Shape   ``parts``: amounts and their printed numbers, in the order of the shades; ``needed``: an amount.
    Units   any, but one for the whole chart.
    """

    label: str
    parts: tuple[tuple[int, str], ...]
    needed: int | None = None
    needed_text: str = ""


def draw_bars(frame: Frame, shades: Sequence[Shade], bars: Sequence[Bar]) -> None:
    """Draw the bars under their key; all have the length of the largest sum."""
    longest = max((sum(amount for amount, _ in bar.parts) for bar in bars), default=0)
    if not longest:
        return
    # A few bars are compared with each other: they stay together.
    frame.need(
        _PITCH
        + 1.5 * mm
        + sum(_bar_height(bar) for bar in bars[: _TOGETHER if len(bars) <= _TOGETHER else 2])
    )
    with frame.aside():
        _draw_key(frame, shades)
    for bar in bars:
        frame.need(_bar_height(bar))
        with frame.figure(
            _said(shades, bar, is_japanese=frame.is_japanese), LEFT, frame.y, MEASURE, _bar_height(bar)
        ):
            _draw_bar(frame, shades, bar, longest)


def _said(shades: Sequence[Shade], bar: Bar, *, is_japanese: bool) -> str:
    """The bar in words, for who cannot see it."""
    parts = [
        f"{shade.word} {number}" for (amount, number), shade in zip(bar.parts, shades, strict=True) if amount
    ]
    if not is_japanese:
        return (
            f"Bar chart of {bar.label}: {', '.join([*parts, bar.needed_text] if bar.needed_text else parts)}"
        )
    return f"{bar.label}の棒グラフ。{'、'.join([*parts, bar.needed_text] if bar.needed_text else parts)}"


def _bar_height(bar: Bar) -> float:
    label = len(lines(bar.label, _LABEL - 2 * mm, _SIZE)) * _PITCH
    return max(_BAR + (_PITCH + 2 if bar.needed is not None else 3 * mm), label)


def _draw_key(frame: Frame, shades: Sequence[Shade]) -> None:
    x = LEFT + _LABEL
    for shade in shades:
        frame.box(x, frame.y + (_PITCH - _KEY) / 2, _KEY, _KEY, grey=shade.grey, hatch=shade.hatch)
        frame.text(x + _KEY + 1.2 * mm, baseline(frame.y, _SIZE, _PITCH), shade.word, size=_SIZE)
        x += _KEY + width(shade.word, _SIZE) + 6 * mm
    frame.y += _PITCH + 1.5 * mm


def _draw_bar(frame: Frame, shades: Sequence[Shade], bar: Bar, longest: int) -> None:
    top, x = frame.y, LEFT + _LABEL
    y = top + max(0.0, (_BAR - _PITCH) / 2)
    for line in lines(bar.label, _LABEL - 2 * mm, _SIZE):
        frame.text(LEFT, baseline(y, _SIZE, _PITCH), line, size=_SIZE)
        y += _PITCH
    span = MEASURE - _LABEL
    for (amount, number), shade in zip(bar.parts, shades, strict=True):
        if not amount:
            continue
        length = span * amount / longest
        frame.box(x, top, length, _BAR, grey=shade.grey, hatch=shade.hatch)
        _draw_number(frame, number, x, top, length, shade)
        x += length
    if bar.needed is not None and bar.needed <= longest:
        at = LEFT + _LABEL + span * bar.needed / longest
        frame.rule(at, top - 1 * mm, at, top + _BAR + 0.6 * mm, width=1.0)
        half = width(bar.needed_text, 7.5) / 2
        centre = min(at, RIGHT - half)
        frame.text(centre, baseline(top + _BAR + 1.0 * mm, 7.5, 9), bar.needed_text, size=7.5, align="centre")
    frame.y = top + _bar_height(bar)


def _draw_number(frame: Frame, number: str, x: float, top: float, length: float, shade: Shade) -> None:
    inner = width(number, _SIZE) + 2 * mm
    if inner > length:
        return  # the table beside the chart has every number; a number over a thin bar could not be read
    centre = x + length / 2
    frame.box(centre - inner / 2, top + 1.2 * mm, inner, _BAR - 2.4 * mm, line=0, grey=1)
    frame.text(centre, baseline(top, _SIZE, _BAR), number, size=_SIZE, align="centre")
