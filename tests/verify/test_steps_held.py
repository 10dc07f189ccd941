"""What members and auditors kept belongs to the bundle's history, or the bundle is refuted."""

from dataclasses import replace

import pytest

from tests.verify.conftest import Council
from tests.verify.forge import Forge, check
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import b64
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.note import Signer
from voting.ledger.receipt_file import BallotOpening, Receipt
from voting.verify.evidence import Held
from voting.verify.findings import Finding, Status


def ninth(
    council: Council, forge: Forge, *, notes: tuple[bytes, ...] = (), receipts: tuple[Receipt, ...] = ()
) -> Finding:
    held = Held(
        council.signer.verifier,
        tuple((f"note {place}", note) for place, note in enumerate(notes)),
        tuple((f"receipt {place}", receipt) for place, receipt in enumerate(receipts)),
    )
    return check(forge.zipped(), held)[8]


def test_every_receipt_that_was_given_out_is_found_in_the_bundle(council: Council) -> None:
    finding = ninth(council, council.forge(), receipts=council.receipts)

    assert (finding.status, finding.items) == (Status.PROVED, 8)


def test_every_checkpoint_that_was_published_is_a_beginning_of_the_bundles(council: Council) -> None:
    forge = council.forge()

    finding = ninth(council, forge, notes=tuple(forge.note(size) for size in forge.sizes))

    assert finding.status is Status.PROVED


def test_a_log_that_hides_its_latest_entries_is_refuted_by_who_saw_them(council: Council) -> None:
    forge = council.forge()
    seen = forge.note(len(forge.entries))
    forge.put_papers([])
    forge.remove(len(forge.entries) - 1)

    assert ninth(council, forge, notes=(seen,)).fault == "held-longer"


def test_a_rewritten_log_is_refuted_by_an_old_checkpoint(council: Council) -> None:
    forge = council.forge()
    seen = forge.note(6)
    forge.entries[4]["body"]["received_at"] = "2026-06-02T00:59:59.000Z"

    assert ninth(council, forge, notes=(seen,)).fault == "held-fork"


def test_a_checkpoint_by_somebody_else_is_no_witness(council: Council) -> None:
    forge = council.forge()
    stranger = Signer.from_seed(forge.origin, b"\x07" * 32)
    note = checkpoints.sign(Checkpoint(forge.origin, 6, bytes(32)), stranger)

    assert ninth(council, forge, notes=(note,)).fault == "held-note"


def test_a_dropped_vote_is_refuted_by_its_receipt(council: Council) -> None:
    forge = council.forge()
    dropped = next(each for each in council.receipts if each.index == 10)
    forge.change(
        "openings.jsonl", lambda lines: lines.pop(next(n for n, e in enumerate(lines) if e["index"] == 10))
    )
    forge.remove(10)
    forge.recount()

    assert ninth(council, forge, receipts=(dropped,)).fault == "held-fork"


@pytest.mark.parametrize("place", range(8))
def test_a_receipt_that_shows_another_choice_is_refuted(council: Council, place: int) -> None:
    receipt = council.receipts[place]
    assert receipt.opening is not None
    ballot = {**receipt.opening.ballot, "choices": {"1": "against", "2": "against"}}
    false = replace(receipt, opening=BallotOpening(ballot, receipt.opening.salt))

    assert ninth(council, council.forge(), receipts=(false,)).fault == "receipt"


def test_a_receipt_with_a_key_that_was_not_issued_is_refuted(council: Council) -> None:
    """The log would have to show that it issued the key: here the list says another one."""
    forge = council.forge()
    receipt = next(each for each in council.receipts if each.key is not None)
    own = b64(receipt.key or b"")
    other = b64(Signer.from_seed("x", b"\x05" * 32).verifier.public_key)
    forge.change("issued.jsonl", lambda lines: [e.update(key=other) for e in lines if e["key"] == own])

    finding = ninth(council, forge, receipts=(receipt,))

    assert (finding.status, finding.rests_on) == (Status.UNPROVED, 18)


def test_a_receipt_of_another_assembly_is_refuted(council: Council) -> None:
    forge = council.forge()
    receipt = council.receipts[0]
    foreign = Signer.from_seed("vote.example.or.jp/council/2025-06", b"\x07" * 32)
    note = checkpoints.sign(Checkpoint(foreign.name, 4, bytes(32)), foreign)

    finding = ninth(council, forge, receipts=(replace(receipt, checkpoint=note),))

    assert finding.fault == "held-other"
    assert finding.facts["log"] == foreign.name


def test_a_receipt_whose_checkpoint_is_none_is_refuted(council: Council) -> None:
    note = council.signer.sign("voting/issued/v1\n")

    finding = ninth(council, council.forge(), receipts=(replace(council.receipts[0], checkpoint=note),))

    assert finding.fault == "held-note"
