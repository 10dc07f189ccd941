"""Other processes that look at the signatures of a large log and at its files.

They are started before the code of the checks is loaded: until there are votes to look at they look at the
files, and at the roots of the roll and of the issued keys.
"""

from dataclasses import dataclass

from voting.ledger.bundle_files import ISSUED, ROLL
from voting.ledger.ed25519 import Opens, Verify, fastest, fastest_opens
from voting.ledger.merkle import HASH_BYTES
from voting.ledger.tiles import ENTRIES, WIDTH
from voting.verify.blocks import root_of
from voting.verify.bundle import Bundle
from voting.verify.laid_out import LaidOut
from voting.verify.sharing import Sharing, cores

# Below it, starting a process and loading another library would take longer than they save.
LARGE = 5_000
_MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Helpers:
    """What was started.  Shape: *most* is how many votes there can be, *opens* what looks at each."""

    most: int
    laid_out: LaidOut
    sharing: Sharing
    opens: Opens
    verify: Verify

    def first_damaged(self) -> int | None:
        return self.sharing.answer(0)

    def first_undeclared(self) -> int | None:
        return self.sharing.answer(1)

    def roll_root(self) -> bytes:
        return _hash(self.sharing.answer(2))

    def issued_root(self) -> bytes:
        return _hash(self.sharing.answer(3))


def start(bundle: Bundle, origin: str) -> Helpers | None:
    """Start them where the log is large; else None."""
    most = len(bundle.under(ENTRIES)) * WIDTH
    if most < LARGE or ISSUED not in bundle.spans:
        return None
    opens, laid_out = fastest_opens(), LaidOut(origin, most=most)
    sharing = Sharing(
        lambda first, end: laid_out.first_unsigned(first, end, opens),
        helpers=min(cores(), _MOST_PROCESSES) - 1,
        tasks=(
            bundle.first_damaged,
            bundle.first_undeclared,
            lambda: int.from_bytes(root_of(bundle, ROLL), "big"),
            lambda: int.from_bytes(root_of(bundle, ISSUED), "big"),
        ),
    )
    return Helpers(most, laid_out, sharing, opens, fastest())


def _hash(number: int | None) -> bytes:
    return (number or 0).to_bytes(HASH_BYTES, "big")
