"""What a paper is made of for who hears it read out: headings, paragraphs, lists, tables, figures.

Every text that is drawn belongs to an element of this tree; what belongs to none (lines, page numbers, heads
that are repeated) is marked as an artifact and not read out. Nothing here draws; ``archive`` writes the tree.

Source  ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Tag(StrEnum):
    """The kinds of element that our papers use."""

    DOCUMENT = "Document"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    P = "P"
    L = "L"
    LI = "LI"
    LBL = "Lbl"
    LBODY = "LBody"
    TABLE = "Table"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    FIGURE = "Figure"
    LINK = "Link"
    FORM = "Form"


class Content(NamedTuple):
    """A piece of drawn content.  Shape: page from 0, its number in that page's marked content."""

    page: int
    mcid: int


class Widget(NamedTuple):
    """Something to click on.  Shape: place in the list of the paper's annotations."""

    place: int


class Box(NamedTuple):
    """Where something stands on its page.  Units: points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """A place on a page that can be clicked or signed.

    Shape   ``url`` of a link, or ``field``, the name of an empty signature field; ``says`` is read out.
    """

    page: int
    box: Box
    says: str
    url: str = ""
    field: str = ""


@dataclass(slots=True, eq=False)
class Element:
    """One element, in the order in which it is read.

    Shape   ``alt`` says what a figure shows, or what can be signed or clicked; ``scope`` (TH) is Column or
            Row; ``columns`` and ``rows`` are the cells that a TH spans; ``box`` (Figure) its place;
            ``number`` that of its object in the file, once it has one.
    """

    tag: Tag
    alt: str = ""
    scope: str = ""
    columns: int = 1
    rows: int = 1
    box: Box | None = None
    kids: "list[Element | Content | Widget]" = field(default_factory=list)
    number: int = 0

    def attributes(self) -> str:
        """The element's attributes as they stand in the file; empty where there are none."""
        if self.box:
            corners = " ".join(f"{number:.2f}" for number in self.box)
            return f"<< /O /Layout /Placement /Block /BBox [{corners}] >>"
        parts = [f"/Scope /{self.scope}"] if self.scope else []
        parts += [
            f"/{name} {number}"
            for name, number in (("ColSpan", self.columns), ("RowSpan", self.rows))
            if number > 1
        ]
        if self.tag is Tag.L:
            parts.append("/ListNumbering /None")
        owner = "List" if self.tag is Tag.L else "Table"
        return f"<< /O /{owner} {' '.join(parts)} >>" if parts else ""
