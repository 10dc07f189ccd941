"""Writes the tree of a paper's elements, and what can be clicked or signed, into reportlab's document.

Source  ISO 32000-1, 14.7.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from voting.documents.pdf_file import Reserved, reserve
from voting.documents.pdf_objects import Raw, Stream, string
from voting.documents.structure import Annotation, Box, Content, Element, Widget


class StructureWriter:
    """Writes the tree of elements; all references are numbers known beforehand."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._pages: list[int] = []
        self._widgets: list[int] = []
        self._annotations: Sequence[Annotation] = ()

    def write(
        self, tree: Element, owners: Sequence[Sequence[Element]], annotations: Sequence[Annotation]
    ) -> Reserved:
        """Write all but the elements, which are handed back to be written when the file is.

        They are a hundred thousand in a thousand forms, and the tree is let go as they are written.
        """
        root, parents, held = Raw(), Raw(), dict[int, Element]()
        root_number = self._add(root, "structure")
        first, count = self._document.objectcounter + 1, 0
        for element in _walk(tree):
            element.number = first + count
            count += 1
            held |= {kid.place: element for kid in element.kids if type(kid) is Widget}
        reserve(self._document, count)
        self._pages = [self._number(f"Page{page}") for page in range(1, len(owners) + 1)]
        self._annotations, self._widgets = annotations, self._annotate(annotations, first=len(owners))
        parents_number = self._add(parents, "parents")
        rows = [
            f"{page} [{' '.join(f'{element.number} 0 R' for element in found)}]"
            for page, found in enumerate(owners)
        ]
        rows += [f"{len(owners) + at} {held[at].number} 0 R" for at in range(len(annotations))]
        parents.content = f"<< /Nums [{' '.join(rows)}] >>"
        root.content = (
            f"<< /Type /StructTreeRoot /K [{tree.number} 0 R] "
            f"/ParentTree {parents_number} 0 R /ParentTreeNextKey {len(rows)} >>"
        )
        self._document.Catalog.StructTreeRoot = root
        return Reserved(first, count, self._elements(tree, root_number))

    def _elements(self, tree: Element, root: int) -> Iterator[bytes]:
        """The elements in the order of their numbers, parents before children."""
        waiting = [(tree, root)]
        while waiting:
            element, above = waiting.pop()
            yield self._element(element, above).encode("ascii")
            waiting += [(kid, element.number) for kid in reversed(element.kids) if isinstance(kid, Element)]
            element.kids.clear()

    def _element(self, element: Element, above: int) -> str:
        """*element* as it stands in the file, under the object of that number."""
        first = next((kid.page for kid in element.kids if type(kid) is Content), None)
        parts = [f"/Type /StructElem /S /{element.tag} /P {above} 0 R"]
        if first is not None:
            parts.append(f"/Pg {self._pages[first]} 0 R")
        kids = [self._kid(kid, first) for kid in element.kids]
        if kids:
            parts.append(f"/K [{' '.join(kids)}]")
        if element.alt:
            parts.append(f"/Alt {string(element.alt)}")
        attributes = element.attributes()
        if attributes:
            parts.append(f"/A {attributes}")
        return f"<< {' '.join(parts)} >>"

    def _kid(self, kid: Element | Content | Widget, first: int | None) -> str:
        if isinstance(kid, Element):
            return f"{kid.number} 0 R"
        if isinstance(kid, Content):
            if kid.page == first:
                return str(kid.mcid)
            return f"<< /Type /MCR /Pg {self._pages[kid.page]} 0 R /MCID {kid.mcid} >>"
        page = self._pages[self._annotations[kid.place].page]
        return f"<< /Type /OBJR /Pg {page} 0 R /Obj {self._widgets[kid.place]} 0 R >>"

    def _annotate(self, annotations: Sequence[Annotation], *, first: int) -> list[int]:
        """Write the annotations, hang them on their pages, and declare the fields of the form."""
        numbers, fields = [], []
        for at, each in enumerate(annotations):
            page = self._pages[each.page]
            corners = " ".join(f"{number:.2f}" for number in each.box)
            common = (
                f"/Type /Annot /Rect [{corners}] /P {page} 0 R /StructParent {first + at} "
                f"/Contents {string(each.says)}"
            )
            if each.field:
                blank = self._add(_blank(each.box), f"blank{at}")
                special = (
                    f"/Subtype /Widget /FT /Sig /T {string(each.field)} /TU {string(each.says)} /F 132 "
                    f"/AP << /N {blank} 0 R >>"
                )
            else:
                special = f"/Subtype /Link /F 4 /Border [0 0 0] /A << /S /URI /URI ({_uri(each.url)}) >>"
            number = self._add(Raw(f"<< {common} {special} >>"), f"annotation{at}")
            numbers.append(number)
            if each.field:
                fields.append(number)
        for page in range(first):
            found = [number for number, each in zip(numbers, annotations, strict=True) if each.page == page]
            sheet = self._document.idToObject[f"Page{page + 1}"]
            sheet.__NoDefault__ = [*type(sheet).__NoDefault__, "StructParents", "Tabs"]
            sheet.StructParents, sheet.Tabs, sheet.Trans = page, "/S", None
            if found:
                sheet.Annots = Raw(f"[{' '.join(f'{number} 0 R' for number in found)}]")
        if fields:
            listed = " ".join(f"{number} 0 R" for number in fields)
            self._document.Catalog.AcroForm = Raw(f"<< /Fields [{listed}] /SigFlags 3 >>")
            self._document.Catalog.Extensions = Raw("<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >> >>")
        return numbers

    def _add(self, object_: Any, name: str) -> int:
        self._document.Reference(object_, name)
        return self._number(name)

    def _number(self, name: str) -> int:
        number: int = self._document.idToObjectNumberAndVersion[name][0]
        return number


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


def _uri(url: str) -> str:
    return url.replace("\\", "%5C").replace("(", "%28").replace(")", "%29")


def _blank(box: Box) -> Stream:
    """What a signature field looks like: nothing, because the page itself says who signs there."""
    size = f"{box.right - box.left:.2f} {box.top - box.bottom:.2f}"
    return Stream(b"", f"/Type /XObject /Subtype /Form /BBox [0 0 {size}] /Resources << >>", packed=False)
