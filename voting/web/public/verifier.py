"""The verifier as one page, which everybody may save: it needs neither this site nor any network.

It holds its script and its style itself and names their hashes in a policy of its own, so it is the one page
that is not sent with the site's (see tools/build-verifier).
"""

import re
from functools import cache
from hashlib import sha256
from html import unescape

from flask import Response, request

from voting import resources
from voting.core.errors import Broken

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def verifier_page() -> Response:
    """The page as it was built, and under the policy it names: its own script, and no connection at all."""
    page, policy = _page()
    response = Response(page, content_type="text/html; charset=utf-8")
    # A page may not say of itself that nobody may frame it, so this is added here.
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    # A release changes it, so it is asked for again; while it is the same, a digest is sent.
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(sha256(page).hexdigest())
    response.make_conditional(request)
    return response


@cache
def _page() -> tuple[bytes, str]:
    page = (resources.static() / "verifier.html").read_bytes()
    named = _POLICY.search(page.decode())
    if named is None:
        raise Broken("the verifier's page names no policy")
    return page, unescape(named[1])
