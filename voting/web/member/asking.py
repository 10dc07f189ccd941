"""A member's questions: the form, what it has asked, and the replies to all.  None of it is a vote."""

from dataclasses import dataclass

from flask import Blueprint, Response, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.errors import Refusal
from voting.core.inquiries import LONGEST_INQUIRY
from voting.i18n import sentence
from voting.services.casting import pages
from voting.services.period import asking
from voting.services.period.asking import Ask
from voting.web.access import Audience, access
from voting.web.errors import status_of
from voting.web.languages import language
from voting.web.member.typed import (
    LONGEST_LINE,
    Form,
    FormFault,
    line_faults,
    read_request_key,
    text_faults,
    typed,
)
from voting.web.site import render, site

questions = Blueprint("questions", __name__)
_UNPROCESSABLE = 422
# Refusals that leave the text in the form: it is not to be typed again.
_TOLD_IN_THE_FORM = frozenset({"asked-too-often", "asked-already", "asking-over", "asking-off"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as typed so far."""

    text: str = ""
    section: str = ""
    asker: str = ""
    faults: tuple[FormFault, ...] = ()


@questions.get("/vote/questions")
@access(Audience.MEMBER)
def form() -> str:
    return _page(Typed())


@questions.post("/vote/questions")
@access(Audience.MEMBER)
def ask() -> AnyResponse:
    """Keep a question and show that it was received; the same form sent again is one question."""
    filled, request_key = _read(request.form), read_request_key(request.form)
    if filled.faults or request_key is None:
        return make_response(_page(filled), _UNPROCESSABLE)
    try:
        number = asking.ask(site().rt, Ask(g.key, filled.text, filled.section, filled.asker, request_key))
    except Refusal as refused:
        if refused.code not in _TOLD_IN_THE_FORM:
            raise
        return make_response(_page(filled, refusal=sentence(refused, language())), status_of(refused))
    return redirect(f"/vote/questions/{number}", code=303)


@questions.get("/vote/questions/<int:number>")
@access(Audience.MEMBER)
def received(number: int) -> str:
    """One question of this very member."""
    rt = site().rt
    return render(
        "member/question.html",
        page=asking.asking_page(rt, g.key, language=language()),
        own=asking.own_inquiry(rt, g.key, number, language=language()),
    )


@questions.get("/vote/questions/replies-<int:index>.txt")
@access(Audience.MEMBER)
def sent_text(index: int) -> Response:
    """What was sent to all, byte for byte as the ledger's digest has it."""
    response = Response(asking.sent_text(site().rt, g.key, index), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="replies-{index:06d}.txt"'
    return response


def _read(given: Form) -> Typed:
    text, section, asker = (typed(given, name) for name in ("question", "section", "asker"))
    empty = () if text else (FormFault("question", "question", "empty"),)
    return Typed(
        text,
        section,
        asker,
        faults=(
            *empty,
            *text_faults("question", text, LONGEST_INQUIRY),
            *line_faults("section", section),
            *line_faults("asker", asker),
        ),
    )


def _page(filled: Typed, *, refusal: str = "") -> str:
    rt = site().rt
    return render(
        "member/questions.html",
        page=asking.asking_page(rt, g.key, language=language()),
        ballot=pages.member_page(rt, g.key, language=language()),
        filled=filled,
        faults=filled.faults,
        refusal=refusal,
        request_key=rt.token(16).hex(),
        longest=LONGEST_INQUIRY,
        longest_line=LONGEST_LINE,
    )
