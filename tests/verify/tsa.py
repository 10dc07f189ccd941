"""A small time-stamping authority and signer of papers: as much DER as it takes, by the standards."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SHA256 = "2.16.840.1.101.3.4.2.1"
ECDSA = "1.2.840.10045.4.3.2"
SIGNED_DATA, DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"  # RFC 5035: which certificate the signer means
STAMPED_AT = datetime(2026, 6, 11, 0, 10, tzinfo=UTC)


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def integer(number: int) -> bytes:
    return der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    data = bytearray()
    for number in (first * 40 + second, *rest):
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(0x80 | number & 0x7F)
        data += bytes(reversed(digits))
    return der(0x06, bytes(data))


def sequence(*parts: bytes) -> bytes:
    return der(0x30, *parts)


@dataclass
class Authority:
    """A key and its certificate."""

    name: str = "Invented authority"
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    years: tuple[int, int] = (2020, 2040)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.derive_private_key(7, ec.SECP256R1()))

    @cached_property
    def certificate(self) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(12345)
            .not_valid_before(datetime(self.years[0], 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(self.years[1], 1, 1, tzinfo=UTC))
            .add_extension(x509.ExtendedKeyUsage([self.usage]), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def signed(self, content: bytes, *, content_type: str, detached: bool = False) -> bytes:
        """A ContentInfo with one signature over *content*."""
        certificate = self.certificate
        own = sha256(certificate.public_bytes(Encoding.DER)).digest()
        attributes = sorted(
            (
                sequence(oid(CONTENT_TYPE), der(0x31, oid(content_type))),
                sequence(oid(MESSAGE_DIGEST), der(0x31, der(0x04, sha256(content).digest()))),
                sequence(oid(SIGNING_CERTIFICATE), der(0x31, sequence(sequence(sequence(der(0x04, own)))))),
            )
        )
        signature = self.key.sign(der(0x31, *attributes), ec.ECDSA(hashes.SHA256()))
        issuer = certificate.issuer.public_bytes()
        signer = sequence(
            integer(1),
            sequence(issuer, integer(certificate.serial_number)),
            sequence(oid(SHA256)),
            der(0xA0, *attributes),
            sequence(oid(ECDSA)),
            der(0x04, signature),
        )
        encapsulated = () if detached else (der(0xA0, der(0x04, content)),)
        data = sequence(
            integer(3),
            der(0x31, sequence(oid(SHA256))),
            sequence(oid(content_type), *encapsulated),
            der(0xA0, certificate.public_bytes(Encoding.DER)),
            der(0x31, signer),
        )
        return sequence(oid(SIGNED_DATA), der(0xA0, data))

    def stamp(
        self, stamped: bytes, *, at: datetime = STAMPED_AT, status: int = 0, nonce: int | None = None
    ) -> bytes:
        """A TimeStampResp over *stamped*."""
        return self.answer(sha256(stamped).digest(), at=at, status=status, nonce=nonce)

    def answer(
        self, imprint: bytes, *, at: datetime = STAMPED_AT, status: int = 0, nonce: int | None = None
    ) -> bytes:
        """A TimeStampResp to a request with that imprint (SHA-256) and nonce."""
        info = sequence(
            integer(1),
            oid("1.2.3.4.1"),
            sequence(sequence(oid(SHA256), der(0x05)), der(0x04, imprint)),
            integer(1),
            der(0x18, at.strftime("%Y%m%d%H%M%SZ").encode()),
            *(() if nonce is None else (integer(nonce),)),
        )
        return sequence(sequence(integer(status)), self.signed(info, content_type=TST_INFO))

    @property
    def digest(self) -> str:
        return sha256(self.certificate.public_bytes(Encoding.DER)).hexdigest()
