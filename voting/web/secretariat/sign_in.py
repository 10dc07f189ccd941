"""Signing in and out: password, then authenticator or passkey; the authenticator itself at the first time.

Where one wanted to go stands in each page's form and goes with it to the next step.
"""

from urllib.parse import urlencode

from flask import g, make_response, redirect, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.services.office import office_sessions, passkeys, recovery
from voting.services.office import sign_in as verbs
from voting.services.office.limits import TooManyTries
from voting.web.access import Audience, access
from voting.web.addresses import visitor
from voting.web.errors import status_of
from voting.web.languages import N_
from voting.web.office import office_path, page, visit, visit_again
from voting.web.office_gate import next_step
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.site import site


@secretariat.get("/sign-in")
@access(Audience.PUBLIC)
def sign_in() -> Response:
    here = site()
    g.visit = office_sessions.find(here.rt, request.cookies.get(here.office.name))
    if g.visit is not None and g.visit.is_complete:
        return redirect(_wanted(), code=303)
    return _password_page()


@secretariat.post("/sign-in")
@access(Audience.PUBLIC)
def check_password() -> Response:
    here = site()
    account, password = text("account"), request.form.get("password", "")
    if not account or not password:
        empty = fault("password" if account else "account", N_("アカウントとパスワードを入力してください。"))
        return _password_page(account=account, faults=(empty,), status=422)
    try:
        token = verbs.check_password(
            here.rt,
            account,
            password,
            agent=request.headers.get("User-Agent", ""),
            address=visitor(),
        )
    except TooManyTries:
        raise
    except Refusal as refusal:
        faults = (refused("account", refusal),)
        return _password_page(account=account, faults=faults, status=status_of(refusal))
    response = _to("/office/second-factor")
    # A token of the forms planted before the log-in is worth nothing after it.
    here.forms.forget(response)
    here.office.keep(response, token)
    return response


@secretariat.get("/new-password")
@access(Audience.SIGNING_IN)
def new_password() -> Response:
    return _elsewhere("/office/new-password") or _new_password_page()


@secretariat.post("/new-password")
@access(Audience.SIGNING_IN)
def choose_password() -> Response:
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        return _new_password_page(
            fault("again", N_("二つのパスワードが異なります。もう一度入力してください。"))
        )
    try:
        verbs.choose_password(site().rt, visit(), password)
    except verbs.SignInOver:
        raise
    except Refusal as refusal:
        return _new_password_page(refused("password", refusal))
    return _to("/office/second-factor")


@secretariat.get("/enrol")
@access(Audience.SIGNING_IN)
def enrol() -> Response:
    return _elsewhere("/office/enrol") or _enrolment_page()


@secretariat.post("/enrol")
@access(Audience.SIGNING_IN)
def keep_authenticator() -> Response:
    try:
        return _signed_in(verbs.enrol(site().rt, visit(), text("code"), address=visitor()))
    except verbs.CodeRefused as refusal:
        return _enrolment_page(refused("code", refusal))


@secretariat.get("/second-factor")
@access(Audience.SIGNING_IN)
def second_factor() -> Response:
    return _elsewhere("/office/second-factor") or _factor_page()


@secretariat.post("/second-factor")
@access(Audience.SIGNING_IN)
def check_factor() -> Response:
    rt, answer = site().rt, request.form.get("passkey", "")
    try:
        if answer:
            return _signed_in(verbs.check_passkey(rt, visit(), answer, address=visitor()))
        return _signed_in(verbs.check_code(rt, visit(), text("code"), address=visitor()))
    except (TooManyTries, verbs.SignInOver):
        raise
    except Refusal as refusal:
        return _factor_page(refused("code", refusal))


@secretariat.get("/lost-factor")
@access(Audience.SIGNING_IN)
def lost_factor() -> Response:
    return make_response(page("secretariat/sign-in/lost.html", faults=()))


@secretariat.post("/lost-factor")
@access(Audience.SIGNING_IN)
def ask_recovery() -> Response:
    """Ask an administrator to remove the factor that was lost."""
    officer = visit().officer
    try:
        asked = recovery.request(site().rt, officer, officer.id, why=text("why"))
    except Refusal as refusal:
        shown = page("secretariat/sign-in/lost.html", faults=(refused("why", refusal),))
        return make_response(shown, status_of(refusal))
    return make_response(page("secretariat/sign-in/asked.html", asked=asked))


@secretariat.post("/sign-out")
@access(Audience.PUBLIC)
def sign_out() -> Response:
    """End the session on the server, and let the browser forget everything of this site."""
    here = site()
    found = office_sessions.find(here.rt, request.cookies.get(here.office.name))
    if found is not None:
        office_sessions.end(here.rt, found, found.session.id)
    response = make_response(page("secretariat/sign-in/out.html"))
    here.office.forget(response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _wanted() -> str:
    """Where one wanted to go before signing in: a path of the office, or its first page."""
    return office_path(request.form.get("next") or request.args.get("next", ""))


def _to(step: str) -> Response:
    return redirect(f"{step}?{urlencode({'next': _wanted()})}", code=303)


def _signed_in(token: str) -> Response:
    response = redirect(_wanted(), code=303)
    here = site()
    here.forms.forget(response)
    here.office.keep(response, token)
    return response


def _elsewhere(here: str) -> Response | None:
    """Where the present step of signing in is another one."""
    there = next_step(visit())
    return None if there == here else _to(there)


def _password_page(*, account: str = "", faults: tuple[Fault, ...] = (), status: int = 200) -> Response:
    shown = page("secretariat/sign-in/password.html", account=account, wanted=_wanted(), faults=faults)
    return make_response(shown, status)


def _new_password_page(*faults: Fault) -> Response:
    shown = page("secretariat/sign-in/new-password.html", wanted=_wanted(), faults=faults)
    return make_response(shown, 422 if faults else 200)


def _enrolment_page(*faults: Fault) -> Response:
    given = verbs.enrolment(site().rt, visit())
    shown = page("secretariat/sign-in/enrol.html", given=given, wanted=_wanted(), faults=faults)
    return make_response(shown, 422 if faults else 200)


def _factor_page(*faults: Fault) -> Response:
    question = passkeys.question(site().rt, visit_again() if faults else visit())
    shown = page("secretariat/sign-in/factor.html", question=question, wanted=_wanted(), faults=faults)
    return make_response(shown, 422 if faults else 200)
