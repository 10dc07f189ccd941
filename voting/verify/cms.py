"""As much of CMS (RFC 5652) as is needed: one signer's signature over a content, with signed attributes.

Whether the signer's certificate is to be trusted is not decided here.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voting.verify.der import OCTETS, SEQUENCE, SET, DerFault, Value

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_RSA_PSS = "1.2.840.113549.1.1.10"
_HASHES: Mapping[str, Callable[[], hashes.HashAlgorithm]] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
# All that the library may say about a certificate that somebody has made up.
X509_FAULTS = (
    ValueError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


class CmsFault(ValueError):
    """A signature that is none, or that does not fit what it should sign."""


@dataclass(frozen=True, slots=True)
class SignedContent:
    """What was signed, and by whom.  Shape: *certificate* is DER; *content* None where it is detached."""

    content_type: str
    content: bytes | None
    certificate: x509.Certificate
    _digests: Callable[[bytes], bool]

    def require_over(self, content: bytes) -> None:
        """Refuse unless *content* is what was signed.  Raises: CmsFault."""
        if not self._digests(content):
            raise CmsFault("the signature is over another content")


def read_signed(info: Value) -> SignedContent:
    """The one signer's signature in a ContentInfo, verified by its own certificate.

    Raises  CmsFault.
    """
    try:
        return _read(info)
    except (DerFault, IndexError, *X509_FAULTS) as fault:
        raise CmsFault(f"not a signature of a known form: {fault}") from fault


def digest_of(algorithm: Value) -> hashes.HashAlgorithm:
    """The hash that an AlgorithmIdentifier names.  Raises: CmsFault for one that is not trusted."""
    known = _HASHES.get(algorithm.values()[0].oid())
    if known is None:
        raise CmsFault("a hash that is not SHA-256, SHA-384 or SHA-512")
    return known()


def digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    return hashlib.new(algorithm.name, data).digest()


def _read(info: Value) -> SignedContent:
    content_type, explicit = info.require(SEQUENCE).values()
    if content_type.oid() != _SIGNED_DATA:
        raise CmsFault("no signed data")
    (data,) = explicit.values()
    _, _, encapsulated, *rest = data.require(SEQUENCE).values()
    inner_type, *inner = encapsulated.values()
    content = inner[0].values()[0].require(OCTETS).content if inner else None
    certificates = [each.values() for each in rest if each.tag == 0xA0]
    (signer,) = rest[-1].require(SET).values()
    _, signer_id, hash_name, attributes, method, signature = signer.values()[:6]
    algorithm = digest_of(hash_name)
    signed = _attributes(attributes)
    if signed[_CONTENT_TYPE].oid() != inner_type.oid():
        raise CmsFault("the signer names another kind of content")
    stated = signed[_MESSAGE_DIGEST].require(OCTETS).content
    certificate = _certificate(signer_id, certificates[0] if certificates else ())
    # The attributes are signed as the SET they are, not under the tag they travel with.
    message = bytes([SET]) + attributes.whole[1:]
    _verify(certificate, signature.require(OCTETS).content, message, method, algorithm)
    found = SignedContent(
        inner_type.oid(), content, certificate, lambda data: digest(algorithm, data) == stated
    )
    if content is not None:
        found.require_over(content)
    return found


def _attributes(attributes: Value) -> dict[str, Value]:
    if attributes.tag != 0xA0:
        raise CmsFault("there are no signed attributes")
    found = {}
    for attribute in attributes.values():
        name, values = attribute.values()
        if name.oid() in found:
            raise CmsFault("an attribute stands twice")
        found[name.oid()] = values.values()[0]
    if _CONTENT_TYPE not in found or _MESSAGE_DIGEST not in found:
        raise CmsFault("the signed attributes name no content")
    return found


def _certificate(signer_id: Value, certificates: Sequence[Value]) -> x509.Certificate:
    issuer, serial = signer_id.require(SEQUENCE).values()
    for each in certificates:
        certificate = x509.load_der_x509_certificate(each.whole)
        if (certificate.issuer.public_bytes(), certificate.serial_number) == (issuer.whole, serial.integer()):
            return certificate
    raise CmsFault("the signer's certificate is not there")


def _verify(
    certificate: x509.Certificate,
    signature: bytes,
    message: bytes,
    method: Value,
    algorithm: hashes.HashAlgorithm,
) -> None:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
            is_pss = method.values()[0].oid() == _RSA_PSS
            key.verify(signature, message, pss if is_pss else padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(algorithm))
        elif isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
        else:
            raise CmsFault("a key that is neither RSA nor ECDSA nor Ed25519")
    except InvalidSignature as fault:
        raise CmsFault("the signature is wrong") from fault
