"""Facts that the count uses: leavings, decisions of the chair, lots; each waits for a second person."""

from collections.abc import Mapping

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.ballots import Mark
from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.ledger.canonical import instant_text
from voting.services.office import approvals
from voting.services.period import facts, facts_page
from voting.services.period.facts_page import Decidable
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.moments import moment
from voting.web.site import site

# Beside which control a refusal is said; empty for that of the decision itself.
_FIELDS = {
    "not-on-the-roll": "member",
    "nothing-to-decide": "",
    "decided-already": "",
    "unknown-motion": "",
    "decision-missing": "",
    "decided-too-late": "",
    "not-then": "at",
}
_NOBODY = "0"


@secretariat.get("/a/<body>/<assembly>/facts")
@access(Act.RECORD_FACT, proposing=True, steps_up=True)
def facts_of_assembly(body: str, assembly: str) -> Response:
    return _page(body, assembly)


@secretariat.post("/a/<body>/<assembly>/facts/left")
@access(Act.RECORD_FACT, proposing=True, steps_up=True)
def record_leaving(body: str, assembly: str) -> Response:
    at = moment("at")
    if at is None:
        return _page(
            body, assembly, fault("at", N_("日付と時刻を「2026-06-03 16:03」のように入力してください。"))
        )
    terms = {"what": facts.LEFT, "member": text("member"), "at": instant_text(at)}
    return _propose(body, assembly, terms)


@secretariat.post("/a/<body>/<assembly>/facts/decision")
@access(Act.RECORD_FACT, proposing=True, steps_up=True)
def record_decision(body: str, assembly: str) -> Response:
    what, _, number = text("motion").partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        return _page(body, assembly, fault("decisions", N_("議案を選んでください。")))
    shown = facts_page.facts_page(site().rt, who(), assembly_origin(body, assembly))
    asked = next((each for each in shown.decidable if each.code == f"{what}:{number}"), None)
    terms = {"what": what, "motion": int(number), "value": _value(what, asked)}
    return _propose(body, assembly, terms, target="decisions" if asked is None else f"decision-{number}")


def _value(what: str, asked: Decidable | None) -> object:
    """The decision as filled in; empty where it is none, which the verb refuses."""
    if what == facts.LOT:
        return [each.strip() for each in request.form.get("value", "").splitlines() if each.strip()]
    if asked is None or asked.by == "mark":
        return text("value")
    if asked.by == "candidates":
        return {name: text(f"c{place}") for place, name in enumerate(asked.candidates, 1)}
    by_place = {str(place): name for place, name in enumerate(asked.candidates, 1)}
    chosen = request.form.getlist("value")
    if chosen == [_NOBODY]:
        return Mark.ABSTAIN.value
    return {by_place[each]: Mark.FOR.value for each in chosen} if set(chosen) <= by_place.keys() else ""


def _propose(body: str, assembly: str, terms: Mapping[str, object], *, target: str = "") -> Response:
    """Shape: *target* is the control of a decision."""
    origin = assembly_origin(body, assembly)
    try:
        asked = approvals.request(site().rt, who(), origin, Act.RECORD_FACT, note=text("note"), terms=terms)
    except Refusal as refusal:
        if refusal.code not in _FIELDS:
            raise
        return _page(body, assembly, refused(_FIELDS[refusal.code] or target, refusal))
    return done(f"/office/waiting/{asked.id}", N_("申請しました。別の担当者の承認を待っています。"))


def _page(body: str, assembly: str, *faults: Fault) -> Response:
    shown = facts_page.facts_page(site().rt, who(), assembly_origin(body, assembly))
    text_of_page = page(
        "secretariat/during/facts.html",
        assembly=shown.line,
        shown=shown,
        typed=request.form,
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
