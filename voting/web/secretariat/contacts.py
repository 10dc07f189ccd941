"""名簿確認 at the office: asking the members, how far it has come, and what they want to be changed."""

from datetime import datetime
from urllib.parse import urlencode

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.japanese_dates import JST, parse_date
from voting.core.kana import sort_key
from voting.core.permissions import ALLOWED, TWO_PERSONS, Act
from voting.i18n import lines
from voting.services.office import approvals
from voting.services.register import bodies, campaigns, contact_board
from voting.services.register.campaign_proposals import EVERYBODY, LONGEST_CONTACT, LONGEST_WORDS, OLD, Asking
from voting.services.register.contact_board import STATES
from voting.services.register.contact_csv import contacts_csv
from voting.services.register.contact_letters import ASK, REMIND
from voting.services.register.membership import MemberUnsound
from voting.web.access import access
from voting.web.errors import status_of
from voting.web.languages import N_, language
from voting.web.member_fields import label
from voting.web.office import done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.secretariat.member_words import number
from voting.web.secretariat.plan_words import told
from voting.web.secretariat.tables import table
from voting.web.site import site

_FIELDS = {
    "campaign-contact": "contact",
    "campaign-words": "words",
    "bad-last-day": "last_day",
    "no-date": "last_day",
    "outside-era": "last_day",
    "wrong-weekday": "last_day",
    "nobody-to-ask": "scope",
    "campaign-runs": "scope",
}
_NEVER = datetime.max.replace(tzinfo=JST)
STATE_WORDS = {
    "change": N_("変更の申出"),
    "elsewhere": N_("担当違いの申出"),
    "silent": N_("未回答"),
    "failed": N_("メールが届かない"),
    "no-address": N_("宛先なし"),
    "confirmed": N_("変わりなし"),
    "settled": N_("申出を処理済み"),
    "left": N_("退会"),
}


@secretariat.get("/members/<body>/contacts")
@access(Act.READ_ROLL)
def contacts(body: str) -> str:
    """How far the newest campaign, or the one asked for, has come."""
    shown, only = contact_board.board(site().rt, who(), body, request.args.get("campaign", "")), _only()
    place_of = {each.member.member_id: place for place, each in enumerate(shown.rows)}
    columns = {
        "prefecture": lambda each: place_of[each.member.member_id],
        "number": lambda each: each.member.member_id,
        "name": lambda each: (sort_key(each.member.kana or each.member.name), each.member.member_id),
        "state": lambda each: (STATES.index(each.state), place_of[each.member.member_id]),
        "answered": lambda each: (
            each.answered_at is None,
            each.answered_at or _NEVER,
            place_of[each.member.member_id],
        ),
    }
    return page(
        "secretariat/contacts/board.html",
        board=shown,
        table=table([each for each in shown.rows if only in ("", each.state)], columns, sort="prefecture"),
        told=told,
        only=only,
        states=STATE_WORDS,
        may_ask=who().role in TWO_PERSONS[Act.ASK_MEMBERS].first,
        can_edit=who().role in ALLOWED[Act.EDIT_ROLL],
    )


@secretariat.get("/members/<body>/contacts/list.csv")
@access(Act.READ_ROLL)
def save_contacts(body: str) -> Response:
    """The list that is looked at, with telephone numbers for those who have to be called."""
    shown, only = contact_board.board(site().rt, who(), body, request.args.get("campaign", "")), _only()
    rows = [each for each in shown.rows if only in ("", each.state)]
    response = Response(contacts_csv(rows, STATE_WORDS), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{body}-contacts.csv"'
    return response


@secretariat.get("/members/<body>/contacts/new")
@access(Act.ASK_MEMBERS, proposing=True, steps_up=True)
def new_campaign(body: str) -> Response:
    return _form(body)


@secretariat.post("/members/<body>/contacts/new")
@access(Act.ASK_MEMBERS, proposing=True, steps_up=True)
def propose_campaign(body: str) -> Response:
    """Show exactly what would be sent; propose it where that very page was confirmed."""
    try:
        asking = Asking(
            ASK,
            scope=OLD if text("scope") == OLD else EVERYBODY,
            last_day=parse_date(text("last_day")).isoformat(),
            words=text("words").replace("\r\n", "\n").strip(),
            contact=text("contact").strip(),
        )
        return _proposed(body, asking)
    except Refusal as refusal:
        field = _FIELDS.get(getattr(refusal, "what", refusal.code))
        if field is None:
            raise
        return _form(body, refused(field, refusal))


@secretariat.get("/members/<body>/contacts/reminder")
@access(Act.ASK_MEMBERS, proposing=True, steps_up=True)
def new_contact_reminder(body: str) -> Response:
    return _proposed(body, Asking(REMIND, campaign=request.args.get("campaign", "")))


@secretariat.post("/members/<body>/contacts/reminder")
@access(Act.ASK_MEMBERS, proposing=True, steps_up=True)
def propose_contact_reminder(body: str) -> Response:
    return _proposed(body, Asking(REMIND, campaign=text("campaign")))


@secretariat.get("/members/<body>/contacts/end")
@access(Act.EDIT_ROLL)
def confirm_end(body: str) -> str:
    shown = contact_board.board(site().rt, who(), body, request.args.get("campaign", ""))
    return page("secretariat/contacts/end.html", board=shown)


@secretariat.post("/members/<body>/contacts/end")
@access(Act.EDIT_ROLL)
def end_campaign(body: str) -> Response:
    campaigns.end(site().rt, who(), body, text("campaign"))
    return done(_address(body), N_("名簿確認を終えました。リンクはもう使えません。"))


@secretariat.get("/members/<body>/contacts/request")
@access(Act.READ_ROLL)
def contact_request(body: str) -> Response:
    return _request(body)


@secretariat.post("/members/<body>/contacts/request/take")
@access(Act.EDIT_ROLL)
def take_over(body: str) -> Response:
    rt, campaign = site().rt, request.args.get("campaign", "")
    try:
        fields = request.form.getlist("field")
        contact_board.take_over(rt, who(), body, campaign, number(), fields, seen=text("seen"), of=text("of"))
    except contact_board.NothingChosen as refusal:
        return _request(body, refused("field", refusal))
    except MemberUnsound as refusal:
        return _request(body, *(Fault("field", each) for each in refusal.words(language(), label).values()))
    return done(_address(body), N_("申出を名簿に反映しました。"))


@secretariat.post("/members/<body>/contacts/request/refuse")
@access(Act.EDIT_ROLL)
def refuse_change(body: str) -> Response:
    rt, campaign = site().rt, request.args.get("campaign", "")
    try:
        contact_board.refuse(rt, who(), body, campaign, number(), why=text("why"), of=text("of"))
    except approvals.ReasonMissing as refusal:
        return _request(body, refused("why", refusal))
    return done(_address(body), N_("申出を反映しないこととしました。"))


def _proposed(body: str, asking: Asking) -> Response:
    """The page of the proposal, or the request where its button was pressed."""
    rt = site().rt
    shown, faults = text("shown"), list[Fault]()
    if shown:
        try:
            asked = campaigns.request(rt, who(), body, asking, note=text("note"), shown=shown)
        except approvals.ShownOther as refusal:
            faults.append(refused("note", refusal))
        else:
            return done(f"/office/waiting/{asked.id}", N_("申請しました。別の担当者の承認を待っています。"))
    try:
        proposal = campaigns.proposal(rt, who(), body, asking)
    except Refusal as refusal:
        if asking.kind == ASK:
            raise
        return _blocked(body, refusal)
    made = page(
        "secretariat/contacts/propose.html",
        body=bodies.body_line(rt, who(), body),
        asking=asking,
        proposal=proposal,
        note=text("note"),
        faults=tuple(faults),
    )
    return make_response(made, 409 if faults else 200)


def _blocked(body: str, refusal: Refusal) -> Response:
    shown = page(
        "secretariat/contacts/blocked.html",
        body=bodies.body_line(site().rt, who(), body),
        missing=lines(refusal, language()),
    )
    return make_response(shown, status_of(refusal))


def _form(body: str, *faults: Fault) -> Response:
    line = bodies.body_line(site().rt, who(), body)
    names = ("scope", "last_day", "words", "contact")
    shown = page(
        "secretariat/contacts/new.html",
        body=line,
        typed={name: text(name) for name in names},
        faults=faults,
        longest={"words": LONGEST_WORDS, "contact": LONGEST_CONTACT},
    )
    return make_response(shown, 422 if faults else 200)


def _request(body: str, *faults: Fault) -> Response:
    shown = contact_board.request_of(site().rt, who(), body, request.args.get("campaign", ""), number())
    made = page(
        "secretariat/contacts/request.html",
        shown=shown,
        labels={field: label(field) for field, _, _ in shown.columns},
        states=STATE_WORDS,
        can_edit=who().role in ALLOWED[Act.EDIT_ROLL],
        faults=faults,
    )
    return make_response(made, 422 if faults else 200)


def _only() -> str:
    """The state that alone is looked at, else empty."""
    only = request.args.get("only", "")
    return only if only in contact_board.STATES else ""


def _address(body: str) -> str:
    kept = urlencode({name: value for name, value in request.args.items() if name == "campaign"})
    return f"/office/members/{body}/contacts" + (f"?{kept}" if kept else "")
