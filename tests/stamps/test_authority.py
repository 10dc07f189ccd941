"""What an authority answers is kept only where it is over these bytes, for this request, by its own key."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.stamping import Query, Server, listening
from tests.verify.tsa import Authority as Keys
from voting.stamps.authority import (
    Authority,
    NoAuthority,
    StampNotGiven,
    StampRejected,
    read_certificates,
)
from voting.verify.timestamps import read_timestamp

NOTE = b"some checkpoint\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as found:
        yield found


def pem(*keys: Keys) -> bytes:
    return b"".join(each.certificate.public_bytes(Encoding.PEM) for each in keys)


def test_a_stamp_is_got_and_the_auditors_verifier_reads_it(server: Server) -> None:
    answer = server.client().stamp(NOTE)

    assert server.asked[0].imprint == sha256(NOTE).digest()
    assert read_timestamp(answer, NOTE).at == server.clock()


def test_no_two_requests_have_the_same_nonce(server: Server) -> None:
    for _ in range(3):
        server.client().stamp(NOTE)

    assert len({each.nonce for each in server.asked}) == 3


def test_a_stamp_replayed_from_another_request_is_refused(server: Server) -> None:
    old = server.client().stamp(NOTE)
    server.reply = lambda server, query: old

    with pytest.raises(StampRejected, match="Nonce"):
        server.client().stamp(NOTE)


def test_a_stamp_without_a_nonce_is_refused(server: Server) -> None:
    server.reply = lambda server, query: server.keys.answer(query.imprint)

    with pytest.raises(StampRejected):
        server.client().stamp(NOTE)


def test_a_stamp_over_other_bytes_is_refused(server: Server) -> None:
    server.reply = lambda server, query: server.right(Query(sha256(b"other").digest(), query.nonce))

    with pytest.raises(StampRejected, match="Mismatch"):
        server.client().stamp(NOTE)


def test_a_stamp_by_another_key_is_refused(server: Server) -> None:
    other = Keys(key=ec.derive_private_key(8, ec.SECP256R1()))

    with pytest.raises(StampRejected, match="certificate"):
        server.client(trusted=other).stamp(NOTE)


def test_a_stamp_by_a_key_that_is_for_something_else_is_refused(server: Server) -> None:
    server.keys = Keys(usage=ExtendedKeyUsageOID.SERVER_AUTH)

    with pytest.raises(StampRejected):
        server.client().stamp(NOTE)


def test_a_stamp_outside_of_the_certificates_years_is_refused() -> None:
    with listening(keys=Keys(years=(2020, 2021))) as server, pytest.raises(StampRejected):
        server.client().stamp(NOTE)


@pytest.mark.parametrize("answer", [b"", b"<html>busy</html>", b"\x30\x03\x02\x01\x00", b"x" * 70_000])
def test_an_answer_that_is_no_stamp_is_refused(server: Server, answer: bytes) -> None:
    server.reply = lambda server, query: answer

    with pytest.raises(StampRejected):
        server.client().stamp(NOTE)


def test_a_stamp_that_is_not_granted_is_asked_for_again_later(server: Server) -> None:
    server.reply = lambda server, query: server.keys.answer(query.imprint, nonce=query.nonce, status=2)

    with pytest.raises(StampNotGiven, match="PKIStatus 2"):
        server.client().stamp(NOTE)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_error_of_the_server_is_asked_again_later(server: Server, status: int) -> None:
    server.status = status

    with pytest.raises(StampNotGiven, match=str(status)):
        server.client().stamp(NOTE)


def test_an_authority_that_is_not_there_is_told_and_does_no_harm() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        client = Authority(f"http://127.0.0.1:{probe.getsockname()[1]}/", (Keys().certificate,))

        with pytest.raises(StampNotGiven):
            client.stamp(NOTE)


def test_an_authority_that_never_answers_is_left_after_its_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client = Authority(f"http://127.0.0.1:{silent.getsockname()[1]}/", (Keys().certificate,), seconds=1)

        with pytest.raises(StampNotGiven):
            client.stamp(NOTE)


def test_an_authority_is_named_by_its_stamping_certificates_only() -> None:
    keys, root = Keys(), Keys(usage=ExtendedKeyUsageOID.SERVER_AUTH, name="Root")
    found = read_certificates(pem(keys, root))

    assert Authority("http://tsa.example/", found).names == (keys.digest,)


@pytest.mark.parametrize(
    "content", [b"", b"no certificate", pem(Keys(usage=ExtendedKeyUsageOID.SERVER_AUTH))]
)
def test_a_file_without_a_stamping_certificate_is_no_authority(content: bytes) -> None:
    with pytest.raises(NoAuthority):
        read_certificates(content)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is the second judge")
def test_openssl_agrees_that_the_stamp_is_right_and_over_those_bytes(server: Server, tmp_path: Path) -> None:
    for name, content in (("note", NOTE), ("tsr", server.client().stamp(NOTE)), ("pem", pem(server.keys))):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "other").write_bytes(NOTE + b"\n")

    def judge(data: str) -> int:
        command = ["openssl", "ts", "-verify", "-data", data, "-in", "tsr", "-CAfile", "pem"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert judge("other") != 0
    assert judge("note") == 0
