"""The lines of the long lists as nearly all are written, recognised many at a time by their bytes.

A pattern admits only what the strict reader (``records``) would admit, in its one canonical spelling; each
line that it does not know is left to the strict reader, and so are all where something is wrong with one: it
also says what is wrong.
"""

import re
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from voting.core.ballots import Choice
from voting.ledger.canonical import decode
from voting.ledger.commitments import opening_commitments, require_choices
from voting.ledger.merkle import hash_leaves
from voting.ledger.usual import COUNT, FROM_ONE, LIKE_A_HASH, PLAIN, are_base64, are_hashes, shared
from voting.verify.line_shapes import choices_in, votes_in
from voting.verify.lines import Known, Misshapen, each_line

_ROLL = each_line(rf'\{{"category":"({PLAIN})","member":"({LIKE_A_HASH})","votes":"({PLAIN})"\}}')
_OPENING = each_line(
    rf'\{{"ballot":(\{{"base":"({LIKE_A_HASH})","choices":(\{{[^{{}}\n]*\}}),"log":"({PLAIN})",'
    rf'"member":"({LIKE_A_HASH})","sequence":({FROM_ONE})\}}),"index":({COUNT}),"salt":"({LIKE_A_HASH})"\}}'
)
# 32 bytes leave two bits of the last character unused: they are 0.
_ISSUED = each_line(
    rf'\{{"key":"(.{{42}}[AEIMQUYcgkosw048]=)","level":"(K[01])","member":"({LIKE_A_HASH})"\}}'
)


def usual_roll(lines: Sequence[bytes]) -> Known:
    """Members without an escape in their category.  Raises: Misshapen, UnicodeDecodeError."""
    (categories, members, votes), known, unknown = _columns(_ROLL, lines, 1)
    _require_hashes(members)
    return [[*shared(categories)], [*members], [*map(votes_in, votes)], hash_leaves(known)], unknown


def usual_keys(lines: Sequence[bytes]) -> Known:
    """Keys as nearly all are written.  Raises: Misshapen, UnicodeDecodeError."""
    (keys, levels, members), known, unknown = _columns(_ISSUED, lines, 2)
    _require_hashes(members)
    if not are_base64(keys, padding="="):
        raise Misshapen("a key is not base64")
    return [[*map(a2b_base64, keys)], [*shared(levels)], [*members], hash_leaves(known)], unknown


def usual_openings(lines: Sequence[bytes]) -> Known:
    """Openings of votes that are no proxy and have no defect.

    Raises  Misshapen, CanonicalFault, CommitmentFault, UnicodeDecodeError.
    """
    columns, known, unknown = _columns(_OPENING, lines, 7)
    data, bases, choices, logs, members, sequences, indices, salts = columns
    _require_hashes(bases, members, salts)
    return [
        [*map(int, indices)],
        opening_commitments(map(str.encode, data), map(bytes.fromhex, salts)),
        [*shared(bases)],
        [*shared(logs)],
        [*members],
        [*map(int, sequences)],
        [*map(_known, choices)],
        [False] * len(known),
        [None] * len(known),
    ], unknown


def _columns(
    pattern: re.Pattern[str], lines: Sequence[bytes], hashed: int
) -> tuple[Sequence[Sequence[str]], list[bytes], list[int]]:
    """What stands in the groups of *pattern*, of the lines that it knows; these lines; where the others are.

    Shape   *hashed* is a group that is never empty in a line of this form.
    Raises  UnicodeDecodeError; Misshapen where a line is more than one.
    """
    rows = pattern.findall(b"\n".join(lines).decode())
    if len(rows) != len(lines):
        raise Misshapen("a line feed in a line")
    unknown = [place for place, row in enumerate(rows) if not row[hashed]]
    known = [line for line, row in zip(lines, rows, strict=True) if row[hashed]] if unknown else [*lines]
    rows = [row for row in rows if row[hashed]] if unknown else rows
    return [*zip(*rows, strict=True)] if rows else [()] * pattern.groups, known, unknown


@lru_cache(maxsize=4096)
def _known(text: str) -> Mapping[int, Choice]:
    """The choices in their canonical form: many members choose alike.  Raises: as the strict reader."""
    value = decode(text.encode())
    require_choices(value)
    return choices_in(cast(dict[str, Any], value))


def _require_hashes(*columns: Sequence[str]) -> None:
    """Refuse unless these columns hold hex digits and nothing else.  Raises: Misshapen."""
    if not are_hashes(*columns):
        raise Misshapen("something is not lowercase hex")
