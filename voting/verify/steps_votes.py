"""Checks 16, 17, 19 and 20: who voted, what the votes open to, on what paper, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress
from operator import le, sub
from typing import TypeVar

from voting.core.assembly import Schedule
from voting.core.votes import votes_text
from voting.ledger import kinds
from voting.ledger.kinds import Ballot, Refused
from voting.verify.amended import base_of, texts_amended
from voting.verify.evidence import Evidence
from voting.verify.findings import Proof, Status, refuted
from voting.verify.line_shapes import OpeningLine
from voting.verify.officers import require_officers
from voting.verify.votes import Votes

_T = TypeVar("_T")
_SAID = ("log", "member", "sequence", "base")
_ANSWERED_WITHIN = timedelta(seconds=60)


def members(evidence: Evidence) -> Proof:
    """16: every sender is on the roll; sequences and replacements are unbroken; the close counts right."""
    votes, close = evidence.votes, evidence.only(kinds.Close)
    _require_members(evidence)
    places, senders = votes.at, votes.senders
    if not votes.are_ballots():
        is_ballot = [reason is None for reason in votes.reasons]
        places, senders = [*compress(places, is_ballot)], [*compress(senders, is_ballot)]
    # A byte for each member's number stays in the processor's cache, a set of members does not.
    has_voted = bytearray(len(votes.numbers))
    are_all = not places or max(places) < close[0].index
    for sender in senders if are_all else compress(senders, map(close[0].index.__gt__, places)):
        has_voted[sender] = 1
    voted, on_roll = has_voted.count(1), compress(evidence.senders, has_voted)
    in_votes = votes_text(sum([evidence.roll.votes[place] for place in on_roll if place is not None]))
    if (close[1].members, close[1].votes) != (voted, in_votes):
        raise refuted(16, "close-totals", index=close[0].index, members=voted, votes=in_votes)
    for sender in () if are_all else compress(senders, map(close[0].index.__le__, places)):
        has_voted[sender] = 1
    return Proof(len(votes.at), {"members": has_voted.count(1)})


def _require_members(evidence: Evidence) -> None:
    """Refuse a sender that is not on the roll, and a ballot that is not its sender's next one."""
    votes, (sequences, replaces) = evidence.votes, evidence.due
    strangers = set[int]()
    if None in evidence.senders:
        # Who was given a number since has sent nothing.
        pairs = zip(evidence.senders, votes.names(), strict=False)
        strangers = {number for number, (place, name) in enumerate(pairs) if place is None and name}
    if not strangers and votes.sequences == sequences and votes.replaces == replaces:
        return
    for place, reason in enumerate(votes.reasons):
        if votes.senders[place] in strangers:
            raise refuted(16, "not-on-roll", index=votes.at[place])
        said = votes.sequences[place], votes.replaces[place]
        if reason is None and said != (sequences[place], replaces[place]):
            raise refuted(16, "sequence", index=votes.at[place])


def openings(evidence: Evidence) -> Proof:
    """17: every vote opens to what it committed to, and says in it where it belongs; none is doubled."""
    if not evidence.shows_openings:
        return Proof(0, status=Status.WITHHELD, why=evidence.disclosure)
    votes, openings, asked = evidence.votes, evidence.openings, _Asked.by_entry(evidence)
    if _all_open(evidence, asked):
        return Proof(len(votes.at))
    _require_open(evidence, asked)
    due = set(compress(votes.at, votes.commitments))
    for index in openings.at:
        if index not in due:
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


def _all_open(evidence: Evidence, asked: Mapping[int, _Asked]) -> bool:
    """Whether every vote is a ballot with its opening, and every opening is right.

    What is not so, or lawfully otherwise, is for the one-by-one look.
    """
    votes, lines = evidence.votes, evidence.openings
    if not evidence.all_open or not votes.are_ballots() or texts_amended(evidence):
        return False
    frozen = asked[evidence.only(kinds.Freeze)[0].index]
    # Equal answers are read as one and the same object.
    answers = dict(zip(map(id, lines.choices), lines.choices, strict=True)).values()
    return (
        not any(lines.proxies)
        and set(lines.bases) <= {frozen.base}
        and all(each.keys() == frozen.motions for each in answers)
        and lines.members == votes.members
        and lines.logs == votes.logs
        and lines.sequences == evidence.due[0]
        # No two are of one member and one sequence: so no two commitments are the same.
        and lines.commitments == votes.commitments
    )


def _require_open(evidence: Evidence, asked: Mapping[int, _Asked]) -> None:
    """The same one by one, which tells the first that is not so; what has no opening is passed over."""
    votes, seen = evidence.votes, set[str]()
    for place, sequence in enumerate(evidence.due[0]):
        commitment, opening = votes.commitments[place], evidence.opening(place)
        if commitment is None or votes.members[place] is None:
            continue
        if commitment in seen:
            raise refuted(17, "commitment-twice", index=votes.at[place])
        seen.add(commitment)
        if opening is not None:
            base = base_of(
                evidence,
                index=votes.at[place],
                paper=votes.papers[place],
                received_at=votes.received_at[place],
            )
            _require_opened(opening, votes, place, asked[base], sequence)


def _require_opened(
    opening: OpeningLine, votes: Votes, place: int, asked: _Asked, sequence: int | None
) -> None:
    index = votes.at[place]
    if opening.commitment != votes.commitments[place]:
        raise refuted(17, "opening", index=index)
    said = opening.log, opening.member, opening.sequence, opening.base
    wanted = votes.logs[place], votes.members[place], sequence, asked.base
    if said != wanted:
        name = next(name for name, one, two in zip(_SAID, said, wanted, strict=True) if one != two)
        raise refuted(17, "opening-says", index=index, member=name)
    # What was refused as unreadable may be anything.
    counts = votes.reasons[place] in (None, "late", "early")
    if counts and not opening.proxy and opening.choices.keys() != asked.motions:
        raise refuted(17, "opening-motions", index=index)


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
    for entry in evidence.others:
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
    votes = evidence.votes
    if _all_in_time(votes, schedules[0][1]) and len(schedules) == 1:
        return Proof(len(votes.at))
    rows = zip(votes.at, votes.times, votes.received_at, votes.papers, votes.reasons, strict=True)
    for index, time, received_at, paper, reason in rows:
        schedule = _at(schedules, index)
        is_early, is_late = received_at < schedule.opens_at, received_at >= schedule.closes_at
        if reason is None:
            if is_early or is_late or paper in found_late or received_at >= closes_at:
                raise refuted(20, "out-of-period", index=index)
        elif reason == "late" and not (is_late or paper in late_sheets):
            raise refuted(20, "not-late", index=index)
        elif reason == "early" and not is_early:
            raise refuted(20, "not-early", index=index)
        elif reason == "suspended" and not _is_excused(evidence, received_at):
            raise refuted(20, "not-suspended", index=index)
        if paper is None and not _is_prompt(evidence, time, received_at):
            raise refuted(20, "not-prompt", index=index)
    return Proof(len(votes.at))


def _all_in_time(votes: Votes, schedule: Schedule) -> bool:
    """Whether all are ballots by the web, received in the period and written within a minute."""
    return (
        len(votes.at) > 0
        and votes.are_ballots()
        and votes.papers.count(None) == len(votes.at)
        and votes.are_within(schedule.opens_at, schedule.closes_at)
        and all(map(le, votes.received_at, votes.times))
        and max(map(sub, votes.times, votes.received_at)) <= _ANSWERED_WITHIN
    )


def _is_prompt(evidence: Evidence, time: datetime, received_at: datetime) -> bool:
    """Whether a vote by the web was written within a minute of its receipt, or an incident covers it."""
    return timedelta(0) <= time - received_at <= _ANSWERED_WITHIN or _is_excused(evidence, received_at)


def _is_excused(evidence: Evidence, instant: datetime) -> bool:
    return any(body.from_ <= instant <= body.to for _, body in evidence.of(kinds.Incident))
