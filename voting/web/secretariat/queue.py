"""What waits for a second person: shown exactly, approved, refused with a reason, or taken back."""

from flask import make_response
from werkzeug.wrappers import Response

from voting.core.permissions import Act
from voting.services.office import approvals, office_requests, recovery
from voting.services.register import campaigns
from voting.web.access import Audience, access
from voting.web.errors import status_of
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, visit, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.secretariat.plan_words import told_lines
from voting.web.site import site

_WAITING = "/office/waiting"


@secretariat.get("/waiting")
@access(Audience.OFFICE)
def waiting() -> str:
    return page("secretariat/waiting/list.html", queue=office_requests.queue(site().rt, who()))


@secretariat.get("/waiting/<request_id>")
@access(Audience.OFFICE)
def request_page(request_id: str) -> Response:
    return _request_page(request_id)


@secretariat.post("/waiting/<request_id>/approve")
@access(Audience.OFFICE, steps_up=True)
def approve(request_id: str) -> Response:
    """Give the second approval: the act is done now, or refused with its reason."""
    rt = site().rt
    shown = office_requests.request_page(rt, who(), request_id)
    if shown.account:
        password = recovery.approve(rt, who(), request_id)
        if password:
            return make_response(
                page("secretariat/waiting/recovered.html", account=shown.account, password=password)
            )
    elif shown.line.act is Act.ASK_MEMBERS:
        campaigns.approve(rt, who(), request_id)
    else:
        approvals.approve(rt, who(), request_id)
    return done(f"{_WAITING}/{request_id}", N_("承認し、実行しました。"))


@secretariat.post("/waiting/<request_id>/refuse")
@access(Audience.OFFICE)
def refuse(request_id: str) -> Response:
    try:
        approvals.refuse(site().rt, who(), request_id, why=text("why"))
    except approvals.ReasonMissing as refusal:
        return _request_page(request_id, refused("why", refusal))
    return done(f"{_WAITING}/{request_id}", N_("申請を却下しました。"))


@secretariat.post("/waiting/<request_id>/withdraw")
@access(Audience.OFFICE)
def withdraw(request_id: str) -> Response:
    try:
        approvals.withdraw(site().rt, who(), request_id, why=text("why"))
    except approvals.ReasonMissing as refusal:
        return _request_page(request_id, refused("why", refusal))
    return done(f"{_WAITING}/{request_id}", N_("申請を取り下げました。"))


@secretariat.get("/a/<body>/<assembly>/freeze")
@access(Act.FREEZE, proposing=True, steps_up=True)
def propose_freeze(body: str, assembly: str) -> Response:
    return proposal_page(body, assembly, Act.FREEZE)


@secretariat.post("/a/<body>/<assembly>/freeze")
@access(Act.FREEZE, proposing=True, steps_up=True)
def freeze(body: str, assembly: str) -> Response:
    return propose(body, assembly, Act.FREEZE)


@secretariat.get("/a/<body>/<assembly>/send")
@access(Act.SEND, proposing=True, steps_up=True)
def propose_send(body: str, assembly: str) -> Response:
    return proposal_page(body, assembly, Act.SEND)


@secretariat.post("/a/<body>/<assembly>/send")
@access(Act.SEND, proposing=True, steps_up=True)
def send(body: str, assembly: str) -> Response:
    return propose(body, assembly, Act.SEND)


def proposal_page(body: str, assembly: str, act: Act, *faults: Fault) -> Response:
    shown = office_requests.proposal(site().rt, assembly_origin(body, assembly), act)
    text_of_page = page(
        "secretariat/waiting/propose.html",
        assembly=shown.assembly,
        act=act,
        proposal=shown,
        missing=() if shown.refusal is None else told_lines(shown.refusal),
        note=text("note"),
        faults=faults,
    )
    if shown.refusal is not None:
        return make_response(text_of_page, status_of(shown.refusal))
    return make_response(text_of_page, 409 if faults else 200)


def propose(body: str, assembly: str, act: Act) -> Response:
    origin = assembly_origin(body, assembly)
    try:
        asked = approvals.request(site().rt, who(), origin, act, note=text("note"), shown=text("shown"))
    except approvals.ShownOther as refusal:
        return proposal_page(body, assembly, act, refused("note", refusal))
    return done(f"{_WAITING}/{asked.id}", N_("申請しました。別の担当者の承認を待っています。"))


def _request_page(request_id: str, *faults: Fault) -> Response:
    shown = office_requests.request_page(site().rt, who(), request_id)
    text_of_page = page(
        "secretariat/waiting/one.html",
        assembly=shown.assembly,
        request=shown,
        act=shown.line.act,
        missing=() if shown.refusal is None else told_lines(shown.refusal),
        is_stepped_up=visit().is_stepped_up,
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
