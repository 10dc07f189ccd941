"""One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds).

The counter of a code, its *step*, is what makes it usable once: the caller keeps the newest one taken.
"""

import base64
import hmac
from datetime import datetime
from io import BytesIO

import segno
from pyotp import TOTP

SECRET_BYTES = 20
SECONDS = 30
# Clocks of telephones differ: the code before and the one after are taken as well.
_AROUND = (-1, 0, 1)


def secret_text(secret: bytes) -> str:
    """The secret as an app takes it, in base32."""
    return base64.b32encode(secret).decode("ascii")


def step_of(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def code_at(secret: bytes, step: int) -> str:
    return TOTP(secret_text(secret)).generate_otp(step)


def matching_step(secret: bytes, code: str, *, now: datetime) -> int | None:
    """The step whose code this is; None where it is none of those that hold now."""
    given = code.strip().replace(" ", "").encode()
    steps = [step_of(now) + shift for shift in _AROUND]
    # All are compared, so that the time taken tells nothing.
    found = [step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), given)]
    return found[0] if found else None


def enrolment_address(secret: bytes, *, account: str, issuer: str) -> str:
    """The otpauth address that a QR code holds."""
    return TOTP(secret_text(secret)).provisioning_uri(name=account, issuer_name=issuer)


def qr_svg(text: str) -> str:
    """A QR code as an SVG element to put into a page: black on white, no style, no script."""
    out = BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, light="#fff", border=4, svgclass="qr"
    )
    return out.getvalue().decode("utf-8")
