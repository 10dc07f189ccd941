"""Checks 25 to 27: nothing is lost between the sums, amendments have two persons, erasures are recorded."""

from datetime import timedelta
from typing import Any

from voting.core.votes import NoNumberOfVotes, parse_votes
from voting.ledger import kinds
from voting.ledger.bundle_files import DELIVERY
from voting.ledger.canonical import instant_text
from voting.verify import records
from voting.verify import recount as recounting
from voting.verify.amended import require_named
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, refuted
from voting.verify.issued import batches
from voting.verify.steps_count import explained, stated

_CORRECTABLE = (kinds.Tally, kinds.Result, kinds.Correction)
_AFTER_INCIDENT = timedelta(hours=24)
_CLASSES = ("for", "against", "abstain")
_REST = ("invalid", "barred", "not_counted")


def conservation(evidence: Evidence) -> Proof:
    """25: issued, sent and counted add up: no form, no vote and no member is lost or doubled."""
    facts = {**_forms(evidence), **_sent(evidence)}
    sums, votes = 0, sum(evidence.roll.votes)
    for motion in stated(evidence)["motions"]:
        for numbers in _countings(motion):
            _require_sums(motion, numbers, votes=votes, members=len(evidence.roll.members))
            sums += 1
    status, why = explained(evidence)
    return Proof(sums, facts, status=status, why=why)


def _forms(evidence: Evidence) -> dict[str, object]:
    reached = recounting.reached(evidence)
    lists = [batch.members for batch in batches(evidence)]
    # In one batch nobody stands twice.
    issued = len(lists[0]) if len(lists) == 1 else len(set().union(*lists))
    for member in sorted(reached.keys() - set().union(*lists)) if reached else ():
        raise refuted(25, "delivered-unissued", path=DELIVERY, member=member)
    delivered = sum(reached.values())
    return {
        "issued": issued,
        "delivered": delivered,
        "undelivered": len(reached) - delivered,
        "pending": issued - len(reached),
    }


def _sent(evidence: Evidence) -> dict[str, object]:
    """Every vote is counted, replaced, refused or void."""
    left, effective = recounting.facts(evidence).left, recounting.effective(evidence)
    counts, void = {each.order for each in effective.values()}, recounting.void_ballots(evidence)
    votes, refused = evidence.votes, len(evidence.of(kinds.Refused))
    rest = [
        place
        for place in recounting.plain(evidence).rest
        if votes.at[place] not in counts and votes.reasons[place] is None
    ]
    replaced = 0
    for place in rest:
        index, member, received_at = votes.at[place], votes.members[place] or "", votes.received_at[place]
        if index in void or (member in left and received_at >= left[member]):
            continue
        if member not in effective:
            raise refuted(25, "vote-lost", index=index)
        replaced += 1
    sent = len(votes.at)
    return {
        "sent": sent,
        "counted": sent - refused - len(rest),
        "replaced": replaced,
        "refused": refused,
        "void": len(rest) - replaced,
    }


def _countings(motion: Any) -> list[Any]:
    """A motion's numbers, or those of each candidate by confidence; none by plurality."""
    found = [motion, *motion["candidates"]] if "candidates" in motion else [motion]
    return [each for each in found if "total" in each]


def _require_sums(motion: Any, numbers: Any, *, votes: int, members: int) -> None:
    try:
        in_votes = _sum(numbers, lambda text: 0 if text == "0" else parse_votes(text))
        in_members = _sum(numbers["members"], int)
    except (AttributeError, KeyError, TypeError, ValueError, NoNumberOfVotes) as fault:
        raise refuted(25, "sums", motion=motion.get("number"), detail=repr(fault)) from fault
    if in_votes != (votes, votes) or in_members != (members, members):
        raise refuted(25, "sums", motion=motion.get("number"), detail=f"{in_votes} {in_members}")


def _sum(numbers: Any, size: Any) -> tuple[int, int]:
    """What the classes add up to, and what the result says they do."""
    sides = sum(size(part) for name in _CLASSES for key, part in numbers[name].items() if key != "total")
    rest = sum(size(numbers[name]) for name in _REST)
    excluded = sum(size(part) for part in numbers["excluded"].values())
    return sides + rest + excluded, size(numbers["total"])


def amendments(evidence: Evidence) -> Proof:
    """26: every change after the freeze has two persons and is what it says; incidents are told."""
    amends, corrections = evidence.of(kinds.Amend), evidence.of(kinds.Correction)
    approvals = {entry.index: body.approvals for entry, body in amends}
    approvals |= {entry.index: body.approvals for entry, body in corrections}
    for index, pair in approvals.items():
        if len(set(pair)) != 2:
            raise refuted(26, "one-approval", index=index)
    for entry, body in corrections:
        if not isinstance(evidence.entry(body.of).body, _CORRECTABLE):
            raise refuted(26, "corrects-nothing", index=entry.index, of=body.of)
    require_named(evidence)
    notes = [
        Note("amended", {"index": entry.index, "what": body.what, "reason": body.reason}, is_warning=True)
        for entry, body in amends
    ]
    notes += [
        Note("corrected", {"index": entry.index, "reason": body.reason}, is_warning=True)
        for entry, body in corrections
    ]
    return Proof(len(approvals), notes=(*notes, *_incidents(evidence)))


def _incidents(evidence: Evidence) -> list[Note]:
    """Each incident, and a warning where its silent and late members could have changed a result."""
    schedule, found = evidence.docket.assembly.schedule, list[Note]()
    for entry, body in evidence.of(kinds.Incident):
        facts = {"index": entry.index, "at": instant_text(body.from_), "to": instant_text(body.to)}
        found.append(Note("incident", {**facts, "what": body.what}, is_warning=True))
        if body.to < schedule.opens_at or body.from_ >= schedule.closes_at:
            continue
        late = {
            vote.member
            for _, vote in evidence.of(kinds.Refused)
            if vote.reason == "late" and vote.received_at - body.to <= _AFTER_INCIDENT
        }
        silent = evidence.place.keys() - recounting.returned(evidence)
        affected = len(silent | {each for each in late if each is not None})
        for motion in stated(evidence)["motions"]:
            to_flip = motion.get("to_flip")
            if type(to_flip) is int and affected >= to_flip:
                decides = {"index": entry.index, "motion": motion["number"], "members": affected}
                found.append(Note("incident-decides", decides | {"to_flip": to_flip}, is_warning=True))
    return found


def erasures(evidence: Evidence) -> Proof:
    """27: no more openings and names are gone than the erase entries say."""
    missing = len(evidence.unopened)
    if evidence.shows_names:
        missing += len(evidence.roll.members) - len(records.names(evidence.bundle, number=15))
    erased = sum(body.records for body in evidence.erasures)
    # Fewer may be missed than were erased: what this bundle withholds anyway is not missed.
    if missing > erased:
        raise refuted(27, "erased", missing=missing, erased=erased)
    return Proof(missing, {"erased": erased})
