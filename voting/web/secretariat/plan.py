"""A draft's own pages: what it consists of, title and contact, dates, its file, giving it up."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Response, abort, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.errors import Refusal
from voting.core.permissions import Act, Role
from voting.services.drafting import draft_documents, draft_pages, draft_starts, drafts
from voting.services.drafting.drafts import BASICS, DATES, Content
from voting.web.access import Audience, access
from voting.web.downloads import paper
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.dates_form import (
    dates_values,
    dates_words,
    read_notice_days,
    read_schedule,
)
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.plan_form import Form, again, line, many, save, typed
from voting.web.secretariat.plan_words import LABELS, OPTIONS, told
from voting.web.secretariat.rules_form import Reading
from voting.web.site import site

LONGEST_TITLE, LONGEST_CONTACT = 200, 500


def plan_address(body: str, assembly: str, rest: str = "") -> str:
    return f"/office/a/{body}/{assembly}/plan{rest}"


def folder(body: str, assembly: str) -> str:
    """Where the office reads the papers of a draft."""
    return plan_address(body, assembly, "/documents")


@secretariat.get("/a/<body>/<assembly>/plan")
@access(Audience.OFFICE)
def plan(body: str, assembly: str) -> str:
    """Everything that is voted upon, and what is still missing."""
    shown = draft_pages.plan_page(
        site().rt, who(), assembly_origin(body, assembly), folder=folder(body, assembly)
    )
    return page(
        "secretariat/plan/overview.html",
        assembly=shown.line,
        plan=shown,
        dates=dates_words(shown.content),
        blocking=() if shown.checks is None else tuple(map(told, shown.checks.blocking)),
        warnings=() if shown.checks is None else tuple(map(told, shown.checks.warnings)),
        can_edit=shown.is_draft and who().role is Role.ADMINISTRATOR,
        options=OPTIONS,
    )


@secretariat.get("/a/<body>/<assembly>/plan/basics")
@access(Act.DRAFT)
def basics(body: str, assembly: str) -> Response:
    shown = draft_pages.part_page(site().rt, who(), assembly_origin(body, assembly), BASICS)
    return form_page("basics", shown.line, Form(_basics(shown.content), shown.seen))


@secretariat.post("/a/<body>/<assembly>/plan/basics")
@access(Act.DRAFT)
def save_basics(body: str, assembly: str) -> AnyResponse:
    origin = assembly_origin(body, assembly)
    title, chair, contact = line("title"), line("chair"), "\n".join(many("contact"))
    mail = line("checkpoint_mail")

    def change(tx: object, content: Content) -> Content:
        found = replace(content.docket.assembly, title=title, chair=chair or None)
        docket = replace(content.docket, assembly=found)
        return replace(content, docket=docket, contact=contact, checkpoint_mail=mail)

    shown = draft_pages.part_page(site().rt, who(), origin, BASICS)
    now = _basics(shown.content)
    faults = tuple(_basics_faults(title, chair, contact, mail))
    if faults:
        return form_page("basics", shown.line, Form(typed(now), request.form.get("seen", ""), faults))
    refusal = save(origin, BASICS, change)
    if refusal is not None:
        return conflict_page(body, assembly, BASICS, refusal)
    return _next(body, assembly, "/dates")


@secretariat.get("/a/<body>/<assembly>/plan/dates")
@access(Act.DRAFT)
def dates(body: str, assembly: str) -> Response:
    shown = draft_pages.part_page(site().rt, who(), assembly_origin(body, assembly), DATES)
    return form_page("dates", shown.line, Form(dates_values(shown.content), shown.seen))


@secretariat.post("/a/<body>/<assembly>/plan/dates")
@access(Act.DRAFT)
def save_dates(body: str, assembly: str) -> AnyResponse:
    origin = assembly_origin(body, assembly)
    reading = Reading(request.form)
    schedule, days = read_schedule(reading), read_notice_days(reading)
    if schedule is None or reading.faults:
        shown = draft_pages.part_page(site().rt, who(), origin, DATES)
        values = typed(dates_values(shown.content))
        form = Form(values, request.form.get("seen", ""), tuple(reading.faults))
        return form_page("dates", shown.line, form)

    def change(tx: object, content: Content) -> Content:
        found = replace(content.docket.assembly, schedule=schedule)
        docket = replace(content.docket, assembly=found)
        return replace(content, docket=docket, notice_days=days, dates_confirmed=True)

    refusal = save(origin, DATES, change)
    if refusal is not None:
        return conflict_page(body, assembly, DATES, refusal)
    return _next(body, assembly, "/motions")


@secretariat.get("/a/<body>/<assembly>/plan/assembly.toml")
@access(Audience.OFFICE)
def assembly_file(body: str, assembly: str) -> Response:
    content = draft_starts.as_file(site().rt, who(), assembly_origin(body, assembly))
    response = Response(content, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(assembly)}.toml"'
    return response


@secretariat.get("/a/<body>/<assembly>/plan/documents/<sha256>/<name>")
@access(Audience.OFFICE)
def plan_document(body: str, assembly: str, sha256: str, name: str) -> Response:
    """A paper of a motion that members cannot see yet."""
    content = draft_documents.read(site().rt, who(), assembly_origin(body, assembly), sha256)
    if content is None:
        abort(404)
    return paper(content, name)


@secretariat.get("/a/<body>/<assembly>/plan/withdraw")
@access(Act.DRAFT)
def confirm_withdraw(body: str, assembly: str) -> Response:
    return _withdraw_page(body, assembly)


@secretariat.post("/a/<body>/<assembly>/plan/withdraw")
@access(Act.DRAFT)
def withdraw_draft(body: str, assembly: str) -> AnyResponse:
    try:
        drafts.withdraw(site().rt, who(), assembly_origin(body, assembly), why=text("why"))
    except drafts.WithdrawalReason as refusal:
        return _withdraw_page(body, assembly, refused("why", refusal))
    return done("/office/", N_("準備中の総会を取り下げました。"))


def form_page(name: str, assembly: Any, form: Form, **facts: object) -> Response:
    """A form for a part of a draft; 422 where something in it has to be mended."""
    shown = page(
        f"secretariat/plan/{name}.html",
        assembly=assembly,
        form=form,
        faults=form.faults,
        labels=LABELS,
        options=OPTIONS,
        **facts,
    )
    return make_response(shown, 422 if form.faults else 200)


def conflict_page(body: str, assembly: str, part: str, refusal: Refusal) -> Response:
    """The form of title or dates once more, with what kept it from being stored."""
    shown = draft_pages.part_page(site().rt, who(), assembly_origin(body, assembly), part)
    now = _basics(shown.content) if part == BASICS else dates_values(shown.content)
    first = "title" if part == BASICS else "record_date"
    form = again(refusal, typed(now), now=now, seen=shown.seen, field_of=lambda where: first, first=first)
    return form_page(part, shown.line, form)


def _next(body: str, assembly: str, rest: str) -> AnyResponse:
    """After saving: the next part, or the overview where that was asked for."""
    wanted = rest if request.form.get("then") == "next" else ""
    return done(plan_address(body, assembly, wanted), N_("保存しました。"))


def _basics(content: Content) -> dict[str, str]:
    return {
        "title": content.docket.assembly.title,
        "chair": content.docket.assembly.chair or "",
        "contact": content.contact,
        "checkpoint_mail": content.checkpoint_mail,
    }


def _basics_faults(title: str, chair: str, contact: str, mail: str) -> list[Fault]:
    found = []
    if not 0 < len(title) <= LONGEST_TITLE:
        found.append(fault("title", N_("総会の名称を200文字以内で入力してください。")))
    if len(chair) > LONGEST_TITLE:
        found.append(fault("chair", N_("議長は200文字以内で入力してください。")))
    if not 0 < len(contact) <= LONGEST_CONTACT:
        found.append(fault("contact", N_("問合せ先を500文字以内で入力してください。")))
    if mail not in dict(OPTIONS["checkpoint_mail"]):
        found.append(fault("checkpoint_mail", N_("一つを選んでください。")))
    return found


def _withdraw_page(body: str, assembly: str, *faults: Fault) -> Response:
    shown = draft_pages.part_page(site().rt, who(), assembly_origin(body, assembly), BASICS)
    text_of_page = page("secretariat/plan/withdraw.html", assembly=shown.line, faults=faults)
    return make_response(text_of_page, 422 if faults else 200)
