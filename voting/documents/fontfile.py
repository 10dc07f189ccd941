"""Font files, and how the part of one that a document uses goes into that document.

Nothing here knows about fallback or lines: see ``typeface``. reportlab's own TrueType class is not used to
write text, because it leaves out characters without a word, maps text beyond the basic plane back wrongly and
knows no variation selectors. This one speaks the same protocol, so nothing of reportlab has to be replaced.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, TTFontFace

from voting.documents.clusters import clusters
from voting.documents.pdf_objects import Stream

FOLDER = Path(__file__).resolve().parent / "fonts"
_PER_EM = 1000
_BFCHARS_IN_A_BLOCK = 100  # Adobe technical note 5014: no more in one block


class FontFile:
    """One TrueType file: which glyph it has for what, and how wide that is.

    Units   widths in thousandths of the type size.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.face: Any = TTFontFace(str(path))
        # reportlab's own maps of characters: for its own way of writing text, and several megabytes a font.
        self.face.charToGlyph, self.face.charWidths = {}, {}
        with TTFont(path, lazy=True) as source:
            glyph_id = source.getReverseGlyphMap()
            self._plain = {code: glyph_id[glyph] for code, glyph in source.getBestCmap().items()}
            self._variants = {
                (base, selector): self._plain[base] if glyph is None else glyph_id[glyph]
                for table in source["cmap"].tables
                if table.format == 14
                for selector, pairs in table.uvsDict.items()
                for base, glyph in pairs
                if glyph is not None or base in self._plain
            }
            scale, metrics = source["head"].unitsPerEm, source["hmtx"]
            # reportlab gives glyphs beyond the last full metric a width in other units; fontTools does not.
            self.face.hmetrics = [
                (width, bearing & 0xFFFF)
                for width, bearing in (metrics[glyph] for glyph in source.getGlyphOrder())
            ]
            self._widths: list[float] = [width * _PER_EM / scale for width, _ in self.face.hmetrics]

    def glyph(self, cluster: str) -> int | None:
        """The glyph of one character, or of a character and its selector, or None."""
        if len(cluster) == 1:
            return self._plain.get(ord(cluster))
        return self._variants.get((ord(cluster[0]), ord(cluster[1])))

    def width(self, glyph: int) -> float:
        return self._widths[glyph]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of one file and the exact text it stands for."""

    index: int
    text: str


@dataclass(slots=True)
class _Used:
    """What one document has used of one font so far.  Shape: the place in the list is the code written."""

    glyphs: list[Glyph]
    codes: dict[Glyph, int]
    written: dict[str, str] = field(default_factory=dict)
    name: str = field(default="")


class EmbeddedFont:
    """A font file as reportlab sees it: a dynamic font with two bytes a character.

    Codes are given out in the order of use and kept for each document apart, so what one document holds
    never depends on another. Text reaches it through ``typeface``, which has made sure of the glyphs.
    """

    _dynamicFont = 1
    _multiByte = 1
    shapable = False

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.fontName = f"voting/{file.name}"
        self.face = _Face(self.fontName)
        self._used: WeakKeyDictionary[Any, _Used] = WeakKeyDictionary()

    def register(self) -> None:
        """Make the font known to reportlab under its own name; once is enough, twice does no harm."""
        pdfmetrics.registerFont(self)

    def cluster_glyph(self, cluster: str) -> Glyph | None:
        """The glyph for *cluster*; a variant this file does not know is drawn as its base character.

        The selector stays in the text of the document, so what is copied out of it is what was put in.
        """
        index = self.file.glyph(cluster)
        if index is None and len(cluster) > 1:
            index = self.file.glyph(cluster[0])
        return None if index is None else Glyph(index, cluster)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        return sum(self.file.width(glyph.index) for glyph in self._glyphs(text)) * size / _PER_EM

    def written(self, text: str, doc: Any) -> str:
        """*text* as it stands in the pages of *doc*: the codes of its glyphs in hex digits."""
        used = self._of(doc)
        codes = used.written.get(text)
        if codes is None:
            codes = "".join(f"{self._code(used, glyph):04X}" for glyph in self._glyphs(text))
            used.written[text] = codes
        return codes

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        codes = bytes.fromhex(self.written(text, doc))
        return [(0, codes)] if codes else []

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        used = self._of(doc)
        if not used.name:
            used.name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = f"/{used.name}"
            doc.delayedFonts.append(self)
        return f"/{used.name}"

    def addObjects(self, doc: Any) -> None:
        """Write the font with the glyphs used, their widths and the way back to text, into *doc*."""
        used = self._of(doc)
        base_font = f"AAAAAA+{self.file.name}"
        to_unicode = Stream(to_unicode_map(glyph.text for glyph in used.glyphs[1:]).encode("ascii"))
        program, gids = _subset(self.file, used.glyphs)
        file_ref = doc.Reference(Stream(program, f"/Length1 {len(program)}"), f"fontFile:{self.fontName}")
        descriptor = doc.Reference(_descriptor(self.file, base_font, file_ref), f"descriptor:{self.fontName}")
        widths = [round(self.file.width(glyph.index), 3) for glyph in used.glyphs]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{base_font}",
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": descriptor,
                "CIDToGIDMap": doc.Reference(Stream(gids), f"gids:{self.fontName}"),
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{base_font}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray(
                    [doc.Reference(descendant, f"descendant:{self.fontName}")]
                ),
                "ToUnicode": doc.Reference(to_unicode, f"toUnicode:{self.fontName}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[used.name] = doc.Reference(font, used.name)
        del self._used[doc]

    def _of(self, doc: Any) -> _Used:
        return self._used.setdefault(doc, _Used([Glyph(0, "")], {}))

    def _glyphs(self, text: str) -> list[Glyph]:
        glyphs = (self.cluster_glyph(cluster) for cluster in clusters(text))
        return [glyph for glyph in glyphs if glyph is not None]

    def _code(self, used: _Used, glyph: Glyph) -> int:
        if glyph not in used.codes:
            used.codes[glyph] = len(used.glyphs)
            used.glyphs.append(glyph)
        return used.codes[glyph]


class _Face:
    """What reportlab asks of a face: a name of its own, so that nobody else's font is taken for ours."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.builtIn = 0


def to_unicode_map(texts: Iterable[str]) -> str:
    """The way back from codes 1, 2, 3 ... to text, in UTF-16, so that copying gives the exact characters.

    Source  ISO 32000-1, 9.10.3; Adobe technical note 5411.
    """
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts, 1)]
    blocks = [lines[at : at + _BFCHARS_IN_A_BLOCK] for at in range(0, len(lines), _BFCHARS_IN_A_BLOCK)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    head = (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    )
    tail = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
    return "\n".join((*head, *body, *tail))


def _subset(file: FontFile, glyphs: list[Glyph]) -> tuple[bytes, bytes]:
    """The font program with these glyphs, and the place of each code's glyph in it, two bytes a code."""
    # A copy: makeSubset moves a reading position, and two documents may be made at the same time.
    face = copy.copy(file.face)
    face.charToGlyph = {code: glyph.index for code, glyph in enumerate(glyphs)}
    program: bytes = face.makeSubset(list(range(len(glyphs))))
    # makeSubset numbers glyphs in the order in which it first meets them, 0 before all.
    places: dict[int, int] = {0: 0}
    for glyph in glyphs:
        places.setdefault(glyph.index, len(places))
    return program, b"".join(places[glyph.index].to_bytes(2, "big") for glyph in glyphs)


def _descriptor(file: FontFile, base_font: str, program: Any) -> Any:
    face = file.face
    return pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{base_font}",
            "Flags": (face.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(face.bbox),
            "ItalicAngle": face.italicAngle,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.capHeight,
            "StemV": face.stemV,
            "FontFile2": program,
        }
    )
