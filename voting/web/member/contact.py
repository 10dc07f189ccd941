"""A member's own contact data: looked at with the code of a mail, confirmed, or asked to be changed.

The code goes along in the form of each page, so that no address and no cookie holds it.  No ballot is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.postal import beside_postal
from voting.i18n import sentence
from voting.services.office import limits
from voting.services.register import contact_answers
from voting.services.register.contact_answers import (
    CHANGEABLE,
    ContactSeenOther,
    NothingWanted,
    Sender,
    UnknownContactCode,
)
from voting.services.register.membership import MemberUnsound, typed_of
from voting.web.access import Audience, access
from voting.web.addresses import visitor
from voting.web.errors import status_of
from voting.web.languages import language
from voting.web.member.typed import LONGEST_LINE, FormFault, line_faults, text_faults, typed
from voting.web.member_fields import label
from voting.web.site import render, site

contact = Blueprint("contact", __name__)
_UNPROCESSABLE = 422
_LONGEST_REMARK = 1000
_OF_THE_CODE = frozenset({"not-a-code", "unknown-contact-code", "campaign-over", "too-many-tries"})


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed so far.

    Shape   ``wanted``: field of CHANGEABLE -> text; ``wrong``: such a field -> a sentence; ``refusal`` one;
            ``seen``: what the page has shown from which this was typed.
    """

    section: str = ""
    person: str = ""
    remark: str = ""
    wanted: dict[str, str] = field(default_factory=dict)
    faults: tuple[FormFault, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    seen: str = ""

    @property
    def sender(self) -> Sender:
        return Sender(self.section, self.person)


@contact.get("/contact")
@access(Audience.PUBLIC)
def contact_code() -> str:
    """Where the code of the mail is typed, or taken from the link's fragment."""
    return render("member/contact/code.html", fault="")


@contact.post("/contact")
@access(Audience.PUBLIC)
def known() -> Response:
    """What is known of the member.  Nothing is recorded."""
    return _shown("known", Filled())


@contact.post("/contact/confirm")
@access(Audience.PUBLIC)
def confirm() -> Response:
    """Everything is right."""

    def record(code: str, filled: Filled) -> None:
        contact_answers.confirm_known(site().rt, code, filled.sender, seen=filled.seen)

    return _answer("known", record)


@contact.post("/contact/change-form")
@access(Audience.PUBLIC)
def change_form() -> Response:
    """The fields to be changed, filled with what is known.  Nothing is recorded."""
    return _shown("change", replace(_typed(), seen=""))


@contact.post("/contact/change")
@access(Audience.PUBLIC)
def ask_change() -> Response:
    """Ask the office to change something."""

    def record(code: str, filled: Filled) -> None:
        rt, sender = site().rt, filled.sender
        contact_answers.ask_change(rt, code, sender, filled.wanted, seen=filled.seen, remark=filled.remark)

    return _answer("change", record)


@contact.post("/contact/elsewhere-form")
@access(Audience.PUBLIC)
def elsewhere_form() -> Response:
    """Where another section is named.  Nothing is recorded."""
    return _shown("elsewhere", replace(_typed(), seen=""))


@contact.post("/contact/elsewhere")
@access(Audience.PUBLIC)
def say_elsewhere() -> Response:
    """Another section answers for this member."""

    def record(code: str, filled: Filled) -> None:
        rt, sender = site().rt, filled.sender
        contact_answers.say_elsewhere(rt, code, sender, seen=filled.seen, remark=filled.remark)

    return _answer("elsewhere", record)


def _answer(name: str, record: Callable[[str, Filled], None]) -> Response:
    """Record the answer and show that it was, or the page *name* again with what has to be mended."""
    rt, counted, filled = site().rt, _counted(), _checked(_typed())
    if filled.faults:
        return _shown(name, filled)
    try:
        limits.require_tries_left(rt, counted)
        record(request.form.get("code", ""), filled)
    except UnknownContactCode as refused:
        limits.count_try(rt, counted)
        return _code_again(refused)
    except ContactSeenOther as refused:
        # What was typed into the fields was meant for the old entry: the new one is looked at first.
        old = replace(filled, refusal=sentence(refused, language()), seen="")
        return _shown("known" if name == "change" else name, old)
    except MemberUnsound as refused:
        return _shown(name, replace(filled, wrong=refused.words(language(), label)))
    except Refusal as refused:
        if refused.code == NothingWanted.code:
            return _shown(name, replace(filled, refusal=sentence(refused, language())))
        if refused.code not in _OF_THE_CODE:
            raise
        return _code_again(refused)
    return _shown("done", filled)


def _typed() -> Filled:
    form = request.form
    return Filled(
        section=typed(form, "section"),
        person=typed(form, "person"),
        remark=typed(form, "remark"),
        seen=form.get("seen", ""),
        wanted={each: typed(form, f"wanted-{each}") for each in CHANGEABLE if f"wanted-{each}" in form},
    )


def _checked(filled: Filled) -> Filled:
    return replace(
        filled,
        faults=(
            *line_faults("section", filled.section),
            *line_faults("person", filled.person),
            *text_faults("remark", filled.remark, _LONGEST_REMARK),
        ),
    )


def _shown(name: str, filled: Filled) -> Response:
    """The page *name* for whoever holds the code, or the code's own page where it opens nothing."""
    rt, code = site().rt, request.form.get("code", "")
    counted = _counted()
    try:
        # Behind one gateway sit many offices: what is no code at all costs nothing and is not counted.
        limits.require_tries_left(rt, counted)
        page = contact_answers.contact_page(rt, code)
    except UnknownContactCode as refused:
        limits.count_try(rt, counted)
        return _code_again(refused)
    except Refusal as refused:
        if refused.code not in _OF_THE_CODE:
            raise
        return _code_again(refused)
    known = typed_of(page.member)
    text = render(
        f"member/contact/{name}.html",
        page=page,
        code=code,
        filled=filled,
        # The fields to be changed are compared with the entry that they were typed over.
        seen=filled.seen if name == "change" and filled.seen else page.seen,
        known=known,
        others=tuple(pair for pair in beside_postal(page.member) if pair[1]),
        wanted={each: filled.wanted.get(each, known[each]) for each in CHANGEABLE},
        longest_line=LONGEST_LINE,
        longest_remark=_LONGEST_REMARK,
    )
    is_wrong = filled.faults or filled.wrong or filled.refusal
    return make_response(text, _UNPROCESSABLE if is_wrong else 200)


def _counted() -> limits.Counted:
    return limits.CONTACT_CODES_FROM_ADDRESS, visitor()


def _code_again(refused: Refusal) -> Response:
    text = render("member/contact/code.html", fault=sentence(refused, language()))
    return make_response(text, status_of(refused))
