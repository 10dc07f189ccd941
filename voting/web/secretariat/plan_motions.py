"""The motions of a draft: added, changed, put in order, taken out."""

from flask import Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.services.drafting import draft_pages
from voting.services.drafting.draft_documents import MOST
from voting.services.drafting.draft_motions import adding, moving, putting, removing
from voting.services.drafting.draft_pages import MotionPage
from voting.services.drafting.drafts import MOTIONS, NEW, motion_part
from voting.services.drafting.motion_texts import TEXT_NAME
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault
from voting.web.secretariat.motion_form import motion_values, read_motion, typed_motion
from voting.web.secretariat.plan import folder, form_page, plan_address
from voting.web.secretariat.plan_form import Form, again, save
from voting.web.secretariat.plan_words import told
from voting.web.secretariat.rules_form import Reading, rows_of
from voting.web.site import site


@secretariat.get("/a/<body>/<assembly>/plan/motions")
@access(Act.DRAFT)
def motions(body: str, assembly: str) -> Response:
    return _list(body, assembly)


@secretariat.post("/a/<body>/<assembly>/plan/motions")
@access(Act.DRAFT)
def move(body: str, assembly: str) -> AnyResponse:
    """One place up or down; numbers stay with the places."""
    wanted = request.form.get("move", "")
    way, _, number = wanted.partition("-")
    if way not in ("up", "down") or not (number.isascii() and number.isdigit() and len(number) <= 15):
        return _list(body, assembly)
    refusal = save(assembly_origin(body, assembly), MOTIONS, moving(int(number), down=way == "down"))
    if refusal is not None:
        return _list(body, assembly, refusal)
    said = N_("議案の順番を変えました。番号は順番に合わせました。")
    return done(plan_address(body, assembly, "/motions"), said)


@secretariat.get("/a/<body>/<assembly>/plan/motions/new")
@access(Act.DRAFT)
def new_motion(body: str, assembly: str) -> Response:
    shown = _motion(body, assembly, None)
    return motion_page(shown, Form(motion_values(shown.content.docket, None, ""), shown.seen))


@secretariat.post("/a/<body>/<assembly>/plan/motions/new")
@access(Act.DRAFT)
def add(body: str, assembly: str) -> AnyResponse:
    return _save(body, assembly, None)


@secretariat.get("/a/<body>/<assembly>/plan/motions/<int:number>")
@access(Act.DRAFT)
def motion(body: str, assembly: str, number: int) -> Response:
    shown = _motion(body, assembly, number)
    return motion_page(shown, Form(motion_values(shown.content.docket, shown.motion, shown.text), shown.seen))


@secretariat.post("/a/<body>/<assembly>/plan/motions/<int:number>")
@access(Act.DRAFT)
def save_motion(body: str, assembly: str, number: int) -> AnyResponse:
    return _save(body, assembly, number)


@secretariat.get("/a/<body>/<assembly>/plan/motions/<int:number>/remove")
@access(Act.DRAFT)
def confirm_remove(body: str, assembly: str, number: int) -> Response:
    return _remove_page(body, assembly, number)


@secretariat.post("/a/<body>/<assembly>/plan/motions/<int:number>/remove")
@access(Act.DRAFT)
def remove(body: str, assembly: str, number: int) -> AnyResponse:
    refusal = save(assembly_origin(body, assembly), motion_part(number), removing(number))
    if refusal is not None:
        return _remove_page(body, assembly, number, refusal)
    return done(plan_address(body, assembly, "/motions"), N_("議案を削除しました。"))


def motion_page(shown: MotionPage, form: Form) -> Response:
    """The form of one motion, with its papers below."""
    return form_page(
        "motion",
        shown.line,
        form,
        motion=shown.shown,
        number=None if shown.motion is None else shown.motion.number,
        others=tuple(each for each in shown.content.docket.motions if each is not shown.motion),
        ticked=form.values["depends_on"].split(),
        silences=tuple(each.value for each in draft_pages.silences(shown.content)[0]),
        rows=range(rows_of(form.values)),
        most=MOST,
        # A fault may be in a part that is folded; that of an upload stands below.
        opened=any(not each.field.startswith("file") for each in form.faults),
        text_name=TEXT_NAME,
    )


def _save(body: str, assembly: str, number: int | None) -> AnyResponse:
    shown, origin = _motion(body, assembly, number), assembly_origin(body, assembly)
    values = typed_motion(request.form, motion_values(shown.content.docket, shown.motion, shown.text))
    reading, text = Reading(values), values["text"]
    found = read_motion(reading)
    if reading.faults:
        return motion_page(shown, Form(values, request.form.get("seen", ""), tuple(reading.faults)))
    part = NEW if number is None else motion_part(number)
    change = adding(found, text) if number is None else putting(number, found, text)
    refusal = save(origin, part, change)
    if refusal is not None:
        return _again(body, assembly, number, values, refusal)
    # A new motion goes on to its papers, where they are uploaded.
    rest = f"/motions/{found.number}#papers" if number is None else "/motions"
    return done(plan_address(body, assembly, rest), N_("議案を保存しました。"))


def _again(
    body: str, assembly: str, number: int | None, values: dict[str, str], refusal: Refusal
) -> Response:
    shown = _motion(body, assembly, number)
    now = motion_values(shown.content.docket, shown.motion, shown.text)
    first = "number" if refusal.code == "number-taken" else "motion_title"
    first = "text" if refusal.code == "text-too-long" else first
    form = again(refusal, values, now=now, seen=shown.seen, field_of=_field, first=first)
    return motion_page(shown, form)


def _field(where: str) -> str:
    """The field of a fault's place: motion.2.title is motion_title."""
    parts = where.split(".")[2:] or ["number"]
    if parts[0] == "title":
        return "motion_title"
    return "_".join(parts) if parts[0] == "objections" else parts[0]


def _motion(body: str, assembly: str, number: int | None) -> MotionPage:
    return draft_pages.motion_page(
        site().rt, who(), assembly_origin(body, assembly), number, folder=folder(body, assembly)
    )


def _list(body: str, assembly: str, refusal: Refusal | None = None) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    shown = draft_pages.part_page(rt, who(), origin, MOTIONS)
    plan = draft_pages.plan_page(rt, who(), origin, folder=folder(body, assembly))
    faults = () if refusal is None else (Fault("motions", told(refusal)),)
    text_of_page = page(
        "secretariat/plan/motions.html",
        assembly=shown.line,
        motions=plan.motions,
        conditions={each.number: each.depends_on for each in shown.content.docket.motions},
        seen=shown.seen,
        faults=faults,
    )
    return make_response(text_of_page, 409 if faults else 200)


def _remove_page(body: str, assembly: str, number: int, refusal: Refusal | None = None) -> Response:
    shown = _motion(body, assembly, number)
    missing = () if refusal is None else (told(refusal),)
    text_of_page = page(
        "secretariat/plan/remove-motion.html",
        assembly=shown.line,
        motion=shown.shown,
        seen=shown.seen,
        missing=missing,
    )
    return make_response(text_of_page, 409 if missing else 200)
