"""The token that goes with every form: whoever sends it has seen a page of ours, in this very browser.

A cookie holds chance, the form the same chance signed by Flask-WTF.  Who lures a browser into sending a form
of theirs can neither read the one nor make the other.  Nothing of it is stored on the server, nothing else is
kept in the cookie, and a token does not age by itself: it ends with its cookie, a member's form with the code
session.  The cookie is not signed once more: what is signed is compared with it.
"""

import re
from dataclasses import dataclass

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

FIELD = "csrf_token"
# Flask-WTF's chance: a SHA-1 in hex, of 64 bytes of the system's.
_CHANCE = re.compile(r"[0-9a-f]{40}", re.ASCII)
# A token does not age by itself.
SETTINGS = {"WTF_CSRF_FIELD_NAME": FIELD, "WTF_CSRF_TIME_LIMIT": None}


class _Chance(dict[str, str], SessionMixin):
    """What Flask-WTF takes for a session: the chance alone, changed only where the browser had none."""

    modified = False

    def __setitem__(self, name: str, value: str) -> None:
        self.modified = True
        super().__setitem__(name, value)


@dataclass(frozen=True, slots=True)
class FormCookie(SessionInterface):
    """Keeps the chance in the browser; ``secure`` where the site is reached by https only."""

    secure: bool

    @property
    def name(self) -> str:
        # The prefix keeps a neighbouring host from putting a cookie here whose token it knows.
        return "__Host-form" if self.secure else "form"

    def open_session(self, app: Flask, request: Request) -> _Chance:
        chance = request.cookies.get(self.name, "")
        return _Chance({FIELD: chance} if _CHANCE.fullmatch(chance) else {})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Give the browser the cookie that this page's forms go with, where it had none."""
        if session.modified:
            # Not Strict: a second click on the mail's link must not make the forms already open unusable.
            response.set_cookie(
                self.name, session[FIELD], path="/", secure=self.secure, httponly=True, samesite="Lax"
            )

    def forget(self, response: AnyResponse) -> None:
        """Let the browser have another cookie with its next page: whoever comes next is another person."""
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="Lax")


def is_ours(token: str) -> bool:
    """Whether *token* goes with this request's cookie, and both are ours."""
    try:
        validate_csrf(token)
    except ValidationError:
        return False
    return True
