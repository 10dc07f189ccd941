"""The chair's two proposals, which an auditor signs: the result, and its correction."""

from flask import make_response
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.i18n import lines
from voting.services.office import approvals, office_requests
from voting.services.outcome import certifying, correction_page
from voting.web.access import access
from voting.web.errors import status_of
from voting.web.languages import N_, language
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.site import site

_WAITING = "/office/waiting"
_LONGEST_INDEX = 12  # digits of an entry of the ledger


@secretariat.get("/a/<body>/<assembly>/certify")
@access(Act.CERTIFY, proposing=True, steps_up=True)
def propose_certification(body: str, assembly: str) -> Response:
    return _certify_page(body, assembly)


@secretariat.post("/a/<body>/<assembly>/certify")
@access(Act.CERTIFY, proposing=True, steps_up=True)
def certify(body: str, assembly: str) -> Response:
    origin, terms = assembly_origin(body, assembly), certifying.confirmed(text("confirm"))
    try:
        asked = approvals.request(site().rt, who(), origin, Act.CERTIFY, note=text("note"), terms=terms)
    except certifying.SentenceDiffers as refusal:
        return _certify_page(body, assembly, refused("confirm", refusal))
    return done(f"{_WAITING}/{asked.id}", N_("申請しました。監事の署名を待っています。"))


@secretariat.get("/a/<body>/<assembly>/correct")
@access(Act.CORRECT, proposing=True, steps_up=True)
def propose_correction(body: str, assembly: str) -> Response:
    return _correct_page(body, assembly)


@secretariat.post("/a/<body>/<assembly>/correct")
@access(Act.CORRECT, proposing=True, steps_up=True)
def correct(body: str, assembly: str) -> Response:
    origin, of = assembly_origin(body, assembly), text("of")
    if of and not (of.isascii() and of.isdigit() and len(of) <= _LONGEST_INDEX):
        return _correct_page(body, assembly, fault("of", N_("何を訂正するかを選んでください。")))
    try:
        asked = correction_page.propose(
            site().rt, who(), origin, reason=text("reason"), note=text("note"), of=int(of) if of else None
        )
    except Refusal as refusal:
        if refusal.code != "correction-reason":
            raise
        return _correct_page(body, assembly, refused("reason", refusal))
    return done(f"{_WAITING}/{asked.id}", N_("申請しました。監事の署名を待っています。"))


def _certify_page(body: str, assembly: str, *faults: Fault) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    terms, missing = _terms(origin)
    shown = office_requests.proposal(rt, origin, Act.CERTIFY, terms)
    missing = shown.refusal if missing is None else missing
    text_of_page = page(
        "secretariat/after/certify.html",
        assembly=shown.assembly,
        proposal=shown,
        sentence=terms.get(certifying.CONFIRMED, ""),
        typed=text("confirm"),
        note=text("note"),
        missing=() if missing is None else lines(missing, language()),
        faults=faults,
    )
    return make_response(text_of_page, _status(faults, missing))


def _status(faults: tuple[Fault, ...], missing: Refusal | None) -> int:
    if faults:
        return 422
    return 200 if missing is None else status_of(missing)


def _terms(origin: str) -> tuple[dict[str, object], Refusal | None]:
    """What the chair has to type, or why there is nothing to certify."""
    try:
        return certifying.required_terms(site().rt, origin), None
    except Refusal as refusal:
        return {}, refusal


def _correct_page(body: str, assembly: str, *faults: Fault) -> Response:
    shown = correction_page.correction_page(site().rt, who(), assembly_origin(body, assembly))
    text_of_page = page(
        "secretariat/after/correct.html",
        assembly=shown.assembly,
        correction=shown,
        of=text("of"),
        reason=text("reason"),
        note=text("note"),
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
