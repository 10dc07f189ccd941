"""The witness over real HTTP, with the status codes of C2SP tlog-witness."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.witness.logs import ORIGIN, Log, desk, lines_by, serving
from voting.ledger.note import Signer
from voting.witness.client import SIZE_TYPE, ask, held_path
from voting.witness.desk import Desk
from voting.witness.judging import Submission, format_submission
from voting.witness.server import make_server


@pytest.fixture
def log() -> Log:
    return Log.of(20)


@pytest.fixture
def witness(tmp_path: Path, log: Log) -> Desk:
    """A witness that has signed the log at 20 entries."""
    found = desk(tmp_path, log)
    found.cosign(log.submission(0))
    return found


@pytest.fixture
def address(witness: Desk) -> Iterator[str]:
    with serving(make_server(witness, "127.0.0.1", 0)) as found:
        yield found


def test_a_checkpoint_that_continues_is_answered_with_a_cosignature(
    witness: Desk, address: str, log: Log
) -> None:
    log.grow(300)

    answer = ask(f"{address}/add-checkpoint", format_submission(log.submission(20)))

    assert answer.status == 200
    assert lines_by(witness.cosigner, log.note(), answer.body) == 1
    assert ask(f"{address}/{held_path(ORIGIN)}", None).body == log.note()


def test_a_wrong_old_size_is_answered_with_the_right_one(address: str, log: Log) -> None:
    log.grow(300)

    answer = ask(f"{address}/add-checkpoint", format_submission(log.submission(0)))

    assert (answer.status, answer.kind, answer.body) == (409, SIZE_TYPE, b"20\n")


LOG = Log.of(20)
REFUSED = {
    "no submission": (b"hello", 400),
    "an old size above the new one": (format_submission(Submission(20, (), LOG.note(19))), 400),
    "a checkpoint signed by another key": (
        format_submission(
            Submission(20, (), Log(LOG.entries, Signer.from_seed(ORIGIN, bytes([7]) * 32)).note())
        ),
        403,
    ),
    "a checkpoint of another log": (
        format_submission(Submission(0, (), Log.of(3, origin="other.example/log").note())),
        404,
    ),
    "a smaller size": (format_submission(LOG.submission(5, 9)), 409),
    "another root at the same size": (format_submission(Submission(20, (), LOG.branch(7).note())), 409),
    "a fork": (format_submission(Submission(20, (bytes(32),), Log.of(30).branch(7).note())), 422),
}


@pytest.mark.parametrize(("body", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_a_request_that_is_refused_gets_its_status_and_no_signature(
    witness: Desk, address: str, body: bytes, status: int
) -> None:
    answer = ask(f"{address}/add-checkpoint", body)

    assert answer.status == status
    assert "—".encode() not in answer.body
    assert witness.state.held(ORIGIN) == LOG.note()


def test_a_refusal_says_in_two_languages_what_is_wrong(address: str) -> None:
    body = format_submission(Submission(0, (), Log.of(3, origin="other.example/log").note()))

    said = ask(f"{address}/add-checkpoint", body).body.decode()

    assert "not watched here" in said and "登録されていません" in said


@pytest.mark.parametrize(
    "path", ["/", "/add-checkpoint", f"/{held_path('other.example/log')}", "/%2e%2e/key.pem"]
)
def test_nothing_else_is_to_be_had(address: str, path: str) -> None:
    assert ask(address + path, None).status == 404


@pytest.mark.parametrize("length", [None, "-1", "1e3", "999999999", "9" * 30])
def test_a_body_without_an_honest_length_is_not_read(address: str, length: str | None) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(address).port or 0, timeout=10)
    connection.putrequest("POST", "/add-checkpoint")
    if length is not None:
        connection.putheader("Content-Length", length)
    connection.endheaders()

    assert connection.getresponse().status == 400
    connection.close()
