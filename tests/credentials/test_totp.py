"""One-time codes are those of RFC 6238, and one is recognised by its step."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from voting.credentials import totp

SECRET = b"12345678901234567890"  # of RFC 6238, appendix B


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """Source: RFC 6238, appendix B; its eight digits end in our six."""
    step = totp.step_of(datetime.fromtimestamp(seconds, UTC))

    assert totp.code_at(SECRET, step) == code[-6:]


@pytest.mark.parametrize("shift", [-2, -1, 0, 1, 2])
def test_a_code_is_found_in_the_half_minutes_around_now(shift: int) -> None:
    now = datetime(2026, 6, 1, 9, 0, 10, tzinfo=UTC)
    step = totp.step_of(now) + shift

    found = totp.matching_step(SECRET, totp.code_at(SECRET, step), now=now)

    assert found == (step if abs(shift) < 2 else None)


def test_a_step_changes_on_the_half_minute() -> None:
    at = datetime(2026, 6, 1, 9, 0, 30, tzinfo=UTC)

    assert totp.step_of(at) == totp.step_of(at - timedelta(microseconds=1)) + 1


def test_an_app_is_given_the_secret_with_account_and_site() -> None:
    parts = urlsplit(totp.enrolment_address(SECRET, account="suzuki", issuer="書面表決"))

    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"], "issuer": ["書面表決"]}
    assert parts.path.endswith(":suzuki")


def test_the_qr_code_says_exactly_that_address() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    address = totp.enrolment_address(SECRET, account="suzuki", issuer="書面表決")
    drawn = _drawn(totp.qr_svg(address))

    (found,) = zxingcpp.read_barcodes(image.frombytes("L", *drawn))

    assert found.text == address


def _drawn(svg: str) -> tuple[tuple[int, int], bytes]:
    """The picture of an SVG by segno: horizontal lines of one unit, drawn eight pixels high."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    path = re.search(r'<path[^>]*stroke[^>]* d="([^"]+)"', svg) or re.search(r'd="([^"]+)"[^>]*stroke', svg)
    rows = [bytearray(b"\xff" * size) for _ in range(size)]
    x, y = 0.0, 0.0
    for letter, rest in re.findall(r"([Mmh])([-\d. ]+)", path[1]):  # type: ignore[index]
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", rest)]
        if letter == "h":
            for place in range(int(numbers[0])):
                rows[int(y)][int(x) + place] = 0
            x += numbers[0]
        else:
            x, y = numbers if letter == "M" else (x + numbers[0], y + numbers[1])
    scale = 8
    picture = b"".join(bytes(dot for dot in row for _ in range(scale)) * scale for row in rows)
    return (size * scale, size * scale), picture
