"""Who was issued which key, and from when: the issue entries with their leaves, and single credentials."""

from collections.abc import Callable, Sequence
from operator import lt
from typing import NamedTuple

from voting.ledger import kinds
from voting.ledger.bundle_files import ISSUED
from voting.ledger.canonical import unb64
from voting.ledger.commitments import leaves_root
from voting.ledger.entries import Entry
from voting.verify import records
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted
from voting.verify.line_shapes import IssuedLine


class IssuedKey(NamedTuple):
    """A member's key from the entry *since* on; None where it was revoked."""

    since: int
    key: bytes | None
    level: str


Batches = tuple[tuple[IssuedLine, ...], ...]


def batches(evidence: Evidence) -> Batches:
    """The leaves of each issue entry, as its root and level say (check 18)."""
    return evidence.once("batches", lambda: _batches(evidence))


def _batches(evidence: Evidence) -> Batches:
    lines, place, found = lines_of(evidence), 0, []
    for entry, body in evidence.of(kinds.Issue):
        batch = lines[place : place + body.members]
        place += body.members
        members = [each.member for each in batch]
        if len(batch) != body.members or not all(map(lt, members, members[1:])):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        if leaves_root(each.line for each in batch).hex() != body.root:
            raise refuted(18, "batch-root", path=ISSUED, index=entry.index)
        if {each.level for each in batch} - {body.level} or not all(map(evidence.roll.__contains__, members)):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        found.append(batch)
    if place != len(lines):
        raise refuted(18, "batch-rest", path=ISSUED)
    _require_issued_before(evidence, found)
    return tuple(found)


def _require_issued_before(evidence: Evidence, found: Sequence[Sequence[IssuedLine]]) -> None:
    """A single credential is for a member that had one before."""
    credentials = evidence.of(kinds.Credential)
    if not credentials:
        return
    since: dict[str, int] = {}
    for (entry, _), batch in zip(evidence.of(kinds.Issue), found, strict=True):
        for each in batch:
            since.setdefault(each.member, entry.index)
    for entry, body in credentials:
        if since.get(body.member, entry.index) >= entry.index:
            raise refuted(18, "credential", index=entry.index)


def lines_of(evidence: Evidence) -> tuple[IssuedLine, ...]:
    """issued.jsonl as it stands; whether it is what the log says is for ``batches``."""
    return evidence.once("issued", lambda: records.issued(evidence.bundle, number=18))


class KeysInForce:
    """Each member's key, as the log goes on; *lines* are those of issued.jsonl, a batch for each issue entry.

    Raises  Refuted as check 18, where the lines cannot be read.
    """

    def __init__(self, lines: Callable[[], Sequence[IssuedLine]]) -> None:
        self._lines, self._place = lines, 0
        self._held: dict[str, IssuedKey] = {}

    def see(self, entry: Entry) -> None:
        """The next entry of the log that is no vote."""
        body = entry.body
        if isinstance(body, kinds.Issue):
            start, self._place = self._place, self._place + body.members
            lines = self._lines()[start : self._place]
            self._held |= {each.member: IssuedKey(entry.index, each.key, each.level) for each in lines}
        elif isinstance(body, kinds.Credential):
            if body.member not in self._held:
                raise refuted(18, "credential", index=entry.index)
            key = None if body.key is None else unb64(body.key)
            self._held[body.member] = IssuedKey(entry.index, key, self._held[body.member].level)

    def of(self, member: str) -> IssuedKey | None:
        """The member's key and its level; None before any was issued."""
        return self._held.get(member)


def key_at(evidence: Evidence, member: str, index: int) -> IssuedKey | None:
    """The key that a member had when entry *index* was written; None before any was issued."""
    batches(evidence)
    keys = KeysInForce(lambda: lines_of(evidence))
    for entry in evidence.entries[:index]:
        if not isinstance(entry.body, kinds.Ballot | kinds.Refused):
            keys.see(entry)
    return keys.of(member)
