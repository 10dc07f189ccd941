"""The votes that have to be signed, each laid out with the key that its member had when it was written.

They are told entry by entry, while the log is being read, so that others can begin with the first ones.
"""

from collections.abc import Callable
from mmap import mmap

from voting.ledger.canonical import unb64
from voting.ledger.commitments import cast_message
from voting.ledger.ed25519 import KEY_BYTES, SIGNATURE_BYTES, Verify
from voting.ledger.entries import Entry
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.merkle import HASH_BYTES
from voting.verify.findings import Refuted, refuted
from voting.verify.issued import KeysInForce

_SIGNED = KEY_BYTES + SIGNATURE_BYTES
RECORD = _SIGNED + HASH_BYTES


class Casts:
    """Key, signature and commitment of each vote by the web.

    Shape   *at* are the indices of their entries; *fault* is what keeps a vote from being laid out: from
            there on none is.  *ready* is told how many there are after each one.
    """

    def __init__(self, keys: KeysInForce, origin: str, *, most: int, ready: Callable[[int], None]) -> None:
        self.at: list[int] = []
        self.fault: Refuted | None = None
        self._keys, self._origin, self._ready = keys, origin, ready
        # In memory that copies of this process see as well.
        self._records = mmap(-1, max(most, 1) * RECORD)

    def see(self, entry: Entry) -> None:
        """The next entry of the log."""
        if self.fault is not None:
            return
        try:
            self._see(entry)
        except Refuted as fault:
            self.fault = fault

    def _see(self, entry: Entry) -> None:
        body = entry.body
        if not isinstance(body, Ballot | Refused):
            self._keys.see(entry)
            return
        if body.signature is None or body.commitment is None or body.member is None:
            return
        # A vote refused as invalid may be so for its signature.
        if isinstance(body, Refused) and body.reason == "invalid":
            return
        issued = self._keys.of(body.member)
        if issued is None or issued.key is None:
            raise refuted(18, "no-key", index=entry.index)
        if issued.level != body.level:
            raise refuted(18, "level", index=entry.index, level=body.level, issued=issued.level)
        record = issued.key + unb64(body.signature) + bytes.fromhex(body.commitment)
        start = len(self.at) * RECORD
        self._records[start : start + RECORD] = record
        self.at.append(entry.index)
        self._ready(len(self.at))

    def is_signed(self, item: int, verify: Verify) -> bool:
        """Whether the key of vote number *item* made its signature."""
        record = self._records[item * RECORD : (item + 1) * RECORD]
        message = cast_message(self._origin, record[_SIGNED:])
        return verify(record[:KEY_BYTES], record[KEY_BYTES:_SIGNED], message)
