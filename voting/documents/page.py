"""The vocabulary of official letters: what a paper says line by line, in the order in which a clerk types it.

Order of the lines: 文書番号 and 日付 to the right, 宛先, 発信者, 件名, 本文, 記, numbered items, 以上.
All text is plain; what users type is drawn as it is and never read as a mark-up. For who has it read out, the
title is the first heading, items and sections are second ones, labels with their texts and notes are lists.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm

from voting.documents import chart
from voting.documents.clusters import clusters
from voting.documents.frame import BOTTOM, LEFT, MEASURE, RIGHT, TOP, Frame, baseline
from voting.documents.grid import draw_table
from voting.documents.grid_columns import Column, Row
from voting.documents.linebreak import lines
from voting.documents.listing import draw_list
from voting.documents.spacing import LETTER
from voting.documents.structure import Element, Tag
from voting.documents.typeface import Weight, width

BODY = 10.5
SMALL = 8.5
TITLE = 13.0
_INDENT = BODY  # one character
_LABEL = 9 * BODY
# Labels up to this width are spread to it (均等割付), longer ones stand as they are.
_EVEN = 5 * BODY
# A line is stretched to the full measure only if that opens no visible gaps.
_STRETCH = 1.3
# 追い込み: one character more than fits is taken in, rather than left alone on the next line.
_SQUEEZE = 0.9
_SHORT = 3  # lines that are never parted


class Paper(Frame):
    """An official paper, written from top to bottom."""

    spacing = LETTER
    _items = 0

    def letterhead(
        self,
        *,
        number: str = "",
        date: str = "",
        to: Sequence[str] = (),
        sender: Sequence[str] = (),
        seal: str = "",
        compact: bool = False,
    ) -> None:
        """Number and date (of one width, to the right), addressee, sender, the note on the seal.

        *compact* leaves no empty lines between them.
        """
        space = 0.0 if compact else self.spacing.line
        stamps = [text for text in (number, date) if text]
        widest = max((width(text, BODY) for text in stamps), default=0.0)
        for text in stamps:
            spacing = max(0.0, _spread(text, widest)) if self.is_japanese else 0.0
            self._one_line(RIGHT - widest, text, spacing=spacing)
        self.gap(space / 2)
        for text in (line for each in to for line in lines(each, MEASURE, BODY)):
            self._one_line(LEFT, text)
        self.gap(space / 2)
        senders = [line for each in sender for line in lines(each, MEASURE - 6 * _INDENT, BODY)]
        block = max((width(text, BODY) for text in senders), default=0.0)
        for text in senders:
            self._one_line(RIGHT - block - 2 * _INDENT, text)
        if seal:
            self._one_line(RIGHT - 2 * _INDENT - width(seal, BODY), seal)
        self.gap(space)

    def title(self, text: str) -> None:
        """The subject, centred; a longer one in several centred lines."""
        with self.tagged(Tag.H1):
            for line in lines(text, MEASURE - 16 * mm, TITLE, Weight.BOLD):
                self.need(self.spacing.line + 4)
                at = baseline(self.y, TITLE, self.spacing.line + 4)
                self.text(LEFT + MEASURE / 2, at, line, size=TITLE, weight=Weight.BOLD, align="centre")
                self.y += self.spacing.line + 4
        self.gap(self.spacing.line / 2)

    def heading(self, text: str, *, tag: Tag = Tag.H2) -> None:
        """The head of a section, or of a part of an item (H3); never the last line of a page."""
        self.need(4 * self.spacing.line)
        self.gap(self.spacing.line / 3)
        with self.tagged(tag):
            self._wrapped(text, LEFT, MEASURE, size=BODY, pitch=self.spacing.line, weight=Weight.BOLD)

    def paragraph(self, text: str, *, indent: bool = True, measure_less: float = 0) -> None:
        """Running text; *indent* sets its first line one character in, in Japanese; *measure_less* keeps the
        right side free.
        """
        for part in text.split("\n"):
            shown = "\u3000" + part if indent and self.is_japanese else part
            with self.tagged(Tag.P):
                self._wrapped(
                    shown, LEFT, MEASURE - measure_less, size=BODY, pitch=self.spacing.line, stretch=True
                )

    def text_line(self, text: str) -> None:
        """One line from the left, in as many as it needs."""
        with self.tagged(Tag.P):
            self._wrapped(text, LEFT, MEASURE, size=BODY, pitch=self.spacing.line)

    def centre(self, text: str) -> None:
        """One short centred line: 記."""
        self.need(3 * self.spacing.line)
        self.gap(self.spacing.line / 2)
        with self.tagged(Tag.P):
            self.text(
                LEFT + MEASURE / 2, baseline(self.y, BODY, self.spacing.line), text, size=BODY, align="centre"
            )
        self.y += self.spacing.line * 1.5

    def right(self, text: str) -> None:
        """One line to the right: 以上.  It may hang one line below the frame, but never begins a page."""
        with self.tagged(Tag.P):
            self.text(
                RIGHT - _INDENT, baseline(self.y, BODY, self.spacing.line), text, size=BODY, align="right"
            )
        self.y += self.spacing.line

    def item(self, label: str, *texts: str) -> None:
        """The next numbered item: a label and, beside it, what there is to say."""
        self._items += 1
        start = _beside_start(label, LEFT + 2 * _INDENT, _LABEL)
        first = _kept(lines(texts[0], RIGHT - start, BODY)) if texts else 0
        self.need(max(2, first) * self.spacing.line + 2 if texts else 4 * self.spacing.line)
        self.gap(2)
        with self.tagged(Tag.H2) as head:
            self.text(LEFT, baseline(self.y, BODY, self.spacing.line), str(self._items), size=BODY)
        self._beside(label, texts, LEFT + 2 * _INDENT, _LABEL, head=head)

    def definitions(self, pairs: Sequence[tuple[str, str]], *, label: float = _LABEL) -> None:
        """Labels with their texts, without numbers."""
        with self.tagged(Tag.L):
            for name, text in pairs:
                start = _beside_start(name, LEFT + _INDENT, label)
                self.need(_kept(lines(text, RIGHT - start, BODY)) * self.spacing.line)
                with self.tagged(Tag.LI):
                    self._beside(name, (text,), LEFT + _INDENT, label)

    def unit(self, text: str) -> None:
        """The unit of the table that follows, small and to the right, on one page with its head."""
        self.need(self.spacing.small + 5 * self.spacing.table.pitch)
        with self.tagged(Tag.P):
            self.text(RIGHT, baseline(self.y, SMALL, self.spacing.small), text, size=SMALL, align="right")
        self.y += self.spacing.small

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        strong: frozenset[int] = frozenset(),
    ) -> None:
        self.gap(2)
        draw_table(self, columns, rows, strong=strong, look=self.spacing.table)
        self.gap(6)

    def listing(self, columns: Sequence[Column], rows: Sequence[Row], *, name: int) -> None:
        """A long table set close, in two lanes where rows are narrow; *name* is the column to wrap."""
        self.gap(2)
        draw_list(self, columns, rows, name=name)
        self.gap(6)

    def bars(self, shades: Sequence[chart.Shade], bars: Sequence[chart.Bar]) -> None:
        self.gap(4)
        chart.draw_bars(self, shades, bars)
        self.gap(4)

    def notes(self, texts: Sequence[str], *, mark: str = "※", inset: float = 0) -> None:
        """Notes in small type, each after its mark; several are numbered.  Without a mark: plain lines."""
        if not mark:
            for text in texts:
                with self.tagged(Tag.P):
                    self._small(text, inset)
            return
        numbered = len(texts) > 1
        hang = width(f"{mark}{len(texts)}" if numbered else mark, SMALL) + SMALL / 2
        with self.tagged(Tag.L):
            for at, text in enumerate(texts, 1):
                self.need(_kept(lines(text, MEASURE - inset - hang, SMALL)) * self.spacing.small)
                with self.tagged(Tag.LI):
                    with self.tagged(Tag.LBL):
                        head = f"{mark}{at}" if numbered else mark
                        self.text(LEFT + inset, baseline(self.y, SMALL, self.spacing.small), head, size=SMALL)
                    with self.tagged(Tag.LBODY):
                        self._small(text, inset + hang)

    def _small(self, text: str, inset: float) -> None:
        self._wrapped(text, LEFT + inset, MEASURE - inset, size=SMALL, pitch=self.spacing.small, stretch=True)

    def exact(self, texts: Sequence[str], *, size: float = SMALL) -> None:
        """Lines to be compared or typed again character by character, in a frame; long ones are broken."""
        self._framed(texts, pad=2 * mm, size=size, pitch=size * 1.5, line=0.4, after=4)

    def boxed(self, texts: Sequence[str]) -> None:
        """Something that must not be overlooked: lines in a heavy frame at the head of a paper."""
        self._framed(
            texts, pad=2.5 * mm, size=BODY, pitch=self.spacing.line, line=1.2, after=self.spacing.line / 2
        )

    def _framed(
        self, texts: Sequence[str], *, pad: float, size: float, pitch: float, line: float, after: float
    ) -> None:
        """Lines in a frame on one page; only what is longer than a page is parted, each part in its frame."""
        broken = [lines(text, MEASURE - 2 * pad, size) for text in texts]
        height = sum(map(len, broken)) * pitch + 2 * pad
        self.need(height + after if height <= BOTTOM - TOP else 4 * pitch)
        top = self.y
        self.y += pad
        for text in broken:
            with self.tagged(Tag.P):
                for part in text:
                    if pitch + pad > self.room:
                        self.box(LEFT, top, MEASURE, self.y + pad - top, line=line)
                        self.break_page()
                        top = self.y
                        self.y += pad
                    self.text(LEFT + pad, baseline(self.y, size, pitch), part, size=size)
                    self.y += pitch
        self.box(LEFT, top, MEASURE, self.y + pad - top, line=line)
        self.y += pad + after

    def _one_line(self, x: float, text: str, *, spacing: float = 0) -> None:
        self.need(self.spacing.line)
        with self.tagged(Tag.P):
            self.text(x, baseline(self.y, BODY, self.spacing.line), text, size=BODY, spacing=spacing)
        self.y += self.spacing.line

    def _beside(
        self, label: str, texts: Sequence[str], x: float, label_width: float, *, head: Element | None = None
    ) -> None:
        """A label and what stands beside it: a head with its paragraphs, or a list item's label and body."""
        start = _beside_start(label, x, label_width)
        even = self.is_japanese and len(label) > 1 and label_width > _EVEN
        spacing = max(0.0, _spread(label, _EVEN)) if even else 0
        with self.inside(head) if head else self.tagged(Tag.LBL):
            self.text(x, baseline(self.y, BODY, self.spacing.line), label, size=BODY, spacing=spacing)
        if not texts:
            self.y += self.spacing.line
        for text in texts:
            with self.tagged(Tag.P if head else Tag.LBODY):
                self._wrapped(text, start, RIGHT - start, size=BODY, pitch=self.spacing.line, stretch=True)

    def _wrapped(
        self,
        text: str,
        x: float,
        measure: float,
        *,
        size: float,
        pitch: float,
        weight: Weight = Weight.REGULAR,
        stretch: bool = False,
    ) -> None:
        for part in text.split("\n"):
            broken = lines(part, measure, size, weight)
            if stretch and self.is_japanese and 0 < width(part, size, weight) - measure < _SQUEEZE * size:
                broken = (part,)
            for at, line in enumerate(broken, 1):
                self.need((_kept(broken) if at == 1 else 2 if at == len(broken) - 1 else 1) * pitch)
                free = measure - width(line, size, weight) if self.is_japanese else measure
                full = stretch and (at < len(broken) or free < 0) and free < _STRETCH * size
                spacing = _spread(line, measure, size=size, weight=weight) if full else 0.0
                self.text(x, baseline(self.y, size, pitch), line, size=size, weight=weight, spacing=spacing)
                self.y += pitch


def _beside_start(label: str, x: float, label_width: float) -> float:
    """Where the text beside a label begins."""
    return x + max(label_width, width(label, BODY) + _INDENT)


def _kept(broken: Sequence[str]) -> int:
    """How many lines stand together where a text begins: none is alone at the end or the head of a page."""
    return len(broken) if len(broken) <= _SHORT else 2


def _spread(text: str, measure: float, *, size: float = BODY, weight: Weight = Weight.REGULAR) -> float:
    """The space after each character that makes *text* as wide as *measure*; negative where it is wider."""
    gaps = len(clusters(text)) - 1
    return (measure - width(text, size, weight)) / gaps if gaps > 0 else 0.0
