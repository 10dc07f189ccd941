"""質問: what members asked, the replies to them, and the proposal to send replies to all."""

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.inquiries import LONGEST_INQUIRY, LONGEST_REPLY
from voting.core.permissions import ALLOWED, TWO_PERSONS, Act
from voting.i18n import lines
from voting.services.office import approvals, office_requests
from voting.services.period import deliveries, inquiries, received_inquiries, replies
from voting.services.period.inquiries import Drafted
from voting.services.period.received_inquiries import LONGEST_LINE, Received
from voting.services.printing import replies_letter
from voting.web.access import access
from voting.web.downloads import paper
from voting.web.errors import status_of
from voting.web.languages import N_, language
from voting.web.member.typed import read_request_key
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, refused, text
from voting.web.site import site

_LARGEST = 150_000  # bytes: a text that is too long is told so, and comes back in its form
_FIELDS = {
    "wording-missing": "wording",
    "reply-too-long": "reply",
    "inquiry-changed": "reply",
    "unprintable": "reply",
    "no-reason-given": "why",
}
_ASKED_FOR = {
    "member": N_("質問した会員の会員番号又は名称を入力してください。"),
    "way": N_("質問を受けた方法を選んでください。"),
    "question": N_("質問の内容を入力してください。"),
}
_RECEIVED_FIELDS = {
    "sender-unknown": "member",
    "inquirer-ambiguous": "member",
    "form-of-another": "member",
    "unknown-way": "way",
    "inquiry-unusable": "question",
    "unprintable": "question",
    "asked-already": "question",
}


@secretariat.get("/a/<body>/<assembly>/questions")
@access(Act.READ_PARTICIPATION)
def questions(body: str, assembly: str) -> str:
    shown = inquiries.desk(site().rt, who(), assembly_origin(body, assembly), language=language())
    return page(
        "secretariat/questions/list.html",
        assembly=shown.line,
        desk=shown,
        may_receive=shown.is_answerable and who().role in ALLOWED[Act.REGISTER_PAPER],
        may_propose=who().role in TWO_PERSONS[Act.SEND].first,
    )


@secretariat.get("/a/<body>/<assembly>/questions/receive")
@access(Act.REGISTER_PAPER)
def question_form(body: str, assembly: str) -> Response:
    return _receive_form(body, assembly)


@secretariat.post("/a/<body>/<assembly>/questions/receive")
@access(Act.REGISTER_PAPER, largest=_LARGEST)
def receive_question(body: str, assembly: str) -> Response:
    """Enter what a member asked by telephone or on paper."""
    missing = tuple(fault(name, asked) for name, asked in _ASKED_FOR.items() if not text(name))
    if missing:
        return _receive_form(body, assembly, *missing)
    received = Received(
        member=text("member"),
        way=text("way"),
        text=_long("question"),
        section=text("section"),
        asker=text("asker"),
        request_key=read_request_key(request.form) or site().rt.token(16),
    )
    try:
        number = received_inquiries.receive(site().rt, who(), assembly_origin(body, assembly), received)
    except Refusal as refusal:
        field = getattr(refusal, "field", None) or _RECEIVED_FIELDS.get(refusal.code)
        if field is None:
            raise
        return _receive_form(body, assembly, refused(field, refusal))
    said = N_("質問%(number)sを登録しました。")
    return done(f"{_address(body, assembly)}/{number}", said, number=str(number))


@secretariat.get("/a/<body>/<assembly>/questions/<int:number>")
@access(Act.READ_PARTICIPATION)
def question(body: str, assembly: str, number: int) -> Response:
    return _one(body, assembly, number)


@secretariat.post("/a/<body>/<assembly>/questions/<int:number>")
@access(Act.SEND, largest=_LARGEST)
def draft_reply(body: str, assembly: str, number: int) -> Response:
    drafted = Drafted(number, _long("wording"), _long("reply"), request.form.get("seen", ""))
    try:
        inquiries.draft(site().rt, who(), assembly_origin(body, assembly), drafted)
    except Refusal as refusal:
        return _refused(body, assembly, number, refusal)
    return done(_address(body, assembly), N_("質問%(number)sの回答案を保存しました。"), number=str(number))


@secretariat.post("/a/<body>/<assembly>/questions/<int:number>/aside")
@access(Act.SEND)
def set_question_aside(body: str, assembly: str, number: int) -> Response:
    try:
        inquiries.set_aside(site().rt, who(), assembly_origin(body, assembly), number, why=text("why"))
    except Refusal as refusal:
        return _refused(body, assembly, number, refusal)
    said = N_("質問%(number)sには回答しないこととしました。理由は、質問した会員の画面に表示されます。")
    return done(_address(body, assembly), said, number=str(number))


@secretariat.post("/a/<body>/<assembly>/questions/<int:number>/take-up")
@access(Act.SEND)
def take_question_up(body: str, assembly: str, number: int) -> Response:
    inquiries.take_up(site().rt, who(), assembly_origin(body, assembly), number)
    said = N_("質問%(number)sを、回答する質問に戻しました。")
    return done(f"{_address(body, assembly)}/{number}", said, number=str(number))


@secretariat.get("/a/<body>/<assembly>/questions/replies.pdf")
@access(Act.READ_PARTICIPATION)
def replies_pdf(body: str, assembly: str) -> Response:
    """What was sent so far, to be printed for members without an address for mails."""
    chosen = "en" if request.args.get("language") == "en" else "ja"
    origin = assembly_origin(body, assembly)
    content = replies_letter.replies_letter(site().rt, who(), origin, language=chosen)
    ending = "" if chosen == "ja" else f"-{chosen}"
    return paper(content, f"{body}-{assembly}-replies{ending}.pdf")


@secretariat.get("/a/<body>/<assembly>/questions/send")
@access(Act.SEND, proposing=True, steps_up=True)
def propose_replies(body: str, assembly: str) -> Response:
    return _proposal(body, assembly, _numbers(request.args.getlist("number")))


@secretariat.post("/a/<body>/<assembly>/questions/send")
@access(Act.SEND, proposing=True, steps_up=True)
def send_replies(body: str, assembly: str) -> Response:
    """Propose exactly what the page has shown."""
    chosen = _numbers(request.form.getlist("number"))
    try:
        asked = approvals.request(
            site().rt,
            who(),
            assembly_origin(body, assembly),
            Act.SEND,
            note=text("note"),
            terms=replies.terms_of(chosen),
            shown=request.form.get("shown", ""),
        )
    except approvals.ShownOther as refusal:
        return _proposal(body, assembly, chosen, refused("note", refusal))
    return done(f"/office/waiting/{asked.id}", N_("申請しました。別の担当者の承認を待っています。"))


def _receive_form(body: str, assembly: str, *faults: Fault) -> Response:
    shown = inquiries.desk(site().rt, who(), assembly_origin(body, assembly), language=language())
    text_of_page = page(
        "secretariat/questions/receive.html",
        assembly=shown.line,
        ways=deliveries.CHANNELS,
        typed=request.form,
        request_key=request.form.get("request_key") or site().rt.token(16).hex(),
        longest=LONGEST_INQUIRY,
        longest_line=LONGEST_LINE,
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)


def _proposal(body: str, assembly: str, chosen: list[int], *faults: Fault) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    shown = office_requests.proposal(rt, origin, Act.SEND, terms=replies.terms_of(chosen))
    text_of_page = page(
        "secretariat/questions/send.html",
        assembly=shown.assembly,
        proposal=shown,
        chosen=sorted(set(chosen)),
        audience=replies.audience(rt, who(), origin),
        missing=() if shown.refusal is None else lines(shown.refusal, language()),
        note=text("note"),
        faults=faults,
    )
    if shown.refusal is not None:
        return make_response(text_of_page, status_of(shown.refusal))
    return make_response(text_of_page, 422 if faults else 200)


def _refused(body: str, assembly: str, number: int, refusal: Refusal) -> Response:
    """The page of the question with what was typed, where it can be mended there."""
    if refusal.code not in _FIELDS:
        raise refusal
    return _one(body, assembly, number, refused(_FIELDS[refusal.code], refusal))


def _one(body: str, assembly: str, number: int, *faults: Fault) -> Response:
    line, found = inquiries.one(site().rt, who(), assembly_origin(body, assembly), number)
    text_of_page = page(
        "secretariat/questions/one.html",
        assembly=line,
        asked=found,
        typed=request.form,
        faults=faults,
        may_write=who().role in ALLOWED[Act.SEND],
        longest=LONGEST_INQUIRY,
        longest_reply=LONGEST_REPLY,
    )
    return make_response(text_of_page, 422 if faults else 200)


def _numbers(given: list[str]) -> list[int]:
    """What is no number was never on the page."""
    return [int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 7]


def _long(name: str) -> str:
    """A text of several lines; a browser ends each with two characters."""
    return text(name).replace("\r\n", "\n")


def _address(body: str, assembly: str) -> str:
    return f"/office/a/{body}/{assembly}/questions"
