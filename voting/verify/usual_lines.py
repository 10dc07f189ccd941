"""The lines of the long lists as nearly all are written, recognised many at a time by their bytes.

A pattern admits only what the strict reader (``records``) would admit, in its one canonical spelling; each
line that it does not know is None, and so is every line where something is wrong with one: those are for the
strict reader, which also says what is wrong.
"""

from binascii import a2b_base64
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from voting.core.ballots import Choice
from voting.ledger.canonical import decode
from voting.ledger.commitments import require_choices
from voting.ledger.usual import COUNT, FROM_ONE, LIKE_A_HASH, PLAIN, are_base64, are_hashes
from voting.verify.line_shapes import IssuedLine, OpeningLine, RollLine, choices_in, votes_in
from voting.verify.lines import Misshapen, each_line

_ROLL = each_line(rf'\{{"category":"({PLAIN})","member":"({LIKE_A_HASH})","votes":"({PLAIN})"\}}')
_OPENING = each_line(
    rf'\{{"ballot":(\{{"base":"({LIKE_A_HASH})","choices":(\{{[^{{}}\n]*\}}),"log":"({PLAIN})",'
    rf'"member":"({LIKE_A_HASH})","sequence":({FROM_ONE})\}}),"index":({COUNT}),"salt":"({LIKE_A_HASH})"\}}'
)
# 32 bytes leave two bits of the last character unused: they are 0.
_ISSUED = each_line(
    rf'\{{"key":"(.{{42}}[AEIMQUYcgkosw048]=)","level":"(K[01])","member":"({LIKE_A_HASH})"\}}'
)


def usual_roll(lines: str) -> list[RollLine | None]:
    """Members without an escape in their category.  Raises: Misshapen."""
    rows = _ROLL.findall(lines)
    _require_hashes(rows, 1)
    return [
        RollLine(category, member, votes_in(votes), line.encode()) if member else None
        for line, (category, member, votes) in zip(lines.split("\n"), rows, strict=True)
    ]


def usual_keys(lines: str) -> list[IssuedLine | None]:
    """Keys as nearly all are written.  Raises: Misshapen."""
    rows = _ISSUED.findall(lines)
    _require_hashes(rows, 2)
    if not are_base64([key for key, _, _ in rows if key], padding="="):
        raise Misshapen("a key is not base64")
    return [
        IssuedLine(a2b_base64(key), level, member, line.encode()) if key else None
        for line, (key, level, member) in zip(lines.split("\n"), rows, strict=True)
    ]


def usual_openings(lines: str) -> list[OpeningLine | None]:
    """Openings of votes that are no proxy and have no defect.

    Raises  Misshapen, CanonicalFault, CommitmentFault.
    """
    rows = _OPENING.findall(lines)
    _require_hashes(rows, 1, 4, 7)
    return [
        OpeningLine(
            int(index), bytes.fromhex(salt), data.encode(), base, log, member, int(sequence), _known(choices)
        )
        if data
        else None
        for data, base, choices, log, member, sequence, index, salt in rows
    ]


@lru_cache(maxsize=4096)
def _known(text: str) -> Mapping[int, Choice]:
    """The choices in their canonical form: many members choose alike.  Raises: as the strict reader."""
    value = decode(text.encode())
    require_choices(value)
    return choices_in(cast(dict[str, Any], value))


def _require_hashes(rows: list[tuple[str, ...]], *groups: int) -> None:
    """Refuse unless these groups of every row hold hex digits and nothing else.  Raises: Misshapen."""
    columns = list(zip(*rows, strict=True))
    if not are_hashes(*(columns[group] for group in groups)):
        raise Misshapen("something is not lowercase hex")
