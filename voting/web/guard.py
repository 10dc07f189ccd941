"""What stands before every view: no forged forms, and no member's page without an opened ballot."""

import json
import logging

from flask import Flask, Response, abort, current_app, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from voting.web.access import Audience, Rule, rule_of
from voting.web.errors import error_page
from voting.web.forms import FIELD
from voting.web.office_gate import open_office
from voting.web.site import site

journal = logging.getLogger("voting.access")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_PIECE_OF_A_FILE = 500_000  # bytes
_OWN = frozenset({"same-origin", "none"})


def refuse_foreign_forms() -> None:
    """A form has to come from our own pages.

    Beside the token of the form: the browser itself says where a form came from (Sec-Fetch-Site; the
    origin is "null" because our pages send no referrer).
    """
    if request.method in _READING:
        return
    origin = request.headers.get("Origin", "null")
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN:
        abort(403)
    if origin != "null" and origin != request.host_url.rstrip("/"):
        abort(403)


def require_audience() -> AnyResponse | None:
    """Open the session that a page asks for; without one, ask for the code or the password."""
    rule = _rule()
    if rule is None or rule.audience in (Audience.PUBLIC, Audience.WITNESS):
        return None
    if rule.largest is not None:
        request.max_content_length = rule.largest
        # A file passes through the parser piece by piece, and each piece counts as if it were a field.
        request.max_form_memory_size = _PIECE_OF_A_FILE
    return _open_ballot() if rule.audience is Audience.MEMBER else open_office(rule)


def _open_ballot() -> AnyResponse | None:
    here = site()
    g.key = here.sessions.open(request.cookies.get(here.sessions.cookie), now=here.rt.now())
    if g.key is not None:
        return None
    if request.method in _READING:
        return redirect("/v", code=303)
    return error_page("code-again", 403)


def require_token() -> Response | None:
    """Take no form without its token; a witness sends none, and what it brings is signed."""
    rule = _rule()
    if request.method in _READING or rule is None or rule.audience is Audience.WITNESS:
        return None
    forms = site().forms
    if forms.is_good(request.cookies.get(forms.cookie), request.form.get(FIELD, "")):
        return None
    return error_page("too-old", 400)


def _rule() -> Rule | None:
    """Who may open what was asked for; None where there is no such page."""
    return None if request.endpoint is None else rule_of(current_app.view_functions[request.endpoint])


def write_journal(response: Response) -> Response:
    """One line a request: what was asked for by rule, never an address, a body or a person."""
    if journal.isEnabledFor(logging.INFO):
        rule = request.url_rule.rule if request.url_rule else None
        line = {"method": request.method, "rule": rule, "status": response.status_code}
        journal.info(json.dumps(line))
    return response


def stand_before() -> AnyResponse | None:
    """In this order: a form from elsewhere is named as such, and one too old leads back to its ballot."""
    refuse_foreign_forms()
    return require_audience() or require_token()


def see_off(response: Response) -> AnyResponse:
    return write_journal(site().forms.keep(response))


def add_guards(app: Flask) -> None:
    app.before_request(stand_before)
    app.after_request(see_off)
