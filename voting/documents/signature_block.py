"""Where a paper is signed electronically: a framed place for each signer, some beside each other."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from voting.documents.frame import LEFT, MEASURE, baseline
from voting.documents.linebreak import lines
from voting.documents.page import BODY, SMALL, Paper
from voting.documents.signing import field_name
from voting.documents.spacing import SMALL_PITCH
from voting.documents.structure import Tag

SAID = (
    "この文書には、次の者の電子署名があります。"
    "署名及び変更の有無は、PDFの閲覧ソフトで確かめることができます。"
)
_GAP, _PAD = 4 * mm, 2 * mm
_PITCH = 15.0


def put_signatures(paper: Paper, signers: Sequence[str], *, across: int | None = None) -> None:
    """The places of all signers, empty until the paper is signed.

    Shape   *across* of them beside each other; where it is not said three for three, otherwise two.
    Raises  NoGlyph.
    """
    across = across or (3 if len(signers) == 3 else 2)
    wide = (MEASURE - (across - 1) * _GAP) / across
    named = [lines(name, wide - 2 * _PAD, BODY) for name in signers]
    for at in range(0, len(named), across):
        row = named[at : at + across]
        height = SMALL_PITCH + max(len(name) for name in row) * _PITCH + 2 * _PAD
        paper.need(height + 4)
        for place, name in enumerate(row):
            x = LEFT + place * (wide + _GAP)
            paper.box(x, paper.y, wide, height)
            with paper.tagged(Tag.P):
                said = baseline(paper.y + _PAD, SMALL, SMALL_PITCH)
                paper.text(x + _PAD, said, "電子署名", size=SMALL)
                for number, line in enumerate(name):
                    top = paper.y + _PAD + SMALL_PITCH + number * _PITCH
                    paper.text(x + _PAD, baseline(top, BODY, _PITCH), line, size=BODY)
            field = field_name(at + place + 1)
            says = f"電子署名 {signers[at + place]}"
            paper.signature_field(x, paper.y, wide, height, name=field, says=says)
        paper.y += height + 4
