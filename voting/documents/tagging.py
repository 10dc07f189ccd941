"""Which element of the paper each thing that is drawn belongs to.

Text says what it is (``tagged``), or that it is not to be read out (``aside``); lines and boxes are read out
only as parts of a figure.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4

from voting.documents.structure import Annotation, Box, Content, Element, Tag, Widget

_HEIGHT = A4[1]


@dataclass(slots=True)
class _Page:
    """What is drawn on one page.

    Shape   ``code``: the operators so far; ``is_open``: a piece of content has begun, and it is ``owner``'s,
            None where it is not read out; ``owners``: the element of each piece.
    """

    code: list[str] = field(default_factory=list)
    is_open: bool = False
    owner: Element | None = None
    owners: list[Element] = field(default_factory=list)

    def end(self) -> None:
        """End the open piece of content, if there is one."""
        if self.is_open:
            self.code.append("EMC")
            self.is_open = False


class Tagged:
    """Pages of marks, and the tree of elements that they belong to."""

    def __init__(self) -> None:
        self._annotations: list[Annotation] = []
        self._tree = Element(Tag.DOCUMENT)
        self._open: list[Element | None] = [self._tree]
        self._pages = [_Page()]

    @property
    def page_count(self) -> int:
        return len(self._pages)

    @contextmanager
    def tagged(
        self, tag: Tag, *, alt: str = "", scope: str = "", columns: int = 1, rows: int = 1
    ) -> Iterator[Element]:
        """What is drawn meanwhile is a new element, inside the one that is open.  Shape: see Element."""
        element = Element(tag, alt, scope, columns, rows)
        within = self._open[-1]
        if within is None:
            raise ValueError("an element inside of what is not read out")
        within.kids.append(element)
        with self.inside(element):
            yield element

    @contextmanager
    def inside(self, element: Element | None) -> Iterator[None]:
        """What is drawn meanwhile belongs to *element*, which was begun before."""
        self._open.append(element)
        try:
            yield
        finally:
            self._open.pop()

    def aside(self) -> AbstractContextManager[None]:
        """What is drawn meanwhile is not read out: a head repeated, a line said elsewhere."""
        return self.inside(None)

    @property
    def is_aside(self) -> bool:
        """Whether what is drawn now is not read out."""
        return self._open[-1] is None

    @contextmanager
    def figure(self, alt: str, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """What is drawn meanwhile is one figure at (x, y); *alt* says what it shows."""
        with self.tagged(Tag.FIGURE, alt=alt) as element:
            element.box = box_of(x, y, width, height)
            yield

    def link(self, x: float, y: float, width: float, height: float, url: str, says: str) -> None:
        """Make a place clickable.  Its text is drawn in the same ``tagged(Tag.LINK)``, which is open."""
        self._annotate(Tag.LINK, Annotation(len(self._pages) - 1, box_of(x, y, width, height), says, url=url))

    def signature_field(
        self, x: float, y: float, width: float, height: float, *, name: str, says: str
    ) -> None:
        """An empty field to be signed later; what is seen there is drawn by the caller.

        Shape   *name* is the field's, plain and once a paper; *says* is read out.
        """
        place = box_of(x, y, width, height)
        with self.tagged(Tag.FORM, alt=says):
            self._annotate(Tag.FORM, Annotation(len(self._pages) - 1, place, says, field=name))

    def _annotate(self, tag: Tag, annotation: Annotation) -> None:
        within = self._open[-1]
        if within is None or within.tag is not tag:
            raise ValueError(f"an annotation outside of its {tag}")
        within.kids.append(Widget(len(self._annotations)))
        self._annotations.append(annotation)

    def _new_page(self) -> None:
        page = self._pages[-1]
        page.end()
        # One string a page: the marks of a thousand pages as objects would take ten times the memory.
        page.code = ["\n".join(page.code)]
        self._pages.append(_Page())

    def _taken(self, number: int) -> list[str]:
        """The operators of that page, counted from 1; they are not kept."""
        page = self._pages[number - 1]
        page.end()
        code, page.code = page.code, []
        return code

    def _owners(self) -> list[list[Element]]:
        """The element of each piece of content, page by page; they are not kept."""
        found = [page.owners for page in self._pages]
        for page in self._pages:
            page.owners = []
        return found

    def _require_tag(self, text: str) -> None:
        if self._open[-1] is self._tree:
            raise ValueError(f"no element for {text!r}: use tagged() or aside()")

    def _mark(self, code: str) -> None:
        """Draw: the operators of a whole mark, which leave no trace in the state of the page."""
        page, owner = self._pages[-1], self._open[-1]
        if owner is self._tree:
            owner = None
        if not page.is_open or page.owner is not owner:
            page.end()
            page.is_open, page.owner = True, owner
            if owner is None:
                page.code.append("/Artifact BMC")
            else:
                page.code.append(f"/{owner.tag} <</MCID {len(page.owners)}>> BDC")
                owner.kids.append(Content(len(self._pages) - 1, len(page.owners)))
                page.owners.append(owner)
        page.code.append(code)

    def _line(self, code: str) -> None:
        """A line or box: part of a figure, or not read out."""
        owner = self._open[-1]
        with self.inside(owner if owner is not None and owner.tag is Tag.FIGURE else None):
            self._mark(code)


def box_of(x: float, y: float, width: float, height: float) -> Box:
    """The box whose upper left corner is at (x, y), y downwards, as the file counts it."""
    return Box(x, _HEIGHT - y - height, x + width, _HEIGHT - y)
