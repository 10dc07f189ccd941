"""LETTERHEAD.toml: how an office writes the papers of an assembly, by hand.  Its keys: docs/papers.md."""

import tomllib
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.letterhead import (
    Counter,
    Digits,
    Inquiring,
    Keeping,
    Kept,
    Letterhead,
    Minutes,
    PaperKind,
    Proxies,
    ProxyTo,
    Returns,
    Seal,
)
from voting.sheets.assembly_wording import fault_text
from voting.sheets.toml_reading import TomlFault, TomlTable, Wrong, day, listing, maybe, text, word


@dataclass(eq=False)
class LetterheadFaults(Refusal):
    """The file cannot be used.  Order: as the file is read."""

    code: ClassVar[str] = "letterhead-faults"
    faults: tuple[TomlFault, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Each fault in words, with its place."""
        return tuple(fault_text(fault) for fault in self.faults)


def read_letterhead(source: str) -> Letterhead:
    """The settings written in *source*; everything has a default.

    Raises  LetterheadFaults with everything that is wrong, each with its place.
    """
    try:
        values = tomllib.loads(source.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as fault:
        raise LetterheadFaults((TomlFault("", "toml-syntax", {"detail": str(fault)}),)) from None
    faults: list[TomlFault] = []
    top = TomlTable(values, "", faults)
    letter, notice = top.table("letter"), top.table("notice")
    found = Letterhead(
        to=letter.take("to", listing(_line), ("会員各位",)),
        sender=letter.take("sender", listing(_line), ()),
        seal=letter.take("seal", word(Seal), Seal.OMITTED),
        digits=letter.take("digits", word(Digits), Digits.HALF),
        counter=letter.take("counter", word(Counter), Counter.VOTES),
        numbers=MappingProxyType(_numbers(top.table("numbers"))),
        dates=MappingProxyType(_dates(top.table("dates"))),
        returns=_returns(top.table("return")),
        reason=notice.take("reason", text, ""),
        questions=notice.take("questions", word(Inquiring), Inquiring.OPEN),
        questions_until=notice.take("questions_until", maybe(day), None),
        enclosed=notice.take("enclosed", listing(_line), ()),
        minutes=_minutes(top.table("minutes")),
        proxies=_proxies(top.table("proxy")),
        keeping=MappingProxyType(_keeping(top.table("keeping"))),
    )
    for table in (letter, notice, top):
        table.close()
    if faults:
        raise LetterheadFaults(tuple(faults))
    return found


def _line(value: object) -> str:
    """Text that stands on one line, and says something."""
    found = text(value)
    if not found.strip() or len(found.splitlines()) != 1:
        raise Wrong("toml-no-line")
    return found


def _numbers(table: TomlTable) -> dict[PaperKind, str]:
    found = {kind: table.take(kind.value, _line, "") for kind in PaperKind}
    table.close()
    return {kind: number for kind, number in found.items() if number}


def _dates(table: TomlTable) -> dict[PaperKind, date]:
    found = {kind: table.take(kind.value, maybe(day), None) for kind in PaperKind}
    table.close()
    return {kind: at for kind, at in found.items() if at is not None}


def _returns(table: TomlTable) -> Returns:
    found = Returns(**{name: table.take(name, _line, "") for name in ("to", "fax", "mail", "post")})
    table.close()
    return found


def _proxies(table: TomlTable) -> Proxies:
    found = Proxies(
        clause=table.take("clause", _line, ""), to=table.take("to", listing(word(ProxyTo)), (ProxyTo.CHAIR,))
    )
    if not found.to or len(set(found.to)) != len(found.to):
        table.note(table.at("to"), "repeated" if found.to else "text-missing", what="、".join(found.to))
    table.close()
    return found


def _keeping(table: TomlTable) -> dict[Kept, Keeping]:
    # Every name is asked for, so that a misspelt one is told with the one that was meant.
    found = {kept: _kept(table.table(kept.value)) for kept in Kept}
    table.close()
    return {kept: each for kept, each in found.items() if each != Keeping()}


def _kept(table: TomlTable) -> Keeping:
    found = Keeping(**{name: table.take(name, _line, "") for name in ("where", "who", "until")})
    table.close()
    return found


def _minutes(table: TomlTable) -> Minutes:
    found = Minutes(
        signers=table.take("signers", listing(_line), ()),
        author=table.take("author", _line, ""),
        proposer=table.take("proposer", _line, ""),
        course=table.take("course", listing(text), ()),
        resolved_on=table.take("resolved_on", maybe(day), None),
    )
    if len(set(found.signers)) != len(found.signers):
        table.note(table.at("signers"), "repeated", what="、".join(found.signers))
    table.close()
    return found
