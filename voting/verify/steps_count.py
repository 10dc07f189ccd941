"""Checks 21 to 23: which ballots count, who was silent, and the whole count once more."""

from collections import Counter
from typing import Any

from voting.core.errors import Refusal
from voting.core.result_json import Json, result_json
from voting.core.tally import count, silent_members
from voting.core.votes import votes_text
from voting.ledger import kinds
from voting.ledger.bundle_files import DEEMED, RESULT
from voting.ledger.canonical import CanonicalFault, decode, encode
from voting.ledger.commitments import leaves_root
from voting.verify import records
from voting.verify import recount as recounting
from voting.verify.evidence import Evidence
from voting.verify.findings import Proof, Status, refuted


def effective(evidence: Evidence) -> Proof:
    """21: one ballot of each member counts, by the rules; the result names their number and levels."""
    found, plain, result = recounting.effective(evidence), recounting.plain(evidence), stated(evidence)
    members = len(plain.places) + len(found)
    votes = votes_text(plain.votes + evidence.votes_of(found))
    if result.get("returned") != {"members": members, "votes": votes}:
        raise refuted(21, "returned", members=members, votes=votes)
    if result.get("levels") != _levels(evidence):
        raise refuted(21, "levels")
    status, why = explained(evidence)
    return Proof(members, {"votes": votes}, status=status, why=why)


def _levels(evidence: Evidence) -> dict[str, int]:
    return evidence.once("levels that count", lambda: _counted(evidence))


def _counted(evidence: Evidence) -> dict[str, int]:
    votes, effective, plain = evidence.votes, recounting.effective(evidence), recounting.plain(evidence)
    orders = {each.order for each in effective.values()}
    found = Counter([votes.levels[place] for place in plain.places])
    found.update(votes.levels[place] for place in plain.rest if votes.at[place] in orders)
    return dict(found)


def deemed(evidence: Evidence) -> Proof:
    """22: the members named as deemed are the silent ones of the roll, all of them and no other."""
    entry, body = evidence.only(kinds.Deemed)
    listed = records.deemed(evidence.bundle, number=22)
    try:
        silent = silent_members(
            evidence.docket,
            recounting.roll_of(evidence),
            recounting.submissions(evidence),
            recounting.facts(evidence),
        )
    except Refusal as fault:
        raise refuted(22, "uncountable", detail=_told(fault)) from fault
    for member in sorted(set(silent) ^ set(listed)):
        raise refuted(22, "not-silent" if member in listed else "silent-missing", member=member)
    votes = votes_text(evidence.votes_of(listed))
    root = leaves_root(bytes.fromhex(member) for member in listed).hex()
    if (body.members, body.votes, body.root) != (len(listed), votes, root):
        raise refuted(22, "deemed-entry", path=DEEMED, index=entry.index)
    if body.clause != evidence.docket.rules.clauses.get("deemed", ""):
        raise refuted(22, "deemed-clause", index=entry.index)
    status, why = explained(evidence)
    return Proof(len(listed), {"votes": votes}, status=status, why=why)


def recount(evidence: Evidence) -> Proof:
    """23: counting again gives result.json, to the byte, and that is the one the ledger names."""
    found = evidence.bundle.read(RESULT)
    if found is None:
        raise refuted(23, "missing", path=RESULT)
    if evidence.bundle.digest(RESULT) != result_in_force(evidence):
        raise refuted(23, "result-hash")
    status, why = explained(evidence)
    if status is not Status.PROVED:
        return Proof(0, status=status, why=why)
    try:
        result = count(
            evidence.docket,
            recounting.roll_of(evidence),
            recounting.submissions(evidence),
            recounting.facts(evidence),
            recounting.plain(evidence).alike,
        )
    except Refusal as fault:
        raise refuted(23, "uncountable", detail=_told(fault)) from fault
    counted = encode(result_json(evidence.docket, result, _from_ledger(evidence)))
    if counted != found:
        raise refuted(23, "recount", where=first_difference(decode(counted), stated(evidence)))
    return Proof(len(result.motions), {"roll": result.roll_members})


def result_in_force(evidence: Evidence, before: int | None = None) -> str:
    """The SHA-256 of the result that the ledger names last (before entry *before*)."""
    digest = evidence.only(kinds.Tally)[1].result_sha256
    for entry, body in evidence.of(kinds.Correction):
        if before is None or entry.index < before:
            digest = body.result_sha256
    return digest


def stated(evidence: Evidence) -> dict[str, Any]:
    """result.json as a value (check 23)."""
    return evidence.once("stated", lambda: _stated(evidence))


def _stated(evidence: Evidence) -> dict[str, Any]:
    try:
        value = decode(evidence.bundle.read(RESULT) or b"")
    except CanonicalFault as fault:
        raise refuted(23, "result-form", detail=str(fault)) from fault
    motions = value.get("motions") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(motions, list) or not all(map(_is_motion, motions)):
        raise refuted(23, "result-form", detail="no object with motions")
    return value


def _is_motion(value: object) -> bool:
    """Whether a motion of result.json has its name and its candidates; its numbers are for the count."""
    if not isinstance(value, dict) or type(value.get("number")) is not int:
        return False
    candidates = value.get("candidates", [])
    is_named = isinstance(value.get("title"), str) and isinstance(value.get("outcome"), str)
    return is_named and isinstance(candidates, list) and all(isinstance(each, dict) for each in candidates)


def explained(evidence: Evidence) -> tuple[Status, str]:
    """Whether everything lies open, or what explains that it does not."""
    if not evidence.shows_openings:
        return Status.WITHHELD, evidence.disclosure
    if evidence.unopened and evidence.erasures:
        return Status.ERASED, evidence.erasures[0].rule
    return Status.PROVED, ""


def _from_ledger(evidence: Evidence) -> dict[str, Json]:
    """What result.json has of the ledger alone.  Source: ledger L8."""
    corrections = evidence.of(kinds.Correction)
    named_at = (corrections[-1] if corrections else evidence.only(kinds.Tally))[0].index
    refused = Counter(body.reason for _, body in evidence.of(kinds.Refused))
    levels: dict[str, Json] = {**_levels(evidence)}
    amendments: list[Json] = [e.index for e, _ in evidence.of(kinds.Amend) if e.index < named_at]
    incidents: list[Json] = [e.index for e, _ in evidence.of(kinds.Incident) if e.index < named_at]
    return {"levels": levels, "refused": {**refused}, "amendments": amendments, "incidents": incidents}


def _told(fault: Refusal) -> str:
    return " ".join(filter(None, (fault.code, str(getattr(fault, "where", "")))))


def first_difference(ours: object, theirs: object, path: str = "") -> str:
    """The first place where two values differ, as ``motions.0.for.deemed``; empty where nowhere."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        pairs = [(name, ours.get(name), theirs.get(name)) for name in sorted({*ours, *theirs})]
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = [(str(place), *pair) for place, pair in enumerate(zip(ours, theirs, strict=True))]
    else:
        return "" if type(ours) is type(theirs) and ours == theirs else path or "."
    inside = (first_difference(a, b, f"{path}.{name}" if path else name) for name, a, b in pairs)
    return next(filter(None, inside), "")
