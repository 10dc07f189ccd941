"""Signatures made to divide the libraries: whichever is installed, the verdict is the same.

The curve is computed here from its equation, slowly and in the open (RFC 8032, 5.1).
"""

import hashlib
import sys
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.ledger import ed25519
from voting.ledger.ed25519 import Verify, fastest, fastest_opens, opens, verifies

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
MESSAGE = b"voting/cast/v1\nvote.example.or.jp/council/2026-06\n"
Point = tuple[int, int]
IDENTITY: Point = (0, 1)


def plus(one: Point, two: Point) -> Point:
    (x1, y1), (x2, y2) = one, two
    k = D * x1 * x2 * y1 * y2
    return (
        (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P,
    )


def times(number: int, point: Point) -> Point:
    found = IDENTITY
    while number:
        if number & 1:
            found = plus(found, point)
        point, number = plus(point, point), number >> 1
    return found


def at(y: int) -> Point | None:
    """A point with this second coordinate, if there is one."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x, y) if (x * x - square) % P == 0 else None


def encoded(point: Point, *, y: int | None = None) -> bytes:
    return ((point[1] if y is None else y) | (point[0] & 1) << 255).to_bytes(32, "little")


def number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def signed(secret: int, nonce: int, key: bytes, r: bytes, message: bytes) -> bytes:
    """What satisfies the equation up to a part of small order."""
    return r + ((nonce + number(r, key, message) * secret) % ORDER).to_bytes(32, "little")


BASE = at(4 * pow(5, -1, P) % P) or IDENTITY
BASE = BASE if BASE[0] & 1 == 0 else (P - BASE[0], BASE[1])
EIGHTH = next(
    point for y in range(2, 100) if (found := at(y)) and times(4, point := times(ORDER, found)) != IDENTITY
)
SMALL = [times(n, EIGHTH) for n in range(8)]
SECRET, NONCE = number(b"secret"), number(b"nonce")
KEY, R = times(SECRET, BASE), times(NONCE, BASE)
HONEST = signed(SECRET, NONCE, encoded(KEY), encoded(R), MESSAGE)


def without_nacl(monkeypatch: pytest.MonkeyPatch) -> Verify:
    monkeypatch.setitem(sys.modules, "nacl._sodium", None)
    ed25519._by_nacl.cache_clear()
    found = fastest()
    assert found is verifies
    return found


def with_nacl(monkeypatch: pytest.MonkeyPatch) -> Verify:
    ed25519._by_nacl.cache_clear()
    found = fastest()
    assert found is not verifies
    return found


@pytest.fixture(params=[without_nacl, with_nacl], ids=["cryptography", "PyNaCl"])
def verify(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Verify:
    choose: Callable[[pytest.MonkeyPatch], Verify] = request.param
    return choose(monkeypatch)


def test_an_honest_signature_is_verified(verify: Verify) -> None:
    assert verify(encoded(KEY), HONEST, MESSAGE)


def test_a_message_behind_its_signature_is_opened_alike(verify: Verify) -> None:
    for look in (opens, fastest_opens()):
        assert look(encoded(KEY), HONEST + MESSAGE)
        assert not look(encoded(KEY), HONEST + MESSAGE + b"x")
        for point in map(encoded, SMALL):
            assert not look(point, HONEST + MESSAGE)
            assert not look(encoded(KEY), point + HONEST[32:] + MESSAGE)


def test_what_the_library_signs_is_verified_and_nothing_else(verify: Verify) -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    key, signature = private.public_key().public_bytes_raw(), private.sign(MESSAGE)

    assert verify(key, signature, MESSAGE)
    for bit in range(512):
        turned = bytearray(signature)
        turned[bit // 8] ^= 1 << bit % 8
        assert not verify(key, bytes(turned), MESSAGE)
    assert not verify(key, signature, MESSAGE + b"\n")


@pytest.mark.parametrize("order", range(8))
def test_a_key_of_small_order_under_which_one_signature_fits_many_messages_is_refused(
    verify: Verify, order: int
) -> None:
    key, r = encoded(SMALL[order]), encoded(R)
    # With the key's part gone from the equation, the nonce alone fits every message that meets it.
    fitting = next(m for n in range(1000) if number(r, key, m := b"%d" % n) % 8 == 0)

    assert not verify(key, r + NONCE.to_bytes(32, "little"), fitting)
    assert not verify(key, encoded(IDENTITY) + bytes(32), fitting)


@pytest.mark.parametrize("order", range(8))
def test_a_first_half_of_small_order_is_refused(verify: Verify, order: int) -> None:
    r = encoded(SMALL[order])

    assert not verify(encoded(KEY), signed(SECRET, 0, encoded(KEY), r, MESSAGE), MESSAGE)


@pytest.mark.parametrize("y", range(P, 2**255))
@pytest.mark.parametrize("sign", [0, 2**255])
def test_a_key_in_a_second_spelling_is_refused(verify: Verify, y: int, sign: int) -> None:
    key = (y | sign).to_bytes(32, "little")

    assert not verify(key, encoded(IDENTITY) + bytes(32), MESSAGE)
    assert not verify(key, signed(SECRET, NONCE, key, encoded(R), MESSAGE), MESSAGE)


def test_a_second_half_above_the_groups_order_is_refused(verify: Verify) -> None:
    r, s = HONEST[:32], int.from_bytes(HONEST[32:], "little")
    for more in (ORDER, 2 * ORDER, 8 * ORDER):
        assert not verify(encoded(KEY), r + (s + more).to_bytes(32, "little"), MESSAGE)


def test_a_key_moved_by_a_point_of_small_order_is_judged_without_the_cofactor(verify: Verify) -> None:
    """With the cofactor all of these were true; without it those whose part of small order vanishes."""
    key = encoded(plus(KEY, EIGHTH))
    for n in range(40):
        message = b"%d" % n
        signature = signed(SECRET, NONCE, key, encoded(R), message)

        assert verify(key, signature, message) is (number(encoded(R), key, message) % 8 == 0)


def test_a_nonce_moved_by_a_point_of_small_order_is_refused(verify: Verify) -> None:
    r = encoded(plus(R, EIGHTH))

    assert not verify(encoded(KEY), signed(SECRET, NONCE, encoded(KEY), r, MESSAGE), MESSAGE)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_is_refused(verify: Verify, length: int) -> None:
    assert not verify((encoded(KEY) * 2)[:length], HONEST, MESSAGE)


@pytest.mark.parametrize("length", [0, 32, 63, 65, 128])
def test_a_signature_of_another_length_is_refused(verify: Verify, length: int) -> None:
    assert not verify(encoded(KEY), (HONEST * 2)[:length], MESSAGE)


def test_bytes_that_are_no_point_are_no_key(verify: Verify) -> None:
    nowhere = [y for y in range(2, 200) if at(y) is None]

    assert nowhere
    for y in nowhere:
        assert not verify(y.to_bytes(32, "little"), HONEST, MESSAGE)


def test_the_points_that_are_refused_are_those_of_small_order_and_no_other() -> None:
    either = {(y | sign).to_bytes(32, "little") for _, y in SMALL for sign in (0, 2**255)}

    assert either == ed25519._SMALL_POINTS
    assert all(times(8, point) == IDENTITY for point in SMALL)


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64])
def test_no_library_is_given_a_key_of_another_length(length: int) -> None:
    """libsodium looks at 32 bytes whatever it is given."""
    key = encoded(KEY)

    assert not ed25519._by_nacl()((key + key)[:length], HONEST + MESSAGE)


def test_a_library_that_multiplies_by_the_cofactor_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would say to the two signatures that tell: both are true."""
    monkeypatch.setattr(ed25519, "_by_nacl", lambda: lambda *_: True)

    assert fastest() is verifies


def test_a_library_that_verifies_nothing_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ed25519, "_by_nacl", lambda: lambda *_: False)

    assert fastest() is verifies


def test_the_signature_that_tells_is_true_with_the_cofactor_alone() -> None:
    key, signature, message = ed25519._COFACTOR_ONLY
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    point, nonce = (point_of(each) for each in (key, r))
    left, right = times(s, BASE), plus(nonce, times(number(r, key, message), point))

    assert left != right and times(8, left) == times(8, right)
    assert verifies(*ed25519._HONEST) and not verifies(key, signature, message)


def point_of(data: bytes) -> Point:
    value = int.from_bytes(data, "little")
    x, y = at(value % 2**255) or IDENTITY
    return (x, y) if x & 1 == value >> 255 else (P - x, y)
