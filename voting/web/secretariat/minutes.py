"""The minutes: their draft, the chair's proposal to sign them, and what was signed."""

from flask import Response as Download
from flask import abort
from werkzeug.wrappers import Response

from voting.core.permissions import TWO_PERSONS, Act
from voting.services.printing import minutes_page
from voting.web import downloads
from voting.web.access import access
from voting.web.office import assembly_origin, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.plan_words import told_lines
from voting.web.secretariat.queue import proposal_page, propose
from voting.web.site import site


@secretariat.get("/a/<body>/<assembly>/minutes")
@access(Act.READ_ROLL)
def minutes(body: str, assembly: str) -> str:
    """Where the minutes stand, and what comes next."""
    shown = minutes_page.minutes_page(site().rt, who(), assembly_origin(body, assembly))
    return page(
        "secretariat/after/minutes.html",
        assembly=shown.assembly,
        minutes=shown,
        missing=() if shown.refusal is None else told_lines(shown.refusal),
        may_propose=who().role in TWO_PERSONS[Act.SIGN_MINUTES].first,
    )


@secretariat.get("/a/<body>/<assembly>/minutes/<int:version>.pdf")
@access(Act.READ_ROLL)
def signed_minutes(body: str, assembly: str, version: int) -> Download:
    content = minutes_page.signed_version(site().rt, who(), assembly_origin(body, assembly), version)
    if content is None:
        abort(404)
    return downloads.paper(content, f"{body}-{assembly}-minutes-{version}.pdf")


@secretariat.get("/a/<body>/<assembly>/sign-minutes")
@access(Act.SIGN_MINUTES, proposing=True, steps_up=True)
def propose_minutes(body: str, assembly: str) -> Response:
    return proposal_page(body, assembly, Act.SIGN_MINUTES)


@secretariat.post("/a/<body>/<assembly>/sign-minutes")
@access(Act.SIGN_MINUTES, proposing=True, steps_up=True)
def sign_minutes(body: str, assembly: str) -> Response:
    return propose(body, assembly, Act.SIGN_MINUTES)


@secretariat.get("/a/<body>/<assembly>/sign-minutes/paper.pdf")
@access(Act.SIGN_MINUTES)
def minutes_to_sign(body: str, assembly: str) -> Download:
    """The very paper that a proposal made now would be about."""
    content = minutes_page.paper_now(site().rt, who(), assembly_origin(body, assembly))
    return downloads.paper(content, f"{body}-{assembly}-minutes-to-sign.pdf")


@secretariat.get("/waiting/<request_id>/minutes.pdf")
@access(Act.SIGN_MINUTES)
def minutes_of_request(request_id: str) -> Download:
    """The very paper of a request, for the person who approves it."""
    content = minutes_page.paper_of(site().rt, who(), request_id)
    if content is None:
        abort(404)
    return downloads.paper(content, f"minutes-{request_id}.pdf")
