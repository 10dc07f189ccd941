"""Receipts: made from what the store has, so that any of them can be made again."""

from voting.core.errors import Broken
from voting.ledger import checkpoint as checkpoints
from voting.ledger import merkle
from voting.ledger.receipt_file import BallotOpening, MemberOpening, Receipt
from voting.ledger.wording import words
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome.erased import require_kept
from voting.services.proof.promised import promised_state
from voting.services.recording import Book, checkpoint_covering, ensure_covered
from voting.store import assemblies, ballots, ledger, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.ledger import Stored
from voting.store.roll import Voter
from voting.store.transaction import Transaction


def of_book(book: Book, opening: BallotOpening, voter: Voter, *, key: bytes | None) -> Receipt:
    """The receipt of the only entry just written: its proof is the frontier it was appended to."""
    if len(book.written) != 1 or not book.checkpoint:
        raise Broken("a receipt was asked for before its promise could be made")
    return _receipt(
        book.written[0],
        opening,
        voter,
        key=key,
        hashes=book.head.frontier.proof_of_next(),
        checkpoint=book.checkpoint,
    )


def of_entry(rt: Runtime, origin: str, index: int) -> Receipt:
    """The receipt of a recorded submission, against the checkpoint of the batch that committed it.

    Raises  Erased.
    """
    ensure_covered(rt, origin, index)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        sent, member_id = _submission(tx, case, index)
        note = checkpoint_covering(rt, tx, case, index)
        size = checkpoints.open(note, [rt.keys.signer(origin).verifier]).size
        hashes = merkle.inclusion(ledger.leaves(tx, case.id, size), index, size)
        return _stored(tx, case.id, sent, member_id, hashes=hashes, note=note)


def against_final(rt: Runtime, origin: str, index: int) -> Receipt:
    """The same, proved against the newest checkpoint: after the close that of the final record (ledger L6).

    Raises  NotThatFar before the close; Erased; as ``promised_state``.
    """
    with promised_state(rt, origin) as state:
        tx, case = state.tx, state.case
        if case.closed_index is None:
            raise NotThatFar("final-receipt", "close")
        sent, member_id = _submission(tx, case, index)
        hashes = merkle.inclusion(ledger.leaves(tx, case.id, state.size), index, state.size)
        return _stored(tx, case.id, sent, member_id, hashes=hashes, note=state.note)


def _submission(tx: Transaction, case: Case, index: int) -> tuple[Submitted, str]:
    """What was sent, and by whom.  Raises: Erased where a receipt of it cannot be made any more."""
    sent = ballots.by_index(tx, case.id, index)
    if sent is None or sent.member_id is None:
        raise Broken(f"{case.origin}: entry {index} is no submission of a member")
    if sent.is_erased:
        require_kept(tx, case)
    return sent, sent.member_id


def _stored(
    tx: Transaction, assembly: int, sent: Submitted, member_id: str, *, hashes: tuple[bytes, ...], note: bytes
) -> Receipt:
    found = roll.credential_and_voter(tx, assembly, member_id)
    if found is None:
        raise Broken(f"assembly {assembly}: {member_id} has a submission and no credential")
    credential, voter = found
    # A paper is signed by nobody's key; two officers stand for it instead.
    key = roll.key_at(tx, credential, sent.index) if sent.paper_serial is None else None
    entry = ledger.entry(tx, assembly, sent.index)
    return _receipt(
        Stored(sent.index, merkle.leaf_hash(entry), entry),
        BallotOpening(sent.ballot(), sent.salt),
        voter,
        key=key,
        hashes=hashes,
        checkpoint=note,
    )


def _receipt(
    entry: Stored,
    opening: BallotOpening,
    voter: Voter,
    *,
    key: bytes | None,
    hashes: tuple[bytes, ...],
    checkpoint: bytes,
) -> Receipt:
    choices = opening.ballot["choices"]
    if not isinstance(choices, dict):
        raise Broken(f"the opening of entry {entry.index} has no choices")
    return Receipt(
        entry=entry.entry,
        key=key,
        member=MemberOpening(voter.member_id, voter.name, voter.salt),
        opening=opening,
        words=words(choices),
        index=entry.index,
        hashes=hashes,
        checkpoint=checkpoint,
    )
