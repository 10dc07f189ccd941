"""The form that nearly every entry of a log has, recognised by its bytes: a ballot by the web.

The pattern admits only what the strict reader would admit, in its one canonical spelling: reading a hundred
thousand ballots this way, many at a time, takes a twentieth of the time.  Whatever it does not know is for
the strict reader, which also says what is wrong with it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, compress, repeat
from operator import le, sub
from typing import NamedTuple

from voting.core.columns import of_columns
from voting.ledger.fields import ORIGIN
from voting.ledger.kinds import Ballot
from voting.ledger.record import EntryFault

HASH = "[0-9a-f]{64}"
# The same where all digits of many are looked at together: in a third of the time. Any character, also a line
# feed: these are passed over without a look at each, and none of them is a digit.
LIKE_A_HASH = "(?s:.{64})"
_LIKE_AN_INSTANT = "(?s:.{24})"
# Fifteen digits are below 2^53; what has more is rare enough for the strict reader.
COUNT = "0|[1-9][0-9]{0,14}"
FROM_ONE = "[1-9][0-9]{0,14}"
_FROM_TWO = "[2-9]|[1-9][0-9]{1,14}"
# What stands in JSON as it is: no quotation mark, no backslash, no control character.
PLAIN = '[^"\\\\\\x00-\\x1f]*'
# 64 bytes leave four bits of the last character unused: they are 0.
_SIGNATURE = "(?s:.{85})[AQgw]=="
_HEX = b"0123456789abcdef"
_INSTANT = b"0000-00-00T00:00:00.000Z"
_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

_LOG = re.compile(rf',"kind":"ballot","log":"({PLAIN})","time":')


@lru_cache(maxsize=64)
def _web_ballots_of(log: str) -> re.Pattern[str]:
    """What matches every line once, either as a ballot by the web in this log or with all groups empty.

    Shape   nearly all are first ballots: of these the groups of what they replace are empty as well.
    """
    return re.compile(
        r'^(?:\{"body":\{"channel":"web",'
        rf'"commitment":"({LIKE_A_HASH})",'
        r'"entered_by":null,'
        r'"level":"(K[01])",'
        rf'"member":"({LIKE_A_HASH})",'
        r'"paper":null,'
        rf'"received_at":"({_LIKE_AN_INSTANT})",'
        rf'"replaces":(?:null,"sequence":1|({COUNT}),"sequence":({_FROM_TWO})),'
        rf'"signature":"({_SIGNATURE})"\}},'
        rf'"index":({COUNT}),'
        r'"kind":"ballot",'
        rf'"log":"{re.escape(log)}",'
        rf'"time":"({_LIKE_AN_INSTANT})",'
        r'"version":1\}|.*)$',
        re.MULTILINE,
    )


class WebBallots(NamedTuple):
    """Ballots by the web, as they follow each other: a column for each thing that differs.

    Shape   *places* tells which they are among the entries that were asked about.
    """

    places: tuple[int, ...]
    indices: tuple[int, ...]
    logs: tuple[str, ...]
    times: tuple[datetime, ...]
    members: tuple[str, ...]
    sequences: tuple[int, ...]
    replaces: tuple[int | None, ...]
    commitments: tuple[str, ...]
    levels: tuple[str, ...]
    received_at: tuple[datetime, ...]
    signatures: tuple[str, ...]

    def part(self, start: int, end: int) -> "WebBallots":
        """Those from number *start* to *end* - 1."""
        return WebBallots._make(column[start:end] for column in self)

    def bodies(self) -> tuple[Ballot, ...]:
        """The same ballots, each by itself."""
        return of_columns(
            Ballot,
            len(self.places),
            member=self.members,
            sequence=self.sequences,
            replaces=self.replaces,
            commitment=self.commitments,
            channel=repeat("web"),
            level=self.levels,
            received_at=self.received_at,
            signature=self.signatures,
            paper=repeat(None),
            entered_by=repeat(None),
        )

    def follow(self, index: int, log: str, time: datetime | None) -> bool:
        """Whether they stand from *index* on, in this log, none before *time* or before the one before it."""
        return (
            self.indices == tuple(range(index, index + len(self.indices)))
            and set(self.logs) == {log}
            and (time is None or time <= self.times[0])
            and all(map(le, self.times, self.times[1:]))
        )

    def longest_answer(self) -> timedelta | None:
        """The longest time from a receipt to its entry; None where an entry is older than its receipt."""
        if not all(map(le, self.received_at, self.times)):
            return None
        longest: timedelta = max(map(sub, self.times, self.received_at))
        return longest


_NONE = WebBallots._make(() for _ in WebBallots._fields)


def web_ballots(entries: Sequence[bytes]) -> WebBallots:
    """The ballots by the web among *entries*, those of one log.

    What is left out may be sound or not.  Where an entry is sound in no way all may be left out.
    """
    try:
        # In canonical JSON a line feed is escaped: so a line is an entry.
        text = b"\n".join(entries).decode()
        first = _LOG.search(text)
        if first is None or not _is_log(first[1]):
            return _NONE
        rows = _web_ballots_of(first[1]).findall(text)
        if len(rows) != len(entries):
            return _NONE
        columns = [*zip(*rows, strict=True)]
        if all(columns[0]):
            return _of_columns(tuple(range(len(rows))), first[1], columns)
        places = tuple(compress(range(len(rows)), columns[0]))
        known = [tuple(compress(column, columns[0])) for column in columns]
        return _of_columns(places, first[1], known) if places else _NONE
    except ValueError:
        # No UTF-8, more lines than entries, no such day or hour, members that do not fit each other.
        return _NONE


def _of_columns(places: tuple[int, ...], log: str, columns: Sequence[tuple[str, ...]]) -> WebBallots:
    """What stands in the groups of the pattern.  Raises: ValueError."""
    commitments, levels, members, received_at, before, numbers, signatures, indices, times = columns
    if not are_hashes(commitments, members) or not are_base64(signatures, padding="=="):
        raise ValueError("other digits")
    if not _are_instants(received_at) or not _are_instants(times):
        raise ValueError("no instants")
    return WebBallots(
        places,
        tuple(map(int, indices)),
        (log,) * len(places),
        tuple(map(datetime.fromisoformat, times)),
        members,
        tuple([int(text) if text else 1 for text in numbers]) if any(before) else (1,) * len(places),
        tuple([int(text) if text else None for text in before]) if any(before) else (None,) * len(places),
        commitments,
        shared(levels),
        tuple(map(datetime.fromisoformat, received_at)),
        signatures,
    )


def _are_instants(column: Sequence[str]) -> bool:
    """Whether texts have the form of instants; whether there is such a day is still to be asked."""
    return "".join(column).encode().translate(_ZEROS) == _INSTANT * len(column)


def shared(column: Sequence[str]) -> tuple[str, ...]:
    """The same texts, equal ones as one object: saves memory and comparing where there are few of them."""
    known: dict[str, str] = {}
    return tuple(map(known.setdefault, column, column))


def are_hashes(*columns: Iterable[str]) -> bool:
    """Whether all characters in *columns* are lowercase hex digits."""
    return not "".join(chain(*columns)).encode().translate(None, delete=_HEX)


def are_base64(column: Sequence[str], *, padding: str) -> bool:
    """Whether texts that end in *padding* have nothing else in them that is no digit of base64."""
    return "".join(column).encode().translate(None, delete=_BASE64) == padding.encode() * len(column)


@lru_cache(maxsize=64)
def _is_log(name: str) -> bool:
    try:
        ORIGIN.read(name)
    except EntryFault:
        return False
    return True
