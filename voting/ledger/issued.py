"""The ballot as issued: a signed note by the log key that can be printed and checked alone.

Source: ledger L5.  Its first line is no origin, so no checkpoint can be read as one.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from voting.ledger.canonical import instant_text
from voting.ledger.note import Signer

FORMAT = "voting/issued/v1"


@dataclass(frozen=True, slots=True)
class IssuedBallot:
    """Whose ballot, on what, until when, and by which key it is cast.

    Shape   ``docket`` is the SHA-256 (hex) of docket.json; ``key`` base64; ``votes`` decimal text.
    """

    origin: str
    member: str
    name: str
    votes: str
    opens: datetime
    closes: datetime
    docket: str
    level: str
    key: str


def issued_text(ballot: IssuedBallot) -> str:
    """The note's text, a fact a line.  A line break or tab inside a name is shown as a space."""
    name = "".join(" " if unicodedata.category(each) == "Cc" else each for each in ballot.name)
    lines = (
        FORMAT,
        ballot.origin,
        f"member {ballot.member}",
        f"name {name}",
        f"votes {ballot.votes}",
        f"opens {instant_text(ballot.opens)}",
        f"closes {instant_text(ballot.closes)}",
        f"docket {ballot.docket}",
        f"level {ballot.level}",
        f"key {ballot.key}",
    )
    return "\n".join(lines) + "\n"


def issued_note(ballot: IssuedBallot, signer: Signer) -> bytes:
    """The signed note."""
    return signer.sign(issued_text(ballot))
