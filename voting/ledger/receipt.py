"""Whether a receipt is true: every value in it recomputed from the entry and the signed checkpoint.

The file's own form is receipt_file's; its names can be imported from here as well.

What it cannot prove alone: that the key is the member's (the issued note or issued.jsonl does), that the
checkpoint belongs to the final one (a consistency proof does), and that *base* is the freeze entry's leaf.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import unb64
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.commitments import (
    CommitmentFault,
    ballot_commitment,
    cast_message,
    member_commitment,
    require_ballot,
)
from voting.ledger.ed25519 import verifies
from voting.ledger.entries import Ballot, Entry, EntryFault, Refused, decode_entry
from voting.ledger.merkle import ProofFault, leaf_hash, verify_inclusion
from voting.ledger.note import NoteFault, Verifier
from voting.ledger.receipt_file import (
    BallotOpening,
    MemberOpening,
    Receipt,
    ReceiptUnreadable,
    format_receipt,
    parse_receipt,
)
from voting.ledger.wording import words

__all__ = [
    "BallotOpening",
    "CheckedReceipt",
    "MemberOpening",
    "Receipt",
    "ReceiptRefuted",
    "ReceiptUnreadable",
    "check_receipt",
    "format_receipt",
    "parse_receipt",
    "words",
]


@dataclass(eq=False)
class ReceiptRefuted(Exception):
    """A receipt says something that is not so.

    Shape   *check* is one of note, entry, index, log, inclusion, member, opening, signature, words.
    """

    check: str
    reason: str

    def __str__(self) -> str:
        return f"{self.check}: {self.reason}"


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """What a receipt has proved: the entry stands in the log and says what the receipt says.

    Shape   *choices* and *base* are None for a refusal that nobody could read; *leaf* is the leaf hash.
            The name in *member* is for people and not proved: the commitment covers the id.
    """

    checkpoint: Checkpoint
    entry: Entry
    body: Ballot | Refused
    leaf: bytes
    member: MemberOpening | None
    key: bytes | None
    ballot: Mapping[str, object] | None

    @property
    def choices(self) -> Mapping[str, object] | None:
        """The choices by motion, as the commitment opens."""
        choices = None if self.ballot is None else self.ballot["choices"]
        return choices if isinstance(choices, dict) else None

    @property
    def base(self) -> str | None:
        """The leaf hash, in hex, of the entry that froze what the ballot answers."""
        return None if self.ballot is None else str(self.ballot["base"])


def check_receipt(receipt: Receipt, verifiers: Sequence[Verifier]) -> CheckedReceipt:
    """Prove a receipt against the log's keys, which come from its owner and never from the receipt.

    Raises  ReceiptRefuted naming the check that fails.
    """
    checkpoint = _checkpoint(receipt, verifiers)
    entry = _entry(receipt, checkpoint)
    body = entry.body
    if not isinstance(body, Ballot | Refused):
        raise ReceiptRefuted("entry", f"a {entry.kind} entry is no vote")
    leaf = leaf_hash(receipt.entry)
    try:
        verify_inclusion(
            leaf, index=receipt.index, size=checkpoint.size, proof=receipt.hashes, root=checkpoint.root
        )
    except ProofFault as error:
        raise ReceiptRefuted("inclusion", str(error)) from error
    _check_member(receipt, entry.log, body)
    _check_opening(receipt, entry.log, body)
    _check_signature(receipt, entry.log, body)
    ballot = None if receipt.opening is None else receipt.opening.ballot
    _check_words(receipt, ballot)
    return CheckedReceipt(checkpoint, entry, body, leaf, receipt.member, receipt.key, ballot)


def _checkpoint(receipt: Receipt, verifiers: Sequence[Verifier]) -> Checkpoint:
    try:
        return checkpoints.open(receipt.checkpoint, verifiers)
    except (NoteFault, CheckpointFault) as error:
        raise ReceiptRefuted("note", str(error)) from error


def _entry(receipt: Receipt, checkpoint: Checkpoint) -> Entry:
    try:
        entry = decode_entry(receipt.entry)
    except EntryFault as error:
        raise ReceiptRefuted("entry", str(error)) from error
    if entry.index != receipt.index:
        raise ReceiptRefuted("index", f"the entry belongs at {entry.index}, not at {receipt.index}")
    if entry.log != checkpoint.origin:
        raise ReceiptRefuted("log", "the entry belongs to another log than the checkpoint")
    return entry


def _check_member(receipt: Receipt, log: str, body: Ballot | Refused) -> None:
    member = receipt.member
    if (member is None) != (body.member is None):
        raise ReceiptRefuted("member", "the member is missing, or the entry has none")
    if member is None:
        return
    try:
        commitment = member_commitment(log, member.id, member.salt)
    except CommitmentFault as error:
        raise ReceiptRefuted("member", str(error)) from error
    if commitment.hex() != body.member:
        raise ReceiptRefuted("member", "the entry is another member's")


def _check_opening(receipt: Receipt, log: str, body: Ballot | Refused) -> None:
    opening = receipt.opening
    if (opening is None) != (body.commitment is None):
        raise ReceiptRefuted("opening", "the opening is missing, or the entry has no commitment")
    if opening is None:
        return
    ballot = opening.ballot
    if ballot_commitment(ballot, opening.salt).hex() != body.commitment:
        raise ReceiptRefuted("opening", "the entry commits to another ballot")
    try:
        require_ballot(ballot)
    except CommitmentFault as error:
        raise ReceiptRefuted("opening", str(error)) from error
    if ballot["log"] != log or ballot["member"] != body.member:
        raise ReceiptRefuted("opening", "the ballot names another log or member than its entry")
    if isinstance(body, Ballot) and ballot["sequence"] != body.sequence:
        raise ReceiptRefuted("opening", "the ballot counts another sequence than its entry")


def _check_signature(receipt: Receipt, log: str, body: Ballot | Refused) -> None:
    if (receipt.key is None) != (body.signature is None):
        raise ReceiptRefuted("signature", "the key is missing, or the entry has no signature")
    if receipt.key is None or body.signature is None or body.commitment is None:
        return
    message = cast_message(log, bytes.fromhex(body.commitment))
    if not verifies(receipt.key, unb64(body.signature), message):
        raise ReceiptRefuted("signature", "the key did not sign this ballot")


def _check_words(receipt: Receipt, ballot: Mapping[str, object] | None) -> None:
    choices = {} if ballot is None else ballot["choices"]
    if not isinstance(choices, dict) or words(choices) != dict(receipt.words):
        raise ReceiptRefuted("words", "the words are not those of the choices")
