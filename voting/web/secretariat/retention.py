"""The end of a term: what is due, and the proposal to erase it, which an auditor approves."""

from flask import make_response
from werkzeug.wrappers import Response

from voting.core.permissions import Act
from voting.i18n import lines
from voting.services.office import approvals, office_requests
from voting.services.outcome import erasing, retention
from voting.web.access import access
from voting.web.errors import status_of
from voting.web.languages import N_, language
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.site import site


@secretariat.get("/retention")
@access(Act.READ_PARTICIPATION)
def retention_page() -> str:
    return page("secretariat/retention/list.html", shown=retention.retention(site().rt, who()))


@secretariat.get("/a/<body>/<assembly>/erase")
@access(Act.ERASE, proposing=True, steps_up=True)
def propose_erasure(body: str, assembly: str) -> Response:
    return _page(body, assembly)


@secretariat.post("/a/<body>/<assembly>/erase")
@access(Act.ERASE, proposing=True, steps_up=True)
def erase(body: str, assembly: str) -> Response:
    origin, terms = assembly_origin(body, assembly), erasing.rule_said(text("rule"))
    try:
        asked = approvals.request(site().rt, who(), origin, Act.ERASE, note=text("note"), terms=terms)
    except erasing.RuleMissing as refusal:
        return _page(body, assembly, refused("rule", refusal))
    return done(f"/office/waiting/{asked.id}", N_("申請しました。監事・立会人の承認を待っています。"))


def _page(body: str, assembly: str, *faults: Fault) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    shown = office_requests.proposal(rt, origin, Act.ERASE)
    text_of_page = page(
        "secretariat/retention/erase.html",
        assembly=shown.assembly,
        proposal=shown,
        rule=text("rule"),
        note=text("note"),
        longest=erasing.LONGEST_RULE,
        missing=() if shown.refusal is None else lines(shown.refusal, language()),
        faults=faults,
    )
    if faults:
        return make_response(text_of_page, 422)
    return make_response(text_of_page, 200 if shown.refusal is None else status_of(shown.refusal))
