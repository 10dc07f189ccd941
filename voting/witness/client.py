"""Asking over HTTP: what a log has published, what a witness answers."""

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from voting.witness.errors import Unreachable

SIZE_TYPE = "text/x.tlog.size"
_LARGEST = 1_000_000  # bytes; a checkpoint with a hundred cosignatures has 20,000
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.  Shape: ``kind`` is the content type."""

    status: int
    body: bytes
    kind: str = ""


Ask = Callable[[str, bytes | None], Answer]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An address in a policy is meant as it stands: a body sent on elsewhere would be nobody's wish."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def ask(url: str, body: bytes | None) -> Answer:
    """GET *url*, or POST *body* to it.  Raises: Unreachable where there is no answer."""
    if not is_address(url):
        raise Unreachable(url, "not an address that begins with https:// or http://")
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "text/plain; charset=utf-8"})
    try:
        with _OPENER.open(request, timeout=_SECONDS) as response:
            return _answer(url, response.status, response.read(_LARGEST + 1), response.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return _answer(url, refused.code, refused.read(_LARGEST + 1), refused.headers)
    except (OSError, HTTPException, ValueError) as fault:
        # ValueError: an address with characters that no request can hold.
        raise Unreachable(url, str(fault)) from fault


def _answer(url: str, status: int, body: bytes, headers: Message) -> Answer:
    if len(body) > _LARGEST:
        raise Unreachable(url, "the answer is too large")
    return Answer(status, body, headers.get_content_type())


def is_address(url: str) -> bool:
    """Whether *url* is one that a log or a witness may have."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def held_path(origin: str) -> str:
    """Where a witness of ours shows the newest checkpoint it holds, below its address.

    The protocol leaves open how others see what a witness has seen; a log that was turned back needs it as
    the proof of what it had signed.
    """
    return f"checkpoint/{sha256(origin.encode()).hexdigest()}"
