"""Who was issued which key, and from when: the issue entries with their leaves, and single credentials."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from voting.ledger import kinds
from voting.ledger.bundle_files import ISSUED
from voting.ledger.canonical import unb64
from voting.ledger.commitments import leaves_root
from voting.verify import records
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted


class IssuedKey(NamedTuple):
    """A member's key from the entry *since* on; None where it was revoked."""

    since: int
    key: bytes | None
    level: str


Batches = tuple[tuple[records.IssuedLine, ...], ...]


def batches(evidence: Evidence) -> Batches:
    """The leaves of each issue entry, as its root and level say (check 18)."""
    return evidence.once("batches", lambda: _verified(evidence))


def _verified(evidence: Evidence) -> Batches:
    found = _read(evidence)
    for (entry, body), batch in zip(evidence.of(kinds.Issue), found, strict=True):
        members = [each.member for each in batch]
        if members != sorted(set(members)):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        if leaves_root(each.line for each in batch).hex() != body.root:
            raise refuted(18, "batch-root", path=ISSUED, index=entry.index)
        if any(each.level != body.level or each.member not in evidence.roll for each in batch):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
    return found


def _read(evidence: Evidence) -> Batches:
    """The leaves of each issue entry, in number; whether they are what it says is not asked."""
    return evidence.once("issued", lambda: _parted(evidence))


def _parted(evidence: Evidence) -> Batches:
    lines, place, found = records.issued(evidence.bundle, number=18), 0, []
    for entry, body in evidence.of(kinds.Issue):
        found.append(lines[place : place + body.members])
        place += body.members
        if place > len(lines):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
    if place != len(lines):
        raise refuted(18, "batch-rest", path=ISSUED)
    return tuple(found)


def timelines(evidence: Evidence) -> Mapping[str, list[IssuedKey]]:
    """The keys of every member, in the order in which they began to hold."""
    batches(evidence)
    return stated_timelines(evidence)


def stated_timelines(evidence: Evidence) -> Mapping[str, list[IssuedKey]]:
    """The same as issued.jsonl has it, for who will ask for the batches later."""
    return evidence.once("timelines", lambda: _timelines(evidence))


def _timelines(evidence: Evidence) -> Mapping[str, list[IssuedKey]]:
    found: dict[str, list[IssuedKey]] = {}
    issues = iter(_read(evidence))
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


def key_at(held: Mapping[str, Sequence[IssuedKey]], member: str, index: int) -> IssuedKey | None:
    """The key that a member had when entry *index* was written; None before any was issued."""
    found = None
    for each in held.get(member, ()):
        if each.since < index:
            found = each
    return found
