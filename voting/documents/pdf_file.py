"""A PDF as one piece: reportlab's objects in the order of their numbers, and those that it need not know.

reportlab keeps half a dozen entries for every object until the file is closed. For the elements of a thousand
forms, a hundred thousand objects, that is more than the file itself, so they only have their numbers reserved
and are written when their turn comes.

Source  ISO 32000-1, 7.5.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc


@dataclass(frozen=True, slots=True)
class Reserved:
    """Objects with numbers of their own.

    Shape   ``first`` number of ``count``; ``contents`` in the order of the numbers, asked for once.
    """

    first: int
    count: int
    contents: Iterator[bytes]


def reserve(document: Any, count: int) -> int:
    """Keep the next *count* numbers of objects free for a ``Reserved``; the first of them."""
    first: int = document.objectcounter + 1
    document.objectcounter += count
    return first


def pdf_file(document: Any, reserved: Reserved) -> bytes:
    """The file that a finished reportlab document makes."""
    for font in document.delayedFonts:
        font.addObjects(document)
    document.info.digest(document.signature)
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    document.Catalog.Outlines = None  # our papers have headings, no outline
    out, places = BytesIO(), array("Q")
    out.write(pdfdoc.PDFFile(document._pdfVersion).format(document))
    number = 1
    # Not over a list: writing an object can add others.
    while number <= document.objectcounter:
        if number == reserved.first and reserved.count:
            for content in reserved.contents:
                _put(out, places, content)
            number = len(places) + 1
            continue
        written = document.idToObject[document.numberToId[number]]
        _put(out, places, pdfdoc.format(written, document, toplevel=1))
        number += 1
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    trailer = pdfdoc.PDFTrailer(startxref=start, Size=number, Root=root, Info=info, ID=document.ID())
    out.write(trailer.format(document))
    return out.getvalue()


def _put(out: BytesIO, places: "array[int]", content: bytes) -> None:
    places.append(out.tell())
    end = b"" if content.endswith(b"\n") else b"\n"
    out.write(b"%d 0 obj\n%b%bendobj\n" % (len(places), content, end))
