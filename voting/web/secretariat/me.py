"""What an officer does with the own account: password, passkeys, sessions, the second factor once more."""

from flask import make_response, redirect, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.services.office import office_sessions, passkeys
from voting.services.office import sign_in as verbs
from voting.services.office.limits import TooManyTries
from voting.web.access import Audience, access
from voting.web.addresses import visitor
from voting.web.languages import N_
from voting.web.office import done, office_path, page, visit, visit_again
from voting.web.secretariat.agents import browser_words
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.site import site

_ME = "/office/me"


@secretariat.get("/me")
@access(Audience.OFFICE)
def me() -> Response:
    return _me_page()


@secretariat.post("/me/password")
@access(Audience.OFFICE)
def change_password() -> Response:
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _me_page(fault("again", N_("二つのパスワードが異なります。もう一度入力してください。")))
    try:
        verbs.change_password(site().rt, visit(), old=request.form.get("old", ""), new=new)
    except TooManyTries:
        raise
    except Refusal as refusal:
        if refusal.code == "sign-in-refused":
            return _me_page(fault("old", N_("今のパスワードが違います。もう一度入力してください。")))
        return _me_page(refused("new", refusal))
    return done(_ME, N_("パスワードを変更しました。ほかの端末の接続は終了しました。"))


@secretariat.get("/me/passkeys/new")
@access(Audience.OFFICE, steps_up=True)
def new_passkey() -> Response:
    return _passkey_page()


@secretariat.post("/me/passkeys/new")
@access(Audience.OFFICE, steps_up=True)
def add_passkey() -> Response:
    try:
        passkeys.add(site().rt, visit(), request.form.get("passkey", ""), name=text("name"))
    except Refusal as refusal:
        return _passkey_page(refused("name", refusal))
    return done(_ME, N_("パスキーを登録しました。"))


@secretariat.post("/me/passkeys/remove")
@access(Audience.OFFICE, steps_up=True)
def remove_passkey() -> Response:
    passkeys.remove(site().rt, visit(), request.form.get("key", ""))
    return done(_ME, N_("パスキーを削除しました。"))


@secretariat.get("/me/sessions")
@access(Audience.OFFICE)
def sessions() -> str:
    found = office_sessions.mine(site().rt, visit())
    return page("secretariat/me/sessions.html", sessions=found, browser_words=browser_words)


@secretariat.post("/me/sessions/end")
@access(Audience.OFFICE)
def end_session() -> Response:
    """End one of the own sessions, or all others."""
    rt, asked = site().rt, request.form.get("session", "")
    if asked == "others":
        office_sessions.end_others(rt, visit())
        return done("/office/me/sessions", N_("ほかの端末の接続をすべて終了しました。"))
    office_sessions.end(rt, visit(), asked)
    if asked == visit().session.id:
        return redirect("/office/sign-in", code=303)
    return done("/office/me/sessions", N_("接続を終了しました。"))


@secretariat.get("/step-up")
@access(Audience.OFFICE)
def step_up() -> Response:
    return _step_up_page(request.args.get("next", ""))


@secretariat.post("/step-up")
@access(Audience.OFFICE)
def check_step_up() -> Response:
    rt, wanted = site().rt, request.form.get("next", "")
    answer = request.form.get("passkey", "")
    try:
        if answer:
            verbs.step_up_by_passkey(rt, visit(), answer, address=visitor())
        else:
            verbs.step_up_by_code(rt, visit(), text("code"), address=visitor())
    except TooManyTries:
        raise
    except Refusal as refusal:
        return _step_up_page(wanted, refused("code", refusal))
    return redirect(office_path(wanted), code=303)


def _step_up_page(wanted: str, *faults: Fault) -> Response:
    question = passkeys.question(site().rt, visit_again() if faults else visit())
    shown = page("secretariat/me/step-up.html", question=question, wanted=office_path(wanted), faults=faults)
    return make_response(shown, 422 if faults else 200)


def _passkey_page(*faults: Fault) -> Response:
    question = passkeys.creation(site().rt, visit_again() if faults else visit())
    shown = page("secretariat/me/passkey.html", question=question, faults=faults)
    return make_response(shown, 422 if faults else 200)


def _me_page(*faults: Fault) -> Response:
    rt = site().rt
    shown = page(
        "secretariat/me/account.html",
        officer=visit().officer,
        passkeys=passkeys.mine(rt, visit()),
        can_have_passkeys=passkeys.place(rt).can_have_passkeys,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)
