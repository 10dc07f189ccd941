"""The commands for the keys that sign papers."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.cli.test_assembly import Office, office, people  # noqa: F401  # a fixture
from tests.credentials.test_paper_keys import file_of
from voting.credentials import paper_keys


@pytest.fixture
def staffed(office: Office) -> Office:  # noqa: F811
    people(office)
    return office


def test_a_key_is_made_listed_and_its_certificate_published(staffed: Office) -> None:
    made = staffed.run("keys", "create", "council", "--name", "架空協議会", by="admin")
    out = staffed.folder / "council.pem"

    staffed.run("keys", "certificates", "council", "--out", str(out))
    listed = staffed.run("keys", "list", "council")

    (certificate,) = x509.load_pem_x509_certificates(out.read_bytes())
    year = datetime.now(UTC).year + paper_keys.YEARS
    assert certificate.not_valid_after_utc.year in (year, year - 1)
    fingerprint = made.split()[-1]
    assert len(fingerprint) == 64
    assert fingerprint in listed
    assert "架空協議会" in listed


def test_a_second_key_of_the_same_signer_is_refused(staffed: Office) -> None:
    staffed.run("keys", "create", "council", "--name", "架空協議会", by="admin")

    said = staffed.run("keys", "create", "council", "--name", "架空協議会", by="admin", expect=2)

    assert "既にあります" in said


def test_a_certificate_from_elsewhere_is_imported(staffed: Office, tmp_path: Path) -> None:
    file, secret = tmp_path / "kaicho.p12", tmp_path / "p12-password"
    file.write_bytes(file_of(ec.generate_private_key(ec.SECP256R1())))
    secret.write_text("secret\n", "utf-8")
    given = ("keys", "import", "council", str(file), "--signer", "chair", "--file-password-file", str(secret))

    assert "架空協議会 会長" in staffed.run(*given, by="admin")
    assert oct(os.stat(tmp_path / "data" / "keys" / "papers" / "council.chair.p12").st_mode)[-3:] == "600"


def test_a_file_that_its_password_does_not_open_is_refused(staffed: Office, tmp_path: Path) -> None:
    file, secret = tmp_path / "kaicho.p12", tmp_path / "p12-password"
    file.write_bytes(file_of(ec.generate_private_key(ec.SECP256R1()), password=b"other"))
    secret.write_text("secret\n", "utf-8")
    given = ("keys", "import", "council", str(file), "--file-password-file", str(secret))

    assert "合言葉が違う" in staffed.run(*given, by="admin", expect=2)


def test_only_the_administrator_makes_keys(staffed: Office) -> None:
    assert "権限" in staffed.run("keys", "create", "council", "--name", "甲", by="chair", expect=2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("keys", "create", "nobody", "--name", "甲"), "nobody"),
        (("keys", "create", "council", "--name", "甲", "--signer", "../x"), "../x"),
        (("keys", "create", "council", "--name", "甲" * 65), "署名者"),
    ],
)
def test_what_cannot_be_a_key_is_refused(staffed: Office, arguments: tuple[str, ...], said: str) -> None:
    assert said in staffed.run(*arguments, by="admin", expect=2)


def test_a_body_without_keys_has_no_certificates(staffed: Office, tmp_path: Path) -> None:
    said = staffed.run("keys", "certificates", "council", "--out", str(tmp_path / "x.pem"), expect=2)

    assert "voting keys create council" in said


def test_the_copy_of_the_keys_is_drilled_and_noted(staffed: Office, tmp_path: Path) -> None:
    staffed.run("keys", "create", "council", "--name", "架空協議会", by="admin")
    copy, envelope = tmp_path / "usb", tmp_path / "envelope"
    shutil.copytree(tmp_path / "data" / "keys", copy)
    shutil.copy(tmp_path / "data" / "passphrase", envelope)
    given = ("keys", "drill", "--copy", str(copy), "--copy-passphrase-file", str(envelope))
    assert "まだ" in staffed.run("keys", "list", "council")

    said = staffed.run(*given, by="admin")

    assert "控えから開き、署名を確かめました: council.body.p12" in said
    assert envelope.read_text().strip() not in said
    assert "admin" in staffed.run("keys", "list", "council")


def test_a_copy_that_does_not_open_is_told_key_by_key_and_not_noted(staffed: Office, tmp_path: Path) -> None:
    staffed.run("keys", "create", "council", "--name", "架空協議会", by="admin")
    copy, envelope = tmp_path / "usb", tmp_path / "envelope"
    shutil.copytree(tmp_path / "data" / "keys", copy)
    envelope.write_bytes(b"")
    given = ("keys", "drill", "--copy", str(copy), "--copy-passphrase-file", str(envelope))

    said = staffed.run(*given, by="admin", expect=2)

    assert "全ての鍵を戻すことができません" in said and "council.body.p12 は署名に使えません" in said
    assert "まだ" in staffed.run("keys", "list", "council")
