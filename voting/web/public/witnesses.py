"""Where a witness brings its cosignature.

What comes carries the log's signature and the witness's, and nothing else is looked at: no cookie, so
nothing that another site could make a browser do.  That is why it needs no form's token.
"""

from flask import Blueprint, Response, request

from voting.core.errors import Refusal
from voting.i18n import LANGUAGES, lines
from voting.services.proof import cosigned
from voting.web.access import Audience, access
from voting.web.errors import RETRY_AFTER, status_of
from voting.web.site import site

witnesses = Blueprint("witnesses", __name__)
_TEXT = "text/plain; charset=utf-8"


@witnesses.post("/ledger/<host>/<body>/<assembly>/cosignature")
@access(Audience.WITNESS)
def cosignature(host: str, body: str, assembly: str) -> Response:
    """Take a checkpoint of ours, signed by us and by a witness.  Bringing it again changes nothing."""
    try:
        taken = cosigned.accept(site().rt, f"{host}/{body}/{assembly}", request.get_data())
    except Refusal as refused:
        said = "\n".join((*(line for each in LANGUAGES for line in lines(refused, each)), ""))
        response = Response(said, status_of(refused), content_type=_TEXT)
        if response.status_code == 503:
            response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return Response(f"{taken}\n", content_type=_TEXT)
