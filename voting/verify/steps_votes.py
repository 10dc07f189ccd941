"""Checks 16, 17, 19 and 20: who voted, what the votes open to, on what paper, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from voting.core.votes import votes_text
from voting.ledger import kinds
from voting.ledger.commitments import opening_commitment
from voting.ledger.entries import Entry
from voting.ledger.kinds import Ballot, Refused
from voting.verify.amended import base_of
from voting.verify.evidence import Evidence
from voting.verify.findings import Proof, Status, refuted
from voting.verify.line_shapes import OpeningLine
from voting.verify.officers import require_officers

_T = TypeVar("_T")
_SAID = ("log", "member", "sequence", "base")
_ANSWERED_WITHIN = timedelta(seconds=60)


def members(evidence: Evidence) -> Proof:
    """16: every sender is on the roll; sequences and replacements are unbroken; the close counts right."""
    sequences: dict[str, int] = {}
    latest: dict[str, int] = {}
    close, roll = evidence.only(kinds.Close), evidence.roll
    voted: set[str] = set()
    for entry, body in evidence.votes:
        member, index = body.member, entry.index
        if member is not None and member not in roll:
            raise refuted(16, "not-on-roll", index=index)
        if not isinstance(body, Ballot):
            continue
        sequence = body.sequence
        if sequence != sequences.get(body.member, 0) + 1 or body.replaces != latest.get(body.member):
            raise refuted(16, "sequence", index=index)
        sequences[body.member], latest[body.member] = sequence, index
        if index < close[0].index:
            voted.add(body.member)
    votes = votes_text(sum(roll[member].votes for member in voted))
    if (close[1].members, close[1].votes) != (len(voted), votes):
        raise refuted(16, "close-totals", index=close[0].index, members=len(voted), votes=votes)
    return Proof(len(evidence.votes), {"members": len(latest)})


def openings(evidence: Evidence) -> Proof:
    """17: every vote opens to what it committed to, and says in it where it belongs; none is doubled."""
    if not evidence.shows_openings:
        return Proof(0, status=Status.WITHHELD, why=evidence.disclosure)
    seen: set[str] = set()
    sequences: dict[str, int] = {}
    due = set()
    asked = _Asked.by_entry(evidence)
    openings = evidence.openings
    for entry, body in evidence.votes:
        commitment, member = body.commitment, body.member
        if commitment is None or member is None:
            continue
        due.add(entry.index)
        if commitment in seen:
            raise refuted(17, "commitment-twice", index=entry.index)
        seen.add(commitment)
        sequence = sequences.get(member, 0) + 1
        opening = openings.get(entry.index)
        if opening is not None:
            _require_opened(opening, entry, body, asked[base_of(evidence, entry, body)], sequence)
        if isinstance(body, Ballot):
            sequences[member] = sequence
    for index in sorted(openings.keys() - due):
        raise refuted(17, "opening-of-nothing", index=index)
    missing = evidence.unopened
    if missing and not evidence.erasures:
        raise refuted(17, "opening-missing", index=missing[0])
    if missing:
        return Proof(len(due) - len(missing), status=Status.ERASED, why=evidence.erasures[0].rule)
    return Proof(len(due))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a vote had to answer.  Shape: *base* is a leaf hash in hex, *motions* their numbers."""

    base: str
    motions: frozenset[int]

    @classmethod
    def by_entry(cls, evidence: Evidence) -> Mapping[int, "_Asked"]:
        """By the entry that brought the docket: the freeze, or an amend."""
        return {
            each.index: cls(
                evidence.leaves[each.index].hex(), frozenset(motion.number for motion in each.docket.motions)
            )
            for each in evidence.dockets
        }


def _require_opened(
    opening: OpeningLine, entry: Entry, body: Ballot | Refused, asked: _Asked, sequence: int
) -> None:
    if opening_commitment(opening.data, opening.salt).hex() != body.commitment:
        raise refuted(17, "opening", index=entry.index)
    said = opening.log, opening.member, opening.sequence, opening.base
    wanted = entry.log, body.member, sequence, asked.base
    if said != wanted:
        name = next(name for name, one, two in zip(_SAID, said, wanted, strict=True) if one != two)
        raise refuted(17, "opening-says", index=entry.index, member=name)
    # What was refused as unreadable may be anything.
    counts = isinstance(body, Ballot) or body.reason in ("late", "early")
    if counts and not opening.proxy and opening.choices.keys() != asked.motions:
        raise refuted(17, "opening-motions", index=entry.index)


def _at(facts: Sequence[tuple[int, _T]], index: int) -> _T:
    """What was so when entry *index* was written; the first of *facts* holds from the beginning."""
    found = facts[0][1]
    if len(facts) > 1:
        for since, fact in facts[1:]:
            if since < index:
                found = fact
    return found


def papers(evidence: Evidence) -> Proof:
    """19: every sheet arrived before it was read, by two known officers, and was used exactly once."""
    officers = require_officers(evidence)
    serials: set[str] = set()
    waiting: dict[int, datetime] = {}
    deemed = evidence.only(kinds.Deemed)[0].index
    for entry in evidence.entries:
        body = entry.body
        if isinstance(body, kinds.Paper):
            if body.serial in serials or body.arrived_at > entry.time:
                raise refuted(19, "paper", index=entry.index)
            serials.add(body.serial)
            waiting[entry.index] = body.arrived_at
        elif isinstance(body, Ballot | Refused) and body.paper is not None:
            arrived_at = waiting.pop(body.paper, None)
            if arrived_at is None or entry.index > deemed:
                raise refuted(19, "paper-used", index=entry.index, paper=body.paper)
            if arrived_at != body.received_at:
                raise refuted(19, "paper-time", index=entry.index, paper=body.paper)
            if body.entered_by is None or len(set(body.entered_by)) != 2:
                raise refuted(19, "one-reader", index=entry.index)
    for index in waiting:
        raise refuted(19, "paper-left", index=index)
    return Proof(len(serials), {"officers": officers})


def period(evidence: Evidence) -> Proof:
    """20: what counts was received in the period, what was refused as late or early was not."""
    close = evidence.only(kinds.Close)
    closes_at = evidence.docket.assembly.schedule.closes_at
    if close[1].closes_at != closes_at or close[0].time < closes_at:
        raise refuted(20, "close-time", index=close[0].index)
    late_sheets = {entry.index for entry, _ in evidence.of(kinds.Paper) if entry.index > close[0].index}
    admitted = {body.new_sha256 for _, body in evidence.of(kinds.Amend) if body.what == "paper"}
    admitted_sheets = {e.index for e, body in evidence.of(kinds.Paper) if body.scan_sha256 in admitted}
    found_late = late_sheets - admitted_sheets
    schedules = [(each.index, each.docket.assembly.schedule) for each in evidence.dockets]
    for entry, body in evidence.votes:
        schedule = _at(schedules, entry.index)
        is_early, is_late = body.received_at < schedule.opens_at, body.received_at >= schedule.closes_at
        if isinstance(body, Ballot):
            if is_early or is_late or body.paper in found_late or body.received_at >= closes_at:
                raise refuted(20, "out-of-period", index=entry.index)
        elif body.reason == "late" and not (is_late or body.paper in late_sheets):
            raise refuted(20, "not-late", index=entry.index)
        elif body.reason == "early" and not is_early:
            raise refuted(20, "not-early", index=entry.index)
        elif body.reason == "suspended" and not _is_excused(evidence, body.received_at):
            raise refuted(20, "not-suspended", index=entry.index)
        if body.paper is None and not _is_prompt(evidence, entry, body.received_at):
            raise refuted(20, "not-prompt", index=entry.index)
    return Proof(len(evidence.votes))


def _is_prompt(evidence: Evidence, entry: Entry, received_at: datetime) -> bool:
    """Whether a vote by the web was written within a minute of its receipt, or an incident covers it."""
    return timedelta(0) <= entry.time - received_at <= _ANSWERED_WITHIN or _is_excused(evidence, received_at)


def _is_excused(evidence: Evidence, instant: datetime) -> bool:
    return any(body.from_ <= instant <= body.to for _, body in evidence.of(kinds.Incident))
