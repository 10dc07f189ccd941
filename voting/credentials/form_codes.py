"""The code that is printed on a form, by which the office finds it again.

It is no secret and opens nothing: a form goes through many hands. It ties a sheet to one member and one
assembly, so that last year's form, or a neighbour's, is noticed when it is entered.
"""

from hashlib import sha256

from voting.credentials.codes import ALPHABET, check_character

_CHARACTERS = 7


def form_code(origin: str, member_id: str) -> str:
    """Eight characters in two groups, the last one a check: ``3F7K-Q2MX``."""
    digest = sha256(b"voting/form/v1\0" + origin.encode() + b"\0" + member_id.encode()).digest()
    value = int.from_bytes(digest[:8], "big")
    characters = "".join(ALPHABET[value >> 5 * place & 31] for place in range(_CHARACTERS))
    whole = characters + check_character(characters)
    return f"{whole[:4]}-{whole[4:]}"


def form_qr(origin: str, member_id: str) -> str:
    """What the QR code of a form holds.  Shape: three lines, the ledger, the member's number, the code."""
    return f"{origin}\n{member_id}\n{form_code(origin, member_id)}"
