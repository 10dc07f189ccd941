"""What tests/vectors/credentials.json says, made by the program: from a code to its key, and issued ballots.

The codes and the seed of the log are samples that everybody can read; nobody ever voted with them.
Run as ``python -m tests.credentials.code_vectors`` it prints the file.
"""

import json
from datetime import UTC, datetime
from typing import Any

from voting.credentials.codes import (
    ALPHABET,
    Code,
    NotACode,
    credential_key,
    credential_seed,
    lookup_key,
    read_code,
)
from voting.ledger.canonical import b64
from voting.ledger.commitments import cast_message
from voting.ledger.issued import IssuedBallot, issued_note, issued_text
from voting.ledger.note import Signer

ORIGIN = "vote.example.or.jp/council/2024-09"
OTHER_ORIGIN = "vote.example.or.jp/council/2025-09"
LOG_SEED = bytes(range(32))
COMMITMENT = bytes(range(32, 64))
COUNTED = "0123456789ABCDEFGHJKMNP"
# Sums that are 0 and that are not, an alphabet from either end, the two characters that count alike.
SAMPLES = (COUNTED, "0" * 23, "1" * 23, "Z" * 23, "ZYXWVTSRQPNMKJHGFEDCBA9", "0" * 22 + "Y")
TYPED = (
    "0123-4567-89AB-CDEF-GHJK-MNPJ",
    "0123456789abcdefghjkmnpj",
    "oi23-4567-89ab-cdef-ghjk-mnpj",
    "OL23 4567 89AB CDEF GHJK MNPJ",
    " 0-1-2-3-4-5-6-7-8-9-A-B-C-D-E-F-G-H-J-K-M-N-P-J ",
)


def vectors() -> dict[str, Any]:
    """The whole file.  Shape: docs/ledger-format.md, section 13."""
    return {
        "codes": [_code(Code(each), origin) for origin in (ORIGIN, OTHER_ORIGIN) for each in SAMPLES],
        "typed": [{"typed": each, "characters": read_code(each).characters} for each in TYPED],
        "refused": _refused(),
        "issued": _issued(),
    }


def _code(code: Code, origin: str) -> dict[str, str]:
    seed = credential_seed(code, origin)
    key = credential_key(seed)
    return {
        "origin": origin,
        "characters": code.characters,
        "code": code.printed(),
        "seed": seed.hex(),
        "key": b64(key.public_key),
        "lookup": lookup_key(code, origin).hex(),
        "commitment": COMMITMENT.hex(),
        "signature": b64(key.sign(cast_message(origin, COMMITMENT))),
    }


def _refused() -> list[str]:
    """One character changed at each place, two exchanged, too few, too many, and no character of ours."""
    right = Code(COUNTED).printed().replace("-", "")
    places = range(len(right))
    wrong = [right[:at] + ALPHABET[(ALPHABET.index(right[at]) + 1) % 32] + right[at + 1 :] for at in places]
    wrong += [right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in places[:-1]]
    wrong += [
        "",
        right[:-1],
        right[1:],
        right + "0",
        right * 2,
        right.replace("A", "U"),
        right.replace("A", "*"),
    ]
    for each in wrong:
        try:
            read_code(each)
        except NotACode:
            continue
        raise AssertionError(f"{each} is a code")
    return wrong


def _issued() -> dict[str, str]:
    signer = Signer.from_seed(ORIGIN, LOG_SEED)
    ballot = IssuedBallot(
        origin=ORIGIN,
        member="M0004",
        name="しらかば村\u3000議会\t事務局",
        votes="1.5",
        opens=datetime(2024, 9, 26, 15, tzinfo=UTC),
        closes=datetime(2024, 10, 4, 15, tzinfo=UTC),
        docket="ab" * 32,
        level="K0",
        key=b64(credential_key(credential_seed(Code(COUNTED), ORIGIN)).public_key),
    )
    note = issued_note(ballot, signer).decode()
    return {"vkey": signer.vkey, "name": ballot.name, "text": issued_text(ballot), "note": note}


def file_text() -> str:
    return json.dumps(vectors(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    print(file_text(), end="")
