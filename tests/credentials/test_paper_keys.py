"""Keys that sign papers: made once or brought, never in the clear, never used after their time."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from voting.credentials.paper_keys import (
    NoPaperKey,
    PaperKey,
    PaperKeyExpired,
    PaperKeys,
    PaperKeyThere,
    PaperKeyUnusable,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SEED = bytes(range(68))
PASSPHRASE = b"a passphrase of the tests"
FILE = Path("body.p12")


@pytest.fixture
def keys(tmp_path):
    return PaperKeys(tmp_path, PASSPHRASE)


def made(
    keys: PaperKeys, signer: str = "body", *, body: str = "council", name: str = "架空協議会"
) -> PaperKey:
    return keys.create(body, signer, organisation="架空協議会", name=name, seed=SEED, now=NOW)


def certificate(key, *, signs: bool = True, name: str = "架空協議会 会長") -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        (
            "content_commitment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=100))
        .add_extension(
            x509.KeyUsage(digital_signature=signs, key_encipherment=not signs, **usage), critical=True
        )
        .sign(key, SHA256())
    )


def file_of(key, *, signs: bool = True, password: bytes = b"secret") -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"x", key, certificate(key, signs=signs), None, BestAvailableEncryption(password)
    )


def test_a_key_that_was_made_is_found_again_by_another_process(keys, tmp_path):
    key = made(keys)

    (found,) = PaperKeys(tmp_path, PASSPHRASE).of("council", at=NOW)

    assert found.certificate == key.certificate
    assert found.key.private_numbers() == key.key.private_numbers()
    assert found.name == "架空協議会"


def test_a_name_is_printed_exactly_and_certified_as_a_certificate_can_hold_it(keys):
    made(keys, name="会長 葛\U000e0100城 𠮷野 \U0002b740")

    (found,) = keys.of("council", at=NOW)

    assert found.name == "会長 葛\U000e0100城 𠮷野 \U0002b740"
    common = found.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    assert common == "会長 葛城 𠮷野 〓"


def test_its_certificate_is_for_signing_and_for_nothing_else(keys):
    extensions = made(keys).certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value

    assert usage.digital_signature and usage.content_commitment
    assert not usage.key_cert_sign and not usage.key_encipherment and not usage.crl_sign
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_same_chance_makes_the_same_key_and_other_chance_another(keys):
    first, second = made(keys), made(keys, body="other")
    third = keys.create("third", "body", organisation="甲", name="甲", seed=SEED[::-1], now=NOW)

    assert first.key.private_numbers() == second.key.private_numbers()
    assert third.key.private_numbers() != first.key.private_numbers()
    assert third.certificate.serial_number != first.certificate.serial_number


def test_the_file_is_encrypted_and_for_its_owner_only(keys, tmp_path):
    made(keys)

    (file,) = (tmp_path / "papers").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(ValueError):
        pkcs12.load_key_and_certificates(file.read_bytes(), b"another passphrase")


def test_the_body_signs_first_then_chair_and_auditor_then_the_others(keys):
    for signer in ("witness-2", "auditor", "witness-1", "chair", "body"):
        made(keys, signer)
    made(keys, body="council-2")

    signers = [each.signer for each in keys.of("council", at=NOW)]

    assert signers == ["body", "chair", "auditor", "witness-1", "witness-2"]


def test_a_body_without_a_key_is_told(keys):
    made(keys, body="other")

    with pytest.raises(NoPaperKey) as refused:
        keys.of("council", at=NOW)

    assert refused.value.body == "council"


@pytest.mark.parametrize("day", [-1, 3651])
def test_a_certificate_is_not_used_outside_of_its_time(keys, day):
    made(keys)

    with pytest.raises(PaperKeyExpired) as refused:
        keys.of("council", at=NOW + timedelta(days=day))

    assert refused.value.signer == "body"
    assert keys.everything("council") != ()


def test_a_key_is_never_overwritten(keys):
    first = made(keys)

    with pytest.raises(PaperKeyThere):
        keys.create("council", "body", organisation="甲", name="乙", seed=SEED[::-1], now=NOW)

    assert keys.of("council", at=NOW)[0].certificate == first.certificate


def test_another_passphrase_does_not_open_the_key(keys, tmp_path):
    made(keys)

    with pytest.raises(PaperKeyUnusable):
        PaperKeys(tmp_path, b"another passphrase").of("council", at=NOW)


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)],
    ids=["P-256", "RSA"],
)
def test_a_key_from_elsewhere_is_kept_under_our_own_passphrase(keys, tmp_path, key):
    keys.adopt("council", "chair", file_of(key), b"secret", FILE)

    (found,) = PaperKeys(tmp_path, PASSPHRASE).of("council", at=NOW)

    assert found.name == "架空協議会 会長"
    assert found.key.private_numbers() == key.private_numbers()


UNUSABLE = {
    "the wrong password": (
        file_of(ec.generate_private_key(ec.SECP256R1()), password=b"x"),
        "paper-key-password",
    ),
    "no such file": (b"-----BEGIN", "paper-key-password"),
    "no key": (
        pkcs12.serialize_key_and_certificates(
            b"x", None, certificate(ec.generate_private_key(ec.SECP256R1())), None, NoEncryption()
        ),
        "paper-key-",
    ),
    "another curve": (file_of(ec.generate_private_key(ec.SECP384R1())), "paper-key-kind"),
    "a short key": (file_of(rsa.generate_private_key(65537, 1024)), "paper-key-kind"),
    "not for signing": (file_of(ec.generate_private_key(ec.SECP256R1()), signs=False), "paper-key-usage"),
}


@pytest.mark.parametrize(("content", "what"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_cannot_sign_is_refused_and_not_kept(keys, content, what):
    with pytest.raises(PaperKeyUnusable) as refused:
        keys.adopt("council", "body", content, b"secret", FILE)

    assert refused.value.what.startswith(what)
    assert refused.value.file == "body.p12"
    assert keys.everything("council") == ()
