"""A second, slower look at the cells of a workbook, for what the reading library does not tell.

It gives an error and a formula that was never calculated as empty text, and knows nothing of hidden rows: a
roll would lose a member's votes, or count a member that somebody had filtered away, without a word.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from voting.sheets.cells import CellFault
from voting.sheets.errors import Damaged, HasDoctype

Place = tuple[int, int]


@dataclass(slots=True)
class Look:
    """What one sheet holds beside its values.

    Shape   ``faults``: (row from 1, column from 0) -> what is wrong; ``hidden``: rows from 1;
            ``uses``: number of a shared text -> how often the sheet uses it.
    """

    faults: dict[Place, CellFault] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    uses: Counter[int] = field(default_factory=Counter)


class _Reader:
    def __init__(self) -> None:
        self.found = Look()
        self.place: Place | None = None
        self.kind = ""
        self.has_formula = False
        self.in_value = False
        self.value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self.place = _place(attributes.get("r", ""))
            self.kind = attributes.get("t", "")
            self.has_formula = False
            self.value = []
        elif name == "f":
            self.has_formula = True
        elif name == "v":
            self.in_value = True
        elif (
            name == "row" and attributes.get("hidden") in {"1", "true"} and attributes.get("r", "").isdigit()
        ):
            self.found.hidden.add(int(attributes["r"][:9]))

    def text(self, text: str) -> None:
        if self.in_value:
            self.value.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v":
            self.in_value = False
        elif name == "c" and self.place is not None:
            value = "".join(self.value).strip()
            if self.kind == "e":
                self.found.faults[self.place] = CellFault.ERROR
            elif self.has_formula and not value and self.kind != "str":
                self.found.faults[self.place] = CellFault.NO_VALUE
            elif self.kind == "s" and value.isdigit():
                self.found.uses[int(value[:9])] += 1
            self.place = None


def look(pieces: Iterable[bytes], *, part: str) -> Look:
    """What the sheet of these bytes holds beside its values.

    Raises  Damaged where it is no XML, HasDoctype where it has a document type.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise HasDoctype(part)

    parser.StartDoctypeDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise Damaged(part) from None
    return reader.found


def _place(reference: str) -> Place | None:
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not letters or not digits or len(digits) > 9:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits), column - 1
