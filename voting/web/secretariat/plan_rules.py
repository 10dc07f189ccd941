"""The rules of a draft, each with the clause it rests on, and the card that shows what they do."""

from dataclasses import replace

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.docket import Docket
from voting.core.permissions import Act
from voting.core.rules import COUNCIL, Rules
from voting.services.drafting import draft_pages
from voting.services.drafting.draft_pages import PartPage
from voting.services.drafting.drafts import RULES, Content
from voting.services.faults import UnsoundDocket
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.plan import form_page, plan_address
from voting.web.secretariat.plan_form import Form, again, save
from voting.web.secretariat.plan_words import told
from voting.web.secretariat.rules_form import Reading, read_rules, rows_of, rules_values
from voting.web.site import site
from voting.wording import RuleCard


@secretariat.get("/a/<body>/<assembly>/plan/rules")
@access(Act.DRAFT)
def rules(body: str, assembly: str) -> Response:
    shown = _part(body, assembly)
    docket = shown.content.docket
    try:
        card = draft_pages.try_out(site().rt, who(), assembly_origin(body, assembly), lambda same: same)
    except UnsoundDocket:
        card = None
    return _page(shown, Form(rules_values(docket.rules), shown.seen), card, is_stored=True)


@secretariat.post("/a/<body>/<assembly>/plan/rules")
@access(Act.DRAFT)
def save_rules(body: str, assembly: str) -> AnyResponse:
    """Store the rules; or, with another button, show what they would do, or put the preset into the form."""
    shown, origin = _part(body, assembly), assembly_origin(body, assembly)
    before = shown.content.docket.rules
    act, given_seen = request.form.get("act", ""), request.form.get("seen", "")
    if act == "preset":
        return _page(shown, Form(rules_values(replace(COUNCIL, clauses=before.clauses)), given_seen), None)
    reading = Reading(request.form)
    found = read_rules(reading, before)
    values = rules_values(Rules()) | dict(request.form.items())
    if reading.faults:
        return _page(shown, Form(values, given_seen, tuple(reading.faults)), None)
    if act == "check":
        return _tried(body, assembly, shown, values, found)

    def change(tx: object, content: Content) -> Content:
        return replace(content, docket=replace(content.docket, rules=found))

    refusal = save(origin, RULES, change)
    if refusal is not None:
        shown = _part(body, assembly)
        now = rules_values(shown.content.docket.rules)
        form = again(refusal, values, now=now, seen=shown.seen, field_of=_field, first="non_submission")
        return _page(shown, form, None)
    wanted = "#checks" if act == "next" else "/rules"
    return done(plan_address(body, assembly, wanted), N_("規則を保存しました。"))


def _tried(body: str, assembly: str, shown: PartPage, values: dict[str, str], found: Rules) -> Response:
    def change(docket: Docket) -> Docket:
        return replace(docket, rules=found)

    form = Form(values, request.form.get("seen", ""))
    try:
        card = draft_pages.try_out(site().rt, who(), assembly_origin(body, assembly), change)
    except UnsoundDocket as refusal:
        return _page(shown, form, None, troubles=tuple(map(told, refusal.faults)))
    return _page(shown, form, card)


def _part(body: str, assembly: str) -> PartPage:
    return draft_pages.part_page(site().rt, who(), assembly_origin(body, assembly), RULES)


def _field(where: str) -> str:
    """The field of a fault's place: rules.quorum.fraction is quorum_fraction."""
    parts = where.split(".")[1:]
    if not parts:
        return "non_submission"
    if parts[0] == "requires":
        return "requires"
    return "_".join(parts) if parts[0] in ("quorum", "objections") else parts[0]


def _page(
    shown: PartPage,
    form: Form,
    card: RuleCard | None,
    *,
    troubles: tuple[str, ...] = (),
    is_stored: bool = False,
) -> Response:
    silences, article = draft_pages.silences(shown.content)
    return form_page(
        "rules",
        shown.line,
        form,
        card=card,
        troubles=troubles,
        is_stored=is_stored,
        silences=tuple(each.value for each in silences),
        article=article,
        body_kind=shown.content.docket.body.kind,
        rows=range(rows_of(form.values)),
        no_motions=not shown.content.docket.motions,
    )
