"""The fixed vectors of codes and issued ballots: they belong to the format, and the program has to agree.

Besides the program a few lines that share no code with it work them out again, as a stranger would.
"""

import hmac
import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.credentials.code_vectors import file_text
from voting.credentials.codes import NotACode, read_code
from voting.ledger.canonical import b64, unb64
from voting.ledger.note import NoteFault, Verifier, open_note

FILE = Path(__file__).parents[1] / "vectors" / "credentials.json"
VECTORS = json.loads(FILE.read_text("utf-8"))
ISSUED = VECTORS["issued"]
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_the_program_makes_the_vectors_as_they_stand():
    assert file_text() == FILE.read_text("utf-8")


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda each: each["code"])
def test_a_code_leads_to_its_key_by_the_words_of_the_format(vector):
    characters, origin = vector["characters"], vector["origin"]
    check = sum(place * ALPHABET.index(each) for place, each in enumerate(characters, 1)) % 31
    extracted = hmac.digest(sha256(origin.encode()).digest(), characters.encode(), "sha256")
    seed = hmac.digest(extracted, b"voting/credential/v1\x01", "sha256")
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signed = f"voting/cast/v1\n{origin}\n{vector['commitment']}\n".encode()

    assert vector["code"].replace("-", "") == characters + ALPHABET[check]
    assert vector["seed"] == seed.hex()
    assert vector["key"] == b64(key.public_key().public_bytes_raw())
    assert vector["lookup"] == sha256(f"voting/lookup/v1\0{origin}\0{characters}".encode()).hexdigest()
    assert vector["signature"] == b64(key.sign(signed))
    Ed25519PublicKey.from_public_bytes(unb64(vector["key"])).verify(unb64(vector["signature"]), signed)


@pytest.mark.parametrize("vector", VECTORS["typed"], ids=lambda each: each["typed"])
def test_a_code_is_read_however_it_was_typed(vector):
    assert read_code(vector["typed"]).characters == vector["characters"]


@pytest.mark.parametrize("typed", VECTORS["refused"])
def test_a_code_with_a_character_changed_or_exchanged_is_refused(typed):
    with pytest.raises(NotACode):
        read_code(typed)


def test_the_refused_codes_change_each_of_the_24_characters():
    right = VECTORS["typed"][0]["characters"] + "J"
    changed = [each for each in VECTORS["refused"] if len(each) == 24]

    for place in range(24):
        assert any(each[place] != right[place] for each in changed if sum(map(str.__ne__, each, right)) == 1)


def test_an_issued_ballot_is_a_note_of_the_log():
    text = open_note(ISSUED["note"].encode(), [Verifier.from_vkey(ISSUED["vkey"])])

    assert text == ISSUED["text"]
    assert text.split("\n")[3] == "name " + ISSUED["name"].replace("\t", " ")
    for line in text.split("\n")[:-1]:
        with pytest.raises(NoteFault):
            changed = ISSUED["note"].replace(line, line + "0", 1)
            open_note(changed.encode(), [Verifier.from_vkey(ISSUED["vkey"])])
