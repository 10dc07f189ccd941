"""The delivery board: how far the mails have come, what keeps the rest, and what officers know besides."""

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import ALLOWED, Act
from voting.services.period import deliveries
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.moments import moment
from voting.web.secretariat.plan_words import told
from voting.web.secretariat.tables import table
from voting.web.site import site

_LOOK_AGAIN = 5  # seconds
_FIELDS = {"not-on-the-roll": "member", "unknown-channel": "channel", "not-then": "at"}


@secretariat.get("/a/<body>/<assembly>/deliveries")
@access(Act.READ_PARTICIPATION)
def delivery_board(body: str, assembly: str) -> Response:
    return _board(body, assembly)


@secretariat.post("/a/<body>/<assembly>/deliveries")
@access(Act.RECORD_FACT)
def record_delivery(body: str, assembly: str) -> Response:
    """Record what an officer knows of a notice."""
    at = moment("at")
    if at is None:
        return _board(
            body, assembly, fault("at", N_("日付と時刻を「2026-06-03 16:03」のように入力してください。"))
        )
    if text("status") not in ("delivered", "failed"):
        return _board(body, assembly, fault("status", N_("届いたかどうかを選んでください。")))
    try:
        deliveries.report(
            site().rt,
            who(),
            assembly_origin(body, assembly),
            member_id=text("member"),
            channel=text("channel"),
            is_delivered=text("status") == "delivered",
            at=at,
        )
    except Refusal as refusal:
        if refusal.code not in _FIELDS:
            raise
        return _board(body, assembly, refused(_FIELDS[refusal.code], refusal))
    return done(f"/office/a/{body}/{assembly}/deliveries", N_("通知の到達を記録しました。"))


def _board(body: str, assembly: str, *faults: Fault) -> Response:
    shown = deliveries.board(site().rt, who(), assembly_origin(body, assembly))
    may_record = shown.may_record and who().role in ALLOWED[Act.RECORD_FACT]
    waiting = sum(each.waiting for each in shown.kinds)
    # What somebody is typing must not be lost: beside the form the page looks again only when asked to.
    is_looking = (
        request.method == "GET" and request.args.get("refresh", "off" if may_record else "on") == "on"
    )
    place_of = {each.member_id: place for place, each in enumerate(shown.troubles)}
    columns = {
        "prefecture": lambda each: place_of[each.member_id],
        "member": lambda each: each.member_id,
        "state": lambda each: (each.state, each.member_id),
        "since": lambda each: (each.since, each.member_id),
    }
    text_of_page = page(
        "secretariat/during/deliveries.html",
        assembly=shown.line,
        board=shown,
        table=table(shown.troubles, columns, sort="prefecture"),
        told=told,
        channels=deliveries.CHANNELS,
        may_record=may_record,
        sent=sum(each.sent for each in shown.kinds),
        total=sum(each.total for each in shown.kinds),
        waiting=waiting,
        typed=request.form,
        faults=faults,
        seconds=_LOOK_AGAIN if waiting and is_looking else 0,
    )
    return make_response(text_of_page, 422 if faults else 200)
