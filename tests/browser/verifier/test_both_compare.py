"""Receipts that members lay side by side: what two of them contradict each other in is found by both."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.browser.verifier.hand import Hand, in_page, in_python
from tests.verify.conftest import Council
from tests.verify.forge import check
from voting.ledger.receipt_file import Receipt, format_receipt
from voting.verify.evidence import Held
from voting.verify.receipts import check_alone, clashes, compare


def renamed(receipt: Receipt) -> Receipt:
    """The same entry, handed to somebody else as its own."""
    assert receipt.member is not None
    return replace(receipt, member=replace(receipt.member, name="架空別村"))


PAIRS: dict[str, tuple[Callable[[Receipt, Receipt], tuple[Receipt, Receipt]], list[str]]] = {
    "two members": (lambda one, other: (one, other), []),
    "two copies": (lambda one, other: (one, one), ["same"]),
    "one handed to two": (lambda one, other: (one, renamed(one)), ["name"]),
    "two entries at one place": (lambda one, other: (one, replace(other, index=one.index)), ["entry"]),
    "one vote at two places": (lambda one, other: (one, replace(one, index=one.index + 1)), ["vote"]),
}


@pytest.mark.parametrize(("pair", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_two_receipts_are_compared_alike(
    hand: Hand,
    council: Council,
    pair: Callable[[Receipt, Receipt], tuple[Receipt, Receipt]],
    expected: list[str],
) -> None:
    key = council.signer.verifier
    held = tuple(zip(("first", "second"), pair(*council.receipts[:2]), strict=True))

    report = hand.judge(key.vkey, [(name, format_receipt(each)) for name, each in held])

    ours = [(each.what, each.first, each.second, each.index, each.id) for each in clashes(held)]
    theirs = [
        tuple(each[name] for name in ("what", "first", "second", "index", "id")) for each in report["pairs"]
    ]
    assert [each for each in theirs if each[0] != "same"] == ours
    assert [each[0] for each in theirs] == expected
    codes = [check_alone(each, key, "ja")[0] for _, each in held]
    assert report["exit"] == max(*codes, compare(held, "ja")[0])


def test_beside_the_bundle_one_receipt_in_two_hands_fails_the_ninth_check(
    hand: Hand, council: Council
) -> None:
    one = council.receipts[0]
    held = Held(council.signer.verifier, (), (("first", one), ("second", renamed(one))))

    found, report = check(council.public, held), hand.judge_bundle(council.public, held)

    assert found[8].fault == "receipt-clash"
    assert [in_page(each) for each in report["checks"]] == [in_python(each) for each in found]
