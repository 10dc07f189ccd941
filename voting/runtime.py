"""Time, chance, keys and the doors to the outside, in one value that every verb gets first."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import PaperKeys
from voting.ledger.canonical import milliseconds
from voting.store.anchor import Anchors
from voting.store.transaction import Database


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
    and raises where it was not taken; ``stamp`` takes a request to the time-stamping authority, where
    there is one.
    """

    clock: Callable[[], datetime]
    token: Callable[[int], bytes]
    database: Database
    keys: LogKeys
    paper_keys: PaperKeys
    anchors: Anchors
    send: Callable[[EmailMessage], None]
    site: Site
    stamp: Callable[[bytes], bytes] | None = None

    def now(self) -> datetime:
        """The time, cut to the millisecond that the ledger keeps."""
        return milliseconds(self.clock())


def system_clock() -> datetime:
    """The only place where the program asks what time it is."""
    return datetime.now(UTC)


def system_token(size: int) -> bytes:
    """The only place where the program takes chance."""
    return secrets.token_bytes(size)
