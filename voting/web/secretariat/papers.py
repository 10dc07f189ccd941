"""Papers: the list, the arrival at the door, one paper, and whose it is."""

from contextlib import closing
from dataclasses import dataclass

from flask import make_response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from voting.core.ballots import Channel
from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.services import stages
from voting.services.desk import paper_list, paper_pages, paper_settling
from voting.services.desk import papers as verbs
from voting.services.desk.paper_scans import LARGEST_SCAN
from voting.services.errors import CountingDone, NotThatFar
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.moments import as_typed, moment
from voting.web.site import site

# A form with a scan: the file itself, and some lines beside it.
LARGEST_FORM = LARGEST_SCAN + 2**20
CHANNELS = (Channel.FAX, Channel.POST, Channel.HAND, Channel.MAIL)
# Which control mends what the verb refused; whatever is not here has a page of its own.
_FIELDS = {
    "bad-serial": "serial",
    "serial-taken": "serial",
    "not-a-paper-channel": "channel",
    "arrives-in-future": "arrived",
    "not-a-scan": "scan",
    "scan-too-large": "scan",
    "scan-unreadable": "scan",
    "scan-there": "scan",
    "sender-unknown": "sender",
    "sender-ambiguous": "sender",
    "form-of-another": "sender",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of an arrival as it was filled in."""

    serial: str
    channel: str
    arrived: str
    sender: str
    unclear: bool


def address(body: str, assembly: str, *parts: str) -> str:
    """The address of the papers of an assembly, or of one of them.  Shape: serials hold no slash."""
    return "/".join((f"/office/a/{body}/{assembly}/papers", *parts))


@secretariat.get("/a/<body>/<assembly>/papers")
@access(Act.READ_PARTICIPATION)
def papers(body: str, assembly: str) -> str:
    shown = paper_list.paper_list(site().rt, who(), assembly_origin(body, assembly))
    only_mine = request.args.get("only") == "mine"
    return page(
        "secretariat/papers/list.html",
        assembly=shown.assembly,
        papers=shown,
        lines=shown.for_me if only_mine else shown.open,
        only_mine=only_mine,
    )


@secretariat.get("/a/<body>/<assembly>/new-paper")
@access(Act.REGISTER_PAPER, largest=LARGEST_FORM, megabytes=LARGEST_SCAN // 2**20)
def new_paper(body: str, assembly: str) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    try:
        serial = paper_list.next_serial(rt, origin)
    except (NotThatFar, CountingDone):
        # The list says from when and how long papers are taken.
        return redirect(address(body, assembly), code=303)
    return _arrival(origin, Typed(serial, "", as_typed(rt.now()), "", unclear=False))


@secretariat.post("/a/<body>/<assembly>/new-paper")
@access(Act.REGISTER_PAPER, largest=LARGEST_FORM, megabytes=LARGEST_SCAN // 2**20)
def register_paper(body: str, assembly: str) -> Response:
    origin = assembly_origin(body, assembly)
    typed = Typed(
        text("serial"),
        text("channel"),
        text("arrived"),
        request.form.get("sender", "").strip(),
        unclear=text("unclear") == "yes",
    )
    arrived, scan = moment("arrived"), _uploaded("scan")
    faults = tuple(_missing(typed, has_hour=arrived is not None, has_scan=bool(scan)))
    if faults or arrived is None:
        return _arrival(origin, typed, *faults)
    try:
        verbs.arrive(
            site().rt,
            who(),
            origin,
            serial=typed.serial,
            channel=Channel(typed.channel),
            arrived_at=arrived,
            scan=scan,
            sender=typed.sender,
            unclear=typed.unclear,
        )
    except Refusal as refusal:
        return _arrival(origin, typed, _beside(refusal))
    return done(
        address(body, assembly, typed.serial),
        N_("書面 %(serial)s の到着を登録しました。"),
        serial=typed.serial,
    )


@secretariat.get("/a/<body>/<assembly>/papers/<serial>")
@access(Act.READ_PARTICIPATION)
def paper(body: str, assembly: str, serial: str) -> str:
    shown = paper_pages.paper_page(site().rt, who(), assembly_origin(body, assembly), serial)
    return page("secretariat/papers/one.html", assembly=shown.assembly, paper=shown)


@secretariat.get("/a/<body>/<assembly>/papers/<serial>/sender")
@access(Act.ENTER_PAPER)
def sender(body: str, assembly: str, serial: str) -> Response:
    return sender_page(body, assembly, serial)


@secretariat.post("/a/<body>/<assembly>/papers/<serial>/sender")
@access(Act.ENTER_PAPER)
def settle_sender(body: str, assembly: str, serial: str) -> Response:
    member, why = request.form.get("member", "").strip(), text("why")
    try:
        found = paper_settling.settle(
            site().rt, who(), assembly_origin(body, assembly), serial=serial, member=member, why=why
        )
    except Refusal as refusal:
        if refusal.code == "how-found-out":
            return sender_page(body, assembly, serial, refused("why", refusal))
        if refusal.code in ("sender-unknown", "sender-ambiguous", "form-of-another"):
            return sender_page(body, assembly, serial, refused("member", refusal))
        raise
    return done(
        address(body, assembly, serial),
        N_("差出人を%(member)sとしました。書面を入力できます。"),
        member=found.name,
    )


def _uploaded(name: str) -> bytes:
    """The bytes of a file; none where none was chosen."""
    file = request.files.get(name)
    if file is None:
        return b""
    with closing(file):
        content: bytes = file.read()
    return content


def _missing(typed: Typed, *, has_hour: bool, has_scan: bool) -> list[Fault]:
    faults = []
    if not typed.serial:
        faults.append(fault("serial", N_("整理番号を入力してください。")))
    if typed.channel not in CHANNELS:
        faults.append(fault("channel", N_("届いた方法を選んでください。")))
    if not has_hour:
        faults.append(
            fault("arrived", N_("到着の日付と時刻を「2026-06-03 16:03」のように入力してください。"))
        )
    if not has_scan:
        faults.append(fault("scan", N_("書面を読み取ったファイルを選んでください。")))
    if not typed.sender and not typed.unclear:
        faults.append(fault("sender", N_("差出人を入力するか、「差出人がはっきりしない」を選んでください。")))
    return faults


def _beside(refusal: Refusal) -> Fault:
    field = _FIELDS.get(refusal.code)
    if field is None:
        raise refusal
    return refused(field, refusal)


def _arrival(origin: str, typed: Typed, *faults: Fault) -> Response:
    shown = page(
        "secretariat/papers/new.html",
        assembly=stages.assembly_line(site().rt, origin),
        typed=typed,
        channels=CHANNELS,
        largest=LARGEST_SCAN // 2**20,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)


def sender_page(body: str, assembly: str, serial: str, *faults: Fault) -> Response:
    shown = paper_pages.paper_page(site().rt, who(), assembly_origin(body, assembly), serial)
    if shown.line.state != "unclear" and not faults:
        return redirect(address(body, assembly, serial), code=303)
    text_of_page = page(
        "secretariat/papers/sender.html",
        assembly=shown.assembly,
        paper=shown,
        member=request.form.get("member", ""),
        why=text("why"),
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
