"""What stands before every view: no forged forms, and no member's page without an opened ballot."""

import json
import logging
from dataclasses import dataclass
from typing import ClassVar

from flask import Flask, Request, Response, abort, g, redirect, request
from flask.globals import request_ctx
from werkzeug.wrappers import Response as AnyResponse

from voting.core.errors import Refusal
from voting.web.access import Audience, Rule, rule_of
from voting.web.errors import error_page
from voting.web.forms import FIELD, is_ours
from voting.web.office_gate import open_office
from voting.web.site import Site, site

journal = logging.getLogger("voting.access")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_PIECE_OF_A_FILE = 500_000  # bytes
_ANYBODY = frozenset({Audience.PUBLIC, Audience.WITNESS})
_OWN = frozenset({"same-origin", "none"})
# No keyboard has it, and PostgreSQL keeps no text with it.
_NUL, _NUL_IN_ADDRESS = "\0", b"%00"


@dataclass(eq=False)
class NoText(Refusal):
    """Something was sent that is no text: a character that no keyboard has."""

    code: ClassVar[str] = "no-text"


def refuse_foreign_forms(asked: Request) -> None:
    """A form has to come from our own pages.

    Beside the token of the form: the browser itself says where a form came from (Sec-Fetch-Site; the
    origin is "null" because our pages send no referrer).
    """
    headers = asked.headers
    if headers.get("Sec-Fetch-Site", "none") not in _OWN:
        abort(403)
    origin = headers.get("Origin", "null")
    if origin != "null" and origin != asked.host_url.rstrip("/"):
        abort(403)


def refuse_unwritable(asked: Request) -> None:
    """An address with a NUL is none of ours.  Raises: NoText, NotFound."""
    if _NUL in asked.path:
        abort(404)
    if _NUL_IN_ADDRESS in asked.query_string:
        raise NoText


def require_text(asked: Request) -> None:
    """The fields of a form are text.  Raises: NoText."""
    fields = (text for texts in asked.form.listvalues() for text in texts)
    if any(_NUL in text for text in (*asked.form, *fields)):
        raise NoText
    if any(_NUL in (file.filename or "") for files in asked.files.listvalues() for file in files):
        raise NoText


def require_audience(here: Site, asked: Request, rule: Rule) -> AnyResponse | None:
    """Open the session that a page asks for; without one, ask for the code or the password."""
    if rule.audience in _ANYBODY:
        return None
    if rule.largest is not None:
        asked.max_content_length = rule.largest
        # A file passes through the parser piece by piece, and each piece counts as if it were a field.
        asked.max_form_memory_size = _PIECE_OF_A_FILE
    return _open_ballot(here, asked) if rule.audience is Audience.MEMBER else open_office(rule)


def _open_ballot(here: Site, asked: Request) -> AnyResponse | None:
    g.key = key = here.sessions.open(asked.cookies.get(here.sessions.cookie), now=here.rt.now())
    if key is not None:
        return None
    if asked.method in _READING:
        return redirect("/v", code=303)
    return error_page("code-again", 403)


def require_token(here: Site, asked: Request) -> Response | None:
    """Take no form without its token."""
    if is_ours(asked.form.get(FIELD, "")):
        require_text(asked)
        return None
    return error_page("too-old", 400)


def write_journal(response: Response) -> Response:
    """One line a request: what was asked for by rule, never an address, a body or a person."""
    if journal.isEnabledFor(logging.INFO):
        rule = request.url_rule.rule if request.url_rule else None
        line = {"method": request.method, "rule": rule, "status": response.status_code}
        journal.info(json.dumps(line))
    return response


def stand_before() -> AnyResponse | None:
    """In this order: a form from elsewhere is named as such, and one too old leads back to its ballot.

    A witness sends no token: it reads no cookie, and what it brings is signed.
    """
    # The request itself: each use of Flask's own names for it looks for it anew.
    asked, app = request_ctx.request, request_ctx.app
    refuse_unwritable(asked)
    sends = asked.method not in _READING
    if sends:
        refuse_foreign_forms(asked)
    rule = None if asked.endpoint is None else rule_of(app.view_functions[asked.endpoint])
    if rule is None:
        return None
    here = site()
    answer = require_audience(here, asked, rule)
    if answer is None and sends and rule.audience is not Audience.WITNESS:
        return require_token(here, asked)
    return answer


def see_off(response: Response) -> AnyResponse:
    return write_journal(response)


def add_guards(app: Flask) -> None:
    app.before_request(stand_before)
    app.after_request(see_off)
