"""The officers' accounts: made, given a role, locked, recovered, each by an administrator."""

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, Role
from voting.services.office import accounts, office_pages, recovery
from voting.services.office.accounts import NoSuchAccount
from voting.services.office.office_pages import OfficerLine
from voting.web.access import Audience, access
from voting.web.languages import N_
from voting.web.office import done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.tables import PER_PAGE, one_page, page_number, table
from voting.web.site import site

_ROLES = tuple(Role)


@secretariat.get("/officers")
@access(Act.MANAGE_ACCOUNTS)
def officers() -> str:
    lines = office_pages.officers(site().rt, who())
    shown = table(
        lines,
        {
            "id": lambda each: each.id,
            "name": lambda each: each.name,
            "role": lambda each: (_ROLES.index(each.role), each.id),
            "since": lambda each: each.created_at,
        },
        sort="role",
    )
    return page("secretariat/officers/list.html", table=shown)


@secretariat.get("/new-officer")
@access(Act.MANAGE_ACCOUNTS, steps_up=True)
def new_officer() -> Response:
    return _new_page(Officer("", "", Role.ENTRY))


@secretariat.post("/new-officer")
@access(Act.MANAGE_ACCOUNTS, steps_up=True)
def create_officer() -> Response:
    """Make the account; its first password is shown this once, to be handed over on paper."""
    rt, role = site().rt, request.form.get("role", "")
    if role not in set(Role):
        return _new_page(
            Officer(text("id"), text("name"), Role.ENTRY), fault("role", N_("役割を選んでください。"))
        )
    made = Officer(text("id"), text("name"), Role(role))
    password = accounts.initial_password(rt)
    try:
        accounts.create(rt, who(), made, password=password)
    except Refusal as refusal:
        return _new_page(made, refused("name" if refusal.code == "name-missing" else "id", refusal))
    return make_response(page("secretariat/officers/password.html", officer=made, password=password))


@secretariat.get("/officers/<officer_id>")
@access(Act.MANAGE_ACCOUNTS)
def officer(officer_id: str) -> Response:
    return _officer_page(officer_id)


@secretariat.post("/officers/<officer_id>/role")
@access(Act.MANAGE_ACCOUNTS, steps_up=True)
def set_role(officer_id: str) -> Response:
    role = request.form.get("role", "")
    if role not in set(Role):
        return _officer_page(officer_id, fault("role", N_("役割を選んでください。")))
    try:
        is_changed = accounts.set_role(site().rt, who(), officer_id, Role(role))
    except Refusal as refusal:
        return _officer_page(officer_id, refused("role", refusal))
    said = N_("役割を変更しました。") if is_changed else N_("役割は今と同じです。変更していません。")
    return done(f"/office/officers/{officer_id}", said)


@secretariat.get("/officers/<officer_id>/lock")
@access(Act.MANAGE_ACCOUNTS)
def confirm_lock(officer_id: str) -> str:
    return page("secretariat/officers/lock.html", officer=_line(officer_id))


@secretariat.post("/officers/<officer_id>/lock")
@access(Act.MANAGE_ACCOUNTS, steps_up=True)
def lock(officer_id: str) -> Response:
    accounts.lock(site().rt, who(), officer_id)
    return done(f"/office/officers/{officer_id}", N_("アカウントを停止しました。接続はすべて終了しました。"))


@secretariat.post("/officers/<officer_id>/unlock")
@access(Act.MANAGE_ACCOUNTS, steps_up=True)
def unlock(officer_id: str) -> Response:
    accounts.unlock(site().rt, who(), officer_id)
    return done(f"/office/officers/{officer_id}", N_("アカウントの停止を解除しました。"))


@secretariat.post("/officers/<officer_id>/recover")
@access(Act.RECOVER_ACCOUNT, steps_up=True)
def recover(officer_id: str) -> Response:
    """Ask another administrator to let the officer enrol anew."""
    if officer_id == who().id:
        return _officer_page(officer_id, refused("why", accounts.NotOneself(officer_id)))
    try:
        recovery.request(site().rt, who(), officer_id, why=text("why"))
    except Refusal as refusal:
        return _officer_page(officer_id, refused("why", refusal))
    return done("/office/waiting", N_("再登録を申請しました。別の管理者の承認を待っています。"))


@secretariat.get("/journal")
@access(Audience.OFFICE)
def journal() -> str:
    rt = site().rt
    _, total = office_pages.journal(rt, most=0, skipped=0)
    number, _ = page_number(total)
    events, total = office_pages.journal(rt, most=PER_PAGE, skipped=(number - 1) * PER_PAGE)
    return page("secretariat/officers/journal.html", table=one_page(events, total))


def _line(officer_id: str) -> OfficerLine:
    lines = office_pages.officers(site().rt, who())
    found = next((each for each in lines if each.id == officer_id), None)
    if found is None:
        raise NoSuchAccount(officer_id)
    return found


def _new_page(made: Officer, *faults: Fault) -> Response:
    shown = page("secretariat/officers/new.html", officer=made, roles=_ROLES, faults=faults)
    return make_response(shown, 422 if faults else 200)


def _officer_page(officer_id: str, *faults: Fault) -> Response:
    shown = page(
        "secretariat/officers/one.html",
        officer=_line(officer_id),
        roles=_ROLES,
        is_me=officer_id == who().id,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)
