"""The token that goes with every form: whoever sends it has seen a page of ours, in this very browser.

A cookie holds 16 bytes of chance, the form its code under our secret.  Who lures a browser into sending a
form of theirs can neither read the one nor make the other.  Nothing of it is stored on the server, and a
token does not age by itself: it ends with its cookie, a member's form with the code session.
"""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

FIELD = "csrf_token"
CHANCE_BYTES = 16
_COOKIE = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class FormTokens:
    """Makes tokens and knows its own; ``secure`` where the site is reached by https only."""

    key: bytes
    secure: bool

    @property
    def cookie(self) -> str:
        # The prefix keeps a neighbouring host from putting a cookie here whose token it knows.
        return "__Host-form" if self.secure else "form"

    def token(self, chance: str) -> str:
        """What goes with the forms of the browser whose cookie is *chance*."""
        return hmac.digest(self.key, chance.encode("ascii"), "sha256").hex()

    def is_good(self, cookie: str | None, token: str) -> bool:
        """Whether *token* goes with *cookie*, and both are ours."""
        if cookie is None or not _COOKIE.fullmatch(cookie):
            return False
        return hmac.compare_digest(self.token(cookie).encode(), token.encode("utf-8", "replace"))

    def of_page(self, make: Callable[[int], bytes]) -> str:
        """The token for the page being rendered; a browser that has no cookie is given one with it."""
        chance = g.get("form_chance") or request.cookies.get(self.cookie, "")
        if not _COOKIE.fullmatch(chance):
            chance = g.form_chance = make(CHANCE_BYTES).hex()
        return self.token(chance)

    def keep(self, response: Response) -> Response:
        """Give the browser the cookie that this page's forms go with, where it had none."""
        chance = g.get("form_chance")
        if chance is not None:
            # Not Strict: a second click on the mail's link must not make the forms already open unusable.
            response.set_cookie(
                self.cookie, chance, path="/", secure=self.secure, httponly=True, samesite="Lax"
            )
        return response

    def forget(self, response: AnyResponse) -> None:
        """Let the browser have another cookie with its next page: whoever comes next is another person."""
        response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="Lax")
