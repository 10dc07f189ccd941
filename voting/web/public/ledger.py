"""The files of every ledger under /ledger/, as C2SP tlog-tiles lays them out."""

from hashlib import sha256

from flask import Blueprint, Response, abort, request

from voting.services.proof import tiles
from voting.web.access import Audience, access
from voting.web.site import render, site

ledger = Blueprint("ledger", __name__, url_prefix="/ledger")

_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"
# To be kept only where it is asked for again: a newer one takes its place.
_ASK_AGAIN = "no-cache"


@ledger.get("/")
@access(Audience.PUBLIC)
def ledgers() -> Response:
    response = Response(render("public/ledgers.html", ledgers=tiles.ledgers(site().rt)))
    response.headers["Cache-Control"] = _ASK_AGAIN
    # The language is the visitor's.
    response.headers["Vary"] = "Cookie"
    return response


@ledger.get("/<host>/<body>/<assembly>/checkpoint")
@access(Audience.PUBLIC)
def checkpoint(host: str, body: str, assembly: str) -> Response:
    """The last promise about the ledger: its size and its root, signed."""
    return _sent(tiles.checkpoint(site().rt, f"{host}/{body}/{assembly}"), _TEXT, _ASK_AGAIN)


@ledger.get("/<host>/<body>/<assembly>/tile/<path:place>")
@access(Audience.PUBLIC)
def tile(host: str, body: str, assembly: str, place: str) -> Response:
    """A tile of hashes, or a bundle of entries, as far as the last promise reaches."""
    found = tiles.tile(site().rt, site().nodes, f"{host}/{body}/{assembly}", f"tile/{place}")
    if found is None:
        abort(404)
    where, content = found
    return _sent(content, "application/octet-stream", _FOR_EVER if where.is_full else _ASK_AGAIN)


def _sent(content: bytes, kind: str, caching: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = caching
    response.set_etag(sha256(content).hexdigest())
    response.make_conditional(request)
    return response
