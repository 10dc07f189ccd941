"""What makes a PDF last and speak: its structure, its language, its metadata, its colours, its attachments.

PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), or PDF/A-3a (ISO 19005-3) where files travel inside. The
objects are written as they are into reportlab's document: in the open, without a clock, in one fixed order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc

from voting.documents.pdf_file import Reserved
from voting.documents.pdf_objects import Raw, Stream, string
from voting.documents.structure import Annotation, Element
from voting.documents.structure_writer import StructureWriter
from voting.documents.xmp import PRODUCER, About, metadata

_PROFILE = Path(__file__).resolve().parent / "colours" / "srgb.icc"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the paper."""

    name: str
    media_type: str
    description: str
    data: bytes


def archive(
    document: Any,
    about: About,
    tree: Element,
    *,
    owners: Sequence[Sequence[Element]],
    annotations: Sequence[Annotation] = (),
    attachments: Sequence[Attachment] = (),
) -> Reserved:
    """Put structure, metadata, colours, annotations and attachments into a reportlab document.

    Shape   *owners*: for every page the element of each piece of marked content, in its order. What comes
            back are the elements themselves, for ``pdf_file``.
    """
    catalog = document.Catalog
    names = [*catalog.__NoDefault__, "OutputIntents", "AF", "Extensions"]
    catalog.__NoDefault__ = catalog.__Refs__ = names
    document.info = _Info(about)
    elements = StructureWriter(document).write(tree, owners, annotations)
    catalog.MarkInfo = Raw("<< /Marked true >>")
    catalog.Lang = pdfdoc.PDFString(about.language)
    catalog.ViewerPreferences = Raw("<< /DisplayDocTitle true >>")
    catalog.Metadata = Stream(
        metadata(about, part=3 if attachments else 2), "/Type /Metadata /Subtype /XML", packed=False
    )
    profile = document.Reference(Stream(_profile(), "/N 3"), "srgb")
    catalog.OutputIntents = Raw(
        "[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
        f"/Info (sRGB IEC61966-2.1) /DestOutputProfile {_text(profile, document)} >>]"
    )
    if attachments:
        _attach(document, attachments)
    return elements


def pack_page(document: Any, number: int) -> None:
    """Pack what was drawn on a finished page, counted from 1: a thousand of them are not kept as text."""
    sheet = document.idToObject[f"Page{number}"]
    sheet.Contents, sheet.stream = Stream(sheet.stream.encode("ascii")), None


class _Info(pdfdoc.PDFInfo):
    """Title, author and maker, the same as in the metadata; no dates, because nothing asked a clock."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.title, self.author, self.subject = about.title, about.author, about.title
        self.creator = self.producer = PRODUCER

    def format(self, document: Any) -> bytes:
        parts = [("Title", self.title), ("Author", self.author), ("Producer", PRODUCER)]
        return Raw(f"<< {' '.join(f'/{name} {string(text)}' for name, text in parts)} >>").format(document)


def _text(reference: Any, document: Any) -> str:
    formatted: bytes | str = pdfdoc.format(reference, document)
    return formatted.decode("ascii") if isinstance(formatted, bytes) else formatted


@cache
def _profile() -> bytes:
    return _PROFILE.read_bytes()


def _attach(document: Any, attachments: Sequence[Attachment]) -> None:
    """Put files into the document.  Source: ISO 32000-1, 7.11.4; ISO 19005-3, 6.8."""
    names: list[object] = []
    references: list[object] = []
    for file in sorted(attachments, key=lambda file: file.name):
        media_type = file.media_type.replace("/", "#2F")
        head = f"/Type /EmbeddedFile /Subtype /{media_type} /Params << /Size {len(file.data)} >>"
        stream = Stream(file.data, head)
        content = document.Reference(stream, f"embedded:{file.name}")
        specification = pdfdoc.PDFDictionary(
            {
                "Type": "/Filespec",
                "F": pdfdoc.PDFString(file.name),
                "UF": pdfdoc.PDFString(file.name),
                "Desc": pdfdoc.PDFString(file.description),
                "AFRelationship": "/Data",
                "EF": pdfdoc.PDFDictionary({"F": content, "UF": content}),
            }
        )
        reference = document.Reference(specification, f"filespec:{file.name}")
        names += [pdfdoc.PDFString(file.name), reference]
        references.append(reference)
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})
    document.Catalog.AF = pdfdoc.PDFArray(references)
