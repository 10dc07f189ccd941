"""What was counted, in words: the draft, the count for good, and the same made again from the store."""

from dataclasses import dataclass
from hashlib import sha256

from voting.core.errors import Broken
from voting.core.permissions import Act, Officer, require
from voting.core.result import Outcome
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Correction, Tally
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.office.office_facts import MotionFacts, motion_facts
from voting.services.outcome import closing
from voting.services.outcome.erased import require_kept
from voting.services.outcome.versions import named_at
from voting.services.proof.agreement import require_agreement
from voting.services.stages import AssemblyLine, line_of
from voting.store import assemblies, ledger
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import flag_notes


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted.  Shape: ``pending`` are the labels of motions that wait for a decision or a lot."""

    motions: tuple[MotionFacts, ...]
    flags: tuple[str, ...]
    pending: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Recount:
    """The count made again from what is stored now.

    Shape   ``in_ledger`` is the digest that the tally, or the last correction, names; ``is_same``: the
            count made now has it, and everything it was made of opens what the ledger committed to.
    """

    assembly: AssemblyLine
    numbers: Numbers
    in_ledger: str
    is_same: bool
    vkey: str


def draft_numbers(rt: Runtime, who: Officer, origin: str) -> tuple[AssemblyLine, Numbers]:
    """The count as it would be now.  Raises: NotAllowed, NoSuchAssembly; NotThatFar before the close."""
    require(who, Act.COUNT)
    whole = closing.draft_count(rt, origin)
    return line_of(whole.case, rt.now()), numbers(whole)


def recount(rt: Runtime, who: Officer, origin: str) -> Recount:
    """Raises: NotAllowed, NoSuchAssembly; NotThatFar before the tally; Erased."""
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        if case.tally_index is None:
            raise NotThatFar("recount", "tally")
        require_kept(tx, case)
        made, named = numbers(closing.counted(tx, case)), _named(tx, case)
        return Recount(
            assembly=line_of(case, rt.now()),
            numbers=made,
            in_ledger=named,
            is_same=made.sha256 == named and _agrees(tx, case),
            vkey=case.vkey,
        )


def numbers(whole: closing.Counted) -> Numbers:
    """What was counted, in words."""
    motions = motion_facts(whole)
    return Numbers(
        motions=motions,
        flags=flag_notes(whole.case.docket, whole.result),
        pending=tuple(
            fact.label
            for result, fact in zip(whole.result.motions, motions, strict=True)
            if result.outcome is Outcome.PENDING
        ),
        sha256=sha256(whole.content).hexdigest(),
    )


def _named(tx: Transaction, case: Case) -> str:
    """The digest of result.json that the ledger holds."""
    index = named_at(tx, case)
    body = None if index is None else decode_entry(ledger.entry(tx, case.id, index)).body
    if not isinstance(body, Tally | Correction):
        raise Broken(f"{case.origin}: entry {index} names no result")
    return body.result_sha256


def _agrees(tx: Transaction, case: Case) -> bool:
    """Whether docket, roll and answers are those of the ledger: the one fault that a recount is made for."""
    try:
        require_agreement(tx, case)
    except Broken:
        return False
    return True
