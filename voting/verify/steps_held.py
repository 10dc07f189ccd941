"""Check 9: what the user holds, checkpoints and receipts, belongs to the same history."""

from collections.abc import Mapping

from voting.ledger.checkpoint import CheckpointFault
from voting.ledger.merkle import leaf_hash, roots
from voting.ledger.note import NoteFault
from voting.ledger.receipt import ReceiptRefuted, check_receipt
from voting.ledger.receipt_file import Receipt
from voting.verify.amended import base_of
from voting.verify.checkpoints import NotSigned, open_signed, stated
from voting.verify.evidence import Evidence
from voting.verify.findings import Proof, Unreadable, refuted
from voting.verify.issued import key_at
from voting.verify.receipts import clashes


def held(evidence: Evidence) -> Proof:
    """9: each checkpoint is a beginning of the final one, and each receipt tells what stands in the log."""
    receipts = evidence.held.receipts
    notes = (*evidence.held.checkpoints, *((name, each.checkpoint) for name, each in receipts))
    sizes = [_size(evidence, name, note) for name, note in notes]
    found = roots(evidence.levels, sizes)
    for (name, note), size in zip(notes, sizes, strict=True):
        _require_beginning(evidence, name, note, size, found)
    for name, receipt in receipts:
        _require_in_log(evidence, name, receipt)
    for clash in clashes(receipts):
        raise refuted(9, "receipt-clash", name=clash.first, other=clash.second, id=clash.id)
    facts = {"checkpoints": len(evidence.held.checkpoints), "receipts": len(receipts)}
    return Proof(len(notes), facts)


def _size(evidence: Evidence, name: str, note: bytes) -> int:
    """The size that a checkpoint of this very log states; last year's file is no forged one."""
    try:
        found = stated(note)
    except Unreadable as fault:
        raise refuted(9, "held-note", name=name, detail=str(fault)) from fault
    if found.origin != evidence.keys[0][1].name:
        raise refuted(9, "held-other", name=name, log=found.origin)
    return found.size


def _require_beginning(
    evidence: Evidence, name: str, note: bytes, size: int, known: Mapping[int, bytes]
) -> None:
    try:
        checkpoint = open_signed(note, evidence.keys, size=size)
    except (NoteFault, CheckpointFault, NotSigned) as fault:
        raise refuted(9, "held-note", name=name, detail=str(fault)) from fault
    if size > len(evidence.leaves):
        raise refuted(9, "held-longer", name=name, size=size, found=len(evidence.leaves))
    if known[size] != checkpoint.root:
        raise refuted(9, "held-fork", name=name, size=size)


def _require_in_log(evidence: Evidence, name: str, receipt: Receipt) -> None:
    try:
        checked = check_receipt(receipt, [verifier for _, verifier in evidence.keys])
    except ReceiptRefuted as fault:
        raise refuted(9, "receipt", name=name, detail=str(fault)) from fault
    # A leaf hash stands for the bytes of its entry.
    leaves = evidence.leaves
    if receipt.index >= len(leaves) or leaves[receipt.index] != leaf_hash(receipt.entry):
        raise refuted(9, "receipt-entry", name=name, index=receipt.index)
    if checked.key is not None and checked.body.member is not None:
        issued = key_at(evidence, checked.body.member, receipt.index)
        if issued is None or issued.key != checked.key:
            raise refuted(9, "receipt-key", name=name, index=receipt.index)
    body = checked.body
    base = base_of(evidence, index=checked.entry.index, paper=body.paper, received_at=body.received_at)
    named = evidence.leaves[base].hex()
    if checked.base is not None and checked.base != named:
        raise refuted(9, "receipt-base", name=name, index=receipt.index)
