"""Papers that people have uploaded, as answers: always saved, never shown inside our pages."""

from urllib.parse import quote

from flask import Response

_PDF = b"%PDF-"


def paper(content: bytes, name: str) -> Response:
    """A paper of a motion.  Whatever it holds, no browser runs it in the name of this site."""
    is_pdf = content.startswith(_PDF)
    response = Response(content, content_type="application/pdf" if is_pdf else "application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response
