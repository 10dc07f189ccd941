"""The public's pages: assemblies, results, and what is needed to check them."""

from flask import Blueprint, Response, abort, make_response, request

from voting.services.outcome import result_files, result_page
from voting.services.proof import public_bundle, tiles
from voting.services.public_list import public_list
from voting.web.access import Audience, access
from voting.web.languages import language
from voting.web.public.pictures import segments
from voting.web.public.verifier import verifier_page
from voting.web.site import render, site

public = Blueprint("public", __name__)

# Files of a published result by their endings, with their types.
_FILES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEXT = "text/plain; charset=utf-8"
_UTF8 = "utf-8"


@public.get("/")
@access(Audience.PUBLIC)
def home() -> Response:
    return _fresh(render("public/home.html", assemblies=public_list(site().rt, language=language())))


@public.get("/assemblies/<body>/<assembly>")
@access(Audience.PUBLIC)
def assembly(body: str, assembly: str) -> Response:
    page = result_page.result_page(site().rt, _origin(body, assembly), language=language())
    return _fresh(render("public/assembly.html", page=page, segments=segments))


@public.get("/assemblies/<body>/<assembly>/<name>")
@access(Audience.PUBLIC)
def file(body: str, assembly: str, name: str) -> Response:
    """A published file of the result: the newest version, or with its number any one before it."""
    stem, _, ending = name.rpartition(".")
    encoding = request.args.get("encoding", _UTF8)
    if ending not in _FILES:
        abort(404)
    content = result_files.download(site().rt, _origin(body, assembly), name, encoding=encoding)
    if content is None:
        abort(404)
    kind, saved_as = _FILES[ending], name
    if encoding != _UTF8:
        kind, saved_as = "text/csv; charset=Shift_JIS", f"{stem}-{encoding}.{ending}"
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{body}-{assembly}-{saved_as}"'
    return _checked(response)


@public.get("/assemblies/<body>/<assembly>/bundle.zip")
@access(Audience.PUBLIC)
def bundle(body: str, assembly: str) -> Response:
    """The public's audit bundle; the same bytes each time, in parts where a broken download is taken up."""
    found = public_bundle.public_bundle(site().rt, site().shelf, _origin(body, assembly))
    if found is None:
        abort(404)
    response = _checked(Response(found.content, content_type="application/zip"))
    response.headers["Content-Disposition"] = f'attachment; filename="{body}-{assembly}-bundle.zip"'
    response.set_etag(found.sha256)
    response.make_conditional(request, accept_ranges=True, complete_length=len(found.content))
    return response


@public.get("/verifier")
@access(Audience.PUBLIC)
def verifier() -> Response:
    """A page that checks a bundle or a receipt in the reader's own browser, and can be saved."""
    return verifier_page()


@public.get("/assemblies/<body>/<assembly>/log.vkey")
@access(Audience.PUBLIC)
def vkey(body: str, assembly: str) -> Response:
    """The key that the ledger's promises are checked with."""
    page = result_page.result_page(site().rt, _origin(body, assembly))
    return _checked(Response(f"{page.vkey}\n", content_type=_TEXT))


@public.get("/assemblies/<body>/<assembly>/checkpoint")
@access(Audience.PUBLIC)
def checkpoint(body: str, assembly: str) -> Response:
    """The last promise about the ledger: its size and its root, signed."""
    note = tiles.checkpoint(site().rt, _origin(body, assembly))
    return _checked(Response(note, content_type=_TEXT))


def _origin(body: str, assembly: str) -> str:
    return f"{site().rt.site.host}/{body}/{assembly}"


def _fresh(html: str) -> Response:
    response = _checked(make_response(html))
    # The language is the visitor's.
    response.headers["Vary"] = "Cookie"
    return response


def _checked(response: Response) -> Response:
    # Nobody's secret, so it may be kept; but the hour and a correction change it, so it is asked for again.
    response.headers["Cache-Control"] = "no-cache"
    return response
