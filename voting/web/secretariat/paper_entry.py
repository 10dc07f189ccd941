"""What stands on a paper: entered beside its picture, checked blind, looked at once more where two differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from flask import abort, make_response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from voting.core.ballots import Choice, Mark
from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.services.casting.motion_lines import MotionLine
from voting.services.desk import paper_list, paper_pages, paper_readings, paper_scans
from voting.services.desk import papers as verbs
from voting.services.desk.paper_refusals import ReadByTheSame, ReadingsDiffer, SenderUnclear
from voting.services.desk.paper_scans import Scan
from voting.services.period.proxies import ProxyNotAllowed
from voting.web.access import access
from voting.web.languages import N_
from voting.web.member.choices import LONGEST_OPINION, read_choices
from voting.web.member.typed import FormFault
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.secretariat.papers import address, sender_page
from voting.web.site import site

# A mark that is not offered may stand on a paper all the same; what it is worth the rules say.
MARKS = (Mark.FOR, Mark.AGAINST, Mark.ABSTAIN, Mark.BLANK, Mark.BOTH)
DEFECTS = (
    N_("記名がない"),
    N_("記載が判読できない"),
    N_("別の総会の用紙である"),
    N_("変更前の議案の用紙である"),
    N_("委任を認める定めがない"),
    N_("その他の不備がある"),
)
_PROXY_TICK = "proxy-yes"
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
_MEMBER_CODES = ("sender-unknown", "sender-ambiguous", "form-of-another", "not-on-roll")


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as filled in so far.  Shape: ``marked`` holds (field, value) of everything ticked."""

    member: str = ""
    marked: frozenset[tuple[str, str]] = frozenset()
    defect: str = ""
    opinion: str = ""
    choices: dict[int, Choice] = field(default_factory=dict)
    proxy: bool = False


@secretariat.get("/a/<body>/<assembly>/papers/<serial>/entry")
@access(Act.ENTER_PAPER)
def entry(body: str, assembly: str, serial: str) -> Response:
    return _entry_page(body, assembly, serial, Typed())


@secretariat.post("/a/<body>/<assembly>/papers/<serial>/entry")
@access(Act.ENTER_PAPER)
def enter(body: str, assembly: str, serial: str) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    shown = paper_pages.entry_page(rt, who(), origin, serial)
    typed, faults = _typed(shown.motions)
    try:
        member = paper_list.member_number(rt, origin, typed.member)
    except Refusal as refusal:
        if refusal.code not in _MEMBER_CODES:
            raise
        faults = (refused("member", refusal), *faults)
        member = ""
    if faults:
        return _entry_page(body, assembly, serial, typed, *faults)
    sheet = verbs.Sheet(
        member, typed.choices, proxy=typed.proxy, defect=typed.defect or None, opinion=typed.opinion
    )
    try:
        receipt = verbs.read(rt, who(), origin, serial=serial, sheet=sheet)
    except ProxyNotAllowed as refusal:
        return _entry_page(body, assembly, serial, typed, refused(_PROXY_TICK, refusal))
    except (ReadingsDiffer, ReadByTheSame, SenderUnclear) as refusal:
        return _look_again(body, assembly, serial, refusal)
    return _read(body, assembly, serial, is_done=receipt is not None)


@secretariat.post("/a/<body>/<assembly>/papers/<serial>/aside")
@access(Act.ENTER_PAPER)
def put_aside(body: str, assembly: str, serial: str) -> Response:
    """Say that the sender is on no roll, or cannot be made out; two persons have to."""
    rt, origin, why = site().rt, assembly_origin(body, assembly), text("aside")
    if not why:
        missing = fault("aside", N_("除く理由を入力してください。"))
        if paper_pages.paper_page(rt, who(), origin, serial).line.state == "unclear":
            return sender_page(body, assembly, serial, missing)
        return _entry_page(body, assembly, serial, Typed(), missing)
    try:
        is_done = verbs.reject(rt, who(), origin, serial=serial, why=why)
    except (ReadingsDiffer, ReadByTheSame) as refusal:
        return _look_again(body, assembly, serial, refusal)
    if is_done:
        return done(
            address(body, assembly, serial),
            N_("二人の判断が一致しました。差出人が名簿にない書面として除きました。"),
        )
    return _read(body, assembly, serial, is_done=False)


@secretariat.post("/a/<body>/<assembly>/papers/<serial>/adopt")
@access(Act.ENTER_PAPER)
def adopt(body: str, assembly: str, serial: str) -> Response:
    """Say which of the readings that differ is right."""
    origin = assembly_origin(body, assembly)
    try:
        is_done = paper_readings.adopt(site().rt, who(), origin, serial, text("reading"))
    except (ReadingsDiffer, ReadByTheSame) as refusal:
        return _look_again(body, assembly, serial, refusal)
    return _read(body, assembly, serial, is_done=is_done)


@secretariat.post("/a/<body>/<assembly>/papers/<serial>/take-back")
@access(Act.ENTER_PAPER)
def take_back(body: str, assembly: str, serial: str) -> Response:
    verbs.take_back(site().rt, who(), assembly_origin(body, assembly), serial=serial)
    return done(
        address(body, assembly, serial, "entry"),
        N_("自分の入力を取り消しました。もう一度入力できます。"),
    )


@secretariat.get("/a/<body>/<assembly>/papers/<serial>/scan")
@access(Act.ENTER_PAPER)
def scan(body: str, assembly: str, serial: str) -> Response:
    return _file(paper_scans.scan(site().rt, who(), assembly_origin(body, assembly), serial))


@secretariat.get("/a/<body>/<assembly>/papers/<serial>/scan/<int:number>")
@access(Act.ENTER_PAPER)
def scan_picture(body: str, assembly: str, serial: str, number: int) -> Response:
    found = paper_scans.scan(site().rt, who(), assembly_origin(body, assembly), serial)
    return _picture(found, number)


@secretariat.get("/a/<body>/<assembly>/papers/<serial>/evidence")
@access(Act.READ_NAMES)
def evidence(body: str, assembly: str, serial: str) -> Response:
    return _file(paper_scans.evidence(site().rt, who(), assembly_origin(body, assembly), serial))


@secretariat.get("/a/<body>/<assembly>/papers/<serial>/evidence/<int:number>")
@access(Act.READ_NAMES)
def evidence_picture(body: str, assembly: str, serial: str, number: int) -> Response:
    found = paper_scans.evidence(site().rt, who(), assembly_origin(body, assembly), serial)
    return _picture(found, number)


def _typed(motions: Iterable[MotionLine]) -> tuple[Typed, tuple[Fault, ...]]:
    """What was filled in, and what is missing of it."""
    # More names than seats make a paper invalid; they are entered as they stand on it.
    asked = [replace(each, seats=len(each.candidates)) for each in motions]
    choices, marked, wrong = read_choices(request.form, asked, tuple(mark.value for mark in MARKS))
    defect, opinion = text("defect"), request.form.get("opinion", "").strip()
    is_proxy = request.form.get("proxy") == "yes"
    faults = [] if is_proxy else [_fault(each) for each in wrong]
    if is_proxy and marked:
        faults.append(
            fault(
                _PROXY_TICK, N_("「委任状」と議案の記載の両方が選ばれています。どちらか一方にしてください。")
            )
        )
    if defect and defect not in DEFECTS:
        faults.append(fault("defect", N_("不備を一覧から選んでください。")))
    if len(opinion) > LONGEST_OPINION:
        faults.append(fault("opinion", N_("意見は%(most)d文字までです。"), most=LONGEST_OPINION))
    typed = Typed(
        member=request.form.get("member", "").strip(),
        marked=marked | ({("proxy", "yes")} if is_proxy else set()),
        defect=defect,
        opinion=opinion,
        choices={} if is_proxy else choices,
        proxy=is_proxy,
    )
    return typed, tuple(faults)


def _fault(wrong: FormFault) -> Fault:
    if wrong.reason == "nobody-and-names":
        return fault(
            wrong.target, N_("%(about)sは、候補者と「印がない」の両方が選ばれています。"), about=wrong.about
        )
    return fault(wrong.target, N_("%(about)sの記載を選んでください。"), about=wrong.about)


def _entry_page(body: str, assembly: str, serial: str, typed: Typed, *faults: Fault) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    shown = paper_pages.entry_page(rt, who(), origin, serial)
    state = shown.page.line.state
    if state == "unclear" and not faults:
        return redirect(address(body, assembly, serial, "sender"), code=303)
    is_mine = state == "entered" and shown.page.line.has_mine
    text_of_page = page(
        f"secretariat/papers/{'mine' if is_mine else 'entry'}.html",
        assembly=shown.page.assembly,
        entry=shown,
        paper=shown.page,
        scan=paper_scans.scan(rt, who(), origin, serial),
        marks=MARKS,
        defects=DEFECTS,
        typed=typed,
        longest_opinion=LONGEST_OPINION,
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)


def _look_again(body: str, assembly: str, serial: str, refusal: Refusal) -> Response:
    """Where the reading cannot stand by itself: the page that says why, and what to do."""
    here = address(body, assembly, serial, "entry")
    if isinstance(refusal, ReadingsDiffer):
        return done(here, N_("入力は残しましたが、別の担当者の入力と一致しません。"))
    if isinstance(refusal, ReadByTheSame):
        return done(here, N_("この書面は、自分の入力が済んでいます。何も変わっていません。"))
    return redirect(address(body, assembly, serial, "sender"), code=303)


def _read(body: str, assembly: str, serial: str, *, is_done: bool) -> Response:
    if is_done:
        return done(address(body, assembly, serial), N_("二人の入力が一致しました。次のとおり処理しました。"))
    return done(
        address(body, assembly) + "?only=mine",
        N_("書面 %(serial)s を入力しました。別の担当者の確認を待っています。"),
        serial=serial,
    )


def _file(found: Scan) -> Response:
    """The file as it came; a picture is shown by itself, anything else is saved."""
    response = _locked(found.content, found.mimetype or "application/octet-stream")
    how = "inline" if found.mimetype.startswith("image/") else "attachment"
    ending = found.mimetype.rpartition("/")[2] or "bin"
    name = quote(f"{found.serial}.{ending}", safe="")
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{name}"
    return response


def _picture(found: Scan, number: int) -> Response:
    shown = found.picture(number)
    if shown is None:
        abort(404)
    return _locked(shown.content, shown.mimetype)


def _locked(content: bytes, mimetype: str) -> Response:
    """Somebody else's file: nothing in it may run, and no other page may hold it."""
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response
