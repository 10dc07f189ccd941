"""The assemblies of the office: all of them, and where each one stands."""

from dataclasses import dataclass

from flask import redirect, request
from werkzeug.wrappers import Response

from voting.core.permissions import TWO_PERSONS, Act
from voting.i18n import sentence
from voting.services import stages
from voting.services.drafting import draft_pages
from voting.services.office import office_pages
from voting.web.access import Audience, access
from voting.web.languages import language
from voting.web.office import assembly_origin, office_path, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.plan_words import told
from voting.web.secretariat.tables import table
from voting.web.site import site


@secretariat.get("/")
@access(Audience.OFFICE)
def home() -> str:
    lines = stages.assembly_lines(site().rt)
    shown = table(
        lines,
        {
            "title": lambda each: each.title,
            "body": lambda each: each.body,
            "closes": lambda each: each.closes_at,
        },
        sort="-closes",
    )
    return page("secretariat/assemblies/list.html", table=shown)


@secretariat.get("/choose")
@access(Audience.OFFICE)
def choose() -> Response:
    """Go to the assembly that was chosen at the foot of a page."""
    return redirect(office_path(f"/office/a/{request.args.get('assembly', '')}/"), code=303)


@secretariat.get("/a/<body>/<assembly>/")
@access(Audience.OFFICE)
def dashboard(body: str, assembly: str) -> str:
    origin = assembly_origin(body, assembly)
    shown = office_pages.dashboard(site().rt, who(), origin)
    sides = None if shown.next_act is None else TWO_PERSONS.get(shown.next_act)
    return page(
        "secretariat/assemblies/dashboard.html",
        assembly=shown.line,
        board=shown,
        missing=tuple(sentence(each, language()) for each in shown.missing),
        may_amend=who().role in TWO_PERSONS[Act.AMEND].first and shown.line.stage in ("notice", "open"),
        may_record=who().role in TWO_PERSONS[Act.RECORD_FACT].first,
        checks=_checks(origin) if shown.next_act is Act.FREEZE else None,
        can_propose=sides is not None and who().role in sides.first,
    )


@dataclass(frozen=True, slots=True)
class _Checks:
    """The check-list of a freeze in words."""

    blocking: tuple[str, ...]
    warnings: tuple[str, ...]


def _checks(origin: str) -> _Checks:
    found = draft_pages.checks_of(site().rt, who(), origin)
    return _Checks(tuple(map(told, found.blocking)), tuple(map(told, found.warnings)))
