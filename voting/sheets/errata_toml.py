"""ERRATA.toml: what was misprinted in the papers of an assembly.  Its keys: docs/papers.md."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from voting.core.docket import Docket
from voting.core.errata import Errata, Erratum
from voting.core.errors import Refusal
from voting.core.motions import DocumentRef
from voting.sheets.assembly_wording import fault_text
from voting.sheets.toml_reading import TomlFault, TomlTable, day, maybe, number, text

_NONE = DocumentRef("", "")


@dataclass(eq=False)
class ErrataFaults(Refusal):
    """The file cannot be used.  Order: as the file is read."""

    code: ClassVar[str] = "errata-faults"
    faults: tuple[TomlFault, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Each fault in words, with its place."""
        return tuple(fault_text(fault) for fault in self.faults)


def read_errata(source: str, docket: Docket) -> Errata:
    """The list written in *source*, each row bound to a paper that members of *docket* have.

    Raises  ErrataFaults with everything that is wrong, each with its place.
    """
    try:
        values = tomllib.loads(source.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as fault:
        raise ErrataFaults((TomlFault("", "toml-syntax", {"detail": str(fault)}),)) from None
    faults: list[TomlFault] = []
    top = TomlTable(values, "", faults)
    reason, given = top.take("reason", text, ""), top.take("number", text, "")
    dated = top.take("date", maybe(day), None)
    rows = [_row(each, docket) for each in top.tables("row", lambda index, _: f"row.{index + 1}")]
    if not rows:
        top.note("row", "text-missing")
    top.close()
    if faults:
        raise ErrataFaults(tuple(faults))
    return Errata(tuple(rows), reason, given, dated)


def _row(table: TomlTable, docket: Docket) -> Erratum:
    motion = table.take("motion", number, None)
    document = _document(table, _papers(table, docket, motion))
    place, wrong, right = (table.need(key, text, "") for key in ("place", "wrong", "right"))
    for key, found in (("place", place), ("right", right), ("wrong", wrong)):
        if table.has(key) and not found.strip():
            table.note(table.at(key), "text-missing")
    if wrong.strip() and wrong == right:
        table.note(table.at("right"), "erratum-alike")
    table.close()
    return Erratum(motion, document, place, wrong, right)


def _papers(table: TomlTable, docket: Docket, motion: int | None) -> Sequence[DocumentRef]:
    """The papers that the row may speak of."""
    if motion is None:
        return docket.documents
    found = [each for each in docket.motions if each.number == motion]
    if not found:
        table.note(table.at("motion"), "unknown-condition", number=str(motion))
        return ()
    return found[0].documents


def _document(table: TomlTable, papers: Sequence[DocumentRef]) -> DocumentRef:
    """The paper of that name, or the only one there is."""
    name = table.take("document", text, "")
    found = [each for each in papers if not name or each.name == name]
    if len(found) == 1:
        return found[0]
    names = "、".join(each.name for each in papers) or "なし"
    table.note(table.at("document"), "erratum-no-document", names=names)
    return _NONE
