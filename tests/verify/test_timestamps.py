"""Time-stamps by RFC 3161: over exactly the checkpoint's bytes, by an authority that genesis names."""

from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.verify.conftest import Council
from tests.verify.forge import Forge, check, failed
from tests.verify.tsa import DATA, STAMPED_AT, Authority, der, integer, sequence
from voting.verify.cms import CmsFault
from voting.verify.findings import Finding
from voting.verify.timestamps import read_timestamp

STAMPS = Path(__file__).parent / "stamps"
NOTE = b"some checkpoint\n"


def stamped(council: Council, authority: Authority, stamp: bytes | None = None) -> Forge:
    forge = council.forge()
    forge.body("genesis")["timestamps"] = [authority.digest]
    size = len(forge.entries)
    forge.files[f"timestamps/{size}.tsr"] = stamp or authority.stamp(forge.note(size))
    return forge


def sixth(council: Council, forge: Forge) -> Finding:
    checks = check(forge.zipped(), council.held)
    assert failed(checks) <= {6}
    return checks[5]


@pytest.mark.parametrize(
    ("kind", "certificate"),
    [
        ("rsa", "653a1a39a813e4099503a12d8e6dd744c842aa1ba5e68c6e22600e021965fc89"),
        ("ec", "a69888fdb9348eb8b7a67ac067725152e73dde07a8f6de81d522934c3b4523cc"),
    ],
)
def test_what_openssl_stamped_is_verified(kind: str, certificate: str) -> None:
    stamp = read_timestamp((STAMPS / f"{kind}.tsr").read_bytes(), (STAMPS / "stamped").read_bytes())

    assert stamp.at.isoformat() == "2026-11-21T23:33:17+00:00"
    assert sha256(stamp.certificate).hexdigest() == certificate


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_what_openssl_stamped_is_over_those_bytes_only(kind: str) -> None:
    with pytest.raises(CmsFault):
        read_timestamp((STAMPS / f"{kind}.tsr").read_bytes(), (STAMPS / "stamped").read_bytes() + b"\n")


def test_a_bit_turned_in_a_stamp_never_gives_the_named_authority_another_time() -> None:
    whole, over = (STAMPS / "ec.tsr").read_bytes(), (STAMPS / "stamped").read_bytes()
    genuine, refused = read_timestamp(whole, over), 0
    for place in range(len(whole)):
        data = bytearray(whole)
        data[place] ^= 1
        try:
            found = read_timestamp(bytes(data), over)
        except CmsFault:
            refused += 1
            continue
        # The certificate's own signature is not looked at: genesis names it by its hash.
        assert found == genuine or found.certificate != genuine.certificate
    assert refused > len(whole) // 2


def test_a_stamped_final_checkpoint_is_verified_with_its_time(council: Council) -> None:
    finding = sixth(council, stamped(council, Authority()))

    assert finding.items == 1
    assert finding.notes[0].facts["at"] == "2026-06-11T00:10:00.000Z"


def test_every_other_stamp_has_to_be_right_as_well(council: Council) -> None:
    authority = Authority()
    forge = stamped(council, authority)
    forge.files["timestamps/3.tsr"] = authority.stamp(forge.note(4))

    assert sixth(council, forge).fault == "stamp"


def test_a_stamp_over_no_checkpoint_is_refused(council: Council) -> None:
    authority = Authority()
    forge = stamped(council, authority)
    forge.files["timestamps/999.tsr"] = authority.stamp(NOTE)

    assert sixth(council, forge).fault == "stamp-of-nothing"


def test_an_authority_that_genesis_does_not_name_is_refused(council: Council) -> None:
    other = Authority(key=ec.derive_private_key(8, ec.SECP256R1()))
    forge = stamped(council, Authority())
    size = len(forge.entries)
    forge.files[f"timestamps/{size}.tsr"] = other.stamp(forge.note(size))

    assert sixth(council, forge).fault == "stamp-authority"


def test_a_certificate_for_something_else_stamps_nothing() -> None:
    with pytest.raises(CmsFault):
        read_timestamp(Authority(usage=ExtendedKeyUsageOID.SERVER_AUTH).stamp(NOTE), NOTE)


def test_a_stamp_outside_of_the_certificates_years_is_refused() -> None:
    with pytest.raises(CmsFault):
        read_timestamp(Authority(years=(2020, 2021)).stamp(NOTE), NOTE)


def test_a_stamp_that_was_not_granted_is_refused() -> None:
    with pytest.raises(CmsFault):
        read_timestamp(Authority().stamp(NOTE, status=2), NOTE)


def test_a_signature_over_something_else_than_a_stamp_is_refused() -> None:
    token = Authority().signed(NOTE, content_type=DATA)

    with pytest.raises(CmsFault):
        read_timestamp(sequence(sequence(integer(0)), token), NOTE)


def test_fractions_of_a_second_are_read() -> None:
    stamp = read_timestamp(Authority().stamp(NOTE, at=STAMPED_AT), NOTE)

    assert stamp.at == STAMPED_AT


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", der(0x30), b"\x1f\x01\x00"]
)
def test_what_is_no_stamp_is_refused_without_a_traceback(data: bytes) -> None:
    with pytest.raises(CmsFault):
        read_timestamp(data, NOTE)
