"""Checks 11 to 15: the order of the entries, and what was fixed before anybody voted."""

from voting.core.checks import faults
from voting.core.votes import votes_text
from voting.ledger import kinds
from voting.ledger.bundle_files import DOCKETS, DOCUMENTS, NAMES, ROLL
from voting.ledger.commitments import CommitmentFault, member_commitment
from voting.ledger.history import Period
from voting.ledger.replay import IllegalHistory, replay
from voting.verify import records
from voting.verify.evidence import Evidence
from voting.verify.findings import Proof, Refuted, Status, refuted


def order(evidence: Evidence) -> Proof:
    """11: the entries follow each other as the table of kinds allows, up to close and tally."""
    try:
        history = replay(evidence.pieces, periods=_periods(evidence))
        history.require_complete()
    except IllegalHistory as fault:
        raise refuted(11, "history", index=fault.index, detail=fault.reason) from fault
    except OverflowError as fault:
        raise refuted(11, "history", index="?", detail="an instant out of reach") from fault
    facts = {"ballots": history.ballots, "refused": history.refused.total()}
    return Proof(history.size, facts)


def _periods(evidence: Evidence) -> dict[str, Period]:
    try:
        schedules = {each.sha256: each.docket.assembly.schedule for each in evidence.dockets}
    except Refuted:
        # Check 12 will say so; the order can be judged without a period.
        return {}
    return {digest: Period(each.opens_at, each.closes_at) for digest, each in schedules.items()}


def dockets(evidence: Evidence) -> Proof:
    """12: docket.json is what was frozen, and each amended docket what its amend names; all are sound."""
    for each in evidence.dockets:
        for fault in faults(each.docket):
            raise refuted(12, "docket", path=each.sha256, detail=f"{fault.code} {fault.where}")
    amended = {DOCKETS + each.sha256 for each in evidence.dockets[1:]}
    for path in sorted(set(evidence.bundle.under(DOCKETS)) - amended):
        raise refuted(12, "extra", path=path)
    return Proof(len(evidence.dockets), {"sha256": evidence.dockets[0].sha256})


def documents(evidence: Evidence) -> Proof:
    """13: the documents are exactly those that the dockets name, and are what they name."""
    named = {
        DOCUMENTS + reference.sha256
        for each in evidence.dockets
        for reference in (
            *each.docket.documents,
            *(reference for motion in each.docket.motions for reference in motion.documents),
        )
    }
    found = set(evidence.bundle.under(DOCUMENTS))
    for path in sorted(found ^ named):
        raise refuted(13, "extra" if path in found else "missing", path=path)
    for path in sorted(found):
        if DOCUMENTS + evidence.bundle.digest(path) != path:
            raise refuted(13, "file-hash", path=path)
    return Proof(len(found))


def roll(evidence: Evidence) -> Proof:
    """14: the public roll is the one that was frozen or last amended; nobody stands on it twice."""
    freeze = evidence.only(kinds.Freeze)[1]
    votes, members = votes_text(sum(evidence.roll.votes)), len(evidence.roll.members)
    amended = [body.new_sha256 for _, body in evidence.of(kinds.Amend) if body.what == "roll"]
    if evidence.roll_root.hex() != (amended[-1] if amended else freeze.roll.root):
        raise refuted(14, "list-root", path=ROLL)
    if not amended and (members, votes) != (freeze.roll.members, freeze.roll.votes):
        raise refuted(14, "roll-totals", members=members, votes=votes)
    return Proof(members, {"votes": votes})


def names(evidence: Evidence) -> Proof:
    """15: the private roll opens every member commitment, each to another member."""
    if not evidence.shows_names:
        return Proof(0, status=Status.WITHHELD, why=evidence.disclosure)
    lines = records.names(evidence.bundle, number=15)
    for line in lines:
        try:
            mc = member_commitment(evidence.held.key.name, line.id, line.salt).hex()
        except CommitmentFault as fault:
            raise refuted(15, "name-opening", member=line.member, detail=str(fault)) from fault
        if mc != line.member or line.member not in evidence.place:
            raise refuted(15, "name-opening", member=line.member, detail=line.id)
    if len({line.id for line in lines}) != len(lines):
        raise refuted(15, "same-member", path=NAMES)
    missing = len(evidence.roll.members) - len(lines)
    if missing and not evidence.erasures:
        raise refuted(15, "names-missing", members=missing)
    if missing:
        return Proof(len(lines), status=Status.ERASED, why=evidence.erasures[0].rule)
    return Proof(len(lines))
