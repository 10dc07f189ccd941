"""The door of the secretariat: the session, the second factor, the role, and lately given factors."""

from urllib.parse import urlencode

from flask import current_app, g, redirect, request
from werkzeug.wrappers import Response

from voting.core.permissions import Act, not_allowed
from voting.i18n import lines
from voting.services.office import office_sessions
from voting.services.office.office_sessions import Visit
from voting.web.access import Audience, Rule
from voting.web.errors import error_page
from voting.web.languages import N_, language, say
from voting.web.office import HOME, SIGN_IN
from voting.web.site import site

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def open_office(rule: Rule) -> Response | None:
    """Open the session for a view of *rule*; the answer is where to go instead, None for the view itself."""
    here = site()
    found = office_sessions.find(here.rt, request.cookies.get(here.office.name))
    g.visit = found
    if found is None:
        return _sign_in()
    if rule.audience is Audience.SIGNING_IN:
        return redirect(HOME, code=303) if found.is_complete else None
    if not found.is_complete:
        return redirect(next_step(found), code=303)
    if found.officer.role not in rule.roles:
        return error_page("not-allowed", 403, said=_not_allowed(found, rule))
    if rule.steps_up and not found.is_stepped_up:
        return redirect("/office/step-up?" + urlencode({"next": _form_of_this()}), code=303)
    return None


def next_step(visit: Visit) -> str:
    """What is left to do before the session is complete."""
    if visit.wants_password:
        return "/office/new-password"
    return "/office/second-factor" if visit.has_factor else "/office/enrol"


def _sign_in() -> Response:
    """Ask for the password; a page comes back to where one wanted to go, a form has to be sent again."""
    if request.method in _READING:
        wanted = request.full_path.rstrip("?")
        return redirect(SIGN_IN + "?" + urlencode({"next": wanted}), code=303)
    return error_page("sign-in-again", 403)


def _form_of_this() -> str:
    """The page whose form was sent: this address where it can be read, else the nearest one above it."""
    adapter = current_app.create_url_adapter(request)
    path = request.path
    while adapter is not None and path.startswith(HOME):
        if adapter.test(path, method="GET"):
            return path
        path = path.rpartition("/")[0]
    return HOME


def _not_allowed(visit: Visit, rule: Rule) -> tuple[str, ...]:
    act = rule.name.partition(",")[0]
    if act in set(Act):
        return lines(not_allowed(visit.officer, Act(act)), language())
    return (say(N_("この画面を開く権限がありません。")),)
