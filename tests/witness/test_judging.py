"""What a witness signs, and what it is asked in vain."""

import pytest

from tests.witness.logs import Log
from voting.core.errors import Refusal
from voting.ledger.checkpoint import Checkpoint
from voting.witness.errors import Forked, NoSubmission, NotProved, NotSignedByLog, OldSizeDiffers, WentSmaller
from voting.witness.judging import Submission, format_submission, judge, opened, parse_submission, stated

LOG = Log.of(300)
HELD = stated(LOG.note(20))


def ask(submission: Submission, held: Checkpoint | None = HELD) -> None:
    judge(stated(submission.note), held, old=submission.old, proof=submission.proof)


@pytest.mark.parametrize("size", [20, 21, 255, 256, 257, 300])
def test_a_log_that_only_grew_is_signed(size: int) -> None:
    ask(LOG.submission(20, size))


def test_the_first_checkpoint_of_a_log_is_signed_as_it_is() -> None:
    ask(LOG.submission(0, 20), None)


ATTACKS: dict[str, tuple[Submission, type[Refusal]]] = {
    "a smaller size": (Submission(20, (), LOG.note(19)), WentSmaller),
    "a smaller size with a proof of its own": (LOG.submission(10, 19), OldSizeDiffers),
    "another root at the same size": (Submission(20, (), LOG.branch(7).note(20)), Forked),
    "a fork that grew on": (LOG.branch(7).submission(20, 300), NotProved),
    "a fork after the last entry seen, told as from nothing": (
        LOG.branch(7).submission(0, 300),
        OldSizeDiffers,
    ),
    "a proof from another size": (Submission(20, LOG.submission(21).proof, LOG.note()), NotProved),
    "no proof": (Submission(20, (), LOG.note()), NotProved),
    "a proof too long": (Submission(20, (*LOG.submission(20).proof, bytes(32)), LOG.note()), NotProved),
    "a proof where none belongs": (Submission(20, (bytes(32),), LOG.note(20)), NotProved),
}


@pytest.mark.parametrize(("submission", "refusal"), ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_on_history_is_not_signed(submission: Submission, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask(submission)


def test_a_proof_before_the_first_checkpoint_is_refused() -> None:
    with pytest.raises(NotProved):
        ask(Submission(0, (bytes(32),), LOG.note()), None)


def test_a_submission_reads_back_as_it_was_written() -> None:
    submission = LOG.submission(20)

    assert parse_submission(format_submission(submission)) == submission


BODY = format_submission(LOG.submission(20))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        BODY.replace(b"old 20", b"old 020"),
        BODY.replace(b"old 20", b"old -1"),
        BODY.replace(b"old 20", b"old 99999999999999999999"),
        BODY.replace(b"old 20\n", b""),
        BODY.replace(b"old 20\n", b"old 20\nAAAA\n"),
        BODY.replace(b"old 20\n", b"old 20\nnot base64\n"),
        BODY.replace(b"old 20\n", b"old 20\n" + b"A" * 43 + b"=\n" + (b"A" * 43 + b"=\n") * 63),
        BODY.replace(b"\n\n", b"\n", 1),
        BODY.replace(b"\n", b"\r\n"),
        b"old 0\n\nhello\n",
        b"old 0\n\n" + LOG.note().replace(b"\n300\n", b"\n300\nextension\n"),
        b"\xff" + BODY,
    ],
)
def test_what_is_no_submission_is_refused(body: bytes) -> None:
    with pytest.raises(NoSubmission):
        parse_submission(body)


def test_a_checkpoint_that_somebody_else_signed_is_not_the_logs() -> None:
    forged = Log.of(20)
    note = forged.note().replace(b"\n20\n", b"\n21\n")

    with pytest.raises(NotSignedByLog):
        opened(note, forged.signer.verifier)
    with pytest.raises(NotSignedByLog):
        opened(forged.note(), Log.of(1, origin="other.example/log").signer.verifier)
