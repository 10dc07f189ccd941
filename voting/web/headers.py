"""What every answer tells the browser: run nothing but our own files, keep nothing, tell nobody.

Nothing on any page is inline, so the policy needs no exception.
"""

from flask import Flask, Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    # The address of a page never leaves the site, not even to the site itself.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Pages hold votes unless they say otherwise.
    "Cache-Control": "no-store",
}
TWO_YEARS = "max-age=63072000"


def add_headers(app: Flask, *, secure: bool) -> None:
    """Send the headers with every answer, errors included; a view that set one of them keeps its own."""
    fixed = tuple((ALWAYS | {"Strict-Transport-Security": TWO_YEARS} if secure else ALWAYS).items())

    @app.after_request
    def fill_in(response: Response) -> Response:
        headers = response.headers
        own = {name for name, _ in headers}
        for name, value in fixed:
            if name not in own:
                headers.add(name, value)
        return response
