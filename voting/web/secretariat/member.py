"""One member: entered, looked at with its history, changed, leaving; and seats in a committee."""

from urllib.parse import urlencode

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.members import Member
from voting.core.permissions import ALLOWED, Act
from voting.services.register import bodies, member_list, membership
from voting.services.register.bodies import BodyLine
from voting.services.register.membership import EDITABLE, EDITABLE_SEAT, MemberUnsound, typed_of
from voting.web.access import access
from voting.web.languages import N_, language, say
from voting.web.member_fields import label
from voting.web.office import done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.secretariat.member_words import day_words, differences, facts_of, number
from voting.web.secretariat.members import member_table, wanted_members
from voting.web.site import site


@secretariat.get("/members/<body>/member")
@access(Act.READ_ROLL)
def member(body: str) -> str:
    shown = member_list.member_page(site().rt, who(), body, number())
    return page(
        "secretariat/members/member.html",
        shown=shown,
        facts=facts_of(shown.member),
        days=day_words,
        history=tuple((each.act, each.is_new, _rows(each.is_new, each.columns)) for each in shown.history),
        can_edit=who().role in ALLOWED[Act.EDIT_ROLL],
    )


@secretariat.get("/members/<body>/new-member")
@access(Act.EDIT_ROLL)
def new_member(body: str) -> Response:
    return _form(body, typed_of(Member("", "")))


@secretariat.post("/members/<body>/new-member")
@access(Act.EDIT_ROLL)
def join_member(body: str) -> Response:
    typed = _typed("member_id", *EDITABLE)
    try:
        made = membership.join(site().rt, who(), body, typed)
    except MemberUnsound as refusal:
        return _form(body, typed, *_faults(refusal))
    except Refusal as refusal:
        if refusal.code != "already-there":
            raise
        return _form(body, typed, refused("member_id", refusal))
    return done(_address(body, made.member_id), N_("会員を登録しました。"))


@secretariat.get("/members/<body>/member/edit")
@access(Act.EDIT_ROLL)
def member_form(body: str) -> Response:
    shown = member_list.member_page(site().rt, who(), body, number())
    return _form(body, typed_of(shown.member), of=shown.member, seen=shown.stamp)


@secretariat.post("/members/<body>/member/edit")
@access(Act.EDIT_ROLL)
def edit_member(body: str) -> Response:
    rt, seen = site().rt, text("seen")
    line = bodies.body_line(rt, who(), body)
    typed = _typed(*(EDITABLE if line.parent is None else EDITABLE_SEAT))
    try:
        changed = membership.edit(rt, who(), body, number(), typed, seen=seen)
    except MemberUnsound as refusal:
        stored = member_list.member_page(rt, who(), body, number()).member
        return _form(body, typed_of(stored) | typed, *_faults(refusal), of=stored, seen=seen)
    said = N_("変更を登録しました。") if changed else N_("変更はありませんでした。")
    return done(_address(body, number()), said)


@secretariat.get("/members/<body>/member/leave")
@access(Act.EDIT_ROLL)
def confirm_leaving(body: str) -> Response:
    return _leave_page(body)


@secretariat.post("/members/<body>/member/leave")
@access(Act.EDIT_ROLL)
def enter_leaving(body: str) -> Response:
    try:
        day = membership.leave(site().rt, who(), body, number(), left=text("left"))
    except Refusal as refusal:
        if refusal.code not in ("no-date", "outside-era", "wrong-weekday", "leaves-before-joining"):
            raise
        return _leave_page(body, refused("left", refusal))
    return done(_address(body, number()), N_("退会(%(day)s)を登録しました。"), day=day_words(day))


@secretariat.post("/members/<body>/member/return")
@access(Act.EDIT_ROLL)
def take_back_leaving(body: str) -> Response:
    membership.take_back_leaving(site().rt, who(), body, number())
    return done(_address(body, number()), N_("退会を取り消しました。"))


@secretariat.post("/members/<body>/member/contact")
@access(Act.EDIT_ROLL)
def confirm_contact(body: str) -> Response:
    membership.confirm_contact(site().rt, who(), body, number())
    return done(_address(body, number()), N_("連絡先を確認したことを記録しました。"))


@secretariat.get("/members/<body>/seats")
@access(Act.EDIT_ROLL)
def seats(body: str) -> Response:
    return _seats(body)


@secretariat.post("/members/<body>/seats")
@access(Act.EDIT_ROLL)
def add_seats(body: str) -> Response:
    """Give those chosen a seat in the committee."""
    try:
        added = membership.seat(site().rt, who(), body, request.form.getlist("member"), joined=text("joined"))
    except Refusal as refusal:
        if refusal.code not in ("nobody-chosen", "no-date", "outside-era", "wrong-weekday"):
            raise
        return _seats(body, refused("member" if refusal.code == "nobody-chosen" else "joined", refusal))
    return done(f"/office/members/{body}/register", N_("%(count)s会員を部会に加えました。"), count=str(added))


def _address(body: str, member_id: str) -> str:
    return f"/office/members/{body}/member?" + urlencode({"number": member_id})


def _typed(*fields: str) -> dict[str, str]:
    return {field: request.form.get(field, "") for field in fields}


def _faults(refusal: MemberUnsound) -> tuple[Fault, ...]:
    said = refusal.words(language(), label)
    if "member_id" in said and not text("member_id"):
        # The words of a sheet would speak of deleting its line.
        said = {**said, "member_id": say(N_("会員番号を入力してください。"))}
    return tuple(Fault(field, words) for field, words in said.items())


def _rows(
    is_new: bool, columns: tuple[tuple[str, Member | None, Member], ...]
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        row
        for field, before, after in columns
        for row in differences(None if is_new else before, after, (field,))
    )


def _form(
    body: str, typed: dict[str, str], *faults: Fault, of: Member | None = None, seen: str = ""
) -> Response:
    line: BodyLine = bodies.body_line(site().rt, who(), body)
    fields = EDITABLE if line.parent is None else EDITABLE_SEAT
    used = member_list.register_page(site().rt, who(), body)
    shown = page(
        "secretariat/members/form.html",
        body=line,
        of=of,
        seen=seen,
        typed=typed,
        fields=fields if of is not None else ("member_id", *fields),
        labels={field: label(field) for field in typed},
        used={"category": used.categories, "kind": used.kinds, "prefecture": used.prefectures},
        frozen=used.frozen,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)


def _leave_page(body: str, *faults: Fault) -> Response:
    shown = page(
        "secretariat/members/leave.html",
        shown=member_list.member_page(site().rt, who(), body, number()),
        typed=text("left"),
        days=day_words,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)


def _seats(body: str, *faults: Fault) -> Response:
    wanted = wanted_members()
    found = member_list.candidates(site().rt, who(), body)
    shown = page(
        "secretariat/members/seats.html",
        shown=found,
        wanted=wanted,
        table=member_table(member_list.found(found.lines, wanted)),
        chosen=frozenset(request.form.getlist("member")),
        joined=text("joined"),
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)
