"""The time-stamping authority: bytes go out as a digest, its signed word about them comes back.

What comes back is verified before anybody else sees it: it answers this very request (nonce), is over
these bytes, and is signed by a certificate that the configuration trusts.  Source: RFC 3161.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http.client import HTTPException
from typing import ClassVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from voting.core.errors import Refusal

_LARGEST = 64 * 1024  # bytes of an answer; a token with its chain takes some 6 KiB
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


@dataclass(eq=False)
class StampNotGiven(Refusal):
    """The authority could not be reached, or did not grant a stamp; another try may succeed."""

    code: ClassVar[str] = "stamp-not-given"
    reason: str


@dataclass(eq=False)
class StampRejected(Refusal):
    """The authority answered, and its answer is no stamp that we may keep."""

    code: ClassVar[str] = "stamp-rejected"
    reason: str


class NoAuthority(ValueError):
    """The certificates given hold none of a time-stamping authority."""


@dataclass(frozen=True, slots=True, repr=False)
class Authority:
    """Where stamps come from.

    Shape   ``certificates``: the authority's own, with those that issued it up to the root.
    """

    url: str
    certificates: tuple[x509.Certificate, ...]
    seconds: int = 10

    @property
    def names(self) -> tuple[str, ...]:
        """SHA-256 (hex) of each certificate that may sign stamps, as genesis names them."""
        stamping = [each for each in self.certificates if _may_stamp(each)]
        return tuple(sorted(sha256(each.public_bytes(Encoding.DER)).hexdigest() for each in stamping))

    def lasts_until(self, names: Collection[str]) -> datetime | None:
        """Until when one of the certificates that are *named* may sign stamps; None where none is here."""
        ends = [
            each.not_valid_after_utc
            for each in self.certificates
            if sha256(each.public_bytes(Encoding.DER)).hexdigest() in names
        ]
        return max(ends, default=None)

    def stamp(self, data: bytes) -> bytes:
        """The authority's answer (TimeStampResp) over *data*, verified.

        Raises  StampNotGiven, StampRejected.
        """
        # The nonce is the library's own chance: nothing of ours is derived from it.
        request = (
            TimestampRequestBuilder()
            .data(data)
            .hash_algorithm(HashAlgorithm.SHA256)
            .nonce(nonce=True)
            .cert_request(cert_request=True)
            .build()
        )
        answer = self.ask(request.as_bytes())
        self._require_right(answer, request, data)
        return answer

    def ask(self, query: bytes) -> bytes:
        """What the authority answers to a request, looked at by nobody yet.

        Raises  StampNotGiven, StampRejected.
        """
        asked = Request(self.url, query, {"Content-Type": _QUERY, "Accept": _REPLY})
        try:
            # The configuration allows http and https only.
            with urlopen(asked, timeout=self.seconds) as reply:
                answer: bytes = reply.read(_LARGEST + 1)
        except HTTPError as refused:
            refused.close()
            raise StampNotGiven(f"HTTP {refused.code}") from refused
        except (OSError, HTTPException) as fault:
            raise StampNotGiven(str(fault) or type(fault).__name__) from fault
        if len(answer) > _LARGEST:
            raise StampRejected("the answer is too large")
        return answer

    def _require_right(self, answer: bytes, request: TimeStampRequest, data: bytes) -> None:
        verifier = VerifierBuilder(roots=list(self.certificates), nonce=request.nonce).build()
        try:
            response = decode_timestamp_response(answer)
            if response.status:
                said = ", ".join(response.status_string)
                raise StampNotGiven(f"PKIStatus {response.status} {said}".strip())
            verifier.verify_message(response, data)
        except (ValueError, VerificationError) as fault:
            raise StampRejected(str(fault)) from fault


def read_certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file.  Raises: NoAuthority where none of them may sign stamps."""
    try:
        found = tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as fault:
        raise NoAuthority(str(fault)) from fault
    if not any(_may_stamp(each) for each in found):
        raise NoAuthority("no certificate in it is for time-stamping")
    return found


def _may_stamp(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage.value
