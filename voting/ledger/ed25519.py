"""Ed25519 signatures verified with one verdict, whichever library gives it.

On what an honest signer makes all libraries agree.  On what is made to divide them they do not: some take a
key of small order, under which one signature fits many messages, some take a key in a second spelling, some
multiply by the cofactor first.  A bundle must not be true in one office and false in the next, so what could
divide them is refused here, before a library is asked.
Source  RFC 8032, 5.1.7, the equation without the cofactor.
"""

from collections.abc import Callable
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64

Verify = Callable[[bytes, bytes, bytes], bool]
# Of a public key and of a message behind its signature.
Opens = Callable[[bytes, bytes], bool]

_PRIME = 2**255 - 19
_SIGN = 2**255
# The second coordinates of the eight points whose order divides the cofactor.
_OF_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = (0, 1, _PRIME - 1, _OF_EIGHT, _PRIME - _OF_EIGHT)


def _spellings(*coordinates: int) -> frozenset[bytes]:
    """The encodings of points with these second coordinates, with either sign of the first."""
    return frozenset((y + sign).to_bytes(KEY_BYTES, "little") for y in coordinates for sign in (0, _SIGN))


_SMALL_POINTS = _spellings(*_SMALL_ORDER)
_BAD_KEYS = _SMALL_POINTS | _spellings(*range(_PRIME, 2**255))

# One nonce, one key, and that key moved by a point of order eight: only with the cofactor is the second true.
_NONCE = "356618c1885260c4ea0ac0af99f239a95ee27a379c8d3fc3c3009d4eb9450a24"
_HONEST = (
    bytes.fromhex("7cb70881ce397091a20c299b773eef92e2d63a87e4f47a61bf24f563e48bd5e4"),
    bytes.fromhex(_NONCE + "2c8957c9bc74649fd8abd45fbc3e6a5ccf44d9991f593af77243abf1b3ec240f"),
    b"cofactor",
)
_COFACTOR_ONLY = (
    bytes.fromhex("4f979bc6566416b5dcc673fdc689aa9a761b6a7dfb2bb5a1a13b6438e219be04"),
    bytes.fromhex(_NONCE + "2458a98f833a757fbf67e1809d57eb94c4906fa4dc1a54f91f111555c465ee08"),
    b"cofactor",
)


def verifies(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the key made this signature over the message."""
    return _may_hold(public_key, signature) and _by_cryptography(public_key, signature, message)


def fastest() -> Verify:
    """The same, by the fastest library that is installed; to be asked for where there are thousands."""
    found = fastest_opens()
    if found is opens:
        return verifies
    return lambda key, signature, message: _may_hold(key, signature) and found(key, signature + message)


def fastest_opens() -> Opens:
    """The same of keys and signatures that have their lengths, each message behind its signature."""
    try:
        nacl = _by_nacl()
    except ImportError:
        return opens
    # A library that one day multiplies by the cofactor would give another verdict than the others.
    if nacl(*_joined(*_COFACTOR_ONLY)) or not nacl(*_joined(*_HONEST)):
        return opens
    return nacl


def opens(public_key: bytes, signed: bytes) -> bool:
    """Whether the key made the signature over the message behind it."""
    return verifies(public_key, signed[:SIGNATURE_BYTES], signed[SIGNATURE_BYTES:])


def _joined(public_key: bytes, signature: bytes, message: bytes) -> tuple[bytes, bytes]:
    return public_key, signature + message


def _may_hold(public_key: bytes, signature: bytes) -> bool:
    """Whether libraries cannot differ about this key and this signature's first half.

    That the second half is below the group's order is looked at by all of them.
    """
    return (
        len(signature) == SIGNATURE_BYTES
        and len(public_key) == KEY_BYTES
        and public_key not in _BAD_KEYS
        and signature[:KEY_BYTES] not in _SMALL_POINTS
    )


def _by_cryptography(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@cache
def _by_nacl() -> Opens:
    """PyNaCl's verification of what may hold.  Raises: ImportError where it is not installed.

    It is libsodium's own function: what PyNaCl puts around it makes a copy of each message, which nobody
    reads here, and takes a microsecond of forty.
    """
    from nacl._sodium import ffi, lib

    nothing, crypto_sign_open = ffi.NULL, lib.crypto_sign_open

    def opened(public_key: bytes, signed: bytes) -> bool:
        if public_key in _BAD_KEYS or signed[:KEY_BYTES] in _SMALL_POINTS:
            return False
        # libsodium would read past the end of a shorter key.
        return len(public_key) == KEY_BYTES and bool(
            crypto_sign_open(nothing, nothing, signed, len(signed), public_key) == 0
        )

    return opened
