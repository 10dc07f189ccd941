"""Numbers of votes: exact decimals kept as whole millionths.

A member's weight is a decimal greater than 0 with at most six places (rules R1). Everything that
counts works on ``int`` millionths, so no sum is ever rounded and no comparison ever sees a float.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal

ONE_VOTE = 1_000_000
# Digits that any number of votes can be told in, by far; Python itself refuses to read more than 4,300.
LONGEST_VOTES = 400
_CANONICAL = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]{1,6}))?")


@dataclass(eq=False)
class NoNumberOfVotes(Refusal):
    """A text that is no exact number of votes, or is not greater than 0."""

    code: ClassVar[str] = "no-number-of-votes"
    text: str


def parse_votes(text: str) -> int:
    """Votes written as a decimal, in millionths.

    Units   millionths of a vote; "1.5" is 1_500_000.
    Raises  NoNumberOfVotes for a sign, an exponent, seven decimals, 0, or any other spelling; also for
            more than LONGEST_VOTES characters.
    Source  rules R1, ledger L1.
    """
    found = _CANONICAL.fullmatch(text)
    if found is None or len(text) > LONGEST_VOTES:
        raise NoNumberOfVotes(text)
    votes = int(found[1]) * ONE_VOTE + int((found[2] or "").ljust(6, "0"))
    if votes == 0:
        raise NoNumberOfVotes(text)
    return votes


def votes_text(votes: int) -> str:
    """The one spelling of *votes* (millionths): no exponent, no trailing zero, no bare point.

    Source  ledger L1: ``0|[1-9][0-9]*``, optionally ``.`` and one to six digits, the last not 0.
    """
    whole, rest = divmod(votes, ONE_VOTE)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
