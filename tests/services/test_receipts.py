"""Receipts after the close: the same answer, proved against the record as it ends (ledger L6)."""

import json

import pytest

from tests.receipt_check import check as check_independently
from tests.receipt_check import opened
from tests.verify.conftest import play
from tests.verify.forge import caught, check
from tests.world import World
from voting.core.ballots import Mark
from voting.ledger.kinds import Operator
from voting.ledger.receipt import check_receipt
from voting.ledger.receipt_file import Receipt, format_receipt, parse_receipt
from voting.services.casting import ballots, receipts
from voting.services.casting.ballots import NoSuchReceipt
from voting.services.errors import NotThatFar
from voting.services.outcome import closing
from voting.services.proof.export import export
from voting.services.recording import recording
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Held


def final(world: World, receipt: Receipt) -> Receipt:
    return receipts.against_final(world.rt, world.origin, receipt.index)


def test_after_the_result_every_receipt_is_proved_against_the_very_checkpoint_of_the_bundle(
    world: World,
) -> None:
    play(world)
    bundle = export(world.rt, world.origin, audience="public")
    checkpoint = read_bundle(bundle).read("checkpoint")
    assert checkpoint is not None

    upgraded = [final(world, each) for each in world.receipts]

    for old, new in zip(world.receipts, upgraded, strict=True):
        assert new.checkpoint == checkpoint != old.checkpoint
        assert (new.entry, new.key, new.member, new.opening, new.words) == (
            old.entry,
            old.key,
            old.member,
            old.opening,
            old.words,
        )
    verifier = world.rt.keys.signer(world.origin).verifier
    held = Held(verifier, receipts=tuple((f"{n}", each) for n, each in enumerate(upgraded)))
    assert not caught(check(bundle, held))


def test_a_second_checker_that_shares_no_code_with_us_accepts_them(world: World) -> None:
    play(world)
    note = world.rt.anchors.read(world.origin)

    for receipt in world.receipts:
        file = format_receipt(final(world, receipt))
        assert parse_receipt(file) == final(world, receipt)
        check_independently(file, world.case.vkey, note, world.entries())
        # Nothing lies between it and the end: the two are the same promise.
        assert opened(file.partition(b"\n\n")[2], world.case.vkey) == opened(note, world.case.vkey)


def test_before_the_close_there_is_no_final_record_to_be_proved_against(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    receipt = world.cast("M0001")

    with pytest.raises(NotThatFar):
        final(world, receipt)
    with pytest.raises(NotThatFar):
        ballots.receipt(world.rt, world.key("M0001"), receipt.index, final=True)


def test_between_close_and_count_the_proof_is_against_what_is_recorded_by_then(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    receipt = world.cast("M0001")
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)

    closed = final(world, receipt)
    late = world.cast("M0002")

    verifier = world.rt.keys.signer(world.origin).verifier
    assert check_receipt(closed, [verifier]).checkpoint.size == late.index
    assert check_receipt(final(world, receipt), [verifier]).checkpoint.size == late.index + 1


def test_once_the_ledger_grows_the_proof_grows_with_it(world: World) -> None:
    play(world)
    before = final(world, world.receipts[0])
    with recording(world.rt, world.origin) as book:
        book.append(Operator(action="read-choices", by="1" * 64, target=None))

    after = final(world, world.receipts[0])

    assert after.checkpoint == world.rt.anchors.read(world.origin) != before.checkpoint
    verifier = world.rt.keys.signer(world.origin).verifier
    assert check_receipt(before, [verifier]) != check_receipt(after, [verifier])


def test_a_paper_and_a_refused_answer_are_proved_as_well(world: World) -> None:
    play(world)
    bodies = [body_of(each) for each in world.receipts]
    assert {each["level"] for each in bodies} == {"K0", "KP"}
    assert {each.get("reason") for each in bodies} == {None, "late"}

    for receipt in world.receipts:
        check_receipt(final(world, receipt), [world.rt.keys.signer(world.origin).verifier])


def body_of(receipt: Receipt) -> dict[str, str]:
    body: dict[str, str] = json.loads(receipt.entry)["body"]
    return body


def test_attack_the_final_receipt_of_another_member_is_not_there(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    receipt = world.cast("M0001", {1: Mark.AGAINST, 2: Mark.FOR})
    world.at("2026-06-11 00:00")
    world.certify()

    with pytest.raises(NoSuchReceipt):
        ballots.receipt(world.rt, world.key("M0002"), receipt.index, final=True)


def test_the_original_receipt_is_as_it_was(world: World) -> None:
    play(world)

    for receipt in world.receipts:
        assert receipts.of_entry(world.rt, world.origin, receipt.index) == receipt
