"""Keys that sign papers: one file a signer of a body, PKCS #12, encrypted under the service's passphrase.

A key is made here with a certificate of its own, or comes with one that the body has from elsewhere.
Never in the database or in the environment: see ``log_keys``, whose folder this shares.
"""

import os
import stringprep
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, unquote

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from voting.core.errors import Refusal

YEARS = 10
# The order in which they sign; other names follow in the order of the alphabet.
BODY, CHAIR, AUDITOR = "body", "chair", "auditor"
_ORDER = (BODY, CHAIR, AUDITOR)
_ID = 20  # bytes of a serial number, RFC 5280
_SMALLEST_RSA = 2048

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(eq=False)
class NoPaperKey(Refusal):
    """The body has no key to sign papers with."""

    code: ClassVar[str] = "no-paper-key"
    body: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The commands, for those who run the service: an officer only asks them."""
        return (
            f"voting keys create {self.body} --name NAME --as ID",
            f"voting keys import {self.body} FILE.p12 --signer body --as ID",
        )


@dataclass(eq=False)
class PaperKeyThere(Refusal):
    """This signer has a key already; it is moved away by hand, never overwritten."""

    code: ClassVar[str] = "paper-key-there"
    file: str


@dataclass(eq=False)
class PaperKeyUnusable(Refusal):
    """A PKCS #12 file cannot be opened, or holds no key and certificate that can sign a paper."""

    code: ClassVar[str] = "paper-key-unusable"
    file: str
    what: str


@dataclass(eq=False)
class PaperKeyExpired(Refusal):
    """The certificate is not valid at the time of signing."""

    code: ClassVar[str] = "paper-key-expired"
    signer: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class PaperKey:
    """A key with its certificate and those of the issuers."""

    signer: str
    name: str  # as it is printed
    key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def drill(self, message: bytes, *, file: str) -> None:
        """Sign with the key, and verify with the certificate.  Raises: PaperKeyUnusable."""
        public = self.certificate.public_key()
        try:
            if isinstance(self.key, rsa.RSAPrivateKey) and isinstance(public, rsa.RSAPublicKey):
                made = self.key.sign(message, padding.PKCS1v15(), SHA256())
                public.verify(made, message, padding.PKCS1v15(), SHA256())
                return
            if isinstance(self.key, ec.EllipticCurvePrivateKey) and isinstance(
                public, ec.EllipticCurvePublicKey
            ):
                public.verify(self.key.sign(message, ec.ECDSA(SHA256())), message, ec.ECDSA(SHA256()))
                return
        except InvalidSignature as fault:
            raise PaperKeyUnusable(file, "paper-key-other") from fault
        raise PaperKeyUnusable(file, "paper-key-other")


class PaperKeys:
    """The signing keys of all bodies of this host."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self._folder = folder / "papers"
        self._passphrase = passphrase

    def of(self, body: str, *, at: datetime) -> tuple[PaperKey, ...]:
        """The body's keys in the order in which they sign.

        Raises  NoPaperKey; PaperKeyExpired for one that is not valid at that time; PaperKeyUnusable.
        """
        found = self.everything(body)
        if not found:
            raise NoPaperKey(body)
        for each in found:
            valid = each.certificate.not_valid_before_utc, each.certificate.not_valid_after_utc
            if not valid[0] <= at <= valid[1]:
                raise PaperKeyExpired(each.signer, *valid)
        return found

    def everything(self, body: str) -> tuple[PaperKey, ...]:
        """The body's keys, valid or not.  Raises: PaperKeyUnusable."""
        paths = sorted(self._folder.glob(f"{body}.*.p12"), key=lambda path: _place(path.name.split(".")[1]))
        return tuple(
            _open(path.read_bytes(), self._passphrase, path.name.split(".")[1], path) for path in paths
        )

    def create(
        self, body: str, signer: str, *, organisation: str, name: str, seed: bytes, now: datetime
    ) -> PaperKey:
        """Make a P-256 key, and a certificate that it signs itself, valid for ten years from *now*.

        Shape   *seed* are 68 random bytes: 48 for the key, 20 for the serial number.
        Raises  PaperKeyThere.
        """
        # 128 bits more than the order: no number is more likely than another (FIPS 186-5, A.2.1).
        order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
        key = ec.derive_private_key(int.from_bytes(seed[:48], "big") % (order - 1) + 1, ec.SECP256R1())
        serial = int.from_bytes(seed[48 : 48 + _ID], "big") >> 1 or 1
        certificate = _certificate(key, organisation, certified(name), serial=serial, now=now)
        made = PaperKey(signer, name, key, certificate)
        self._keep(body, made)
        return made

    def adopt(self, body: str, signer: str, content: bytes, password: bytes, file: Path) -> PaperKey:
        """Keep the key of a PKCS #12 file, under our own passphrase.

        Raises  PaperKeyUnusable, PaperKeyThere.
        """
        found = _open(content, password, signer, file)
        self._keep(body, found)
        return found

    def _keep(self, body: str, key: PaperKey) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        content = pkcs12.serialize_key_and_certificates(
            quote(key.name).encode("ascii"),  # the format holds characters of the basic plane only
            key.key,
            key.certificate,
            key.chain,
            BestAvailableEncryption(self._passphrase),
        )
        path = self._folder / f"{body}.{key.signer}.p12"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise PaperKeyThere(str(path)) from None
        try:
            os.write(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)


def _place(signer: str) -> tuple[int, str]:
    return (_ORDER.index(signer) if signer in _ORDER else len(_ORDER), signer)


def _open(content: bytes, password: bytes, signer: str, path: Path) -> PaperKey:
    try:
        store = pkcs12.load_pkcs12(content, password)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise PaperKeyUnusable(path.name, "paper-key-password") from fault
    key, holder = store.key, store.cert
    if key is None or holder is None:
        raise PaperKeyUnusable(path.name, "paper-key-incomplete")
    curve = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    if not curve and not (isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _SMALLEST_RSA):
        raise PaperKeyUnusable(path.name, "paper-key-kind")
    if not isinstance(key, PrivateKey) or not _may_sign(holder.certificate):
        raise PaperKeyUnusable(path.name, "paper-key-usage")
    name = _named(holder)
    return PaperKey(
        signer, name, key, holder.certificate, tuple(each.certificate for each in store.additional_certs)
    )


def certified(name: str) -> str:
    """*name* as a certificate can hold it: without variation selectors, 〓 for kanji newer than 2002.

    Certificates are compared by the rules of RFC 4518, which knows Unicode 3.2 only.
    """
    plain = "".join(character for character in name if not _is_selector(character))
    return "".join("〓" if stringprep.in_table_a1(character) else character for character in plain)


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _named(holder: pkcs12.PKCS12Certificate) -> str:
    """Who signs: the exact name where it is one of our own files, else as the certificate has it."""
    subject = holder.certificate.subject
    found = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    common = str(found[0].value) if found else subject.rfc4514_string()
    exact = unquote((holder.friendly_name or b"").decode("utf-8", "replace"))
    return exact if certified(exact) == common else common


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _certificate(
    key: ec.EllipticCurvePrivateKey, organisation: str, name: str, *, serial: int, now: datetime
) -> x509.Certificate:
    attributes: Sequence[tuple[x509.ObjectIdentifier, str]] = (
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.COMMON_NAME, name),
    )
    subject = x509.Name([x509.NameAttribute(kind, text) for kind, text in attributes])
    usages = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usages), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, SHA256())
    )
