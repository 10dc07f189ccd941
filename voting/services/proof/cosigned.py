"""Cosignatures: taken from witnesses, added to the notes that are handed out, counted for the result."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import instant_text
from voting.ledger.checkpoint import CheckpointFault
from voting.ledger.cosignature import Witness, line_bytes, merged
from voting.ledger.note import NoteFault, split_note
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, Suspended
from voting.services.proof import contradictions
from voting.services.proof.policies import policy_of
from voting.store import assemblies, cosignatures, ledger
from voting.store.assemblies import Case
from voting.store.cosignatures import Cosigned
from voting.store.transaction import Transaction
from voting.verify.policy import Policy
from voting.wording import CosignatureFacts, WitnessFacts, cosignature_lines


@dataclass(eq=False)
class NoCheckpointOfOurs(Refusal):
    """What was brought is no checkpoint of this ledger, or its key has not signed it."""

    code: ClassVar[str] = "no-checkpoint-of-ours"
    origin: str


@dataclass(eq=False)
class NotAWitness(Refusal):
    """No key of the assembly's policy has cosigned what was brought."""

    code: ClassVar[str] = "not-a-witness"
    origin: str


def key_of(witness: Witness) -> str:
    """How the store names a witness: its key's name and id."""
    return f"{witness.name}+{witness.key_id.hex()}"


def accept(rt: Runtime, origin: str, note: bytes) -> int:
    """Take a checkpoint of ours with cosignatures brought by a witness; the answer is how many were new.

    Shape   *note* carries our own signature, so it proves itself: a checkpoint that we have signed and no
            longer hold suspends the assembly, whoever brings it.
    Raises  NoSuchAssembly, NoCheckpointOfOurs, NotAWitness; Suspended.
    """
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None or case.issued_index is None:
            raise NoSuchAssembly(origin)
        policy = policy_of(tx, case)
        stored = ledger.head(tx, case.id).size
    try:
        signed = checkpoints.open(note, [rt.keys.signer(origin).verifier])
    except (NoteFault, CheckpointFault):
        raise NoCheckpointOfOurs(origin) from None
    if contradictions.find(rt, case, note):
        raise Suspended(origin, stored, signed.size, was_shown=True)
    witnesses = () if policy is None else tuple(policy.witnesses.values())
    try:
        found = signatures(note, witnesses)
    except NoteFault:
        raise NotAWitness(origin) from None
    if not found:
        raise NotAWitness(origin)
    return keep(rt, case, signed.size, found)


def signatures(note: bytes, witnesses: Iterable[Witness]) -> dict[str, bytes]:
    """The first cosignature of each of these witnesses on *note*, by key.

    Raises  NoteFault, also for one that bears a witness's name and id and is wrong.
    """
    text, lines = split_note(note)
    found = {key_of(each): each.signatures(text, lines) for each in witnesses}
    return {key: line_bytes(mine[0]) for key, mine in found.items() if mine}


def keep(rt: Runtime, case: Case, size: int, lines: dict[str, bytes]) -> int:
    """Store verified cosignatures over the checkpoint of *size* entries; the answer is how many were new."""
    with rt.database.reading() as tx:
        known = {each.witness for each in cosignatures.everything(tx, case.id) if each.size == size}
    if known >= lines.keys():
        return 0
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        return sum(
            cosignatures.put(tx, case.id, Cosigned(size, key, line), now=now) for key, line in lines.items()
        )


def with_cosignatures(tx: Transaction, case: Case, size: int, note: bytes) -> bytes:
    """Our checkpoint of *size* entries as it is handed out: with every cosignature that it has."""
    return merged(note, cosignatures.over(tx, case.id, size))


def all_with_cosignatures(tx: Transaction, case: Case, notes: dict[int, bytes]) -> dict[int, bytes]:
    """As ``with_cosignatures``, for all checkpoints by size."""
    lines: dict[int, list[bytes]] = {}
    for each in cosignatures.everything(tx, case.id):
        lines.setdefault(each.size, []).append(each.line)
    return {size: merged(note, lines[size]) if size in lines else note for size, note in notes.items()}


def newest_of(tx: Transaction, case: Case, witness: Witness) -> int:
    """The largest size that a witness has cosigned; 0 for none."""
    sizes = (each.size for each in cosignatures.everything(tx, case.id) if each.witness == key_of(witness))
    return max(sizes, default=0)


def facts(tx: Transaction, case: Case, *, size: int) -> CosignatureFacts:
    """Who has cosigned the log at *size* entries or more, as papers and pages print it."""
    policy = policy_of(tx, case)
    if policy is None:
        return CosignatureFacts()
    rows = tuple(
        WitnessFacts(name=name, key=witness.name, size=newest_of(tx, case, witness))
        for name, witness in policy.witnesses.items()
    )
    reached = [each.name for each in rows if each.size >= size]
    return CosignatureFacts(witnesses=rows, size=size, is_met=policy.is_met(reached))


def lines(rt: Runtime, origin: str) -> tuple[str, ...]:
    """Who has cosigned how far, in words.  Raises: NoSuchAssembly."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return cosignature_lines(facts(tx, case, size=ledger.head(tx, case.id).size))


def is_quorum(policy: Policy, note: bytes) -> bool:
    """Whether the cosignatures on *note* are as many as the policy asks for."""
    return policy.is_met(policy.signed_by(note))
