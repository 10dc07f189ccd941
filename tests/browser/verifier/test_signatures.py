"""Ed25519 in the page: what some libraries take and others do not is refused."""

from base64 import b64decode

import pytest

from tests.browser.verifier.hand import Hand
from voting.ledger.note import Signer

PRIME = 2**255 - 19
SIGN = 2**255
SIGNER = Signer.from_seed("vote.example.or.jp/council/2026-06", b"\x07" * 32)
KEY, TEXT = SIGNER.verifier.public_key, "voting/cast/v1\n"
# With a neutral key and a neutral nonce the equation is 0 = 0, whatever the message.
NEUTRAL = (1).to_bytes(32, "little")


def signature() -> bytes:
    return b64decode(SIGNER.sign(TEXT).split()[-1])[4:]


def test_a_signature_is_true_over_its_message_alone(hand: Hand) -> None:
    assert hand.is_signed(KEY, signature(), TEXT.encode())
    assert not hand.is_signed(KEY, signature(), b"another")


@pytest.mark.parametrize("y", [0, 1, PRIME - 1, *range(PRIME, SIGN)])
@pytest.mark.parametrize("sign", [0, SIGN])
def test_a_key_under_which_one_signature_fits_every_message_is_refused(hand: Hand, y: int, sign: int) -> None:
    assert not hand.is_signed((y | sign).to_bytes(32, "little"), NEUTRAL + bytes(32), b"anything")


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_of_another_length_is_refused(hand: Hand, length: int) -> None:
    assert not hand.is_signed(KEY, (signature() * 2)[:length], TEXT.encode())


def test_a_key_of_another_length_or_off_the_curve_is_refused(hand: Hand) -> None:
    for key in (b"", KEY[:31], KEY + b"\0", (2).to_bytes(32, "little")):
        assert not hand.is_signed(key, signature(), TEXT.encode())
