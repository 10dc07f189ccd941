"""The letterhead as the office fills it in on a page: part by part, previewed, with every one before it.

Two clerks at one part: what was typed upon something that a colleague has changed meanwhile is not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.drafting.drafts import EditedMeanwhile
from voting.services.errors import NoSuchAssembly
from voting.services.printing import letters, minutes, paper_signing
from voting.services.printing.letterheads import keep
from voting.services.stages import AssemblyLine, line_of
from voting.sheets.letterhead_form import values_of, with_typed
from voting.sheets.letterhead_toml import read_letterhead
from voting.store import accounts, assemblies, letterheads
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

MINUTES, KEEPING = "minutes", "keeping"


@dataclass(eq=False)
class NoSuchLetterhead(Refusal):
    """No letterhead of that number was ever set for the assembly."""

    code: ClassVar[str] = "no-such-letterhead"
    number: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A letterhead that was set.  Shape: ``by`` is empty where nobody wrote down who did."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Shape: ``versions`` the newest first, which is the one in force."""

    assembly: AssemblyLine
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class PartPage:
    """One part of the form.

    Shape   ``values`` by key of LETTERHEAD.toml; ``seen`` their digest; ``keys`` who of the body has a key to
            sign with, as (short name, name); ``can_preview``: there is a paper to show it on.
    """

    assembly: AssemblyLine
    values: Mapping[str, str]
    seen: str
    keys: tuple[tuple[str, str], ...]
    can_preview: bool


def overview(rt: Runtime, who: Officer, origin: str) -> Overview:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        lines = tuple(
            VersionLine(each.number, parse_instant(each.changed_at), _name(tx, each.changed_by))
            for each in letterheads.versions(tx, case.id)
        )
        return Overview(line_of(case, rt.now()), lines)


def part_page(rt: Runtime, who: Officer, origin: str, part: str) -> PartPage:
    """Raises: NotAllowed, NoSuchAssembly, PaperKeyUnusable."""
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        values = values_of(letterheads.find(tx, case.id) or "", part)
    reached = case.result_index if part == MINUTES else case.frozen_index
    keys = paper_signing.keys(rt, case.body) if part == MINUTES else ()
    return PartPage(
        assembly=line_of(case, rt.now()),
        values=values,
        seen=_seen(values),
        keys=tuple((each.signer, each.name) for each in keys),
        can_preview=reached is not None and part != KEEPING,
    )


def revise(
    rt: Runtime, who: Officer, origin: str, part: str, typed: Mapping[str, str], *, shown: str
) -> None:
    """Keep what was typed into one part; *shown* is the digest of that part as the clerk saw it.

    Raises  NotAllowed, NoSuchAssembly, EditedMeanwhile, LetterheadFaults; ProxiesFixed.
    """
    require(who, Act.DRAFT)
    now = instant_text(rt.now())
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = _case(tx, origin)
        source = letterheads.find(tx, case.id) or ""
        newest = next(iter(letterheads.versions(tx, case.id)), None)
        if newest is not None and _seen(values_of(source, part)) != shown:
            raise EditedMeanwhile(_name(tx, newest.changed_by), parse_instant(newest.changed_at))
        keep(tx, case, with_typed(source, part, typed), by=who, now=now)


def restore(rt: Runtime, who: Officer, origin: str, number: int) -> None:
    """Set once more what was set before, as a new version.

    Raises  NotAllowed, NoSuchAssembly, NoSuchLetterhead, ProxiesFixed; LetterheadFaults where it was made for
            another release and cannot be read any more.
    """
    require(who, Act.DRAFT)
    now = instant_text(rt.now())
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = _case(tx, origin)
        keep(tx, case, _source(tx, case, number), by=who, now=now)


def version(rt: Runtime, who: Officer, origin: str, number: int) -> str:
    """A LETTERHEAD.toml as it was set.  Raises: NotAllowed, NoSuchAssembly, NoSuchLetterhead."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        return _source(tx, _case(tx, origin), number)


def preview(rt: Runtime, who: Officer, origin: str, part: str, typed: Mapping[str, str]) -> bytes:
    """A paper with what was typed, which is not kept: the notice, or a draft of the minutes.

    Raises  NotAllowed, NoSuchAssembly, LetterheadFaults; as ``letters.notice``, ``minutes.minutes``.
    """
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        source = letterheads.find(tx, _case(tx, origin).id) or ""
    new = with_typed(source, part, typed)
    read_letterhead(new)
    if part == MINUTES:
        return minutes.preview(rt, who, origin, new)
    return letters.preview(rt, who, origin, new)


def _seen(values: Mapping[str, str]) -> str:
    return sha256(canonical.encode(dict(values))).hexdigest()


def _source(tx: Transaction, case: Case, number: int) -> str:
    for each in letterheads.versions(tx, case.id):
        if each.number == number:
            return each.source
    raise NoSuchLetterhead(number)


def _name(tx: Transaction, account: str | None) -> str:
    found = accounts.find(tx, account or "")
    return account or "" if found is None else found.officer.name


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case
