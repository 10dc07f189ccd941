"""The member's pages: code, ballot, confirmation, receipt."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.errors import Refusal
from voting.i18n import sentence
from voting.services.casting import ballots, own_vote, pages, receipt_page
from voting.services.casting.answers import choices_json
from voting.services.casting.ballot_form import BallotForm
from voting.services.casting.ballots import Cast, TextsChanged
from voting.services.errors import UnknownCode
from voting.services.office import limits
from voting.web.access import Audience, access
from voting.web.addresses import visitor
from voting.web.errors import status_of
from voting.web.forms import FIELD
from voting.web.languages import choose, language
from voting.web.member.choices import LONGEST_OPINION, Filled, offered_marks, read_ballot
from voting.web.member.receipt import receipt_html
from voting.web.member.typed import LONGEST_LINE, read_request_key
from voting.web.sessions import NONCE_BYTES
from voting.web.site import render, site
from voting.wording.pages import PAGES

member = Blueprint("member", __name__)
_UNPROCESSABLE = 422


@member.get("/v")
@access(Audience.PUBLIC)
def code() -> str:
    """Where a code is typed, pasted, or taken from the link's fragment."""
    return render("member/code.html", fault="")


@member.post("/v")
@access(Audience.PUBLIC)
def open_ballot() -> AnyResponse:
    rt = site().rt
    # Behind one gateway sit many offices: what is no code at all costs nothing and is not counted.
    counted = (limits.BALLOT_CODES_FROM_ADDRESS, visitor())
    limits.require_tries_left(rt, counted)
    try:
        key = ballots.open_code(rt, request.form.get("code", ""))
    except Refusal as refused:
        if isinstance(refused, UnknownCode):
            limits.count_try(rt, counted)
        return make_response(
            render("member/code.html", fault=sentence(refused, language())), status_of(refused)
        )
    ballots.note_opening(rt, key)
    response = redirect("/vote", code=303)
    sessions = site().sessions
    sessions.keep(response, sessions.seal(key, made_at=rt.now(), nonce=rt.token(NONCE_BYTES)))
    return response


@member.post("/leave")
@access(Audience.PUBLIC)
def leave() -> Response:
    """Forget the code on this computer, which others may use."""
    here = site()
    response = make_response(render("member/left.html"))
    here.sessions.forget(response)
    here.forms.forget(response)
    return response


@member.get("/vote")
@access(Audience.MEMBER)
def vote() -> str:
    return _ballot(_page(), Filled())


@member.post("/vote/fill")
@access(Audience.MEMBER)
def fill() -> Response | str:
    """Show the ballot again as filled in so far, with one answer for all, or in another language.

    Nothing is submitted.
    """
    switched = choose(request.form.get("language", ""))
    chosen, asked = request.form.get("all", ""), site().ballot_form(g.key.origin)
    filled = read_ballot(request.form, asked, fill=chosen)
    if not _is_on_texts_of(asked):
        return _texts_changed(filled)
    return _ballot(_page(), filled, note=chosen or ("" if switched else "edit"))


@member.post("/vote/review")
@access(Audience.MEMBER)
def review() -> Response:
    """Every choice repeated in words, or what has to be mended first; also in another language."""
    choose(request.form.get("language", ""))
    rt = site().rt
    page = _page()
    asked = site().ballot_form(g.key.origin)
    filled = read_ballot(request.form, asked)
    if not _is_on_texts_of(asked):
        return _texts_changed(filled)
    if filled.faults:
        return make_response(_ballot(page, filled, faults=True), _UNPROCESSABLE)
    return make_response(
        render(
            "member/confirm.html",
            page=page,
            filled=filled,
            said=PAGES[language()].paper.choices(choices_json(filled.choices)),
            request_key=rt.token(16).hex(),
        )
    )


@member.post("/vote/cast")
@access(Audience.MEMBER)
def cast() -> Response | str:
    """Record the answer; the receipt is the answer to this very request.

    A redirect to it would lose the receipt of whoever closes the browser in between.  Sending the same
    request again records nothing and shows the same receipt.
    """
    here = site()
    asked = here.ballot_form(g.key.origin)
    form = request.form
    filled, request_key = read_ballot(form, asked), read_request_key(form)
    if (filled.faults or request_key is None) and not _is_on_texts_of(asked):
        return _texts_changed(filled)
    if filled.faults or request_key is None:
        page = _page()
        return make_response(_ballot(page, filled, faults=True), _UNPROCESSABLE)
    try:
        receipt = ballots.cast(here.rt, Cast(g.key, filled.answer(), request_key, form.get("texts", "")))
    except TextsChanged:
        return _texts_changed(filled)
    shown = receipt_page.receipt_page(receipt, asked.motions, language=asked.language)
    # The token was found good a moment ago.
    return receipt_html(here, asked, shown, filled, token=form[FIELD])


@member.get("/vote/receipt/<int:index>.tlog-proof")
@access(Audience.MEMBER)
def receipt_file(index: int) -> Response:
    """The receipt's file, for the member's own submissions."""
    content = receipt_page.file(site().rt, g.key, index)
    return _download(content, f"receipt-{index:06d}.tlog-proof", "text/plain; charset=utf-8")


@member.get("/vote/receipt/<int:index>.pdf")
@access(Audience.MEMBER)
def receipt_pdf(index: int) -> Response:
    return _download(receipt_page.pdf(site().rt, g.key, index), f"receipt-{index:06d}.pdf", "application/pdf")


@member.get("/vote/receipt/<int:index>/english.pdf")
@access(Audience.MEMBER)
def english_receipt_pdf(index: int) -> Response:
    """A translation for reading; the Japanese receipt prevails."""
    content = receipt_page.pdf(site().rt, g.key, index, language="en")
    return _download(content, f"receipt-{index:06d}-en.pdf", "application/pdf")


@member.get("/vote/receipt/<int:index>/final.tlog-proof")
@access(Audience.MEMBER)
def final_receipt_file(index: int) -> Response:
    """After the close: the same answer, proved against the record as it stands at the end."""
    content = receipt_page.file(site().rt, g.key, index, final=True)
    return _download(content, f"receipt-{index:06d}-final.tlog-proof", "text/plain; charset=utf-8")


@member.get("/vote/receipt/<int:index>/final.pdf")
@access(Audience.MEMBER)
def final_receipt_pdf(index: int) -> Response:
    content = receipt_page.pdf(site().rt, g.key, index, final=True)
    return _download(content, f"receipt-{index:06d}-final.pdf", "application/pdf")


@member.get("/vote/receipt/<int:index>/final-english.pdf")
@access(Audience.MEMBER)
def final_english_receipt_pdf(index: int) -> Response:
    content = receipt_page.pdf(site().rt, g.key, index, final=True, language="en")
    return _download(content, f"receipt-{index:06d}-final-en.pdf", "application/pdf")


@member.get("/vote/ballot.txt")
@access(Audience.MEMBER)
def signed_form() -> Response:
    """The ballot as issued, signed by the ledger's key."""
    return _download(ballots.signed_form(site().rt, g.key), "ballot.txt", "text/plain; charset=utf-8")


@member.route("/vote/draft", methods=["GET", "POST"])
@access(Audience.MEMBER)
def draft() -> Response | str:
    """The motions with the intended answer, to be printed for an office's own decision; nothing is kept."""
    choose(request.form.get("language", ""))
    page = _page()
    asked = site().ballot_form(g.key.origin)
    filled = read_ballot(request.form, asked)
    if request.method == "POST" and not _is_on_texts_of(asked):
        return _texts_changed(filled)
    return render(
        "member/draft.html", page=page, filled=filled, marks=offered_marks(abstain=page.offers_abstain)
    )


def _page() -> pages.MemberPage:
    """The ballot of this member in the language of this visitor."""
    return pages.member_page(site().rt, g.key, language=language())


def _ballot(page: pages.MemberPage, filled: Filled, *, note: str = "", faults: bool = False) -> str:
    """The ballot's page for its stage, one template each."""
    name = "voted" if page.stage == "open" and page.standing else page.stage
    here = site()
    return render(
        f"member/assembly/{name}.html",
        page=page,
        asked=here.ballot_form(page.origin),
        own=own_vote.own_vote(here.rt, g.key, language=language()) if name == "declared" else None,
        has_verifier=_has_page("/verifier"),
        filled=filled,
        faults=filled.faults if faults else (),
        note=note,
        marks=offered_marks(abstain=page.offers_abstain),
        longest_line=LONGEST_LINE,
        longest_opinion=LONGEST_OPINION,
    )


def _is_on_texts_of(asked: BallotForm) -> bool:
    """Whether the form was filled in before the very motions that are voted upon now."""
    return request.form.get("texts", "") == asked.base


def _texts_changed(filled: Filled) -> Response:
    """The ballot with the texts of now.  No mark is carried over: it was made for another text."""
    page, blank = _page(), replace(filled, choices={}, marked=frozenset())
    return make_response(_ballot(page, blank, note="texts"), status_of(TextsChanged()))


def _has_page(address: str) -> bool:
    """Whether this site has a page of that address; its parts can be left out."""
    return any(rule.rule == address for rule in current_app.url_map.iter_rules())


def _download(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
