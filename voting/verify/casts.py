"""The votes that have to be signed, each laid out with the key that its member had when it was written.

They are told entry by entry, while the log is being read, so that others can begin with the first ones.
"""

from binascii import a2b_base64
from collections.abc import Callable, Iterable
from mmap import mmap

from voting.ledger.commitments import cast_message
from voting.ledger.ed25519 import KEY_BYTES, SIGNATURE_BYTES, Verify
from voting.ledger.entries import Entry
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.merkle import HASH_BYTES
from voting.verify.findings import Refuted, refuted
from voting.verify.issued import KeysInForce

_VOTES = (Ballot, Refused)
_SIGNED = KEY_BYTES + SIGNATURE_BYTES
RECORD = _SIGNED + HASH_BYTES


class Casts:
    """Key, signature and commitment of each vote by the web.

    Shape   *at* are the indices of their entries; *fault* is what keeps a vote from being laid out: from
            there on none is.  *ready* is told the numbers (first, and last plus one) of those laid out now.
    """

    def __init__(
        self, keys: KeysInForce, origin: str, *, most: int, ready: Callable[[int, int], None]
    ) -> None:
        self.at: list[int] = []
        self.fault: Refuted | None = None
        self._keys, self._origin, self._ready = keys, origin, ready
        # In memory that copies of this process see as well.
        self._records = mmap(-1, max(most, 1) * RECORD)

    def see(self, entries: Iterable[Entry]) -> None:
        """The next entries of the log."""
        if self.fault is not None:
            return
        records: list[bytes] = []
        try:
            for entry in entries:
                self._see(entry, records)
        except Refuted as fault:
            self.fault = fault
        end = len(self.at)
        start = end - len(records)
        self._records[start * RECORD : end * RECORD] = b"".join(records)
        if records:
            self._ready(start, end)

    def _see(self, entry: Entry, records: list[bytes]) -> None:
        body = entry.body
        if not isinstance(body, _VOTES):
            self._keys.see(entry)
            return
        signature, commitment, member = body.signature, body.commitment, body.member
        if signature is None or commitment is None or member is None:
            return
        # A vote refused as invalid may be so for its signature.
        if isinstance(body, Refused) and body.reason == "invalid":
            return
        issued = self._keys.of(member)
        if issued is None or issued.key is None:
            raise refuted(18, "no-key", index=entry.index)
        if issued.level != body.level:
            raise refuted(18, "level", index=entry.index, level=body.level, issued=issued.level)
        # An entry was read with its signature in the one spelling that base64 has for it.
        records.append(issued.key + a2b_base64(signature) + bytes.fromhex(commitment))
        self.at.append(entry.index)

    def is_signed(self, item: int, verify: Verify) -> bool:
        """Whether the key of vote number *item* made its signature."""
        record = self._records[item * RECORD : (item + 1) * RECORD]
        message = cast_message(self._origin, record[_SIGNED:])
        return verify(record[:KEY_BYTES], record[KEY_BYTES:_SIGNED], message)
