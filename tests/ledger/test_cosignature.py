"""Cosignatures as C2SP tlog-cosignature has them."""

import base64
import hashlib

import nacl.signing
import pytest

from tests.witness.logs import Log, cosigner
from voting.ledger.cosignature import CosignatureFault, Witness, merged
from voting.ledger.note import NoteFault, Verifier, open_note, split_note

TIME = 1_781_000_000


def test_a_cosignature_is_the_signature_of_another_library_over_time_and_checkpoint() -> None:
    key, note = cosigner(), Log.of(3).note()
    text, _ = split_note(note)

    line = key.line(text, time=TIME).decode()

    _, name, encoded = line.rstrip("\n").split(" ")
    data = base64.b64decode(encoded, validate=True)
    public = key.private_key.public_key().public_bytes_raw()
    assert name == key.name
    assert data[:4] == hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    assert data[4:12] == TIME.to_bytes(8, "big")
    nacl.signing.VerifyKey(public).verify(f"cosignature/v1\ntime {TIME}\n{text}".encode(), data[12:])


def test_a_note_with_cosignatures_is_still_the_logs_own_note() -> None:
    log, key = Log.of(3), cosigner()
    text, _ = split_note(log.note())

    note = merged(log.note(), [key.line(text, time=TIME)])

    assert open_note(note, [log.signer.verifier]) == text
    assert len(key.witness.signatures(*split_note(note))) == 1


def test_the_same_line_is_added_once_only() -> None:
    log, key = Log.of(3), cosigner()
    line = key.line(split_note(log.note())[0], time=TIME)

    assert merged(log.note(), [line, line]) == merged(merged(log.note(), [line]), [line])


def test_what_is_no_signature_line_cannot_be_added() -> None:
    with pytest.raises(NoteFault):
        merged(Log.of(1).note(), [b"hello\n"])


def test_a_time_moved_by_a_second_refutes_the_cosignature() -> None:
    key, note = cosigner(), Log.of(3).note()
    line = key.line(split_note(note)[0], time=TIME).decode()
    name, encoded = line.split(" ")[1:]
    data = bytearray(base64.b64decode(encoded))
    data[11] ^= 1

    forged = f"— {name} {base64.b64encode(data).decode()}\n".encode()

    with pytest.raises(CosignatureFault):
        key.witness.signatures(*split_note(note + forged))


def test_a_witness_key_reads_back_and_is_no_key_of_a_log() -> None:
    witness = cosigner().witness

    assert Witness.from_vkey(witness.vkey) == witness
    with pytest.raises(NoteFault):
        Verifier.from_vkey(witness.vkey)
    with pytest.raises(CosignatureFault):
        Witness.from_vkey(Log.of(1).signer.vkey)


@pytest.mark.parametrize("time", [0, -1, 2**63])
def test_no_cosignature_bears_a_time_that_verifiers_refuse(time: int) -> None:
    with pytest.raises(CosignatureFault):
        cosigner().line("x\n", time=time)
