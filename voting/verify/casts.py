"""The votes that have to be signed, each laid out with the key that its member had when it was written.

They are told entry by entry, while the log is being read, so that others can begin with the first ones.
"""

from binascii import a2b_base64
from collections.abc import Callable, Iterable

from voting.ledger.ed25519 import Opens
from voting.ledger.entries import Entry, Piece, entries_of
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.usual import WebBallots
from voting.verify.findings import Refuted, refuted
from voting.verify.issued import KeysInForce
from voting.verify.laid_out import LaidOut
from voting.verify.votes import Votes

_VOTES = (Ballot, Refused)
# So many votes are looked at together; of a log of any length there are no more pieces than a pipe holds.
_TOGETHER = 128
_MOST_PIECES = 1000


class Casts:
    """Key, signature and message of each vote by the web, laid out in the *room* for them.

    Shape   *at* are the indices of their entries; *fault* is what keeps a vote from being laid out: from
            there on none is.  *ready* is told the numbers (first, and last plus one) of those laid out now.
    """

    def __init__(
        self, keys: KeysInForce, votes: Votes, room: LaidOut, *, most: int, ready: Callable[[int, int], None]
    ) -> None:
        self.at: list[int] = []
        self.fault: Refuted | None = None
        self._keys, self._senders, self._ready = keys, votes.senders, ready
        self._laid_out = room
        self._seen = 0
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
            self._laid_out.put(start, keys, signatures, commitments)
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

    def first_unsigned(self, opens: Opens) -> int | None:
        """The first of all votes laid out that its member's key has not signed."""
        looked_at = (self._laid_out.first_unsigned(start, end, opens) for start, end in self._offered)
        return next((item for item in looked_at if item is not None), None)
