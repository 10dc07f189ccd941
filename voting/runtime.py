"""Time, chance, keys and the doors to the outside, in one value that every verb gets first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from voting.core.retention import DEFAULT_YEARS
from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import PaperKeys
from voting.ledger.canonical import milliseconds
from voting.stamps.authority import Authority
from voting.store.anchor import Anchors
from voting.store.transaction import Database
from voting.system import system_clock as system_clock
from voting.system import system_token as system_token
from voting.witness.client import Ask, ask


@dataclass(frozen=True, slots=True)
class Site:
    """How the service is named to the outside.

    Shape   ``host`` begins every ledger's origin; ``base_url`` has no slash at its end;
            ``sender`` is the From of every mail.
    """

    host: str
    base_url: str
    sender: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything that is not a pure function.

    ``clock`` gives aware UTC time, ``token(n)`` n random bytes, ``send`` hands one mail to the relay
    and raises where it was not taken, ``ask`` gets or posts at a witness's address, ``stamper`` is None where
    no time-stamps are asked for, ``kept_years`` is how long votes are kept after their certification,
    ``distrusted`` are the origins of ledgers that did not check at the start: each is recomputed before
    anything is recorded in it.
    """

    clock: Callable[[], datetime]
    token: Callable[[int], bytes]
    database: Database
    keys: LogKeys
    paper_keys: PaperKeys
    anchors: Anchors
    send: Callable[[EmailMessage], None]
    site: Site
    ask: Ask = ask
    stamper: Authority | None = None
    kept_years: int = DEFAULT_YEARS
    distrusted: frozenset[str] = frozenset()

    def now(self) -> datetime:
        """The time, cut to the millisecond that the ledger keeps."""
        return milliseconds(self.clock())
