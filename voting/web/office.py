"""The frame of every page of the secretariat: who is here, where one can go, what the last act did.

A view ends with ``page("secretariat/….html", …)``; after an act it says ``flash(N_("…"))`` and redirects.
"""

from dataclasses import dataclass

from flask import current_app, g, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from voting.core.errors import Broken
from voting.core.permissions import Officer
from voting.services import stages
from voting.services.names import origin
from voting.services.office import office_requests, office_sessions
from voting.services.office.office_sessions import Visit
from voting.services.stages import AssemblyLine
from voting.web.access import rule_of
from voting.web.addresses import own_path
from voting.web.languages import N_
from voting.web.site import render, site

HOME = "/office/"
SIGN_IN = "/office/sign-in"

# The navigation: label, endpoint, and whether it is about the assembly chosen.  What has no view yet, or is
# not for the officer's role, is not shown.
_EVERYWHERE = (
    (N_("総会"), "secretariat.home"),
    (N_("会員"), "secretariat.members"),
    (N_("確認待ち"), "secretariat.waiting"),
    (N_("保存期限"), "secretariat.retention_page"),
    (N_("担当者"), "secretariat.officers"),
    (N_("記録"), "secretariat.journal"),
)
_OF_ASSEMBLY = (
    (N_("概要"), "secretariat.dashboard"),
    (N_("議案と規則"), "secretariat.plan"),
    (N_("回答の状況"), "secretariat.participation_page"),
    (N_("受付"), "secretariat.papers"),
    (N_("質問"), "secretariat.questions"),
    (N_("到達の状況"), "secretariat.delivery_board"),
    (N_("集計・認証"), "secretariat.after_closing"),
    (N_("書類の作成"), "secretariat.prints"),
)
# Before the freeze there is neither a roll nor an answer.
_OF_DRAFT = frozenset({"secretariat.dashboard", "secretariat.plan"})


@dataclass(frozen=True, slots=True)
class Link:
    """Shape: ``label`` is a sentence of the catalogue; ``count`` stands beside it where there is one."""

    label: str
    address: str
    is_here: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the page's own part."""

    officer: Officer | None
    links: tuple[Link, ...]
    assembly: AssemblyLine | None
    assembly_links: tuple[Link, ...]
    assemblies: tuple[AssemblyLine, ...]
    told: tuple[str, dict[str, str]] | None
    here: str


def visit() -> Visit:
    """The officer's visit, which the access rule of the view has opened."""
    found = g.get("visit")
    if not isinstance(found, Visit):
        raise Broken("the view is open to visitors without a session")
    return found


def who() -> Officer:
    """The officer who asks."""
    return visit().officer


def visit_again() -> Visit:
    """The visit as it is stored now: a question for a passkey is asked once, then there is a new one."""
    rt, here = site().rt, site().office
    g.visit = office_sessions.find(rt, request.cookies.get(here.name))
    return visit()


def office_path(text: str) -> str:
    """*text* where it is a path of the office, to be sent on to; else the first page."""
    path = own_path(text, HOME)
    return path if path.startswith(HOME) else HOME


def assembly_origin(body: str, assembly: str) -> str:
    """The origin of the assembly in the address."""
    return origin(site().rt.site.host, body, assembly)


def page(template: str, *, assembly: AssemblyLine | None = None, **facts: object) -> str:
    """A page of the secretariat.  Shape: *assembly* is the one it is about, for the second navigation."""
    return render(template, frame=_frame(assembly), assembly=assembly, **facts)


def flash(sentence: str, **values: str) -> None:
    """Let the next page say *sentence*, one marked with N_, on top."""
    office_sessions.tell(site().rt, visit(), sentence, values)


def done(address: str, sentence: str, **values: str) -> Response:
    """After an act: say what was done on the page at *address*."""
    flash(sentence, **values)
    return redirect(address, code=303)


def _frame(assembly: AssemblyLine | None) -> Frame:
    found = g.get("visit")
    inside = isinstance(found, Visit) and found.is_complete
    officer = found.officer if isinstance(found, Visit) and inside else None
    rt = site().rt
    own_path = request.path if request.method == "GET" else HOME
    return Frame(
        officer=officer,
        links=_links(officer, assembly),
        assembly=assembly,
        assembly_links=_links_of(officer, assembly),
        assemblies=stages.assembly_lines(rt) if officer else (),
        told=found.told if isinstance(found, Visit) else None,
        here=own_path,
    )


def _links(officer: Officer | None, assembly: AssemblyLine | None) -> tuple[Link, ...]:
    if officer is None:
        return ()
    waiting = office_requests.waiting_for(site().rt, officer)
    return tuple(
        Link(
            label,
            current_app.url_for(endpoint),
            is_here=request.endpoint == endpoint,
            count=waiting if endpoint == "secretariat.waiting" else 0,
        )
        for label, endpoint in _EVERYWHERE
        if _is_open(officer, endpoint)
    )


def _links_of(officer: Officer | None, assembly: AssemblyLine | None) -> tuple[Link, ...]:
    if officer is None or assembly is None:
        return ()
    body, _, slug = assembly.path.partition("/")
    return tuple(
        Link(
            label,
            current_app.url_for(endpoint, body=body, assembly=slug),
            is_here=request.endpoint == endpoint,
        )
        for label, endpoint in _OF_ASSEMBLY
        if _is_open(officer, endpoint) and (assembly.stage != "draft" or endpoint in _OF_DRAFT)
    )


def _is_open(officer: Officer, endpoint: str) -> bool:
    rule = rule_of(current_app.view_functions.get(endpoint))
    return rule is not None and officer.role in rule.roles
