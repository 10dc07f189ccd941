"""One byte form per value: canonical JSON (RFC 8785, JCS), base64 and instants.

The values are null, booleans, integers from 0 to 2^53-1, strings, lists and objects: there are no floats
and no negative numbers in a ledger, so RFC 8785's rules for numbers are not needed.  Whatever is read must
print back to the same bytes; anything else is refused, never repaired.
"""

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from functools import lru_cache

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 64

# Exact types first: they are what nearly every value is, and a set look-up is cheaper than isinstance.
_PLAIN = frozenset({str, bool, type(None)})
INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"
_INSTANT = re.compile(INSTANT)
_FIRST_ASTRAL = "\U00010000"
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_UNSORTED = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=False, separators=(",", ":")
)
_DECODER = json.JSONDecoder()


class CanonicalFault(ValueError):
    """A value has no canonical form, or bytes are not in it."""


def encode(value: object) -> bytes:
    """The canonical bytes of *value*; tuples count as lists.

    Order   members by the UTF-16 code units of their names (RFC 8785 3.2.3).
    Raises  CanonicalFault for floats, negative or large integers, lone surrogates, other types, and more
            than 64 levels.
    """
    encoder = _ENCODER
    # Code points and UTF-16 units order alike until a name has a character outside the first plane.
    if _has_astral_name(value, DEEPEST):
        value, encoder = _in_utf16_order(value), _UNSORTED
    try:
        return encoder.encode(value).encode()
    except UnicodeEncodeError as error:
        raise CanonicalFault("a string holds half of a surrogate pair") from error


def decode(data: bytes) -> object:
    """The value whose canonical form is exactly *data*.

    Raises  CanonicalFault for anything else: other spacing or order, doubled names, floats, a byte order
            mark, bytes that are not UTF-8.
    """
    try:
        value: object = _DECODER.decode(data.decode())
    except UnicodeDecodeError as error:
        raise CanonicalFault("not UTF-8") from error
    except RecursionError as error:
        raise CanonicalFault("nested too deeply") from error
    except ValueError as error:
        raise CanonicalFault(f"not JSON: {error}") from error
    # A doubled name, -0, an escape that was not needed: none of them comes back as it was.
    if encode(value) != data:
        raise CanonicalFault("not in canonical form")
    return value


def utf16_order(name: str) -> bytes:
    """The sort key of a member's name, as RFC 8785 orders them.

    Raises  CanonicalFault for half of a surrogate pair.
    """
    try:
        return name.encode("utf-16-be")
    except UnicodeEncodeError as error:
        raise CanonicalFault("a name holds half of a surrogate pair") from error


def b64(data: bytes) -> str:
    """Base64 of *data* (RFC 4648 section 4, padded)."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes of padded base64, refused unless they re-encode to *text*.

    Raises  CanonicalFault.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CanonicalFault("not base64") from error
    # Spare bits under the padding would give one key two spellings.
    if b64(data) != text:
        raise CanonicalFault("not the one base64 form of its bytes")
    return data


def milliseconds(instant: datetime) -> datetime:
    """*instant* in UTC, cut (never rounded up) to the millisecond that the ledger keeps.

    Raises  CanonicalFault when it has no zone.
    """
    if instant.utcoffset() is None:
        raise CanonicalFault("an instant without a zone")
    try:
        instant = instant.astimezone(UTC)
    except OverflowError as error:
        raise CanonicalFault("an instant before year 1 or after year 9999") from error
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


@lru_cache(maxsize=1024)
def instant_text(instant: datetime) -> str:
    """An aware instant as ``YYYY-MM-DDTHH:MM:SS.mmmZ``, cut to the millisecond.

    Raises  CanonicalFault when it has no zone.
    """
    return milliseconds(instant).isoformat(timespec="milliseconds")[:-6] + "Z"


def parse_instant(text: str) -> datetime:
    """The aware UTC instant written exactly as instant_text writes it.

    Raises  CanonicalFault.
    """
    if not _INSTANT.fullmatch(text):
        raise CanonicalFault("not an instant in the form YYYY-MM-DDTHH:MM:SS.mmmZ")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise CanonicalFault("not an instant") from error


def _has_astral_name(value: object, depth: int) -> bool:
    """Whether an object's name below *value* needs the slow order; refuses what has no form."""
    kind = type(value)
    if kind in _PLAIN:
        return False
    if depth == 0:
        raise CanonicalFault("nested too deeply")
    if isinstance(value, dict):
        astral = False
        for name, inner in value.items():
            if not isinstance(name, str):
                raise CanonicalFault("a member's name is not a string")
            if not name.isascii() and max(name) >= _FIRST_ASTRAL:
                astral = True
            if type(inner) not in _PLAIN and _has_astral_name(inner, depth - 1):
                astral = True
        return astral
    if isinstance(value, list | tuple):
        # A list, not a generator: every item must be looked at, even after the first astral name.
        return any([_has_astral_name(inner, depth - 1) for inner in value])  # noqa: C419
    _require_scalar(value)
    return False


def _require_scalar(value: object) -> None:
    """Refuse what is neither a string nor an integer of the ledger."""
    if isinstance(value, str):
        return
    if type(value) is not int:
        raise CanonicalFault(f"a {type(value).__name__} has no canonical form here")
    if not 0 <= value <= LARGEST_INTEGER:
        raise CanonicalFault("an integer below 0 or above 2^53-1")


def _in_utf16_order(value: object) -> object:
    """The same value with its objects' members in the order of UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=utf16_order)
        return {name: _in_utf16_order(value[name]) for name in names}
    if isinstance(value, list | tuple):
        return [_in_utf16_order(inner) for inner in value]
    return value
