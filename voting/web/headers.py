"""What every answer tells the browser: run nothing but our own files, keep nothing, tell nobody.

Nothing on any page is inline, so the policy needs no exception.
"""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

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
    """Send the headers with every answer, errors included; a view that set one of them keeps its own.

    They are added where the answer leaves the application, so that nothing in it can be left out.
    """
    fixed = tuple((ALWAYS | {"Strict-Transport-Security": TWO_YEARS} if secure else ALWAYS).items())
    answer = app.wsgi_app

    def with_headers(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], fault: Any = None, /
        ) -> Callable[[bytes], object]:
            own = {name for name, _ in headers}
            return start_response(status, headers + [each for each in fixed if each[0] not in own], fault)

        return answer(environ, start)

    app.wsgi_app = with_headers  # type: ignore[method-assign]  # how Flask has it wrapped
