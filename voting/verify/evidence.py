"""What the checks share: each fact is read from the bundle once (``facts``), and belongs to one check."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeVar, cast

from voting.core.docket import Docket
from voting.core.docket_json import docket_from_json
from voting.core.errors import Refusal
from voting.ledger import kinds
from voting.ledger.bundle_files import AUDITOR, DOCKET, DOCKETS, ISSUED, ROLL
from voting.ledger.canonical import CanonicalFault, decode
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.ed25519 import Opens, Verify, opens, verifies
from voting.ledger.entries import Entry, Piece, decode_entry
from voting.ledger.merkle import levels_of, roots
from voting.ledger.note import Verifier
from voting.ledger.receipt_file import Receipt
from voting.verify import records
from voting.verify.blocks import root_of
from voting.verify.bundle import Bundle
from voting.verify.checkpoints import Signed, checkpoints_of
from voting.verify.facts import Remembering, fact
from voting.verify.findings import refuted
from voting.verify.line_shapes import OpeningLine, OpeningLines, RollLines
from voting.verify.log import Log, entry_bytes, read_log
from voting.verify.votes import Votes

_B = TypeVar("_B", bound=kinds.Body)
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


class Evidence(Remembering):
    """A bundle and what the user holds, looked into as far as the checks ask."""

    def __init__(self, bundle: Bundle, held: Held) -> None:
        super().__init__()
        self.bundle, self.held = bundle, held
        # By what signatures are verified: where there are thousands, the fastest there is.
        self.verify: Verify = verifies
        self.opens: Opens = opens
        # What was sent, as far as the log has been read.
        self.sent = Votes()
        # Who wants to be told of each piece of the log as soon as it is read.
        self.listener: Callable[[Piece], None] = lambda _: None

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
    def _log(self) -> Log:
        def told(pieces: Sequence[Piece]) -> None:
            for piece in pieces:
                self.sent.add(piece)
                self.listener(piece)

        return read_log(self.bundle, told)

    @property
    def leaves(self) -> Sequence[bytes]:
        """The hashes of the entries as they stand in the tiles (check 7)."""
        return self._log.leaves

    @fact
    def levels(self) -> list[list[bytes]]:
        """The roots of all perfect subtrees over the entries."""
        return levels_of(self.leaves)

    @fact
    def pieces(self) -> Sequence[Piece]:
        """The entries read (check 10); their places and times are the check's to compare.

        Ballots by the web that follow each other are one piece, every other entry is one by itself.
        """
        if self._log.fault is not None:
            raise self._log.fault
        return self._log.pieces

    @fact
    def others(self) -> tuple[Entry, ...]:
        """The entries that are no usual ballot by the web, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Entry))

    def entry(self, index: int) -> Entry:
        """One entry of those that were read."""
        return decode_entry(entry_bytes(self.bundle, index, size=len(self.leaves)))

    def of(self, kind: type[_B]) -> Sequence[tuple[Entry, _B]]:
        """The entries of one kind, in order, with their bodies; votes are told by ``votes``."""
        return cast(Sequence[tuple[Entry, _B]], self._by_kind.get(kind, ()))

    @fact
    def _by_kind(self) -> Mapping[type[kinds.Body], list[tuple[Entry, kinds.Body]]]:
        found = defaultdict[type[kinds.Body], list[tuple[Entry, kinds.Body]]](list)
        for entry in self.others:
            body = entry.body
            found[type(body)].append((entry, body))
        return found

    @property
    def votes(self) -> Votes:
        """Everything that was sent: ballots and refused ones, in order."""
        _ = self.pieces
        return self.sent

    @fact
    def several(self) -> frozenset[int]:
        """Who sent more than one vote, by their numbers."""
        return self.votes.several()

    @fact
    def due(self) -> tuple[list[int | None], list[int | None]]:
        """Sequence and replacement of each vote, counted anew."""
        return self.votes.due(self.several)

    @fact
    def are_numbered_as_on_roll(self) -> bool:
        """Whether members' numbers are their places on the roll: everybody was issued a key, in its order."""
        return self.votes.names() == self.roll.members

    @fact
    def senders(self) -> Sequence[int | None]:
        """Where members stand on the roll, by their numbers; None for who is not on it."""
        if self.are_numbered_as_on_roll:
            return range(len(self.roll.members))
        return list(map(cast(Mapping[str | None, int], self.place).get, self.votes.names()))

    @property
    def genesis(self) -> kinds.Genesis:
        first = self.pieces[0]
        if not isinstance(first, Entry) or not isinstance(first.body, kinds.Genesis):
            raise refuted(11, "no-entry-of", kind="genesis")
        return first.body

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
    def roll(self) -> RollLines:
        """The public roll (check 14)."""
        return records.roll(self.bundle, number=14)

    @fact
    def roll_root(self) -> bytes:
        """The root over the lines of the public roll."""
        return root_of(self.bundle, ROLL)

    @fact
    def issued_root(self) -> bytes:
        """The root over all lines of issued.jsonl: over the batch, where there is one."""
        return root_of(self.bundle, ISSUED)

    @fact
    def place(self) -> Mapping[str, int]:
        """Where each member stands on the roll."""
        # Nearly always everybody on it was issued a key, in its order: they have these very numbers.
        if self.sent.names() == self.roll.members:
            return cast(Mapping[str, int], dict(self.sent.numbers))
        return dict(zip(self.roll.members, count(), strict=False))

    def votes_of(self, members: Iterable[str]) -> int:
        """The votes of these members of the roll together.  Units: millionths."""
        return sum([self.roll.votes[self.place[member]] for member in members])

    # What the votes open to: check 17

    @fact
    def openings(self) -> OpeningLines:
        """The openings, by index; none where they are withheld."""
        return records.openings(self.bundle, number=17) if self.shows_openings else OpeningLines()

    @fact
    def all_open(self) -> bool:
        """Whether every vote has an opening, and there are no others."""
        return self.openings.at == self.votes.at

    @fact
    def opening_of(self) -> Sequence[int | None]:
        """The number of the opening of each vote, in the order of the votes."""
        if self.all_open:
            return range(len(self.votes.at))
        return list(map({at: number for number, at in enumerate(self.openings.at)}.get, self.votes.at))

    def opening(self, vote: int) -> OpeningLine | None:
        """What the vote of this number opens to."""
        number = self.opening_of[vote]
        return None if number is None else self.openings.line(number)

    @fact
    def unopened(self) -> list[int]:
        """The indices of votes whose opening is due and not there."""
        if not self.shows_openings or self.all_open:
            return []
        votes = zip(self.votes.at, self.votes.commitments, self.opening_of, strict=True)
        return [index for index, commitment, line in votes if line is None and commitment is not None]

    @property
    def erasures(self) -> list[kinds.Erase]:
        return [body for _, body in self.of(kinds.Erase)]
