"""The bundle as the count takes it: submissions and facts, members named by their commitments."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import compress, count
from operator import not_
from typing import NamedTuple, cast

from voting.core.ballots import Alike, Channel, Facts, Mark, Submission
from voting.core.effective import effective_first
from voting.core.members import Roll, RollEntry
from voting.ledger import kinds
from voting.ledger.answered import NewTexts, answers
from voting.ledger.bundle_files import DELIVERY
from voting.ledger.commitments import leaves_root
from voting.ledger.entries import Entry
from voting.verify import records
from voting.verify.amended import texts_amended
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted
from voting.verify.line_shapes import DeliveryLine, OpeningLine

_COUNTED = (None, "late", "early")
_UNOPENED = OpeningLine(0, "", "", "", "", 0, {}, proxy=True)
_CHANNELS: Mapping[str, Channel] = {each.value: each for each in Channel}


class Plain(NamedTuple):
    """Votes of members who sent one ballot, in time, and of whom there is nothing else to know.

    Shape   *places* are their numbers among the votes, *rest* those of all others; *on_roll* is where the
            same members stand on the roll; *alike* are they again, those together who count alike.  Nearly
            all votes of a large assembly are such.
    """

    places: Sequence[int]
    rest: Sequence[int]
    on_roll: Sequence[int]
    alike: Sequence[Alike]

    @property
    def votes(self) -> int:
        """Units: millionths."""
        return sum(each.votes * each.members for each in self.alike)


def plain(evidence: Evidence) -> Plain:
    """The members that need no closer look; all others are in ``roll_of`` and ``submissions``."""
    return evidence.once("plain", lambda: _plain(evidence))


def _plain(evidence: Evidence) -> Plain:
    votes, void, schedule = evidence.votes, void_ballots(evidence), evidence.docket.assembly.schedule
    opens_at, closes_at = schedule.opens_at, schedule.closes_at
    special = {evidence.place.get(member) for member in _special(evidence)} | {None}
    apart = special
    if not evidence.are_numbered_as_on_roll:
        apart = {number for number, place in enumerate(evidence.senders) if place in special}
    apart = apart | evidence.several
    is_plain = [sender not in apart for sender in votes.senders]
    if void or not votes.are_ballots() or not votes.are_within(opens_at, closes_at):
        rows = zip(is_plain, votes.at, votes.received_at, votes.reasons, strict=True)
        is_plain = [
            is_alone and reason is None and index not in void and opens_at <= received_at < closes_at
            for is_alone, index, received_at, reason in rows
        ]
    places, rest = [*compress(count(), is_plain)], [*compress(count(), map(not_, is_plain))]
    # All of them are on the roll.
    on_roll = cast(list[int], [*compress(votes.senders, is_plain)])
    if not evidence.are_numbered_as_on_roll:
        on_roll = [*map(cast(Sequence[int], evidence.senders).__getitem__, on_roll)]
    return Plain(places, rest, on_roll, _alike(evidence, is_plain, places, on_roll))


def _special(evidence: Evidence) -> set[str]:
    """Members of whom there is more to know than what they sent."""
    known = facts(evidence)
    barred = {member for motion in evidence.docket.motions for member in motion.barred}
    return barred | known.left.keys() | known.undelivered


def _alike(
    evidence: Evidence, is_plain: Sequence[bool], places: Sequence[int], on_roll: Sequence[int]
) -> list[Alike]:
    """Those of *places*, which is where it *is_plain*, together whose answer and profile are the same."""
    votes, roll, known = evidence.votes, evidence.roll, cast(Sequence[int], evidence.senders)
    keys = zip(
        compress(_answers(evidence), is_plain),
        map(roll.votes.__getitem__, on_roll),
        map(roll.categories.__getitem__, on_roll),
        strict=True,
    )
    first: dict[object, int] = {}
    members = Counter(map(first.setdefault, keys, places))
    found = []
    for (place, number), sent in zip(members.items(), _sent(evidence, list(members)), strict=True):
        line = known[votes.senders[place]]
        found.append(Alike(sent, roll.votes[line], roll.categories[line], number))
    return found


def _answers(evidence: Evidence) -> Sequence[object]:
    """What is the same of votes with equal answers; None for those without an opening."""
    lines = evidence.openings
    # Equal answers are read as one and the same object.
    said: list[object] = [*map(id, lines.choices)]
    if any(lines.proxies) or any(lines.defects):
        said = [*zip(said, lines.proxies, lines.defects, strict=True)]
    if evidence.all_open:
        return said
    return [None if number is None else said[number] for number in evidence.opening_of]


def roll_of(evidence: Evidence) -> Roll:
    """The roll without ``plain``; a member's number is its commitment."""
    return evidence.once("roll to count", lambda: _roll(evidence))


def _roll(evidence: Evidence) -> Roll:
    roll, is_rest = evidence.roll, bytearray(b"\1") * len(evidence.roll.members)
    for place in plain(evidence).on_roll:
        is_rest[place] = 0
    rest = [*compress(range(len(is_rest)), is_rest)]
    return Roll(tuple(RollEntry(roll.members[p], "", roll.votes[p], roll.categories[p]) for p in rest))


def submissions(evidence: Evidence) -> tuple[Submission, ...]:
    """All beside ``plain`` that counts for something: ballots, and what was refused as late or early.

    A vote whose opening is withheld or erased stands as a proxy: who answered, and when, is known all the
    same.  What was refused for another reason is in no number.
    """
    return evidence.once("submissions", lambda: _submissions(evidence))


def _submissions(evidence: Evidence) -> tuple[Submission, ...]:
    votes = evidence.votes
    counted = [
        place
        for place in plain(evidence).rest
        if votes.commitments[place] is not None and votes.reasons[place] in _COUNTED
    ]
    return _sent(evidence, counted)


def _sent(evidence: Evidence, places: Sequence[int]) -> tuple[Submission, ...]:
    """The votes with these numbers as the count takes them."""
    votes, closes_at = evidence.votes, evidence.docket.assembly.schedule.closes_at
    void, found = void_ballots(evidence), []
    for place in places:
        line, received_at = evidence.opening(place) or _UNOPENED, votes.received_at[place]
        reason, index = votes.reasons[place], votes.at[place]
        sent = Submission(
            votes.members[place] or "",
            line.choices,
            # A sheet that was registered after the close is late whatever hour it claims.
            max(received_at, closes_at) if reason == "late" else received_at,
            _CHANNELS[votes.channels[place]],
            index,
            proxy=line.proxy,
            defect=line.defect,
            is_void=index in void,
        )
        found.append(sent)
    return tuple(found)


def void_ballots(evidence: Evidence) -> frozenset[int]:
    """The indices of the ballots that answer texts amended since (ledger L3, amend; docs/adr/0014)."""
    return evidence.once("void", lambda: _void(evidence, texts_amended(evidence)))


def _void(evidence: Evidence, amended: Sequence[NewTexts]) -> frozenset[int]:
    if not amended:
        return frozenset()
    votes = evidence.votes
    rows = zip(votes.at, votes.papers, votes.received_at, votes.reasons, strict=True)
    return frozenset(
        index
        for index, paper, received_at, reason in rows
        if reason is None and not answers(amended[-1], index=index, paper=paper, received_at=received_at)
    )


def effective(evidence: Evidence) -> Mapping[str, Submission]:
    """The submission that counts, by member, beside ``plain``.  Source: rules R2.3, R2.4, R3."""
    return evidence.once("effective", lambda: _effective(evidence))


def _effective(evidence: Evidence) -> Mapping[str, Submission]:
    schedule, left, roll = evidence.docket.assembly.schedule, facts(evidence).left, evidence.place
    opens_at, closes_at = schedule.opens_at, schedule.closes_at
    # Nearly all sent one: a list for each member would cost more than all the rest.
    found: dict[str, Submission] = {}
    several: dict[str, list[Submission]] = {}
    for each in submissions(evidence):
        member = each.member_id
        if member not in roll:
            raise refuted(16, "not-on-roll", index=each.order)
        until = min(closes_at, left[member]) if member in left else closes_at
        if each.is_void or not opens_at <= each.received_at < until:
            continue
        if member in found:
            several.setdefault(member, [found[member]]).append(each)
        else:
            found[member] = each
    duplicates = evidence.docket.rules.duplicates
    return found | {member: effective_first(sent, duplicates)[0] for member, sent in several.items()}


def returned(evidence: Evidence) -> set[str | None]:
    """The members of whom a submission counts."""
    return {evidence.votes.members[place] for place in plain(evidence).places} | effective(evidence).keys()


def facts(evidence: Evidence) -> Facts:
    """What else the count uses (check 21): leavings, decisions, lots, and who could not be reached."""
    return evidence.once("facts", lambda: _facts(evidence))


def _facts(evidence: Evidence) -> Facts:
    left: dict[str, datetime] = {}
    chair: dict[int, Mark | Mapping[str, Mark]] = {}
    ties: dict[int | tuple[int, str], Mark] = {}
    lots: dict[int, tuple[str, ...]] = {}
    for entry, body in evidence.of(kinds.Fact):
        number, value = body.motion or 0, body.value
        if body.member is not None:
            if body.member not in evidence.place:
                raise refuted(21, "fact", index=entry.index)
            left[body.member] = min(body.at, left.get(body.member, body.at))
        elif body.what == "lot" and not isinstance(value, Mapping | None):
            lots[number] = (value,) if isinstance(value, str) else value
        elif body.what == "lot" or isinstance(value, tuple | None):
            raise refuted(21, "fact", index=entry.index)
        elif body.what == "chair_decision":
            chair[number] = _decision(entry, value)
        elif isinstance(value, Mapping):
            ties |= {(number, name): _mark(entry, mark) for name, mark in value.items()}
        else:
            ties[number] = _mark(entry, value)
    unreached = frozenset(member for member, state in reached(evidence).items() if not state)
    return Facts(left=left, undelivered=unreached, chair=chair, ties=ties, lots=lots)


def _decision(entry: Entry, value: str | Mapping[str, str]) -> Mark | Mapping[str, Mark]:
    if isinstance(value, str):
        return _mark(entry, value)
    return {name: _mark(entry, mark) for name, mark in value.items()}


def _mark(entry: Entry, value: str) -> Mark:
    if value not in {each.value for each in Mark}:
        raise refuted(21, "fact", index=entry.index)
    return Mark(value)


def reached(evidence: Evidence) -> Mapping[str, bool]:
    """Whether a notice arrived, for every member that has a delivery; pending ones are not in it.

    Raises  Refuted as check 25.
    Source  ledger L3: undelivered where the latest delivery of each channel failed.
    """
    return evidence.once("reached", lambda: _reached(evidence))


def _reached(evidence: Evidence) -> Mapping[str, bool]:
    lines, place = records.delivery(evidence.bundle, number=25), 0
    latest: dict[tuple[str, str], DeliveryLine] = {}
    for entry, body in evidence.of(kinds.Delivery):
        batch = lines[place : place + body.delivered + body.failed]
        place += len(batch)
        delivered = sum(each.status == "delivered" for each in batch)
        if (delivered, len(batch) - delivered) != (body.delivered, body.failed):
            raise refuted(25, "batch", path=DELIVERY, index=entry.index)
        orders = [each.order for each in batch]
        if orders != sorted(orders) or leaves_root(each.line for each in batch).hex() != body.root:
            raise refuted(25, "batch-root", path=DELIVERY, index=entry.index)
        for each in batch:
            key = each.member, each.channel
            if key not in latest or each.time >= latest[key].time:
                latest[key] = each
    if place != len(lines):
        raise refuted(25, "batch-rest", path=DELIVERY)
    found: dict[str, bool] = {}
    for (member, _), each in latest.items():
        found[member] = found.get(member, False) or each.status == "delivered"
    return found
