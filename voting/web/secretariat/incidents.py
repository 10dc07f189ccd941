"""What kept members from voting: the incidents of an assembly, and a new one."""

from dataclasses import dataclass

from flask import make_response
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.i18n import sentence
from voting.services import stages
from voting.services.outcome import after_closing as facts
from voting.services.proof import incidents as verbs
from voting.services.proof.rollback import LONGEST_NOTE
from voting.web.access import access
from voting.web.languages import N_, language
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.moments import as_typed, moment
from voting.web.site import site

_FIELDS = {
    "incident-period": "ended",
    "incident-note": "note",
    "unknown-incident": "kind",
    "anchor-unusable": "lost_anchor",
    "anchor-still-there": "lost_anchor",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of an incident as it was filled in."""

    kind: str
    began: str
    ended: str
    note: str
    lost_anchor: str


@secretariat.get("/a/<body>/<assembly>/incidents")
@access(Act.READ_PARTICIPATION)
def incidents(body: str, assembly: str) -> str:
    shown = facts.after_closing(site().rt, who(), assembly_origin(body, assembly))
    suspended = "" if shown.suspended is None else sentence(shown.suspended, language())
    return page("secretariat/after/incidents.html", assembly=shown.assembly, after=shown, suspended=suspended)


_SILENT = N_(
    "記録しました。立会人(%(silent)s)から、持っている記録の答えを得られませんでした。"
    "失われた記録を後で示したときは、もう一度停止し、もう一度記録することになります。"
)
_TOLD_AND_SILENT = N_(
    "記録しました。%(told)s会員にメールで知らせます。立会人(%(silent)s)から、持っている記録の答えを得られませんでした。"
    "失われた記録を後で示したときは、もう一度停止し、もう一度記録することになります。"
)
_HOURS = {
    "began": N_("始まった日付と時刻を「2026-06-03 16:03」のように入力してください。"),
    "ended": N_("終わった日付と時刻を「2026-06-03 16:03」のように入力してください。"),
}


@secretariat.get("/a/<body>/<assembly>/new-incident")
@access(Act.RECORD_INCIDENT, steps_up=True)
def new_incident(body: str, assembly: str) -> Response:
    now = as_typed(site().rt.now())
    return _form(body, assembly, Typed(verbs.OUTAGE, now, now, "", ""))


@secretariat.post("/a/<body>/<assembly>/new-incident")
@access(Act.RECORD_INCIDENT, steps_up=True)
def record_incident(body: str, assembly: str) -> Response:
    typed = Typed(text("kind"), text("began"), text("ended"), text("note"), text("lost_anchor"))
    began, ended = moment("began"), moment("ended")
    if began is None or ended is None:
        wrong = [fault(name, _HOURS[name]) for name, at in (("began", began), ("ended", ended)) if at is None]
        return _form(body, assembly, typed, *wrong)
    report = verbs.Report(typed.kind, began, ended, typed.note, typed.lost_anchor)
    try:
        outcome = verbs.record_incident(site().rt, who(), assembly_origin(body, assembly), report)
    except Refusal as refusal:
        field = _FIELDS.get(refusal.code)
        if field is None:
            raise
        return _form(body, assembly, typed, refused(field, refusal))
    here = f"/office/a/{body}/{assembly}/incidents"
    told, silent = str(outcome.told), "、".join(outcome.silent)
    if outcome.told and silent:
        return done(here, _TOLD_AND_SILENT, told=told, silent=silent)
    if silent:
        return done(here, _SILENT, silent=silent)
    if outcome.told:
        return done(here, N_("記録しました。%(told)s会員にメールで知らせます。"), told=told)
    return done(here, N_("記録しました。"))


def _form(body: str, assembly: str, typed: Typed, *faults: Fault) -> Response:
    origin = assembly_origin(body, assembly)
    shown = page(
        "secretariat/after/new-incident.html",
        assembly=stages.assembly_line(site().rt, origin),
        origin=origin,
        typed=typed,
        kinds=verbs.KINDS,
        longest=LONGEST_NOTE,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)
