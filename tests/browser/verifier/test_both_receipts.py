"""What a receipt or a checkpoint proves on its own is the same in the page and in the Python verifier.

The tests of tests/ledger/test_receipt.py, where two checkers are lied to, are run once more with the page as
the third.
"""

import random
from dataclasses import replace

import pytest

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.hand import Hand
from tests.ledger import test_receipt
from tests.verify.conftest import Council
from voting.ledger import checkpoint as checkpoints
from voting.ledger.note import Signer, Verifier
from voting.ledger.receipt import ReceiptRefuted
from voting.ledger.receipt_file import Receipt, ReceiptUnreadable, format_receipt, parse_receipt
from voting.verify.receipts import check_alone
from voting.verify.report import REFUTED, UNREADABLE, VERIFIED

globals().update(asked_again(test_receipt))
judge = test_receipt.judge


@pytest.fixture(autouse=True)
def a_third_checker(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
    def judge_with_the_page(data: bytes) -> None:
        found = hand.judge(test_receipt.STORY.signer.vkey, [("a.tlog-proof", data)])["exit"]
        try:
            judge(data)
        except ReceiptRefuted:
            assert found == REFUTED
            raise
        except ReceiptUnreadable:
            assert found == UNREADABLE
            raise
        assert found == VERIFIED

    monkeypatch.setattr(test_receipt, "judge", judge_with_the_page)


def in_python(data: bytes, key: Verifier) -> int:
    """The exit code of verify-receipt."""
    try:
        receipt = parse_receipt(data)
    except ReceiptUnreadable:
        return UNREADABLE
    return check_alone(receipt, key, "ja")[0]


def both(hand: Hand, data: bytes, key: Verifier) -> int:
    report = hand.judge(key.vkey, [("a.tlog-proof", data)])
    assert report["exit"] == in_python(data, key)
    assert len(report["receipts"]) == (report["exit"] != UNREADABLE)
    found: int = report["exit"]
    return found


def test_every_receipt_that_was_given_out_is_true_and_shown_as_it_was_voted(
    hand: Hand, council: Council
) -> None:
    for receipt in council.receipts:
        report = hand.judge(council.signer.verifier.vkey, [("a.tlog-proof", format_receipt(receipt))])

        (shown,) = report["receipts"]
        assert report["exit"] == VERIFIED
        assert shown["words"] == receipt.words
        assert shown["index"] == receipt.index
        assert receipt.member is not None
        assert shown["member"] == {"id": receipt.member.id, "name": receipt.member.name}


def test_a_receipt_under_another_key_is_refuted(hand: Hand, council: Council) -> None:
    stranger = Signer.from_seed(council.signer.name, b"\x07" * 32).verifier
    elsewhere = Signer.from_seed("vote.example.or.jp/council/2025-06", b"\x07" * 32).verifier

    for receipt in council.receipts:
        assert both(hand, format_receipt(receipt), stranger) == REFUTED
        assert both(hand, format_receipt(receipt), elsewhere) == REFUTED


def test_parts_of_one_receipt_in_another_are_refuted(hand: Hand, council: Council) -> None:
    names = ("entry", "hashes", "index", "key", "member", "opening", "words", "checkpoint")
    answers = set()
    for one in council.receipts:
        for other in council.receipts:
            for name in names:
                mixed = _with(one, other, name)
                answers.add((mixed == one, both(hand, format_receipt(mixed), council.signer.verifier)))

    assert (True, VERIFIED) in answers and (False, REFUTED) in answers


def _with(one: Receipt, other: Receipt, name: str) -> Receipt:
    return replace(one, **{name: getattr(other, name)})


def test_any_bit_turned_in_a_receipt_is_judged_alike(hand: Hand, council: Council) -> None:
    chance = random.Random("receipts")
    answers = set()
    for _ in range(400):
        data = bytearray(format_receipt(chance.choice(council.receipts)))
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        answers.add(both(hand, bytes(data), council.signer.verifier))

    assert answers >= {REFUTED, UNREADABLE}


def test_a_checkpoint_alone_is_true_where_the_log_has_signed_it(hand: Hand, council: Council) -> None:
    forge = council.forge()
    note = forge.note(6)
    stranger = Signer.from_seed(forge.origin, b"\x07" * 32)
    false = checkpoints.sign(checkpoints.open(note, [council.signer.verifier]), stranger)

    for data, code in ((note, VERIFIED), (false, REFUTED), (note[:-9], UNREADABLE)):
        report = hand.judge(council.signer.verifier.vkey, [("checkpoint", data)])
        assert report["exit"] == code
