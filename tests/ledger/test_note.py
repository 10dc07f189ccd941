"""Signed notes, judged by the example of golang.org/x/mod/sumdb/note and attacked."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.ledger.canonical import b64, unb64
from voting.ledger.note import (
    NoteFault,
    Signer,
    Verifier,
    key_id,
    open_note,
    read_note,
    sign_note,
    split_note,
)

# The published example of Go's package: key, text and note.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SEED = unb64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
GO_NOTE = f"{GO_TEXT}\n— PeterNeumann {GO_SIGNATURE}\n".encode()

LOG = Signer.from_seed("vote.example.or.jp/council/2024-09", b"\x01" * 32)
WITNESS = Signer.from_seed("witness.example", b"\x02" * 32)
TEXT = "一行目\n\n三行目\n"
NOTE = LOG.sign(TEXT)


def test_the_published_note_is_made_and_read():
    signer = Signer.from_seed("PeterNeumann", GO_SEED)

    assert signer.vkey == GO_VKEY
    assert signer.sign(GO_TEXT) == GO_NOTE
    assert open_note(GO_NOTE, [Verifier.from_vkey(GO_VKEY)]) == GO_TEXT


def test_a_text_with_empty_lines_reads_back():
    for text in (TEXT, "\n", "\n\n\n", "a\n\n", "— looks like a signature line\n"):
        assert open_note(LOG.sign(text), [LOG.verifier]) == text


def test_a_note_by_two_keys_names_both_of_those_that_are_known():
    note = sign_note(TEXT, LOG, WITNESS)

    assert read_note(note, [WITNESS.verifier, LOG.verifier]).signed_by == (LOG.verifier, WITNESS.verifier)
    assert read_note(note, [WITNESS.verifier]).signed_by == (WITNESS.verifier,)


def test_a_note_signed_by_strangers_only_is_refused():
    with pytest.raises(NoteFault):
        open_note(NOTE, [WITNESS.verifier])
    with pytest.raises(NoteFault):
        open_note(NOTE, [])


def test_the_signature_of_a_stranger_is_passed_over_even_if_wrong():
    line = f"— stranger.example {b64(b'abcd' + b'no signature at all')}\n".encode()

    assert open_note(NOTE + line, [LOG.verifier]) == TEXT


def test_a_wrong_signature_by_a_known_key_refuses_a_note_that_another_has_signed():
    forged = f"— {WITNESS.name} {b64(WITNESS.verifier.key_id + bytes(64))}\n".encode()

    with pytest.raises(NoteFault):
        open_note(NOTE + forged, [LOG.verifier, WITNESS.verifier])


@pytest.mark.parametrize("length", [1, 63, 65, 128])
def test_a_signature_of_another_length_by_a_known_key_is_refused(length):
    line = f"— {LOG.name} {b64(LOG.verifier.key_id + bytes(length))}\n".encode()

    with pytest.raises(NoteFault):
        open_note(NOTE + line, [LOG.verifier])


def test_a_key_of_the_same_name_is_a_stranger():
    other = Signer.from_seed(LOG.name, b"\x03" * 32)

    with pytest.raises(NoteFault):
        open_note(other.sign(TEXT), [LOG.verifier])
    assert open_note(sign_note(TEXT, other, LOG), [LOG.verifier]) == TEXT


def test_a_signature_relabelled_with_the_known_id_is_refused():
    # What an attacker gets who finds a key with the same four bytes: a wrong signature, never a note.
    other = Signer.from_seed(LOG.name, b"\x03" * 32)
    stolen = other.private_key.sign(TEXT.encode())
    collision = f"{TEXT}\n— {LOG.name} {b64(LOG.verifier.key_id + stolen)}\n".encode()

    with pytest.raises(NoteFault):
        open_note(collision, [LOG.verifier])


def test_known_keys_that_collide_are_refused_rather_than_guessed_between():
    double = Verifier(LOG.name, WITNESS.verifier.public_key)
    object.__setattr__(double, "key_id", LOG.verifier.key_id)

    with pytest.raises(NoteFault):
        open_note(NOTE, [LOG.verifier, double])


def test_a_key_given_twice_is_one_key():
    assert open_note(NOTE, [LOG.verifier, Verifier.from_vkey(LOG.vkey)]) == TEXT


def test_every_single_flipped_bit_refuses_the_note():
    for place in range(len(NOTE)):
        for bit in range(8):
            changed = bytearray(NOTE)
            changed[place] ^= 1 << bit

            with pytest.raises(NoteFault):
                open_note(bytes(changed), [LOG.verifier])


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note[:-1],
        lambda note: note + b"\n",
        lambda note: note + b"trailing\n",
        lambda note: note.replace(b"\n", b"\r\n"),
        lambda note: note.replace("— ".encode(), b"- "),
        lambda note: note.replace("— ".encode(), "—  ".encode()),
        lambda note: note.replace(b"=\n", b"= \n"),
        lambda note: note.replace(b"=\n", b"\n"),
        lambda note: b"\xef\xbb\xbf" + note,
        lambda note: note.split("— ".encode())[0],
        lambda note: b"\t" + note,
        lambda note: b"\xff" + note,
        lambda note: b"",
        lambda note: b"\n\n",
        lambda note: note + "— a b\n".encode(),
        lambda note: note + "— a+b QUJDREU=\n".encode(),
        lambda note: note + "— a QUJDRA==\n".encode(),
        lambda note: note + "— stranger QUJDREU=\n".encode() * 100,
        lambda note: b"x" * 1_000_001,
    ],
)
def test_what_is_not_exactly_a_note_is_refused(change):
    with pytest.raises(NoteFault):
        open_note(change(NOTE), [LOG.verifier])


def test_sixteen_signatures_are_read():
    note = NOTE + "— stranger QUJDREU=\n".encode() * 15

    assert len(split_note(note)[1]) == 16
    assert open_note(note, [LOG.verifier]) == TEXT


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "return\r\n", "nul\x00\n", "\ud800\n"])
def test_what_cannot_be_the_text_of_a_note_is_not_signed(text):
    with pytest.raises(NoteFault):
        LOG.sign(text)


def test_nobody_signs_nothing():
    with pytest.raises(NoteFault):
        sign_note(TEXT)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\u00a0b", "a\nb", "a\x01b", "\ud800"])
def test_a_name_that_would_break_a_signature_line_is_refused(name):
    with pytest.raises(NoteFault):
        Signer.from_seed(name, bytes(32))


def test_a_verifier_key_reads_back():
    assert Verifier.from_vkey(LOG.vkey) == LOG.verifier
    assert LOG.verifier.key_id == key_id(LOG.name, LOG.verifier.public_key)


@pytest.mark.parametrize(
    "change",
    [
        lambda vkey: vkey[:-1],
        lambda vkey: vkey + "=",
        lambda vkey: " " + vkey,
        lambda vkey: vkey + "\n",
        lambda vkey: vkey.replace("example", "exemple"),
        lambda vkey: vkey.split("+")[0] + "+" + vkey.split("+")[1].upper() + "+" + vkey.split("+", 2)[2],
        lambda vkey: "+".join(vkey.split("+")[:2]),
        lambda vkey: vkey.split("+")[0] + "+00000000+" + vkey.split("+", 2)[2],
        lambda vkey: "",
    ],
)
def test_a_verifier_key_in_any_other_form_is_refused(change):
    with pytest.raises(NoteFault):
        Verifier.from_vkey(change(LOG.vkey))


def test_a_verifier_key_of_another_type_is_refused():
    # The cosignature key of a witness, type 4, must not pass for one that signs checkpoints.
    other = b64(b"\x04" + LOG.verifier.public_key)

    with pytest.raises(NoteFault):
        Verifier.from_vkey(f"{LOG.name}+{LOG.verifier.key_id.hex()}+{other}")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_or_a_key_of_another_length_is_refused(length):
    with pytest.raises(NoteFault):
        Signer.from_seed("log.example", bytes(length))
    with pytest.raises(NoteFault):
        Verifier("log.example", bytes(length))


def test_a_signer_never_shows_its_private_key():
    key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)

    assert "07" * 32 not in repr(Signer("log.example", key))
    assert "private" not in repr(Signer("log.example", key))
