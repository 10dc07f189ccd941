"""What stands before every view: no forged forms, and no member's page without an opened ballot."""

import json
import logging

from flask import Flask, Response, abort, current_app, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from voting.web.access import Audience, Rule, rule_of
from voting.web.errors import error_page
from voting.web.forms import FIELD
from voting.web.office_gate import open_office
from voting.web.site import Site, site

journal = logging.getLogger("voting.access")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_PIECE_OF_A_FILE = 500_000  # bytes
_ANYBODY = frozenset({Audience.PUBLIC, Audience.WITNESS})
_OWN = frozenset({"same-origin", "none"})


def refuse_foreign_forms() -> None:
    """A form has to come from our own pages.

    Beside the token of the form: the browser itself says where a form came from (Sec-Fetch-Site; the
    origin is "null" because our pages send no referrer).
    """
    headers = request.headers
    if headers.get("Sec-Fetch-Site", "none") not in _OWN:
        abort(403)
    origin = headers.get("Origin", "null")
    if origin != "null" and origin != request.host_url.rstrip("/"):
        abort(403)


def require_audience(here: Site, rule: Rule) -> AnyResponse | None:
    """Open the session that a page asks for; without one, ask for the code or the password."""
    if rule.audience in _ANYBODY:
        return None
    if rule.largest is not None:
        request.max_content_length = rule.largest
        # A file passes through the parser piece by piece, and each piece counts as if it were a field.
        request.max_form_memory_size = _PIECE_OF_A_FILE
    return _open_ballot(here) if rule.audience is Audience.MEMBER else open_office(rule)


def _open_ballot(here: Site) -> AnyResponse | None:
    g.key = here.sessions.open(request.cookies.get(here.sessions.cookie), now=here.rt.now())
    if g.key is not None:
        return None
    if request.method in _READING:
        return redirect("/v", code=303)
    return error_page("code-again", 403)


def require_token(here: Site) -> Response | None:
    """Take no form without its token."""
    if here.forms.is_good(request.cookies.get(here.forms.cookie), request.form.get(FIELD, "")):
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
    sends = request.method not in _READING
    if sends:
        refuse_foreign_forms()
    rule = None if request.endpoint is None else rule_of(current_app.view_functions[request.endpoint])
    if rule is None:
        return None
    here = site()
    answer = require_audience(here, rule)
    if answer is None and sends and rule.audience is not Audience.WITNESS:
        return require_token(here)
    return answer


def see_off(response: Response) -> AnyResponse:
    return write_journal(site().forms.keep(response))


def add_guards(app: Flask) -> None:
    app.before_request(stand_before)
    app.after_request(see_off)
