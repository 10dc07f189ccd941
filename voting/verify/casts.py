"""The votes that have to be signed, each laid out with the key that its member had when it was written.

They are told entry by entry, while the log is being read, so that others can begin with the first ones.
"""

from binascii import a2b_base64
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from mmap import mmap
from struct import Struct

from voting.ledger.commitments import cast_message
from voting.ledger.ed25519 import KEY_BYTES, SIGNATURE_BYTES, Opens
from voting.ledger.entries import Entry, Piece, entries_of
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.merkle import HASH_BYTES
from voting.ledger.usual import WebBallots
from voting.verify.findings import Refuted, refuted
from voting.verify.issued import KeysInForce
from voting.verify.votes import Votes

_VOTES = (Ballot, Refused)
# So many votes are looked at together; of a log of any length there are no more pieces than a pipe holds.
_TOGETHER = 128
_MOST_PIECES = 1000


class Casts:
    """Key, signature and message of each vote by the web.

    Shape   *at* are the indices of their entries; *fault* is what keeps a vote from being laid out: from
            there on none is.  *ready* is told the numbers (first, and last plus one) of those laid out now.
    """

    def __init__(
        self, keys: KeysInForce, votes: Votes, origin: str, *, most: int, ready: Callable[[int, int], None]
    ) -> None:
        self.at: list[int] = []
        self.fault: Refuted | None = None
        self._keys, self._senders, self._ready = keys, votes.senders, ready
        self._seen = 0
        # What stands before and after the commitment in a message.
        message = cast_message(origin, bytes(HASH_BYTES)).decode()
        self._label, self._end = message.split("0" * 2 * HASH_BYTES)
        self._sizes = KEY_BYTES, SIGNATURE_BYTES, len(message.encode())
        # In memory that copies of this process see as well.
        self._records = mmap(-1, max(most, 1) * sum(self._sizes))
        self._together = max(_TOGETHER, most // _MOST_PIECES)
        self._waiting: tuple[list[bytes], list[bytes], list[str]] = [], [], []
        self._offered: list[tuple[int, int]] = []

    def see(self, piece: Piece) -> None:
        """The next piece of the log, whose votes have their senders by now."""
        if self.fault is not None:
            return
        try:
            if not isinstance(piece, WebBallots):
                self._see(piece)
            elif not self._see_all(piece):
                for entry in entries_of(piece):
                    self._see(entry)
        except Refuted as fault:
            self.fault = fault
        if len(self._waiting[0]) >= self._together:
            self.hand_out()

    def hand_out(self) -> None:
        """Lay out those that wait for others to be looked at together with."""
        keys, signatures, commitments = self._waiting
        start, end = len(self.at) - len(keys), len(self.at)
        if end > start:
            between = f"{self._end}{self._label}"
            messages = f"{self._label}{between.join(commitments)}{self._end}".encode()
            self._records[self._place(start) : self._place(end)] = b"".join((*keys, *signatures, messages))
            self._waiting = [], [], []
            self._offered.append((start, end))
            self._ready(start, end)

    def _see_all(self, ballots: WebBallots) -> bool:
        """Lay out ballots by the web that follow each other, unless one has another key than it should."""
        end = self._seen + len(ballots.places)
        keys = self._keys.of_all(self._senders[self._seen : end], ballots.levels)
        if keys is None:
            return False
        self._lay_out(keys, ballots.signatures, ballots.commitments)
        self.at += ballots.indices
        self._seen = end
        return True

    def _see(self, entry: Entry) -> None:
        body = entry.body
        if not isinstance(body, _VOTES):
            self._keys.see(entry)
            return
        sender, self._seen = self._senders[self._seen], self._seen + 1
        signature, commitment, member = body.signature, body.commitment, body.member
        if signature is None or commitment is None or member is None:
            return
        # A vote refused as invalid may be so for its signature.
        if isinstance(body, Refused) and body.reason == "invalid":
            return
        issued = self._keys.of(sender)
        if issued is None or issued.key is None:
            raise refuted(18, "no-key", index=entry.index)
        if issued.level != body.level:
            raise refuted(18, "level", index=entry.index, level=body.level, issued=issued.level)
        self._lay_out([issued.key], [signature], [commitment])
        self.at.append(entry.index)

    def _lay_out(self, keys: Iterable[bytes], signatures: Iterable[str], commitments: Iterable[str]) -> None:
        self._waiting[0].extend(keys)
        # An entry was read with its signature in the one spelling that base64 has for it.
        self._waiting[1].extend(map(a2b_base64, signatures))
        self._waiting[2].extend(commitments)

    def _place(self, number: int) -> int:
        return number * sum(self._sizes)

    def first_unsigned_of_all(self, opens: Opens) -> int | None:
        """The first of all votes laid out that its member's key has not signed."""
        looked_at = (self.first_unsigned(start, end, opens) for start, end in self._offered)
        return next((item for item in looked_at if item is not None), None)

    def first_unsigned(self, start: int, end: int, opens: Opens) -> int | None:
        """The same of those from number *start* to *end* - 1, which were laid out together."""
        columns, number = _columns(end - start, self._sizes), end - start
        found = columns.unpack(self._records[self._place(start) : self._place(end)])
        keys, signatures, messages = found[:number], found[number:-number], found[-number:]
        for item, key, signature, message in zip(range(start, end), keys, signatures, messages, strict=True):
            if not opens(key, signature + message):
                return item
        return None


@lru_cache(maxsize=16)
def _columns(number: int, sizes: Sequence[int]) -> Struct:
    """So many keys, then as many signatures, then as many messages."""
    return Struct("".join(f"{size}s" * number for size in sizes))
