"""After the close: what blocks the count, the draft, the count for good, and the same made once more."""

from flask import make_response
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.i18n import sentence
from voting.services.outcome import after_closing as facts
from voting.services.outcome import closing, counted_numbers
from voting.services.proof import audit_bundle
from voting.web.access import access
from voting.web.languages import N_, language
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.site import site


def address(body: str, assembly: str) -> str:
    """The page that leads through everything after the close."""
    return f"/office/a/{body}/{assembly}/after-closing"


@secretariat.get("/a/<body>/<assembly>/after-closing")
@access(Act.READ_PARTICIPATION)
def after_closing(body: str, assembly: str) -> str:
    shown = facts.after_closing(site().rt, who(), assembly_origin(body, assembly))
    return page(
        "secretariat/after/page.html",
        assembly=shown.assembly,
        after=shown,
        suspended=_said(shown.suspended),
        not_ready=_said(shown.not_ready),
    )


@secretariat.post("/a/<body>/<assembly>/close")
@access(Act.CLOSE)
def close(body: str, assembly: str) -> Response:
    """Write the close into the ledger, where the scheduler has not done so yet."""
    facts.record_close(site().rt, who(), assembly_origin(body, assembly))
    return done(address(body, assembly), N_("締切を確認しました。"))


@secretariat.get("/a/<body>/<assembly>/count")
@access(Act.COUNT, steps_up=True)
def draft(body: str, assembly: str) -> str:
    rt, origin = site().rt, assembly_origin(body, assembly)
    line, numbers = counted_numbers.draft_numbers(rt, who(), origin)
    shown = facts.after_closing(rt, who(), origin)
    return page("secretariat/after/draft.html", assembly=line, after=shown, numbers=numbers)


@secretariat.post("/a/<body>/<assembly>/count")
@access(Act.COUNT, steps_up=True)
def count(body: str, assembly: str) -> Response:
    closing.tally(site().rt, who(), assembly_origin(body, assembly))
    return done(address(body, assembly), N_("集計を確定しました。次は、議長による認証です。"))


@secretariat.get("/a/<body>/<assembly>/recount")
@access(Act.READ_PARTICIPATION)
def recount(body: str, assembly: str) -> str:
    shown = counted_numbers.recount(site().rt, who(), assembly_origin(body, assembly))
    return page("secretariat/after/recount.html", assembly=shown.assembly, recount=shown)


@secretariat.get("/a/<body>/<assembly>/audit-bundle")
@access(Act.READ_NAMES, steps_up=True)
def download_bundle(body: str, assembly: str) -> Response:
    """The bundle with the members' names, for auditors; the one for everybody is on the public site."""
    content = audit_bundle.audit_bundle(site().rt, who(), assembly_origin(body, assembly))
    response = make_response(content)
    response.headers["Content-Type"] = "application/zip"
    name = f"{body}-{assembly}-auditor.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _said(refusal: Refusal | None) -> str:
    return "" if refusal is None else sentence(refusal, language())
