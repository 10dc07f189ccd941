"""The audit bundle: everything that is needed to check a result without us, in one file.

Made from the store alone, so that the same assembly always gives the same bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.core.tally import silent_members
from voting.core.votes import votes_text
from voting.ledger import kinds
from voting.ledger.bundle_files import AUDITOR, PUBLIC, NamedMember, Opening, Parts, Person, bundle
from voting.ledger.bundle_zip import MOST_FILES, BundleTooLarge
from voting.ledger.commitments import RollLeaf
from voting.ledger.entries import Entry, decode_entry
from voting.runtime import Runtime
from voting.services.errors import NotThatFar
from voting.services.outcome.closing import RESULT_JSON, Counted, counted, submissions_for_count
from voting.services.outcome.publishing import SIGNED
from voting.services.outcome.versions import FIRST, stored_name, version_in_force
from voting.services.proof import stamped
from voting.services.proof.cosigned import all_with_cosignatures, is_quorum, with_cosignatures
from voting.services.proof.export_lists import delivery_batches, dockets_of, documents_of, issued_batches
from voting.services.proof.policies import policy_of
from voting.services.proof.promised import Promised, promised_state
from voting.store import assemblies, audit, ledger, roll, stamps
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction

AUDIENCES = (PUBLIC, AUDITOR)
# What could not be put into a bundle, because the store does not keep the signers that it speaks of.
_BEYOND = (kinds.Key,)


@dataclass(eq=False)
class TooManyFiles(Refusal):
    """The zip of a bundle counts its files in 16 bits; this log has more commits than that (ADR 8)."""

    code: ClassVar[str] = "too-many-files"
    files: int
    checkpoints: int
    most: int


def export(rt: Runtime, origin: str, *, audience: str) -> bytes:
    """The bundle of a certified assembly; an auditor's of a counted one, to be checked before signing.

    Raises  NoSuchAssembly; NotThatFar; StampMissing, StampAwaitsWitnesses; Suspended where the store is
            behind what was signed; TooManyFiles; LedgerBusy; Broken.
    """
    # Made of one state: nobody has to wait for it, and nothing of it is newer than its checkpoint.
    with promised_state(rt, origin) as state:
        _require_counted(state.case, audience)
        parts = _parts(state, audience=audience)
    try:
        return bundle(parts, audience=audience, signer=rt.keys.signer(origin))
    except BundleTooLarge as fault:
        if fault.files <= MOST_FILES:
            raise
        raise TooManyFiles(fault.files, len(parts.checkpoints), MOST_FILES) from fault


def is_witnessed(rt: Runtime, origin: str) -> bool:
    """Whether a bundle made now has the cosignatures that the policy asks for; true without a policy."""
    with promised_state(rt, origin) as state:
        policy = policy_of(state.tx, state.case)
        note = with_cosignatures(state.tx, state.case, state.size, state.note)
        held = stamped.as_stamped({state.size: note}, stamps.stamps(state.tx, state.case.id))
        return policy is None or is_quorum(policy, held[state.size])


def _require_counted(case: Case, audience: str) -> None:
    if audience not in AUDIENCES:
        raise Broken(f"no such audience: {audience}")
    if case.tally_index is None:
        raise NotThatFar("export", "tally")
    if audience == PUBLIC and case.result_index is None:
        raise NotThatFar("export", "result")


def _parts(state: Promised, *, audience: str) -> Parts:
    tx, case = state.tx, state.case
    stored = tuple(each.entry for each in ledger.entries(tx, case.id))
    entries = [decode_entry(each) for each in stored]
    _require_within(entries)
    voters = roll.voters(tx, case.id)
    whole = counted(tx, case)
    first, *later = dockets_of(tx, case)
    named = audience == AUDITOR or case.disclosure == "L0"
    opened = audience == AUDITOR or case.disclosure != "L2"
    kept = stamped.for_bundle(state)
    return Parts(
        origin=case.origin,
        vkey=case.vkey,
        entries=stored,
        # The newest one has its lasting place in the anchor until the next entry moves it.
        checkpoints=stamped.as_stamped(
            all_with_cosignatures(tx, case, {**audit.checkpoints(tx, case.id), state.size: state.note}),
            kept,
        ),
        timestamps={each.size: each.token for each in kept},
        docket=first,
        dockets=later,
        documents=documents_of(tx, (first, *later)),
        roll=(RollLeaf(each.category, each.commitment.hex(), votes_text(each.votes)) for each in voters),
        names=_names(voters) if named else None,
        issued=issued_batches(tx, case, voters, entries),
        delivery=delivery_batches(tx, case, voters, entries),
        deemed=_deemed(whole, voters),
        openings=_openings(whole) if opened else None,
        persons=_persons(tx, case),
        result=_published(tx, case, stored_name(RESULT_JSON, version_in_force(tx, case))),
        papers=_papers(tx, case, entries),
    )


def _require_within(entries: Iterable[Entry]) -> None:
    for entry in entries:
        if isinstance(entry.body, _BEYOND):
            raise Broken(f"entry {entry.index} ({entry.kind}) cannot be exported yet")


def _names(voters: Sequence[Voter]) -> list[NamedMember]:
    return [NamedMember(each.member_id, each.commitment.hex(), each.name, each.salt) for each in voters]


def _deemed(whole: Counted, voters: Sequence[Voter]) -> list[bytes]:
    known = submissions_for_count(whole.case, whole.submissions)
    silent = set(silent_members(whole.case.docket, whole.roll, known, whole.facts))
    return [each.commitment for each in voters if each.member_id in silent]


def _openings(whole: Counted) -> list[Opening]:
    # A paper of nobody on the roll commits to nothing, and has nothing to open.  What was erased is left out,
    # and the verifier asks the ledger whether it was (checks 17 and 27).
    sent = [each for each in whole.submissions if each.member_id is not None and not each.is_erased]
    return [Opening(each.index, each.ballot(), each.salt) for each in sent]


def _persons(tx: Transaction, case: Case) -> list[Person]:
    found = []
    for each in audit.persons(tx, case.id):
        person = Person(each.id, each.name, each.role, each.salt)
        if person.pc != each.commitment:
            raise Broken(f"{case.origin}: {each.id} is not the person that the ledger knows")
        found.append(person)
    return found


def _published(tx: Transaction, case: Case, name: str) -> bytes:
    content = assemblies.published(tx, case.id, name)
    if content is None:
        raise Broken(f"{case.origin}: {name} is not in the store")
    return content


def _papers(tx: Transaction, case: Case, entries: Iterable[Entry]) -> list[tuple[str, bytes]]:
    """The PDFs that the ledger names, in its order."""
    named = [d for entry in entries if isinstance(entry.body, kinds.Result) for d in entry.body.documents]
    stored = {}
    versions = range(FIRST, version_in_force(tx, case) + 1)
    for name in (stored_name(paper, version) for paper in SIGNED for version in versions):
        content = assemblies.published(tx, case.id, name)
        if content is not None:
            stored[sha256(content).hexdigest()] = (name, content)
    missing = [digest for digest in named if digest not in stored]
    if missing:
        raise Broken(f"{case.origin}: the paper {missing[0]} is not in the store")
    return [stored[digest] for digest in named]
