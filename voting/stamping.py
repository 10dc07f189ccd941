"""The door to a time-stamping authority (RFC 3161 over HTTP): one request, one answer."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal

_PATIENCE = 20  # seconds
_LARGEST = 64 * 1024  # bytes of an answer


@dataclass(eq=False)
class StampUnreachable(Refusal):
    """The time-stamping authority does not answer; nothing was signed."""

    code: ClassVar[str] = "stamp-unreachable"
    url: str
    detail: str


def authority(url: str) -> Callable[[bytes], bytes]:
    """A function that takes a DER request there and brings back the answer.

    Raises  StampUnreachable, when it is called.
    """

    def ask(request: bytes) -> bytes:
        post = urllib.request.Request(
            url, data=request, headers={"Content-Type": "application/timestamp-query"}, method="POST"
        )
        try:
            with urllib.request.urlopen(post, timeout=_PATIENCE) as answer:
                found: bytes = answer.read(_LARGEST + 1)
        except (urllib.error.URLError, http.client.HTTPException, OSError) as fault:
            raise StampUnreachable(url, str(fault)) from fault
        if len(found) > _LARGEST:
            raise StampUnreachable(url, f"more than {_LARGEST} bytes")
        return found

    return ask
