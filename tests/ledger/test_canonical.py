"""Canonical JSON, judged by the rfc8785 package and by the RFC's own examples."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from voting.ledger.canonical import (
    CanonicalFault,
    b64,
    decode,
    encode,
    instant_text,
    milliseconds,
    parse_instant,
    unb64,
)

# Every plane, with the characters around the surrogates and around U+10000 as likely as the rest.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from('\x00\x1f"\\/\x7f\u2028\ud7ff\ue000\ufb33\uffff\U00010000\U0001f600髙𠮷ヶ'),
    ),
    max_size=8,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_has_the_bytes_that_another_hand_gives_it(value):
    assert encode(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_written_reads_back(value):
    assert decode(encode(value)) == value


@given(
    st.binary(max_size=60) | VALUES.map(encode).flatmap(lambda data: st.permutations(list(data)).map(bytes))
)
def test_whatever_can_be_read_prints_back_to_the_same_bytes(data):
    try:
        value = decode(data)
    except CanonicalFault:
        return
    assert encode(value) == data


def test_names_are_sorted_by_utf16_units_and_not_by_code_points():
    # The RFC's own example, section 3.2.3: U+1F600 sorts before U+FB33.
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}

    assert encode(value) == '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'.encode()


def test_a_name_with_a_rare_character_deep_inside_is_sorted_as_well():
    assert encode([{"x": {"\ufb33": 1, "𠮷": 2}}]) == '[{"x":{"𠮷":2,"\ufb33":1}}]'.encode()


def test_tuples_are_lists_and_enumerated_strings_are_strings():
    class Mark(StrEnum):
        FOR = "for"

    assert encode((Mark.FOR, {"a": Mark.FOR})) == b'["for",{"a":"for"}]'


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        -1,
        2**53,
        b"bytes",
        {1: "a number as a name"},
        {"a": {2: 3}},
        "\ud800",
        {"\udc00": 1},
        {"𠮷": 1, "\udc00": 2},
        {"set"},
        [[1.0]],
    ],
)
def test_what_has_no_form_in_a_ledger_is_refused(value):
    with pytest.raises(CanonicalFault):
        encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u001F"',
        b'"\\ud800"',
        b"1.0",
        b"1e3",
        b"-0",
        b"-1",
        b"01",
        b"9007199254740992",
        b"NaN",
        b"Infinity",
        b"\xef\xbb\xbf1",
        b"\xff",
        b'"\xed\xa0\x80"',
        "1".encode("utf-16"),
        b"",
        b"[1,]",
        b"[" * 100_000,
    ],
)
def test_bytes_in_any_other_form_are_refused(data):
    with pytest.raises(CanonicalFault):
        decode(data)


def test_a_value_nested_without_end_is_refused():
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(CanonicalFault):
        encode(endless)


@given(st.binary(max_size=70))
def test_base64_reads_back(data):
    assert unb64(b64(data)) == data


@pytest.mark.parametrize("text", ["QQ", "QQ=", "QR==", "QQ==\n", " QQ==", "Q_8=", "QQ===", "QQ==QQ==", "あ"])
def test_base64_with_a_second_spelling_is_refused(text):
    with pytest.raises(CanonicalFault):
        unb64(text)


def test_an_instant_is_written_in_utc_and_cut_to_the_millisecond():
    jst = timezone(timedelta(hours=9))

    assert instant_text(datetime(2024, 9, 30, 10, 0, 0, 999_999, jst)) == "2024-09-30T01:00:00.999Z"
    assert milliseconds(datetime(2024, 9, 30, 10, 0, 0, 1_999, jst)) == datetime(
        2024, 9, 30, 1, 0, 0, 1_000, UTC
    )


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_reads_back_and_keeps_its_order(instant):
    assert parse_instant(instant_text(instant)) == milliseconds(instant)


def test_an_instant_without_a_zone_or_outside_the_calendar_is_refused():
    jst = timezone(timedelta(hours=9))

    for instant in (datetime(2024, 9, 30, tzinfo=UTC).replace(tzinfo=None), datetime(1, 1, 1, tzinfo=jst)):
        with pytest.raises(CanonicalFault):
            instant_text(instant)


@pytest.mark.parametrize(
    "text",
    [
        "2024-09-30T01:00:00Z",
        "2024-09-30T01:00:00.000000Z",
        "2024-09-30T01:00:00.000+00:00",
        "2024-09-30T10:00:00.000+09:00",
        "2024-09-30T01:00:00.000",
        "2024-09-30 01:00:00.000Z",
        "2024-09-31T01:00:00.000Z",
        "2024-09-30T24:00:00.000Z",
        "2024-09-30T01:00:00.000z",
        "２０２４-09-30T01:00:00.000Z",
        "20240930T010000.000Z",
        "",
    ],
)
def test_an_instant_in_any_other_form_is_refused(text):
    with pytest.raises(CanonicalFault):
        parse_instant(text)
