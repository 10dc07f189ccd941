"""What the checks share: each fact is read from the bundle once, and belongs to one check.

A fact that is not so refutes the check it belongs to; every other check that asks for it learns which
check it rests on.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from voting.core.docket import Docket
from voting.core.docket_json import docket_from_json
from voting.core.errors import Refusal
from voting.ledger import kinds
from voting.ledger.bundle_files import AUDITOR, DOCKET, DOCKETS
from voting.ledger.canonical import CanonicalFault, decode
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.ed25519 import Verify, verifies
from voting.ledger.entries import Entry, EntryFault, decode_entries, decode_entry
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.merkle import hash_leaves, levels_of, roots
from voting.ledger.note import Verifier
from voting.ledger.receipt_file import Receipt
from voting.ledger.tiles import ENTRIES, WIDTH, TileFault, read_entries
from voting.verify import records
from voting.verify.bundle import Bundle
from voting.verify.checkpoints import Signed, checkpoints_of
from voting.verify.findings import Refuted, refuted
from voting.verify.line_shapes import OpeningLine, RollLine

_T = TypeVar("_T")
_B = TypeVar("_B", bound=kinds.Body)
_VOTES = (Ballot, Refused)
# An amend of these brings a new docket; one of the roll a new roll, one of paper a sheet.
_OF_DOCKET = ("period", "rules", "texts")


@dataclass(frozen=True, slots=True)
class Held:
    """What the user holds: the log's key, and checkpoints and receipts by the names of their files."""

    key: Verifier
    checkpoints: tuple[tuple[str, bytes], ...] = ()
    receipts: tuple[tuple[str, Receipt], ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """A docket and the index of the entry from which it holds."""

    index: int
    sha256: str
    docket: Docket


class fact(Generic[_T]):
    """A property of the evidence that is made at the first question and then stands there.

    A refutation is remembered as well.
    """

    def __init__(self, make: "Callable[[Evidence], _T]") -> None:
        self.make, self.name = make, make.__name__

    def __get__(self, evidence: "Evidence", _: type) -> _T:
        found = evidence.once(self.name, lambda: self.make(evidence))
        # From now on Python finds it without asking here.
        evidence.__dict__[self.name] = found
        return found


class Evidence:
    """A bundle and what the user holds, looked into as far as the checks ask."""

    def __init__(self, bundle: Bundle, held: Held) -> None:
        self.bundle, self.held = bundle, held
        # By what signatures are verified: where there are thousands, the fastest there is.
        self.verify: Verify = verifies
        # Who wants to be told of the next entries as soon as they are read.
        self.listener: Callable[[Sequence[Entry]], None] | None = None
        self._known: dict[str, object] = {}

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """The fact *name*, made at the first question; a refutation is remembered as well."""
        if name not in self._known:
            try:
                self._known[name] = make()
            except Refuted as fault:
                self._known[name] = fault
        found = self._known[name]
        if isinstance(found, Refuted):
            raise found
        return cast(_T, found)

    @property
    def is_auditors(self) -> bool:
        return self.bundle.audience == AUDITOR

    @property
    def disclosure(self) -> str:
        return self.genesis.disclosure

    @property
    def shows_names(self) -> bool:
        """Whether the private roll is due in this bundle.  Source: ledger L7, L8."""
        return self.is_auditors or self.disclosure == "L0"

    @property
    def shows_openings(self) -> bool:
        """Whether openings are due in this bundle."""
        return self.is_auditors or self.disclosure != "L2"

    # The log: checks 4, 7 and 10

    @fact
    def raw(self) -> tuple[bytes, ...]:
        """The entries' bytes as they stand in the tiles (check 7)."""
        files = {path: self.bundle.read(path) or b"" for path in self.bundle.under(ENTRIES)}
        try:
            entries = read_entries(files)
        except TileFault as fault:
            raise refuted(7, "tile", detail=str(fault)) from fault
        if not entries:
            raise refuted(7, "no-entries")
        return entries

    @fact
    def leaves(self) -> list[bytes]:
        return hash_leaves(self.raw)

    @fact
    def levels(self) -> list[list[bytes]]:
        """The roots of all perfect subtrees over the entries."""
        return levels_of(self.leaves)

    @fact
    def entries(self) -> tuple[Entry, ...]:
        """The entries read (check 10); their places and times are the check's to compare."""
        found: list[Entry] = []
        for start in range(0, len(self.raw), WIDTH):
            entries = _decoded(self.raw[start : start + WIDTH], start)
            found += entries
            if self.listener is not None:
                self.listener(entries)
        return tuple(found)

    def of(self, kind: type[_B]) -> Sequence[tuple[Entry, _B]]:
        """The entries of one kind, in order, with their bodies."""
        return cast(Sequence[tuple[Entry, _B]], self._by_kind.get(kind, ()))

    @fact
    def _by_kind(self) -> Mapping[type[kinds.Body], list[tuple[Entry, kinds.Body]]]:
        found = defaultdict[type[kinds.Body], list[tuple[Entry, kinds.Body]]](list)
        for entry in self.entries:
            body = entry.body
            found[type(body)].append((entry, body))
        return found

    @fact
    def votes(self) -> list[tuple[Entry, Ballot | Refused]]:
        """Everything that was sent: ballots and refused ones, in order."""
        return [(each, each.body) for each in self.entries if isinstance(each.body, _VOTES)]

    @property
    def genesis(self) -> kinds.Genesis:
        body = self.entries[0].body
        if not isinstance(body, kinds.Genesis):
            raise refuted(11, "no-entry-of", kind="genesis")
        return body

    def only(self, kind: type[_B]) -> tuple[Entry, _B]:
        """The first entry of a kind that has to be there (check 11)."""
        found = self.of(kind)
        if not found:
            raise refuted(11, "no-entry-of", kind=kind.kind)
        return found[0]

    @property
    def keys(self) -> tuple[tuple[int, Verifier], ...]:
        """The log's keys with the index of the entry that brought each; the first is the user's."""
        rotated = [(entry.index, Verifier.from_vkey(body.vkey)) for entry, body in self.of(kinds.Key)]
        return ((0, self.held.key), *rotated)

    @fact
    def signed(self) -> tuple[Signed, ...]:
        """The checkpoints, by size (check 4)."""
        return checkpoints_of(self.bundle, self.keys, by=self.verify)

    @property
    def final(self) -> Checkpoint:
        return self.signed[-1].checkpoint

    @fact
    def roots(self) -> Mapping[int, bytes]:
        """The roots over all entries, and over those of each checkpoint that there can be one of."""
        return roots(self.levels, [len(self.leaves), *(each.checkpoint.size for each in self.signed)])

    # What was frozen: checks 12 and 14

    @fact
    def dockets(self) -> tuple[InForce, ...]:
        """The docket of the freeze and those of later amends, in order (check 12)."""
        entry, freeze = self.only(kinds.Freeze)
        found = [InForce(entry.index, freeze.docket_sha256, self._docket(DOCKET, freeze.docket_sha256))]
        for entry, amend in self.of(kinds.Amend):
            if amend.what in _OF_DOCKET:
                docket = self._docket(DOCKETS + amend.new_sha256, amend.new_sha256)
                found.append(InForce(entry.index, amend.new_sha256, docket))
        return tuple(found)

    def _docket(self, path: str, digest: str) -> Docket:
        data = self.bundle.read(path)
        if data is None:
            raise refuted(12, "missing", path=path)
        if self.bundle.digest(path) != digest:
            raise refuted(12, "docket-hash", path=path)
        try:
            return docket_from_json(decode(data))
        except (CanonicalFault, Refusal) as fault:
            detail = getattr(fault, "where", "") or str(fault)
            raise refuted(12, "docket", path=path, detail=detail) from fault

    @property
    def docket(self) -> Docket:
        """The docket by which the assembly is counted: the last one."""
        return self.dockets[-1].docket

    def docket_at(self, index: int) -> Docket:
        """The docket in force when entry *index* was written."""
        first, *later = self.dockets
        return [first, *(each for each in later if each.index < index)][-1].docket

    @fact
    def roll(self) -> Mapping[str, RollLine]:
        """The public roll by member (check 14)."""
        return {each.member: each for each in records.roll(self.bundle, number=14)}

    # What the votes open to: check 17

    @fact
    def openings(self) -> Mapping[int, OpeningLine]:
        """The openings by index; none where they are withheld."""
        if not self.shows_openings:
            return {}
        return {each.at: each for each in records.openings(self.bundle, number=17)}

    @fact
    def unopened(self) -> list[int]:
        """The indices of votes whose opening is due and not there."""
        due = [e.index for e, body in self.votes if body.commitment is not None]
        return [index for index in due if index not in self.openings] if self.shows_openings else []

    @property
    def erasures(self) -> list[kinds.Erase]:
        return [body for _, body in self.of(kinds.Erase)]


def _decoded(batch: Sequence[bytes], start: int) -> list[Entry]:
    """The entries of *batch*, of which the first stands at index *start*."""
    try:
        return decode_entries(batch)
    except EntryFault:
        return [_entry(data, index) for index, data in enumerate(batch, start)]


def _entry(data: bytes, index: int) -> Entry:
    try:
        return decode_entry(data)
    except EntryFault as fault:
        raise refuted(10, "entry", index=index, detail=str(fault)) from fault
