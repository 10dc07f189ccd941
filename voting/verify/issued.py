"""Who was issued which key, and from when: the issue entries with their leaves, and single credentials."""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.ledger import kinds
from voting.ledger.bundle_files import ISSUED
from voting.ledger.canonical import unb64
from voting.ledger.commitments import leaves_root
from voting.verify import records
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A member's key from the entry *index* on; None where it was revoked."""

    index: int
    key: bytes | None
    level: str


Batches = tuple[tuple[records.IssuedLine, ...], ...]


def batches(evidence: Evidence) -> Batches:
    """The leaves of each issue entry, as its root and level say (check 18)."""
    return evidence.once("batches", lambda: _batches(evidence))


def _batches(evidence: Evidence) -> Batches:
    lines = records.issued(evidence.bundle, number=18)
    found, place = [], 0
    for entry, body in evidence.of(kinds.Issue):
        batch = lines[place : place + body.members]
        place += body.members
        members = [each.member for each in batch]
        if len(batch) != body.members or members != sorted(set(members)):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        if leaves_root(each.line for each in batch).hex() != body.root:
            raise refuted(18, "batch-root", path=ISSUED, index=entry.index)
        if any(each.level != body.level or each.member not in evidence.roll for each in batch):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        found.append(batch)
    if place != len(lines):
        raise refuted(18, "batch-rest", path=ISSUED)
    return tuple(found)


def timelines(evidence: Evidence) -> Mapping[str, list[IssuedKey]]:
    """The keys of every member, in the order in which they began to hold."""
    return evidence.once("timelines", lambda: _timelines(evidence))


def _timelines(evidence: Evidence) -> Mapping[str, list[IssuedKey]]:
    found: dict[str, list[IssuedKey]] = {}
    issues = iter(batches(evidence))
    for entry in evidence.entries:
        body = entry.body
        if isinstance(body, kinds.Issue):
            for each in next(issues):
                found.setdefault(each.member, []).append(IssuedKey(entry.index, each.key, each.level))
        elif isinstance(body, kinds.Credential):
            if body.member not in found:
                raise refuted(18, "credential", index=entry.index)
            key = None if body.key is None else unb64(body.key)
            found[body.member].append(IssuedKey(entry.index, key, found[body.member][-1].level))
    return found


def key_at(evidence: Evidence, member: str, index: int) -> IssuedKey | None:
    """The key that a member had when entry *index* was written; None before any was issued."""
    held = [each for each in timelines(evidence).get(member, ()) if each.index < index]
    return held[-1] if held else None
