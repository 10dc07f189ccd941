"""What every part of the site needs: papers to download, and a sign of life."""

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from voting.services import assemblies
from voting.services.casting import pages
from voting.web.access import Audience, access
from voting.web.addresses import own_path
from voting.web.downloads import paper
from voting.web.languages import LANGUAGES, keep
from voting.web.site import render, site

common = Blueprint("common", __name__)


@common.get("/documents/<sha256>/<name>")
@access(Audience.PUBLIC)
def document(sha256: str, name: str) -> Response:
    """A paper of a motion, found by its digest alone; always saved, never shown inside our pages."""
    content = assemblies.document(site().rt, sha256)
    if content is None:
        abort(404)
    response = paper(content, name)
    # The address is the digest of what is behind it.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@common.get("/healthz")
@access(Audience.PUBLIC)
def health() -> Response:
    """Whether this process answers and reaches its database."""
    pages.require_database(site().rt)
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@common.get("/language")
@access(Audience.PUBLIC)
def languages() -> str:
    """The form that remembers a language: pages that have no other form set no cookie, and lead here."""
    return render("language.html", back=own_path(request.args.get("back", ""), "/"))


@common.post("/language")
@access(Audience.PUBLIC)
def language() -> AnyResponse:
    """Remember the language that somebody wants to read, on this browser."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    response = redirect(own_path(request.form.get("back", ""), "/"), code=303)
    keep(response, chosen)
    return response
