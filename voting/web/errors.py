"""Refusals and faults as pages: a status, what happened, and what to do now.

No page shows a trace, and no log line says more of a request than which page it asked for.
"""

import logging
import math
import traceback
from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, Response, current_app, g, make_response, request, url_for
from werkzeug.exceptions import HTTPException

from voting.core.errors import Refusal
from voting.i18n import lines
from voting.services.casting import pages
from voting.services.office import office_sessions
from voting.services.office.limits import TooManyTries
from voting.web.access import rule_of
from voting.web.languages import language
from voting.web.office import page
from voting.web.site import render, site

log = logging.getLogger("voting.web")
RETRY_AFTER = 120  # seconds

# Whatever is not here is a request that the rules do not allow: 409.
STATUS: Mapping[str, int] = MappingProxyType(
    {
        "anchor-missing": 503,
        "asked-too-often": 429,
        "bad-choices": 422,
        "bad-name": 422,
        "body-name-missing": 422,
        "bad-last-day": 422,
        "campaign-over": 410,
        "campaign-words-missing": 422,
        "chance-repeats": 503,
        "clock-went-back": 503,
        "credential-replaced": 403,
        "erase-rule": 422,
        "erased": 410,
        "key-unusable": 503,
        "leaving-day-missing": 422,
        "leaves-before-joining": 422,
        "ledger-busy": 503,
        "mail-not-taken": 503,
        "no-checkpoint-of-ours": 422,
        "code-refused": 422,
        "no-such-account": 404,
        "no-such-assembly": 404,
        "no-file": 422,
        "no-hour": 422,
        "no-text": 400,
        "inquiry-unusable": 422,
        "no-such-body": 404,
        "no-such-campaign": 404,
        "unknown-contact-code": 422,
        "no-such-inquiry": 404,
        "no-such-letterhead": 404,
        "no-such-member": 404,
        "no-such-upload": 404,
        "no-such-paper": 404,
        "no-such-receipt": 404,
        "no-such-reply": 404,
        "no-such-request": 404,
        "nobody-chosen": 422,
        "nothing-to-send": 422,
        "no-date": 422,
        "scan-hidden": 403,
        "not-a-code": 422,
        "not-a-witness": 403,
        "not-allowed": 403,
        "not-on-that-side": 403,
        "passkey-refused": 422,
        "password-too-easy": 422,
        "password-too-short": 422,
        "reason-missing": 422,
        "reply-too-long": 422,
        "same-as-before": 422,
        "sentence-differs": 422,
        "name-missing": 422,
        "member-unsound": 422,
        "outside-era": 422,
        "wrong-weekday": 422,
        "sign-in-refused": 403,
        "stamp-awaits-witnesses": 503,
        "stamp-missing": 503,
        "storage-failed": 503,
        "suspended": 503,
        "too-many-tries": 429,
        "took-too-long": 503,
        "unknown-code": 422,
        "unprintable": 422,
        "wording-missing": 422,
    }
)
# What the session opened is no longer a ballot: it has to be opened again.
_CODE_AGAIN = frozenset({"credential-replaced", "unknown-code"})
# The bundle is not there yet; the commands that their sentences name are for operators.
_BUNDLE_AWAITED = frozenset({"stamp-missing", "stamp-awaits-witnesses"})
# Faults of the host: their sentences name folders, which are for operators and not for the public.
_OPERATORS_ONLY = frozenset(
    {"anchor-missing", "clock-went-back", "key-unusable", "mail-not-taken", "storage-failed"}
)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal, by its code."""
    return STATUS.get(refusal.code, 422 if refusal.code.startswith("sheet-") else 409)


def add_error_pages(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def error_page(
    kind: str, status: int, *, said: tuple[str, ...] = (), reference: str = "", contact: str = ""
) -> Response:
    """An error page.  Shape: *kind* chooses the text in the template; *said* replaces it."""
    back = "/vote" if g.get("key") is not None and kind != "code-again" else ""
    if _is_office():
        # The secretariat's pages keep their frame: whoever stands there is not a member.
        if status >= 500:
            # The frame would ask the database, which may be what failed.
            g.pop("visit", None)
        elif "visit" not in g:
            # An address that is no page has opened no session; the officer is signed in all the same.
            g.visit = office_sessions.find(site().rt, request.cookies.get(site().office.name))
        text = page(
            "secretariat/error.html",
            kind=kind,
            said=said,
            reference=reference,
            contact=contact,
            megabytes=_megabytes(),
            back="" if status == 404 else _assembly_page(),
        )
    else:
        text = render("error.html", kind=kind, said=said, reference=reference, back=back, contact=contact)
    response = make_response(text, status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _assembly_page() -> str:
    """The assembly that a page of the office was about; empty where it was about none."""
    about = request.view_args or {}
    if "body" not in about or "assembly" not in about:
        return ""
    return url_for("secretariat.dashboard", body=about["body"], assembly=about["assembly"])


def _megabytes() -> int | None:
    """Of files that the page asked for takes; None where it takes none."""
    endpoint = request.endpoint
    rule = None if endpoint is None else rule_of(current_app.view_functions[endpoint])
    return None if rule is None else rule.megabytes


def _is_office() -> bool:
    return request.path.startswith("/office")


def _refused(refusal: Refusal) -> Response:
    status = status_of(refusal)
    if refusal.code in _OPERATORS_ONLY:
        log.error("refused: %s", refusal.code)
        return error_page("unavailable", status, contact=_contact(refusal))
    if refusal.code == "suspended":
        # It will not pass by itself: somebody has to be told, by members as well.
        log.error("refused: %s", refusal.code)
        return error_page("unavailable", status, said=lines(refusal, language()), contact=_contact(refusal))
    if refusal.code in _BUNDLE_AWAITED:
        return error_page("bundle-awaited", status)
    kind = "code-again" if refusal.code in _CODE_AGAIN else "refused"
    response = error_page("too-many" if status == 429 else kind, status, said=lines(refusal, language()))
    if isinstance(refusal, TooManyTries):
        left = math.ceil((refusal.until - site().rt.now()).total_seconds())
        response.headers["Retry-After"] = str(max(left, 1))
    if refusal.code in _CODE_AGAIN:
        site().sessions.forget(response)
    return response


def _contact(refusal: Refusal) -> str:
    """Whom members of the assembly that it happened in can ask."""
    return pages.contact(site().rt, str(getattr(refusal, "origin", "")))


def _http(fault: HTTPException) -> Response:
    status = fault.code or 500
    known = {404: "not-found", 405: "not-found", 403: "foreign", 413: "too-large"}
    response = error_page(known.get(status, "bad-request" if status < 500 else "unexpected"), status)
    if status == 405:
        response.headers["Allow"] = dict(fault.get_headers()).get("Allow", "")
    return response


def _unexpected(fault: Exception) -> Response:
    """Log where it happened, without the words of the fault: they may hold a choice or a name."""
    reference = site().rt.token(4).hex()
    where = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(fault.__traceback__))
    )
    rule = request.url_rule.rule if request.url_rule else "-"
    log.error("fault %s: %s in %s %s at %s", reference, type(fault).__name__, request.method, rule, where)
    return error_page("unexpected", 500, reference=reference)
