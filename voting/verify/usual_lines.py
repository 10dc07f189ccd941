"""The lines of the long lists as nearly all are written, recognised many at a time by their bytes.

A pattern admits only what the strict reader (``records``) would admit, in its one canonical spelling; each
line that it does not know is left to the strict reader, and so are all where something is wrong with one: it
also says what is wrong.
"""

import re
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress, count
from operator import not_
from typing import Any, cast

from voting.core.ballots import Choice
from voting.ledger.canonical import decode
from voting.ledger.commitments import opening_commitments, require_choices
from voting.ledger.usual import COUNT, FROM_ONE, HASH, LIKE_A_HASH, PLAIN, are_base64, are_hashes, shared
from voting.verify.line_shapes import choices_in, votes_in
from voting.verify.lines import Known, Misshapen, each_line

_ROLL = each_line(rf'\{{"category":"({PLAIN})","member":"({LIKE_A_HASH})","votes":"({PLAIN})"\}}')
_BALLOT = re.compile(rf'\{{"ballot":\{{"base":"({HASH})","choices":\{{[^{{}}\n]*\}},"log":"({PLAIN})",')
# 32 bytes leave two bits of the last character unused: they are 0.
_ISSUED = each_line(
    rf'\{{"key":"((?s:.{{42}})[AEIMQUYcgkosw048]=)","level":"(K[01])","member":"({LIKE_A_HASH})"\}}'
)


def usual_roll(block: bytes) -> Known:
    """Members without an escape in their category.  Raises: Misshapen, UnicodeDecodeError."""
    (categories, members, votes), unknown = _columns(_ROLL, block, 1)
    _require_hashes(members)
    return [[*shared(categories)], [*members], [*map(votes_in, votes)]], unknown


def usual_keys(block: bytes) -> Known:
    """Keys as nearly all are written.  Raises: Misshapen, UnicodeDecodeError."""
    (keys, levels, members), unknown = _columns(_ISSUED, block, 2)
    _require_hashes(members)
    if not are_base64(keys, padding="="):
        raise Misshapen("a key is not base64")
    return [[*map(a2b_base64, keys)], [*shared(levels)], [*members]], unknown


def usual_openings(block: bytes) -> Known:
    """Openings of votes that are no proxy and have no defect, as many as answer the same texts as the first.

    Raises  Misshapen, CanonicalFault, CommitmentFault, UnicodeDecodeError.
    """
    first = _BALLOT.search(block.decode())
    if first is None:
        raise Misshapen("no line is as nearly all are")
    base, log = first.groups()
    (data, choices, members, sequences, indices, salts), unknown = _columns(_openings(base, log), block, 2)
    _require_hashes(members, salts)
    known = len(members)
    return [
        [*map(int, indices)],
        opening_commitments(map(str.encode, data), map(bytes.fromhex, salts)),
        [base] * known,
        [log] * known,
        [*members],
        [*map(int, sequences)],
        [*map(_known, choices)],
        [False] * known,
        [None] * known,
    ], unknown


@lru_cache(maxsize=64)
def _openings(base: str, log: str) -> re.Pattern[str]:
    """What recognises openings that name this base and this log."""
    return each_line(
        rf'\{{"ballot":(\{{"base":"{base}","choices":(\{{[^{{}}\n]*\}}),"log":"{re.escape(log)}",'
        rf'"member":"({LIKE_A_HASH})","sequence":({FROM_ONE})\}}),"index":({COUNT}),"salt":"({LIKE_A_HASH})"\}}'
    )


def _columns(
    pattern: re.Pattern[str], block: bytes, hashed: int
) -> tuple[Sequence[Sequence[str]], list[int]]:
    """What stands in the groups of *pattern*, of the lines that it knows; the places of the others.

    Shape   *hashed* is a group that is never empty in a line of this form.
    Raises  UnicodeDecodeError.
    """
    columns = [*zip(*pattern.findall(block.decode()), strict=True)]
    is_known = columns[hashed]
    if all(is_known):
        return columns, []
    return [[*compress(column, is_known)] for column in columns], [*compress(count(), map(not_, is_known))]


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
