"""The organisations and their committees: listed, set up, and which kinds of members vote."""

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.assembly import Body
from voting.core.errors import Refusal
from voting.core.permissions import ALLOWED, Act
from voting.core.rules import BodyKind
from voting.services.register import bodies as verbs
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.site import site

_KINDS = tuple(BodyKind)


@secretariat.get("/members")
@access(Act.READ_ROLL)
def members() -> str:
    """All organisations; a register is chosen here."""
    lines = verbs.bodies(site().rt, who())
    return page("secretariat/members/bodies.html", bodies=lines, can_add=who().role in ALLOWED[Act.DRAFT])


@secretariat.get("/new-body")
@access(Act.DRAFT)
def new_body() -> Response:
    return _new_body("", Body("", BodyKind.VOLUNTARY))


@secretariat.post("/new-body")
@access(Act.DRAFT)
def create_body() -> Response:
    kind, slug = request.form.get("kind", ""), text("slug")
    if kind not in set(BodyKind):
        body = Body(text("name"), BodyKind.VOLUNTARY)
        return _new_body(slug, body, fault("kind", N_("種類を選んでください。")))
    made = Body(text("name"), BodyKind(kind))
    try:
        verbs.add_body(site().rt, who(), slug, made)
    except Refusal as refusal:
        return _new_body(slug, made, _beside(refusal))
    return done(
        f"/office/members/{slug}/", N_("団体を登録しました。続けて、会員の名簿を取り込んでください。")
    )


@secretariat.get("/members/<body>/")
@access(Act.READ_ROLL)
def body_page(body: str) -> str:
    rt = site().rt
    return page(
        "secretariat/members/body.html",
        shown=verbs.body_page(rt, who(), body),
        can_edit=who().role in ALLOWED[Act.EDIT_ROLL],
    )


@secretariat.get("/members/<body>/new-committee")
@access(Act.DRAFT)
def new_committee(body: str) -> Response:
    return _new_committee(body, "", "")


@secretariat.post("/members/<body>/new-committee")
@access(Act.DRAFT)
def create_committee(body: str) -> Response:
    slug, name = text("slug"), text("name")
    try:
        verbs.add_committee(site().rt, who(), body, slug, name=name)
    except Refusal as refusal:
        if refusal.code in ("no-such-body", "committee-register"):
            raise
        if refusal.code == "body-name-missing":
            return _new_committee(body, slug, name, fault("name", N_("部会の名称を入力してください。")))
        return _new_committee(body, slug, name, _beside(refusal))
    return done(
        f"/office/members/{slug}/seats",
        N_("専門部会を登録しました。続けて、部会に属する会員を選んでください。"),
    )


@secretariat.post("/members/<body>/kinds")
@access(Act.EDIT_ROLL)
def set_kinds(body: str) -> Response:
    """Say for each kind whether it has a vote; a kind that the form did not name keeps what it had."""
    asked, voting = set(request.form.getlist("kind")), set(request.form.getlist("votes"))
    lines = verbs.body_page(site().rt, who(), body).kinds
    voteless = {
        each.kind for each in lines if (each.kind not in voting if each.kind in asked else not each.has_vote)
    }
    verbs.set_voteless(site().rt, who(), body, voteless)
    return done(f"/office/members/{body}/", N_("会員種別ごとの議決権を登録しました。"))


def _beside(refusal: Refusal) -> Fault:
    return refused("name" if refusal.code == "body-name-missing" else "slug", refusal)


def _new_body(slug: str, body: Body, *faults: Fault) -> Response:
    shown = page("secretariat/members/new-body.html", slug=slug, body=body, kinds=_KINDS, faults=faults)
    return make_response(shown, 422 if faults else 200)


def _new_committee(body: str, slug: str, name: str, *faults: Fault) -> Response:
    parent = verbs.body_line(site().rt, who(), body)
    shown = page("secretariat/members/new-committee.html", parent=parent, slug=slug, name=name, faults=faults)
    return make_response(shown, 422 if faults else 200)
