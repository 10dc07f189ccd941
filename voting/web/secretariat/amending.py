"""Changes after the freeze: the period made longer, a motion withdrawn or put again, an erratum added."""

from collections.abc import Mapping

from flask import Response as Download
from flask import abort, make_response, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.ledger.canonical import instant_text
from voting.services.drafting import draft_documents
from voting.services.office import approvals
from voting.services.period import amendment_pages
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.moments import moment
from voting.web.site import site

_LARGEST = 30_000_000  # bytes of a form with papers
# The limit of one paper: who was told more for all together would be refused again for the one.
_MEGABYTES = draft_documents.LARGEST // 1_000_000
_FIELDS = {
    "no-reason-given": "reason",
    "not-later": "closes",
    "nothing-changed": "title",
    "title-missing": "title",
    "not-a-pdf": "paper",
    "unknown-motion": "motion",
    "unsound-docket": "motion",
}
_ASKED = N_("申請しました。別の担当者の承認を待っています。")


@secretariat.get("/a/<body>/<assembly>/extend")
@access(Act.EXTEND, proposing=True, steps_up=True)
def propose_extension(body: str, assembly: str) -> Response:
    return _page("extend", body, assembly)


@secretariat.post("/a/<body>/<assembly>/extend")
@access(Act.EXTEND, proposing=True, steps_up=True)
def extend(body: str, assembly: str) -> Response:
    closes_at = moment("closes")
    if closes_at is None:
        return _page(
            "extend", body, assembly, fault("closes", N_("締切を、2026-06-18T17:00 の形で入力してください。"))
        )
    terms = {"closes_at": instant_text(closes_at), "reason": text("reason")}
    return _propose("extend", body, assembly, Act.EXTEND, terms)


@secretariat.get("/a/<body>/<assembly>/amend")
@access(Act.AMEND, proposing=True, steps_up=True)
def propose_amendment(body: str, assembly: str) -> Response:
    return _page("amend", body, assembly)


@secretariat.post("/a/<body>/<assembly>/amend")
@access(Act.AMEND, proposing=True, steps_up=True, largest=_LARGEST, megabytes=_MEGABYTES)
def amend(body: str, assembly: str) -> Response:
    """Withdraw a motion, or put it again."""
    number = text("motion")
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        return _page("amend", body, assembly, fault("motion", N_("議案を選んでください。")))
    terms: dict[str, object] = {"kind": "texts", "motion": int(number), "reason": text("reason")}
    if text("how") == "withdraw":
        return _propose("amend", body, assembly, Act.AMEND, terms | {"withdrawn": True})
    try:
        papers = [_kept(body, assembly, each.filename or "", each.read()) for each in _uploads()]
    except Refusal as refusal:
        return _page("amend", body, assembly, _fault(refusal))
    terms |= {"title": text("title") or _present_title(body, assembly, int(number)), "documents": papers}
    return _propose("amend", body, assembly, Act.AMEND, terms)


@secretariat.get("/a/<body>/<assembly>/erratum")
@access(Act.AMEND, proposing=True, steps_up=True)
def propose_erratum(body: str, assembly: str) -> Response:
    return _page("erratum", body, assembly)


@secretariat.post("/a/<body>/<assembly>/erratum")
@access(Act.AMEND, proposing=True, steps_up=True, largest=_LARGEST, megabytes=_MEGABYTES)
def erratum(body: str, assembly: str) -> Response:
    found = _uploads()
    if not found:
        return _page("erratum", body, assembly, fault("paper", N_("正誤表のPDFを選んでください。")))
    try:
        paper = _kept(body, assembly, found[0].filename or "", found[0].read())
    except Refusal as refusal:
        return _page("erratum", body, assembly, _fault(refusal))
    terms = {"kind": "erratum", "reason": text("reason"), **paper}
    return _propose("erratum", body, assembly, Act.AMEND, terms)


@secretariat.get("/a/<body>/<assembly>/amend/papers/<sha256>")
@access(Act.AMEND)
def proposed_paper(body: str, assembly: str, sha256: str) -> Response:
    """A paper of a request that waits, for the second person."""
    content = amendment_pages.proposed_paper(site().rt, who(), assembly_origin(body, assembly), sha256)
    if content is None:
        abort(404)
    answer = Download(content, content_type="application/pdf")
    # Saved, never shown inside our pages: nobody has looked into it yet.
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256[:16]}.pdf"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return answer


def _present_title(body: str, assembly: str, number: int) -> str:
    shown = amendment_pages.amendable(site().rt, who(), assembly_origin(body, assembly))
    return next((each.title for each in shown.motions if each.number == number), "")


def _uploads() -> list[FileStorage]:
    return [each for each in request.files.getlist("paper") if each.filename]


def _kept(body: str, assembly: str, name: str, content: bytes) -> Mapping[str, str]:
    origin = assembly_origin(body, assembly)
    kept = amendment_pages.keep_paper(site().rt, who(), origin, name=name, content=content)
    return {"name": kept.name, "sha256": kept.sha256}


def _propose(kind: str, body: str, assembly: str, act: Act, terms: Mapping[str, object]) -> Response:
    origin = assembly_origin(body, assembly)
    try:
        amendment_pages.require_possible(site().rt, origin)
        asked = approvals.request(site().rt, who(), origin, act, note=text("note"), terms=terms)
    except Refusal as refusal:
        if refusal.code not in _FIELDS:
            raise
        return _page(kind, body, assembly, _fault(refusal))
    return done(f"/office/waiting/{asked.id}", _ASKED)


def _fault(refusal: Refusal) -> Fault:
    return refused(_FIELDS.get(refusal.code, "paper"), refusal)


def _page(kind: str, body: str, assembly: str, *faults: Fault) -> Response:
    shown = amendment_pages.amendable(site().rt, who(), assembly_origin(body, assembly))
    text_of_page = page(
        f"secretariat/during/{kind}.html",
        assembly=shown.line,
        shown=shown,
        typed=request.form,
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200 if shown.is_possible else 409)
