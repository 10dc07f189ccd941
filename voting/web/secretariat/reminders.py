"""Reminders to those who have not answered: proposed here, sent by the approval of a second person."""

from flask import make_response
from werkzeug.wrappers import Response

from voting.core.permissions import Act
from voting.i18n import lines
from voting.services.office import approvals, office_requests
from voting.services.period import reminders, turnout
from voting.web.access import access
from voting.web.errors import status_of
from voting.web.languages import N_, language
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import text
from voting.web.site import site

_TERMS = {"kind": reminders.KIND}


@secretariat.get("/a/<body>/<assembly>/reminder")
@access(Act.SEND, proposing=True, steps_up=True)
def propose_reminder(body: str, assembly: str) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    shown = office_requests.proposal(rt, origin, Act.SEND, terms=_TERMS)
    refusal = shown.refusal or reminders.refusal_now(rt, origin)
    text_of_page = page(
        "secretariat/during/reminder.html",
        assembly=shown.assembly,
        proposal=shown,
        audience=reminders.audience(rt, who(), origin),
        sent=() if refusal else turnout.overview(rt, who(), origin).reminders,
        missing=() if refusal is None else lines(refusal, language()),
    )
    return make_response(text_of_page, 200 if refusal is None else status_of(refusal))


@secretariat.post("/a/<body>/<assembly>/reminder")
@access(Act.SEND, proposing=True, steps_up=True)
def remind(body: str, assembly: str) -> Response:
    origin = assembly_origin(body, assembly)
    reminders.require_possible(site().rt, origin)
    asked = approvals.request(site().rt, who(), origin, Act.SEND, note=text("note"), terms=_TERMS)
    return done(f"/office/waiting/{asked.id}", N_("申請しました。別の担当者の承認を待っています。"))
