"""The bundle as the count takes it: submissions and facts, members named by their commitments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from voting.core.ballots import Channel, Facts, Mark, Submission
from voting.core.effective import effective_first
from voting.core.members import Roll, RollEntry
from voting.ledger import kinds
from voting.ledger.answered import NewTexts, answers
from voting.ledger.bundle_files import DELIVERY
from voting.ledger.commitments import leaves_root
from voting.ledger.entries import Entry
from voting.ledger.kinds import Ballot, Refused
from voting.verify import records
from voting.verify.amended import texts_amended
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted
from voting.verify.line_shapes import DeliveryLine, RollLine

_CHANNELS: Mapping[str, Channel] = {each.value: each for each in Channel}


def roll_of(evidence: Evidence) -> Roll:
    """The roll; a member's number is its commitment."""
    return evidence.once("roll to count", lambda: _roll(evidence.roll.values()))


def _roll(lines: Iterable[RollLine]) -> Roll:
    return Roll(tuple(RollEntry(each.member, "", each.votes, each.category) for each in lines))


def submissions(evidence: Evidence) -> tuple[Submission, ...]:
    """All that counts for something: ballots, and what was refused as late or early.

    A vote whose opening is withheld or erased stands as a proxy: who answered, and when, is known all the
    same.  What was refused for another reason is in no number.
    """
    return evidence.once("submissions", lambda: _submissions(evidence))


def _submissions(evidence: Evidence) -> tuple[Submission, ...]:
    closes_at = evidence.docket.assembly.schedule.closes_at
    amended = texts_amended(evidence)
    found = []
    for entry, body in evidence.votes:
        if body.member is None or body.commitment is None:
            continue
        if isinstance(body, Ballot):
            sent = _submission(evidence, entry, body, body.received_at)
            found.append(replace(sent, is_void=True) if _is_void(entry, body, amended) else sent)
        elif body.reason in ("late", "early"):
            # A sheet that was registered after the close is late whatever hour it claims.
            is_late = body.reason == "late"
            at = max(body.received_at, closes_at) if is_late else body.received_at
            found.append(_submission(evidence, entry, body, at))
    return tuple(found)


def void_ballots(evidence: Evidence) -> frozenset[int]:
    """The indices of the ballots that answer texts amended since (ledger L3, amend; docs/adr/0014)."""
    amended = texts_amended(evidence)
    return frozenset(
        entry.index for entry, body in evidence.of(Ballot) if amended and _is_void(entry, body, amended)
    )


def _is_void(entry: Entry, body: Ballot, amended: Sequence[NewTexts]) -> bool:
    if not amended:
        return False
    return not answers(amended[-1], index=entry.index, paper=body.paper, received_at=body.received_at)


def _submission(
    evidence: Evidence, entry: Entry, body: Ballot | Refused, received_at: datetime
) -> Submission:
    opening, channel = evidence.openings.get(entry.index), _CHANNELS[body.channel]
    if opening is None:
        return Submission(body.member or "", {}, received_at, channel, entry.index, proxy=True)
    return Submission(
        body.member or "",
        opening.choices,
        received_at,
        channel,
        entry.index,
        proxy=opening.proxy,
        defect=opening.defect,
    )


def effective(evidence: Evidence) -> Mapping[str, Submission]:
    """The submission that counts, by member.  Source: rules R2.3, R2.4, R3."""
    return evidence.once("effective", lambda: _effective(evidence))


def _effective(evidence: Evidence) -> Mapping[str, Submission]:
    schedule, left, roll = evidence.docket.assembly.schedule, facts(evidence).left, evidence.roll
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
            if body.member not in evidence.roll:
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
