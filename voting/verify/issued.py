"""Who was issued which key, and from when: the issue entries with their lines, and single credentials."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from operator import lt
from typing import NamedTuple

from voting.ledger import kinds
from voting.ledger.bundle_files import ISSUED
from voting.ledger.canonical import unb64
from voting.ledger.entries import Entry
from voting.verify import records
from voting.verify.blocks import root_of
from voting.verify.evidence import Evidence
from voting.verify.findings import Refuted, refuted
from voting.verify.line_shapes import IssuedLines
from voting.verify.votes import Numbers


class IssuedKey(NamedTuple):
    """A member's key, None where it was revoked, and its level."""

    key: bytes | None
    level: str


Batches = tuple[IssuedLines, ...]


def batches(evidence: Evidence) -> Batches:
    """The lines of each issue entry, as its root and level say (check 18)."""
    return evidence.once("batches", lambda: _batches(evidence))


def _batches(evidence: Evidence) -> Batches:
    lines, place, found = lines_of(evidence), 0, []
    for entry, body in evidence.of(kinds.Issue):
        batch = lines.part(place, place + body.members)
        place += body.members
        members = batch.members
        if len(members) != body.members or not _are_ascending(evidence, members):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        if _root(evidence, place - body.members, place).hex() != body.root:
            raise refuted(18, "batch-root", path=ISSUED, index=entry.index)
        if set(batch.levels) - {body.level} or not _are_on_roll(evidence, members):
            raise refuted(18, "batch", path=ISSUED, index=entry.index)
        found.append(batch)
    if place != len(lines.members):
        raise refuted(18, "batch-rest", path=ISSUED)
    _require_issued_before(evidence, found)
    return tuple(found)


def _root(evidence: Evidence, start: int, end: int) -> bytes:
    if (start, end) == (0, len(lines_of(evidence).members)):
        return evidence.issued_root
    return root_of(evidence.bundle, ISSUED, start, end)


def _are_ascending(evidence: Evidence, members: Sequence[str]) -> bool:
    # The roll was read in its order.
    return members is _roll_of(evidence) or all(map(lt, members, members[1:]))


def _roll_of(evidence: Evidence) -> Sequence[str] | None:
    """The members on the roll; None where it cannot be read, which is for another check to say."""
    with suppress(Refuted):
        return evidence.roll.members
    return None


def _are_on_roll(evidence: Evidence, members: Sequence[str]) -> bool:
    # Nearly always everybody was issued one: two lists in one order are compared at once.
    return members == evidence.roll.members or all(map(evidence.place.__contains__, members))


def _require_issued_before(evidence: Evidence, found: Sequence[IssuedLines]) -> None:
    """A single credential is for a member that had one before."""
    credentials = evidence.of(kinds.Credential)
    if not credentials:
        return
    since: dict[str, int] = {}
    for (entry, _), batch in zip(evidence.of(kinds.Issue), found, strict=True):
        for member in batch.members:
            since.setdefault(member, entry.index)
    for entry, body in credentials:
        if since.get(body.member, entry.index) >= entry.index:
            raise refuted(18, "credential", index=entry.index)


def lines_of(evidence: Evidence) -> IssuedLines:
    """issued.jsonl as it stands; whether it is what the log says is for ``batches``."""
    return evidence.once("issued", lambda: _lines_of(evidence))


def _lines_of(evidence: Evidence) -> IssuedLines:
    lines = records.issued(evidence.bundle, number=18)
    # Nearly always everybody was issued one: the same texts once, which then compare at a glance.
    roll = _roll_of(evidence)
    return lines if roll is None or lines.members != roll else lines._replace(members=roll)


class KeysInForce:
    """Each member's key, as the log goes on; *lines* are those of issued.jsonl, a batch for each issue entry.

    Shape   members by their *numbers*, which those that are issued a key get in the order of the lines.
    Raises  Refuted as check 18, where the lines cannot be read.
    """

    def __init__(self, lines: Callable[[], IssuedLines], numbers: Numbers) -> None:
        self._lines, self._place, self._numbers = lines, 0, numbers
        self._keys: list[bytes | None] = []
        # None before any key was issued.
        self._levels: list[str | None] = []

    def see(self, entry: Entry) -> None:
        """The next entry of the log that is no vote."""
        body = entry.body
        if isinstance(body, kinds.Issue):
            start, self._place = self._place, self._place + body.members
            self._issue(self._lines().part(start, self._place))
        elif isinstance(body, kinds.Credential):
            number = self._numbers[body.member]
            if self.of(number) is None:
                raise refuted(18, "credential", index=entry.index)
            self._keys[number] = None if body.key is None else unb64(body.key)

    def _issue(self, lines: IssuedLines) -> None:
        # Nearly always everybody is issued one once, before anybody votes.
        if self._numbers.are_first(lines.members):
            self._keys += lines.keys
            self._levels += lines.levels
            return
        before, numbers = len(self._keys), [*map(self._numbers.__getitem__, lines.members)]
        self._keys += [None] * (len(self._numbers) - before)
        self._levels += [None] * (len(self._numbers) - before)
        for number, key, level in zip(numbers, lines.keys, lines.levels, strict=True):
            self._keys[number], self._levels[number] = key, level

    def of(self, number: int) -> IssuedKey | None:
        """The key and the level of the member of this number; None before any was issued."""
        level = self._levels[number] if number < len(self._levels) else None
        return None if level is None else IssuedKey(self._keys[number], level)

    def of_all(self, numbers: Sequence[int], levels: Sequence[str]) -> list[bytes] | None:
        """The keys of many members; None unless each has one, of the level that stands with it."""
        try:
            issued = [*map(self._levels.__getitem__, numbers)]
            keys = [key for number in numbers if (key := self._keys[number])]
        except IndexError:
            return None
        return keys if len(keys) == len(numbers) and issued == [*levels] else None


def key_at(evidence: Evidence, member: str, index: int) -> IssuedKey | None:
    """The key that a member had when entry *index* was written; None before any was issued."""
    batches(evidence)
    numbers = Numbers()
    keys = KeysInForce(lambda: lines_of(evidence), numbers)
    for entry in evidence.others:
        if entry.index < index:
            keys.see(entry)
    return keys.of(numbers[member])
