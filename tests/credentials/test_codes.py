"""The voting code: as a person types it, as a person misreads it, and the keys made from it."""

import hmac
import re
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from voting.credentials.codes import (
    RANDOM_BYTES,
    Code,
    NotACode,
    credential_key,
    credential_seed,
    lookup_key,
    make_code,
    read_code,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
ORIGIN = "vote.example.or.jp/council/2024-09"
COUNTED = Code("0123456789ABCDEFGHJKMNP")
PRINTED = "0123-4567-89AB-CDEF-GHJK-MNPJ"

codes = st.text(ALPHABET, min_size=23, max_size=23).map(Code)
places = st.integers(0, 22)


def full(code: Code) -> str:
    """All 24 characters, without separators."""
    return code.printed().replace("-", "")


@pytest.mark.parametrize(
    ("characters", "check"),
    [
        ("0" * 23, "0"),
        ("1" * 23, "W"),  # 1 + 2 + … + 23 = 276 = 8 · 31 + 28
        ("Z" * 23, "0"),  # 31 counts as nothing
        ("Y" * 23, "3"),  # 30 is one less than nothing: −28 = 3
        ("0" * 22 + "Y", "8"),  # 23 · 30 = 690 = 22 · 31 + 8
        ("1" + "0" * 22, "1"),
        ("0123456789ABCDEFGHJKMNP", "J"),  # Σ i(i − 1) = 4324 − 276 = 4048 = 130 · 31 + 18
    ],
)
def test_the_check_character_is_as_computed_by_hand(characters, check):
    assert full(Code(characters)) == characters + check


def test_a_code_is_printed_in_six_groups_of_four():
    assert COUNTED.printed() == PRINTED


def test_chance_makes_a_code_of_its_lowest_five_bits():
    assert make_code(bytes(range(23))) == COUNTED
    assert make_code(bytes(byte | 0b11100000 for byte in range(23))) == COUNTED


@pytest.mark.parametrize("size", [0, RANDOM_BYTES - 1, RANDOM_BYTES + 1])
def test_a_code_is_made_of_exactly_as_much_chance_as_it_needs(size):
    with pytest.raises(ValueError):
        make_code(bytes(size))


@given(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_every_code_reads_back_as_printed(chance):
    code = make_code(chance)

    assert re.fullmatch(rf"(?:[{ALPHABET}]{{4}}-){{5}}[{ALPHABET}]{{4}}", code.printed())
    assert read_code(code.printed()) == code


@pytest.mark.parametrize(
    "typed",
    [
        PRINTED.lower(),
        PRINTED.replace("-", ""),
        PRINTED.replace("-", " "),
        f"  {PRINTED}\r\n",
        "\t" + PRINTED.replace("-", "\t"),
        PRINTED.replace("-", " - "),
        PRINTED.replace("-", "\u2010"),  # hyphen
        PRINTED.replace("-", "\u2011"),  # the one at which a line does not break
        PRINTED.replace("-", "\u2013"),  # en dash, by word processors
        PRINTED.replace("-", "\u2014"),  # em dash
        PRINTED.replace("-", "\u2212"),  # minus, by Japanese keyboards
        PRINTED.replace("-", "\uff0d"),  # full-width hyphen, by Japanese keyboards
        PRINTED.replace("-", "\u30fc"),  # the long vowel on the same key
        PRINTED.replace("-", "\u3000"),  # full-width space
        "-".join(PRINTED.replace("-", "")),
        "0123456-789ABCD--EFGHJKMNPJ-",
        PRINTED.replace("0", "O").replace("1", "I"),
        PRINTED.replace("0", "o").replace("1", "l"),
        PRINTED.replace("1", "L"),
        PRINTED.translate({ord(each): ord(each) + 0xFEE0 for each in PRINTED}),  # all full-width
        PRINTED.lower().translate({ord(each): ord(each) + 0xFEE0 for each in PRINTED.lower()}),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed):
    assert read_code(typed) == COUNTED


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        PRINTED[:-1],  # the last character left out
        PRINTED[1:],
        PRINTED + "0",
        PRINTED.replace("A", "U"),  # no character of ours
        PRINTED.replace("A", "あ"),
        PRINTED.replace("A", "Á"),
        PRINTED.replace("1", "ı"),  # a dotless i is no I, whatever upper() makes of it
        PRINTED.replace("89", "ß"),  # nor is one ß two S
        PRINTED.replace("1", "１１"),
        PRINTED.replace("1", "①"),
        PRINTED.replace("1", "\u0661"),  # a digit one, elsewhere
        PRINTED.replace("-", "."),
        PRINTED.replace("0", "\0"),
        f"#{PRINTED}",
        f"https://vote.example.or.jp/v#{PRINTED}",
        PRINTED * 2,
        "0" * 1_000_000,
    ],
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(NotACode):
        read_code(typed)


@given(code=codes, place=st.integers(0, 23), misread=st.sampled_from(ALPHABET))
def test_one_misread_character_is_noticed(code, place, misread):
    right = full(code)
    wrong = right[:place] + misread + right[place + 1 :]
    # 0 and Z differ by 31, which a sum modulo 31 cannot see; that pair is not easily taken for another.
    blind = place < 23 and {right[place], misread} == {"0", "Z"}

    if misread == right[place]:
        assert read_code(wrong) == code
    elif blind:
        assert read_code(wrong) != code
    else:
        with pytest.raises(NotACode):
            read_code(wrong)


def test_every_single_misreading_of_one_code_is_noticed():
    right = full(COUNTED)
    passed = []
    for place in range(24):
        for misread in set(ALPHABET) - {right[place]}:
            try:
                read_code(right[:place] + misread + right[place + 1 :])
            except NotACode:
                continue
            passed.append((place, misread))

    assert passed == [(0, "Z")]  # the 0 in the first place


@given(code=codes, first=places, second=places)
def test_two_characters_in_each_others_place_are_noticed(code, first, second):
    right = list(full(code))
    swapped = list(right)
    swapped[first], swapped[second] = right[second], right[first]
    if swapped == right or {right[first], right[second]} == {"0", "Z"}:
        return

    with pytest.raises(NotACode):
        read_code("".join(swapped))


def test_a_code_shows_itself_in_no_log_and_no_traceback():
    shown = f"{COUNTED!r} {COUNTED} {[COUNTED]} {(COUNTED,)}"

    assert COUNTED.characters not in shown
    assert not any(group in shown for group in PRINTED.split("-"))


def test_what_was_typed_is_not_in_the_refusal():
    with pytest.raises(NotACode) as refused:
        read_code(PRINTED[:-1])

    assert PRINTED[:4] not in f"{refused.value!r} {refused.value} {vars(refused.value)}"


def test_the_keys_are_as_the_format_says():
    # Ledger L5, written out once more with nothing but HMAC: RFC 5869, extract and one block of expand.
    characters = COUNTED.characters.encode()
    extracted = hmac.digest(sha256(ORIGIN.encode()).digest(), characters, "sha256")
    seed = hmac.digest(extracted, b"voting/credential/v1\x01", "sha256")

    assert credential_seed(COUNTED, ORIGIN) == seed
    assert (
        lookup_key(COUNTED, ORIGIN)
        == sha256(b"voting/lookup/v1\x00" + ORIGIN.encode() + b"\x00" + characters).digest()
    )


@given(
    one=st.tuples(codes, st.sampled_from([ORIGIN, ORIGIN + "-2", "other/" + ORIGIN])),
    other=st.tuples(codes, st.sampled_from([ORIGIN, ORIGIN + "-2", "other/" + ORIGIN])),
)
def test_no_two_codes_or_ledgers_share_a_look_up_key_or_a_credential(one, other):
    same = one == other

    assert (lookup_key(*one) == lookup_key(*other)) == same
    assert (credential_seed(*one) == credential_seed(*other)) == same


def test_the_look_up_key_does_not_give_the_credential_away():
    assert lookup_key(COUNTED, ORIGIN) != credential_seed(COUNTED, ORIGIN)


def test_the_credential_signs_and_its_public_half_verifies():
    key = credential_key(credential_seed(COUNTED, ORIGIN))
    public = Ed25519PublicKey.from_public_bytes(key.public_key)
    same = Ed25519PrivateKey.from_private_bytes(credential_seed(COUNTED, ORIGIN))

    public.verify(key.sign(b"voting/cast/v1\n"), b"voting/cast/v1\n")
    assert key.public_key == same.public_key().public_bytes_raw()
