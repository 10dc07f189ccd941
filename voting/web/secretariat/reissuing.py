"""A code issued again: to a known address by one officer, to a new one by two."""

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import TWO_PERSONS, Act
from voting.services import stages
from voting.services.office import approvals
from voting.services.period import reissuing
from voting.services.period.amending import reason_of
from voting.services.period.deliveries import NotOnTheRoll
from voting.services.period.reissuing import Order
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.site import site

_FIELDS = {
    "not-on-the-roll": "member",
    "no-reason-given": "reason",
    "no-address": "new",
    "known-address": "new",
    "new-address": "address",
}


@secretariat.get("/a/<body>/<assembly>/reissue")
@access(Act.REISSUE, steps_up=True)
def reissue_page(body: str, assembly: str) -> Response:
    return _page(body, assembly)


@secretariat.post("/a/<body>/<assembly>/reissue")
@access(Act.REISSUE, steps_up=True)
def reissue(body: str, assembly: str) -> Response:
    """To an address that is on the roll: done at once."""
    try:
        order = Order(text("member"), text("address"), reason_of(request.form))
        reissuing.reissue(site().rt, who(), assembly_origin(body, assembly), order)
    except Refusal as refusal:
        return _told(body, assembly, refusal)
    address = f"/office/a/{body}/{assembly}/reissue?member={order.member_id}"
    return done(address, N_("回答コードを再発行しました。次の毎分の仕事で送られます。"))


@secretariat.post("/a/<body>/<assembly>/reissue/new")
@access(Act.REISSUE, proposing=True, steps_up=True)
def propose_reissue(body: str, assembly: str) -> Response:
    """To a new address: it waits for a second person."""
    terms = {
        "member": text("member"),
        "address": text("new"),
        "drop": text("drop"),
        "reason": text("reason"),
    }
    try:
        asked = approvals.request(
            site().rt, who(), assembly_origin(body, assembly), Act.REISSUE, note=text("note"), terms=terms
        )
    except Refusal as refusal:
        return _told(body, assembly, refusal)
    return done(f"/office/waiting/{asked.id}", N_("申請しました。別の担当者の承認を待っています。"))


def _told(body: str, assembly: str, refusal: Refusal) -> Response:
    if refusal.code not in _FIELDS:
        raise refusal
    if refusal.code == "no-reason-given":
        reason = N_("再発行の理由を、500文字以内で入力してください。理由は、記録に公表されます。")
        return _page(body, assembly, fault("reason", reason))
    return _page(body, assembly, refused(_FIELDS[refusal.code], refusal))


def _page(body: str, assembly: str, *faults: Fault) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    member, voter = (text("member") or request.args.get("member", "").strip()), None
    found = list(faults)
    if member:
        try:
            voter = reissuing.find(rt, who(), origin, member)
        except NotOnTheRoll as refusal:
            found = [refused("member", refusal)]
    text_of_page = page(
        "secretariat/during/reissue.html",
        assembly=stages.assembly_line(rt, origin),
        member=member,
        voter=voter,
        may_propose=who().role in TWO_PERSONS[Act.REISSUE].first,
        typed=request.form,
        faults=tuple(found),
    )
    return make_response(text_of_page, 422 if found else 200)
