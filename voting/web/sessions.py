"""The code session: what a member's code opened, sealed in a cookie for some hours.

Nothing of it is stored on the server.  The cookie holds the key that signs the ballot, so it is encrypted:
neither the browser's user nor a copy of its profile without our secret can read or change it.

An officer's cookie holds a random token and nothing else: that session is kept on the server.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from werkzeug.wrappers import Response

from voting.ledger.canonical import CanonicalFault, b64, instant_text, parse_instant, unb64
from voting.services.casting.ballots import Key

LIFETIME = timedelta(hours=24)  # an office decides over night; WCAG 2.2.1 asks for more than 20 hours
NONCE_BYTES = 12
_LABEL = b"voting/web/session/v1"


def derive(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose alone, from the site's secret."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"voting/web/" + purpose.encode("ascii"))
    return kdf.derive(secret)


@dataclass(frozen=True, slots=True, repr=False)
class CodeSessions:
    """Seals and opens the cookie; ``secure`` where the site is reached by https only."""

    key: bytes
    secure: bool

    @property
    def cookie(self) -> str:
        # The prefix makes browsers refuse the cookie from another host or an unencrypted page.
        return "__Host-ballot" if self.secure else "ballot"

    def seal(self, key: Key, *, made_at: datetime, nonce: bytes) -> str:
        """The cookie's value.  Shape: *nonce* are 12 bytes never used before."""
        held = [key.origin, key.member_id, b64(key.seed), instant_text(made_at)]
        sealed = AESGCM(self.key).encrypt(nonce, json.dumps(held).encode(), _LABEL)
        return b64(nonce + sealed)

    def open(self, value: str | None, *, now: datetime) -> Key | None:
        """What the cookie opens; None for one that is missing, not ours, changed, or too old."""
        held = self._opened(value)
        if held is None:
            return None
        origin, member_id, seed, made_at = held
        age = now - parse_instant(made_at)
        # One from the future was made by a clock that was wrong: its age is unknown.
        if not timedelta(0) <= age < LIFETIME:
            return None
        return Key(origin, member_id, unb64(seed))

    def _opened(self, value: str | None) -> Any:
        try:
            raw = unb64(value or "")
            return json.loads(AESGCM(self.key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _LABEL))
        except (CanonicalFault, InvalidTag, ValueError):
            return None

    def keep(self, response: Response, value: str) -> None:
        """Give the cookie to the browser, for its session and this site's own pages only."""
        response.set_cookie(
            self.cookie, value, path="/", secure=self.secure, httponly=True, samesite="Strict"
        )

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="Strict")


@dataclass(frozen=True, slots=True)
class OfficeCookie:
    """The cookie of an officer's session; ``secure`` where the site is reached by https only."""

    secure: bool

    @property
    def name(self) -> str:
        return "__Host-office" if self.secure else "office"

    def keep(self, response: Response, token: str) -> None:
        """Give it to the browser, for its session and for forms and links of our own pages only."""
        response.set_cookie(self.name, token, path="/", secure=self.secure, httponly=True, samesite="Strict")

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="Strict")
