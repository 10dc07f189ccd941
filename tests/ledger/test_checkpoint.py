"""Checkpoints: three lines, signed by the log itself."""

import pytest

from voting.ledger import checkpoint
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.merkle import EMPTY_ROOT
from voting.ledger.note import NoteFault, Signer, sign_note

ORIGIN = "vote.example.or.jp/council/2024-09"
LOG = Signer.from_seed(ORIGIN, b"\x01" * 32)
WITNESS = Signer.from_seed("witness.example", b"\x02" * 32)
POINT = Checkpoint(ORIGIN, 26, bytes(range(32)))
TEXT = f"{ORIGIN}\n26\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"


def test_a_checkpoint_is_three_lines_and_reads_back():
    assert checkpoint.format(POINT) == TEXT
    assert checkpoint.parse(TEXT) == POINT


def test_a_signed_checkpoint_opens_with_the_log_s_key():
    assert checkpoint.open(checkpoint.sign(POINT, LOG), [LOG.verifier]) == POINT


def test_an_empty_log_has_a_checkpoint_of_its_own():
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)

    assert checkpoint.parse(checkpoint.format(empty)) == empty
    with pytest.raises(CheckpointFault):
        Checkpoint(ORIGIN, 0, bytes(32))


def test_a_replaced_key_signs_beside_its_successor():
    successor = Signer.from_seed(ORIGIN, b"\x03" * 32)
    note = checkpoint.sign(POINT, LOG, successor)

    assert checkpoint.open(note, [LOG.verifier]) == POINT
    assert checkpoint.open(note, [successor.verifier]) == POINT


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "extension\n",
        TEXT[:-1],
        TEXT + "\n",
        TEXT.replace("26", "026"),
        TEXT.replace("26", "+26"),
        TEXT.replace("26", "-1"),
        TEXT.replace("26", "２６"),
        TEXT.replace("26", "2_6"),
        TEXT.replace("26", "9007199254740992"),
        TEXT.replace("26", " 26"),
        TEXT.replace("26", "0"),
        TEXT.replace("Hh8=", "Hh9="),
        TEXT.replace("Hh8=", "Hh8"),
        TEXT.replace("AAEC", ""),
        TEXT.replace("/", " "),
        TEXT.replace(ORIGIN, ""),
        "",
        "\n\n\n",
    ],
)
def test_a_checkpoint_in_any_other_form_is_refused(text):
    with pytest.raises(CheckpointFault):
        checkpoint.parse(text)


def test_a_checkpoint_that_only_a_witness_has_signed_is_refused():
    note = sign_note(TEXT, WITNESS)

    with pytest.raises(CheckpointFault):
        checkpoint.open(note, [LOG.verifier, WITNESS.verifier])


def test_the_checkpoint_of_another_assembly_signed_by_its_own_key_is_refused():
    other = Signer.from_seed("vote.example.or.jp/council/2025-09", b"\x01" * 32)
    note = checkpoint.sign(Checkpoint(other.name, 26, POINT.root), other)

    with pytest.raises(NoteFault):
        checkpoint.open(note, [LOG.verifier])


def test_a_log_does_not_sign_for_another():
    with pytest.raises(CheckpointFault):
        checkpoint.sign(POINT, WITNESS)


def test_a_printed_form_can_never_be_read_as_a_checkpoint():
    form = LOG.sign(f"voting/issued/v1\n{ORIGIN}\nmember M0004\n")

    with pytest.raises(CheckpointFault):
        checkpoint.open(form, [LOG.verifier])
