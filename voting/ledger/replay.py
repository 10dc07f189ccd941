"""Replay: fold a ledger's entries and refuse a history that the rules do not allow.

The same function decides before an entry is appended and when a bundle is verified years later.
What needs more than the entries is not decided here: openings, keys, the roll, the count.
Source  docs/ledger-format.md, L3.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voting.core.errors import Broken
from voting.ledger import kinds
from voting.ledger.entries import Entry, Piece, entries_of
from voting.ledger.history import ANSWERED_WITHIN, Period, Stage, State
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.note import Verifier
from voting.ledger.usual import WebBallots

__all__ = ["ALLOWED", "History", "IllegalHistory", "Period", "Stage", "replay"]

ALLOWED: dict[Stage, frozenset[str]] = {
    Stage.EMPTY: frozenset({"genesis"}),
    Stage.BEGUN: frozenset({"freeze", "key"}),
    Stage.FROZEN: frozenset({"issue", "key"}),
    Stage.OPEN: frozenset(
        {"issue", "delivery", "ballot", "refused", "paper", "credential"}
        | {"fact", "operator", "amend", "incident", "close", "key"}
    ),
    # Paper and its amend: a sheet found after the close must be registered before it can be refused.
    Stage.CLOSED: frozenset(
        {"refused", "operator", "incident", "fact", "delivery", "ballot", "paper", "amend", "deemed", "key"}
    ),
    Stage.DEEMED: frozenset({"tally", "key"}),
    Stage.TALLIED: frozenset({"result", "key"}),
    Stage.DECLARED: frozenset({"correction", "erase", "incident", "operator", "result", "key"}),
}


@dataclass(eq=False)
class IllegalHistory(Broken):
    """An entry that may not stand where it stands."""

    index: int
    reason: str

    def __str__(self) -> str:
        return f"entry {self.index}: {self.reason}"


class History(State):
    """A legal history so far, and the judge of the next entry.

    Mutable and cheap: check and apply take the same few steps however long the log is.  A writer checks
    before it inserts and applies after the commit; after a rollback of applied entries the history must be
    thrown away and replayed, for nothing here can be undone.
    """

    def check(self, entry: Entry) -> None:
        """Whether *entry* may come next; nothing changes.

        Raises  IllegalHistory.
        """
        try:
            _check_place(self, entry)
            rule = _RULES.get(type(entry.body))
            if rule is not None:
                rule(self, entry, entry.body)
        except _No as no:
            raise IllegalHistory(entry.index, str(no)) from None

    def apply(self, entry: Entry) -> None:
        """Check *entry* and add it; a refused one leaves everything as it was.

        Raises  IllegalHistory.
        """
        self.check(entry)
        self.record(entry)

    def require_complete(self) -> None:
        """Refuse a history that was never closed and counted.

        Raises  IllegalHistory naming the place where the next entry should stand.
        """
        if self.close is None or self.tally is None:
            raise IllegalHistory(self.size, "the log ends without close and tally")


def replay(entries: Iterable[Piece], *, periods: Mapping[str, Period] | None = None) -> History:
    """The history that *entries* tell, in order.

    Shape   *periods* by SHA-256 of a docket; receipts before the close are checked against those given.
    Raises  IllegalHistory at the first entry that may not stand where it stands.
    """
    pieces = list(entries)
    history = History(periods=periods or {})
    for piece in pieces:
        if not isinstance(piece, WebBallots) or not _are_allowed(history, piece):
            for entry in entries_of(piece):
                history.apply(entry)
        elif not history.take_web_ballots(piece):
            # Which one is wrong is told when they are looked at one by one.
            return replay([entry for each in pieces for entry in entries_of(each)], periods=periods)
    return history


class _No(Exception):
    """A reason, before it is known at which entry."""


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise _No(reason)


def _check_place(state: State, entry: Entry) -> None:
    # Asked of every entry of a log: what is said of a wrong one is put together only then.
    if entry.index != state.size:
        raise _No(f"the next index is {state.size}")
    if state.log is not None and entry.log != state.log:
        raise _No("it belongs to another log")
    if state.time is not None and entry.time < state.time:
        raise _No("its time is before the last entry's")
    if entry.body.kind not in ALLOWED[state.stage]:
        raise _No(f"a {entry.kind} entry may not stand at this stage")


def _genesis(state: State, entry: Entry, body: kinds.Genesis) -> None:
    _require(Verifier.from_vkey(body.log_key).name == entry.log, "the key bears another name than the log")
    _require(body.previous is None or body.previous.log != entry.log, "a log cannot follow itself")


def _freeze(state: State, entry: Entry, body: kinds.Freeze) -> None:
    _require_two(body.approvals)


def _issue(state: State, entry: Entry, body: kinds.Issue) -> None:
    _require_on_roll(state, body.members)


def _ballot(state: State, entry: Entry, body: Ballot) -> None:
    before = state.ballot_at.get(body.member)
    if body.sequence != (1 if before is None else state.sequences.get(body.member, 1) + 1):
        raise _No("the sequence has a gap")
    if body.replaces != before:
        raise _No("it replaces another than the last ballot")
    if body.paper is not None or body.entered_by is not None:
        _check_vote(state, body)
    closes_at = _closes_at(state)
    if closes_at is not None and body.received_at >= closes_at:
        raise _No("it was received at or after the close")
    if _is_early(state, body):
        raise _No("it was received before the opening")
    if state.stage is Stage.CLOSED:
        _require(body.paper is not None, "after the close only paper received in time is accepted")
        sheet = state.sheets[body.paper or 0]
        _require(
            not sheet.is_after_close or sheet.scan_sha256 in state.admitted_scans,
            "its paper was registered after the close and no amend names it",
        )


def _are_allowed(state: State, ballots: WebBallots) -> bool:
    """Whether ballots by the web may stand here, each answered within a minute: as one by one."""
    longest, closes_at, period = ballots.longest_answer(), _closes_at(state), state.period
    return (
        state.stage is Stage.OPEN
        and ballots.follow(state.size, state.log or "", state.time)
        and (longest is not None and longest <= ANSWERED_WITHIN)
        and (closes_at is None or max(ballots.received_at) < closes_at)
        and (period is None or min(ballots.received_at) >= period.opens_at)
    )


def _refused(state: State, entry: Entry, body: Refused) -> None:
    _check_vote(state, body)
    if body.reason == "late":
        found_late = body.paper is not None and state.sheets[body.paper].is_after_close
        closes_at = _closes_at(state)
        in_time = closes_at is not None and body.received_at < closes_at
        _require(found_late or not in_time, "it was received in time and refused as late")
    if body.reason == "early":
        _require(state.period is None or _is_early(state, body), "it was not received before the opening")


def _check_vote(state: State, body: Ballot | Refused) -> None:
    """What holds for every vote, accepted or not."""
    if body.entered_by is not None:
        _require_two(body.entered_by)
    if body.paper is not None:
        sheet = state.sheets.get(body.paper)
        if sheet is None:
            raise _No(f"no paper was registered at {body.paper}")
        _require(sheet.disposed_by is None, f"the paper of {body.paper} was used up by {sheet.disposed_by}")
        _require(body.received_at == sheet.arrived_at, "it was not received when its paper arrived")


def _closes_at(state: State) -> datetime | None:
    if state.close is not None:
        return state.close.closes_at
    period = state.period
    return None if period is None else period.closes_at


def _is_early(state: State, body: Ballot | Refused) -> bool:
    period = state.period
    return period is not None and body.received_at < period.opens_at


def _paper(state: State, entry: Entry, body: kinds.Paper) -> None:
    _require(body.arrived_at <= entry.time, "the paper arrives after its entry")
    _require(body.serial not in state.serials, "the serial number was given before")


def _fact(state: State, entry: Entry, body: kinds.Fact) -> None:
    _require_two(body.approvals)
    if body.what == "chair_decision":
        _require(state.stage is Stage.OPEN, "the chair decides for proxies before the close")
    if body.what in ("tie_decision", "lot"):
        _require(state.stage is Stage.CLOSED, "a tie is decided after the close")


def _amend(state: State, entry: Entry, body: kinds.Amend) -> None:
    _require_two(body.approvals)
    if body.what == "paper":
        return
    _require(state.stage is Stage.OPEN, "after the close only a paper can be admitted")
    old = state.roll_root if body.what == "roll" else state.docket_sha256
    _require(body.old_sha256 == old, "it amends something that is not in force")


def _operator(state: State, entry: Entry, body: kinds.Operator) -> None:
    if body.target is not None and body.target.startswith("entry:"):
        _require(int(body.target[6:]) < entry.index, "its target does not exist yet")


def _close(state: State, entry: Entry, body: kinds.Close) -> None:
    _require(body.last_index == entry.index - 1, "its last index is not the one before")
    _require(body.closes_at <= entry.time, "it is written before the period is over")
    _require(body.members == len(state.ballot_at), f"{len(state.ballot_at)} members have a ballot")
    if state.period is not None:
        _require(body.closes_at == state.period.closes_at, "the docket closes at another instant")
    if state.last_receipt is not None:
        _require(state.last_receipt < body.closes_at, "a ballot was received at or after the close")
    # Under an earlier end of the period a refusal was right that would be wrong under the last one.
    if state.first_late is not None and not state.has_amended("period"):
        _require(state.first_late >= body.closes_at, "a vote received in time was refused as late")


def _deemed(state: State, entry: Entry, body: kinds.Deemed) -> None:
    if state.undisposed:
        raise _No(f"nothing was done about the paper of {min(state.undisposed)}")
    _require_on_roll(state, body.members)


def _tally(state: State, entry: Entry, body: kinds.Tally) -> None:
    if state.delays:
        delay = state.delays[0]
        raise _No(f"no incident explains why entry {delay.index} was not written within 60 seconds")


def _correction(state: State, entry: Entry, body: kinds.Correction) -> None:
    _require_two(body.approvals)
    _require(body.of < entry.index, "it corrects an entry that does not exist yet")


def _key(state: State, entry: Entry, body: kinds.Key) -> None:
    _require(Verifier.from_vkey(body.vkey).name == entry.log, "the key bears another name than the log")
    _require(all(body.vkey != vkey for _, vkey in state.vkeys), "the log had this key before")


def _require_two(persons: tuple[str, str]) -> None:
    first, second = persons
    _require(first != second, "two different persons are needed")


def _require_on_roll(state: State, members: int) -> None:
    # After an amend of the roll its new totals are in the new roll only.
    if state.freeze is not None and not state.has_amended("roll"):
        _require(members <= state.freeze.roll.members, "more members than the roll has")


_RULES: dict[type[kinds.Body], Callable[[State, Entry, Any], None]] = {
    kinds.Genesis: _genesis,
    kinds.Freeze: _freeze,
    kinds.Issue: _issue,
    Ballot: _ballot,
    Refused: _refused,
    kinds.Paper: _paper,
    kinds.Fact: _fact,
    kinds.Amend: _amend,
    kinds.Operator: _operator,
    kinds.Close: _close,
    kinds.Deemed: _deemed,
    kinds.Tally: _tally,
    kinds.Correction: _correction,
    kinds.Key: _key,
}
