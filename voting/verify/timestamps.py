"""Time-stamps (RFC 3161): that an authority saw a checkpoint's bytes at an instant."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from voting.verify import der
from voting.verify.cms import X509_FAULTS, CmsFault, digest, digest_of, read_signed

_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_GRANTED = (0, 1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, and by whom: *certificate* is the authority's own, in DER."""

    at: datetime
    certificate: bytes


def read_timestamp(response: bytes, stamped: bytes) -> Stamp:
    """The stamp over *stamped*, verified by the certificate in it.

    Raises  CmsFault.
    """
    try:
        status, token = der.read(response).require(der.SEQUENCE).values()
        if status.values()[0].integer() not in _GRANTED:
            raise CmsFault("the authority did not grant it")
        signed = read_signed(token)
        if signed.content_type != _TST_INFO or signed.content is None:
            raise CmsFault("it holds no time-stamp")
        _, _, imprint, _, time = der.read(signed.content).require(der.SEQUENCE).values()[:5]
        algorithm, hashed = imprint.values()
        at = _instant(time.require(der.GENERALIZED_TIME).content)
    except (der.DerFault, ValueError) as fault:
        raise CmsFault(str(fault)) from fault
    if digest(digest_of(algorithm), stamped) != hashed.content:
        raise CmsFault("it is over other bytes")
    _require_authority(signed.certificate, at)
    return Stamp(at, signed.certificate.public_bytes(Encoding.DER))


def _instant(text: bytes) -> datetime:
    form = "%Y%m%d%H%M%S.%fZ" if b"." in text else "%Y%m%d%H%M%SZ"
    return datetime.strptime(text.decode("ascii"), form).replace(tzinfo=UTC)


def _require_authority(certificate: x509.Certificate, at: datetime) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, *X509_FAULTS) as fault:
        raise CmsFault("the certificate is not one of a time-stamping authority") from fault
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage.value:
        raise CmsFault("the certificate is not one of a time-stamping authority")
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise CmsFault("the certificate was not valid at that time")
