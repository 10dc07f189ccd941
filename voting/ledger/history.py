"""What a ledger's entries add up to: the state that replay folds them into.

Here is only what is so after an entry; whether the entry was allowed is replay's.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import compress
from types import MappingProxyType
from typing import Any

from voting.ledger import kinds
from voting.ledger.entries import Entry
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.usual import WebBallots

ANSWERED_WITHIN = timedelta(seconds=60)


class Stage(IntEnum):
    """How far a log has come.  Order: as the entries must follow each other."""

    EMPTY = 0
    BEGUN = 1
    FROZEN = 2
    OPEN = 3
    CLOSED = 4
    DEEMED = 5
    TALLIED = 6
    DECLARED = 7


@dataclass(frozen=True, slots=True)
class Period:
    """When votes are received: from *opens_at* on, and before *closes_at*."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Latest:
    """A member's last accepted ballot: how many there were, and where the last one stands."""

    sequence: int
    index: int


@dataclass(frozen=True, slots=True)
class Delay:
    """A web vote not answered within a minute of its receipt, which only an incident explains."""

    index: int
    received_at: datetime


@dataclass(slots=True)
class Sheet:
    """A sheet of paper as registered, and the entry that says what became of it."""

    arrived_at: datetime
    scan_sha256: str
    is_after_close: bool
    disposed_by: int | None = None


@dataclass(slots=True)
class State:
    """The sum of the entries so far.  Mutable: a hundred thousand entries are folded into one.

    Shape   *ballot_at* is the last ballot of each member commitment, *sequences* how many there are of those
            that sent more than one; *sheets* are by the index of the paper entry, *left* is the earliest
            leaving by member, *vkeys* the log's keys with the index from which each signs.
            *base_index* is the entry whose texts are in force: the freeze, or the last amend of texts.  A
            ballot by the web names its leaf; for that of a sheet see ``answered``.
            *periods* are known to the caller only, by the SHA-256 of the docket that sets each.
    """

    periods: Mapping[str, Period] = field(default_factory=lambda: MappingProxyType({}))
    log: str | None = None
    size: int = 0
    time: datetime | None = None
    stage: Stage = Stage.EMPTY
    genesis: kinds.Genesis | None = None
    freeze: kinds.Freeze | None = None
    close: kinds.Close | None = None
    deemed: kinds.Deemed | None = None
    tally: kinds.Tally | None = None
    docket_sha256: str | None = None
    roll_root: str | None = None
    base_index: int | None = None
    vkeys: list[tuple[int, str]] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    ballot_at: dict[str, int] = field(default_factory=dict)
    ballots: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    sheets: dict[int, Sheet] = field(default_factory=dict)
    serials: set[str] = field(default_factory=set)
    undisposed: set[int] = field(default_factory=set)
    admitted_scans: set[str] = field(default_factory=set)
    left: dict[str, datetime] = field(default_factory=dict)
    facts: list[tuple[int, kinds.Fact]] = field(default_factory=list)
    amendments: list[tuple[int, kinds.Amend]] = field(default_factory=list)
    incidents: list[tuple[int, kinds.Incident]] = field(default_factory=list)
    corrections: list[tuple[int, kinds.Correction]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)
    last_receipt: datetime | None = None
    first_late: datetime | None = None

    @property
    def latest(self) -> dict[str, Latest]:
        """Each member's last accepted ballot, by member commitment."""
        return {member: Latest(self.sequences.get(member, 1), at) for member, at in self.ballot_at.items()}

    @property
    def period(self) -> Period | None:
        """The period of the docket in force, where the caller knows it."""
        return self.periods.get(self.docket_sha256) if self.docket_sha256 else None

    @property
    def result_sha256(self) -> str | None:
        """The SHA-256 of the result that counts: the tally's, or that of the last correction."""
        if self.corrections:
            return self.corrections[-1][1].result_sha256
        return None if self.tally is None else self.tally.result_sha256

    def has_amended(self, what: str) -> bool:
        """Whether something of this sort was changed after the freeze."""
        return any(amend.what == what for _, amend in self.amendments)

    def record(self, entry: Entry) -> None:
        """Add one entry that was found to be allowed."""
        self.log, self.time, self.size = entry.log, entry.time, entry.index + 1
        change = _CHANGES.get(type(entry.body))
        if change is not None:
            change(self, entry, entry.body)

    def take_web_ballots(self, ballots: WebBallots) -> bool:
        """Add ballots by the web that follow each other, all of them allowed here, and promptly answered.

        Shape   whether each is its member's next one: where one is not, this state is no good any more.
        """
        self.log, self.time, self.size = ballots.logs[-1], ballots.times[-1], ballots.indices[-1] + 1
        self.ballots += len(ballots.places)
        last = max(ballots.received_at)
        self.last_receipt = last if self.last_receipt is None else max(self.last_receipt, last)
        known, added = len(self.ballot_at), ballots.sequences.count(1)
        if added == len(ballots.places):
            self.ballot_at.update(zip(ballots.members, ballots.indices, strict=True))
            return len(self.ballot_at) == known + added
        is_first = [sequence == 1 for sequence in ballots.sequences]
        self.ballot_at.update(
            zip(compress(ballots.members, is_first), compress(ballots.indices, is_first), strict=True)
        )
        if len(self.ballot_at) != known + added:
            return False
        rows = zip(ballots.members, ballots.sequences, ballots.replaces, ballots.indices, strict=True)
        return all(self._replaced(*row) for row in rows if row[1] != 1)

    def _replaced(self, member: str, sequence: int, replaces: int | None, index: int) -> bool:
        """Take one more ballot of a member; whether it is the next one."""
        before = self.ballot_at.get(member, index)
        is_next = before == replaces and before < index and sequence == self.sequences.get(member, 1) + 1
        self.ballot_at[member], self.sequences[member] = index, sequence
        return is_next


def _genesis(state: State, entry: Entry, body: kinds.Genesis) -> None:
    state.genesis, state.stage = body, Stage.BEGUN
    state.vkeys.append((entry.index, body.log_key))


def _freeze(state: State, entry: Entry, body: kinds.Freeze) -> None:
    state.freeze, state.stage = body, Stage.FROZEN
    state.docket_sha256, state.roll_root, state.base_index = body.docket_sha256, body.roll.root, entry.index


def _issue(state: State, entry: Entry, body: kinds.Issue) -> None:
    state.stage = max(state.stage, Stage.OPEN)


def _ballot(state: State, entry: Entry, body: Ballot) -> None:
    state.ballots += 1
    state.ballot_at[body.member] = entry.index
    if body.sequence > 1:
        state.sequences[body.member] = body.sequence
    if state.last_receipt is None or body.received_at > state.last_receipt:
        state.last_receipt = body.received_at
    _received(state, entry, body)


def _refused(state: State, entry: Entry, body: Refused) -> None:
    state.refused[body.reason] += 1
    if body.reason == "late" and (state.first_late is None or body.received_at < state.first_late):
        state.first_late = body.received_at
    _received(state, entry, body)


def _received(state: State, entry: Entry, body: Ballot | Refused) -> None:
    if body.paper is not None:
        state.sheets[body.paper].disposed_by = entry.index
        state.undisposed.discard(body.paper)
        return
    is_prompt = body.received_at <= entry.time <= body.received_at + ANSWERED_WITHIN
    # The operator may still record the outage; the tally must not come before.
    if not is_prompt and not any(_covers(incident, body.received_at) for _, incident in state.incidents):
        state.delays.append(Delay(entry.index, body.received_at))


def _paper(state: State, entry: Entry, body: kinds.Paper) -> None:
    state.sheets[entry.index] = Sheet(body.arrived_at, body.scan_sha256, state.stage >= Stage.CLOSED)
    state.serials.add(body.serial)
    state.undisposed.add(entry.index)


def _fact(state: State, entry: Entry, body: kinds.Fact) -> None:
    state.facts.append((entry.index, body))
    if body.member is not None:
        state.left[body.member] = min(body.at, state.left.get(body.member, body.at))


def _amend(state: State, entry: Entry, body: kinds.Amend) -> None:
    state.amendments.append((entry.index, body))
    if body.what == "paper":
        state.admitted_scans.add(body.new_sha256)
    elif body.what == "roll":
        state.roll_root = body.new_sha256
    else:
        state.docket_sha256 = body.new_sha256
    if body.what == "texts":
        state.base_index = entry.index


def _incident(state: State, entry: Entry, body: kinds.Incident) -> None:
    state.incidents.append((entry.index, body))
    state.delays = [delay for delay in state.delays if not _covers(body, delay.received_at)]


def _covers(incident: kinds.Incident, instant: datetime) -> bool:
    return incident.from_ <= instant <= incident.to


def _close(state: State, entry: Entry, body: kinds.Close) -> None:
    state.close, state.stage = body, Stage.CLOSED


def _deemed(state: State, entry: Entry, body: kinds.Deemed) -> None:
    state.deemed, state.stage = body, Stage.DEEMED


def _tally(state: State, entry: Entry, body: kinds.Tally) -> None:
    state.tally, state.stage = body, Stage.TALLIED


def _result(state: State, entry: Entry, body: kinds.Result) -> None:
    state.documents.extend(body.documents)
    state.stage = Stage.DECLARED


def _correction(state: State, entry: Entry, body: kinds.Correction) -> None:
    state.corrections.append((entry.index, body))


def _key(state: State, entry: Entry, body: kinds.Key) -> None:
    state.vkeys.append((entry.index, body.vkey))


# Deliveries, credentials, operator acts and erasures change nothing that a later entry depends on.
_CHANGES: dict[type[kinds.Body], Callable[[State, Entry, Any], None]] = {
    kinds.Genesis: _genesis,
    kinds.Freeze: _freeze,
    kinds.Issue: _issue,
    Ballot: _ballot,
    Refused: _refused,
    kinds.Paper: _paper,
    kinds.Fact: _fact,
    kinds.Amend: _amend,
    kinds.Incident: _incident,
    kinds.Close: _close,
    kinds.Deemed: _deemed,
    kinds.Tally: _tally,
    kinds.Result: _result,
    kinds.Correction: _correction,
    kinds.Key: _key,
}
