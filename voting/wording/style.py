"""An office's own way with figures: their width, and what votes are counted in.

For sentences that were made here. Names, codes, addresses and numbers of documents are printed as they were
given, and never pass through this.
"""

import re

from voting.core.letterhead import Counter, Digits

_FULL = {ord("0") + value: ord("０") + value for value in range(10)} | {ord(","): "，", ord("."): "．"}
_NUMBER = re.compile(r"[0-9]+(?:[,.][0-9]+)*")
_ALONE = re.compile(r"(?<![0-9A-Za-z.,-])[0-9](?![0-9A-Za-z-]|[.,][0-9])")
_VOTES = re.compile(r"(?<=[0-9０-９])票")


def in_style(text: str, *, digits: Digits, counter: Counter = Counter.VOTES) -> str:
    """*text* with its figures in that width and its votes in that unit."""
    counted = _VOTES.sub(counter.value, text)
    if digits is Digits.HALF:
        return counted
    which = _NUMBER if digits is Digits.FULL else _ALONE
    return which.sub(lambda found: found[0].translate(_FULL), counted)
