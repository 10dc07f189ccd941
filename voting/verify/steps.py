"""The numbered checks, in order, and how they are run.

A check gets the evidence and returns what it has proved; whatever is not so it raises.
"""

from collections.abc import Callable, Mapping

from voting.verify.evidence import Evidence
from voting.verify.findings import CHECKS, Finding, Proof, Refuted, Status
from voting.verify.steps_container import bundle_note, container, given_key
from voting.verify.steps_count import deemed, effective, recount
from voting.verify.steps_frozen import dockets, documents, names, order, roll
from voting.verify.steps_held import held
from voting.verify.steps_log import consistency, places, signed_checkpoints, timestamps, tree, witnesses
from voting.verify.steps_papers import result_papers
from voting.verify.steps_signatures import begin, signatures
from voting.verify.steps_sums import amendments, conservation, erasures
from voting.verify.steps_votes import members, openings, papers, period

Check = Callable[[Evidence], Proof]

STEPS: Mapping[int, Check] = {
    1: container,
    2: bundle_note,
    3: given_key,
    4: signed_checkpoints,
    5: witnesses,
    6: timestamps,
    7: tree,
    8: consistency,
    9: held,
    10: places,
    11: order,
    12: dockets,
    13: documents,
    14: roll,
    15: names,
    16: members,
    17: openings,
    18: signatures,
    19: papers,
    20: period,
    21: effective,
    22: deemed,
    23: recount,
    24: result_papers,
    25: conservation,
    26: amendments,
    27: erasures,
}


def verify(evidence: Evidence) -> tuple[Finding, ...]:
    """All checks on one bundle.  There is no way to leave one out."""
    begin(evidence)
    # Who helps with signatures and files works on while all the others are done here.
    in_time = sorted(CHECKS, key=lambda number: (STEPS[number] is signatures, STEPS[number] is container))
    found = {number: _run(number, STEPS[number], evidence) for number in in_time}
    return tuple(found[number] for number in CHECKS)


def _run(number: int, check: Check, evidence: Evidence) -> Finding:
    try:
        proof = check(evidence)
    except Refuted as refutation:
        if refutation.number != number:
            return Finding(number, Status.UNPROVED, rests_on=refutation.number)
        return Finding(number, Status.FAILED, fault=refutation.fault, facts=refutation.facts)
    except Exception as fault:
        # Whatever stops a check is no proof. It is reported as a failure, never passed over.
        facts = {"detail": f"{type(fault).__name__}: {fault}"[:300]}
        return Finding(number, Status.FAILED, fault="unexpected", facts=facts)
    return Finding(
        number, proof.status, items=proof.items, facts=proof.facts, why=proof.why, notes=proof.notes
    )
