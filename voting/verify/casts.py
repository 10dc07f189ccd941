"""The votes that have to be signed, each laid out with the key that its member had when it was written.

They are told entry by entry, while the log is being read, so that others can begin with the first ones.
"""

from binascii import a2b_base64
from collections.abc import Callable, Iterable
from itertools import chain, repeat
from mmap import mmap
from struct import Struct

from voting.ledger.commitments import cast_message
from voting.ledger.ed25519 import KEY_BYTES, Opens
from voting.ledger.entries import Entry, Piece, entries_of
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.merkle import HASH_BYTES
from voting.ledger.usual import WebBallots
from voting.verify.findings import Refuted, refuted
from voting.verify.issued import KeysInForce
from voting.verify.votes import Votes

_VOTES = (Ballot, Refused)
_SIGNATURE_AND_HEX = 64 + 2 * HASH_BYTES + 1
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
        self._label, self._end = cast_message(origin, bytes(HASH_BYTES)).split(b"0" * 2 * HASH_BYTES)
        self._record = Struct(f"{KEY_BYTES}s{_SIGNATURE_AND_HEX + len(self._label)}s")
        # In memory that copies of this process see as well.
        self._records = mmap(-1, max(most, 1) * self._record.size)
        self._together = max(_TOGETHER, most // _MOST_PIECES)
        self._waiting: list[bytes] = []
        self._offered = 0

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
        if len(self.at) - self._offered >= self._together:
            self.hand_out()

    def hand_out(self) -> None:
        """Lay out those that wait for others to be looked at together with."""
        start, end = self._offered, len(self.at)
        if end > start:
            self._records[start * self._record.size : end * self._record.size] = b"".join(self._waiting)
            self._waiting.clear()
            self._offered = end
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
        # An entry was read with its signature in the one spelling that base64 has for it.
        decoded, texts = map(a2b_base64, signatures), map(str.encode, commitments)
        self._waiting += chain.from_iterable(
            zip(keys, decoded, repeat(self._label), texts, repeat(self._end), strict=False)
        )

    def first_unsigned(self, start: int, end: int, opens: Opens) -> int | None:
        """The first of the votes from number *start* to *end* - 1 that its member's key has not signed."""
        records = self._records[start * self._record.size : end * self._record.size]
        for item, (key, signed) in enumerate(self._record.iter_unpack(records), start):
            if not opens(key, signed):
                return item
        return None
