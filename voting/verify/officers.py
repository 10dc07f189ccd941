"""The officers that a ledger names by commitment, and the list that opens them."""

from voting.ledger import kinds
from voting.ledger.bundle_files import PERSONS
from voting.ledger.commitments import CommitmentFault, person_commitment
from voting.ledger.kinds import Ballot, Body, Refused
from voting.verify import records
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted
from voting.verify.line_shapes import PersonLine


def require_officers(evidence: Evidence) -> int:
    """Refuse unless persons.jsonl lists exactly the officers of the entries; how many there are.

    In an auditor's bundle each commitment is opened, and no person has two of them.
    Raises  Refuted as check 19.
    """
    lines = records.persons(evidence.bundle, opened=evidence.is_auditors, number=19)
    listed = {line.pc for line in lines}
    named = [(entry.index, pc) for entry in evidence.others for pc in named_by(entry.body)]
    for index, pc in named:
        if pc not in listed:
            raise refuted(19, "officer-unlisted", index=index)
    for pc in sorted(listed - {pc for _, pc in named}):
        raise refuted(19, "officer-idle", path=PERSONS, pc=pc)
    if evidence.is_auditors:
        for line in lines:
            _require_opened(line)
        if len({line.id for line in lines}) != len(lines):
            raise refuted(19, "officer-twice", path=PERSONS)
    return len(lines)


def named_by(body: Body) -> tuple[str, ...]:
    """The person commitments in one entry."""
    if isinstance(body, Ballot | Refused):
        return body.entered_by or ()
    if isinstance(body, kinds.Freeze | kinds.Fact | kinds.Amend | kinds.Correction):
        return body.approvals
    return (body.by,) if isinstance(body, kinds.Paper | kinds.Operator) else ()


def _require_opened(line: PersonLine) -> None:
    try:
        pc = person_commitment(line.id or "", line.name, line.role, line.salt).hex()
    except CommitmentFault as fault:
        raise refuted(19, "officer-opening", pc=line.pc) from fault
    if pc != line.pc:
        raise refuted(19, "officer-opening", pc=line.pc)
