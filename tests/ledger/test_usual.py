"""What is recognised by its bytes is what the strict reader would have read, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.ledger.canonical import b64
from voting.ledger.entries import (
    Entry,
    EntryFault,
    _read_strictly,
    decode_entries,
    decode_entry,
    decode_pieces,
    encode_entry,
    entries_of,
)
from voting.ledger.kinds import Ballot
from voting.ledger.usual import WebBallots, shared, web_ballots

LOG = "vote.example.or.jp/council/2026-06"
AT = datetime(2026, 6, 2, 1, 0, 0, 123_000, UTC)
BODY = Ballot("0a" * 32, 2, 7, "0b" * 32, "web", "K0", AT, b64(bytes(range(64))), None, None)
USUAL = encode_entry(Entry(11, LOG, AT, BODY))


def strictly(data: bytes) -> Entry | None:
    try:
        return _read_strictly(data)
    except EntryFault:
        return None


def quickly(data: bytes) -> Entry | None:
    found = web_ballots([data])
    if not found.places:
        return None
    assert found.places == (0,)
    return Entry(found.indices[0], found.logs[0], found.times[0], found.bodies()[0])


def test_a_ballot_by_the_web_is_recognised() -> None:
    assert quickly(USUAL) == strictly(USUAL) == Entry(11, LOG, AT, BODY)


@pytest.mark.parametrize(
    "body",
    [
        Ballot("0a" * 32, 1, None, "0b" * 32, "web", "K1", AT, b64(b"\xff" * 64), None, None),
        Ballot("0a" * 32, 3, 0, "0b" * 32, "web", "K0", AT, b64(bytes(64)), None, None),
    ],
)
@pytest.mark.parametrize("log", [LOG, "投票.example.jp/総会"])
def test_other_ballots_by_the_web_are_recognised_as_well(body: Ballot, log: str) -> None:
    data = encode_entry(Entry(2**53 - 1 if body.replaces == 0 else 5, log, AT, body))
    found = quickly(data)

    # The largest numbers have a digit too many: they are read strictly.
    assert found == (None if body.replaces == 0 else strictly(data))
    assert decode_entry(data) == strictly(data)


def test_paper_is_read_strictly() -> None:
    body = Ballot("0a" * 32, 1, None, "0b" * 32, "fax", "KP", AT, None, 3, ("0c" * 32, "0d" * 32))

    assert quickly(encode_entry(Entry(5, LOG, AT, body))) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"sequence":2', b'"sequence":1'),
        (b'"replaces":7', b'"replaces":null'),
        (b'"index":11', b'"index":011'),
        (b'"index":11', b'"index":1.1e1'),
        (b"2026-06-02T", b"2026-02-30T"),
        (b"01:00:00.123Z", b"24:00:00.000Z"),
        (b"01:00:00.123Z", b"23:59:60.000Z"),
        (b"Pw==", b"Px=="),
        (LOG.encode(), b""),
        (LOG.encode(), b"two words"),
        (LOG.encode(), b"a+b"),
        (LOG.encode(), b"a\\u0041"),
        (LOG.encode(), b"\xff"),
        (b'{"body"', b' {"body"'),
        (b'"version":1}', b'"version":1}\n'),
        (b'"level":"K0"', b'"level":"KP"'),
        (b"0a0a", b"0A0a"),
    ],
)
def test_what_the_strict_reader_refuses_is_not_recognised(old: bytes, new: bytes) -> None:
    data = USUAL.replace(old, new)

    assert data != USUAL
    assert strictly(data) is None
    assert quickly(data) is None


@given(st.data())
def test_whatever_is_recognised_is_read_alike_by_both(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(USUAL)))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.one_of(st.binary(max_size=3), st.sampled_from([b'"', b",", b"0", b"null", b"\\n"])))
    changed = USUAL[:place] + put + USUAL[place + cut :]

    found = quickly(changed)

    assert found is None or found == strictly(changed)
    # The other way round: what has this form is not left to the slow reader.
    assert found is not None or strictly(changed) is None


PAPER = encode_entry(
    Entry(
        12, LOG, AT, Ballot("0a" * 32, 1, None, "0b" * 32, "fax", "KP", AT, None, 3, ("0c" * 32, "0d" * 32))
    )
)


def test_those_that_are_not_recognised_keep_their_places_among_the_others() -> None:
    batch = [PAPER, USUAL, USUAL.replace(b'"index":11', b'"index":12'), PAPER, USUAL]

    assert web_ballots(batch).places == (1, 2, 4)
    assert decode_entries(batch) == [_read_strictly(data) for data in batch]


def test_ballots_of_another_log_are_read_strictly() -> None:
    other = USUAL.replace(LOG.encode(), b"vote.example.or.jp/other")
    batch = [USUAL, other, USUAL]

    assert web_ballots(batch).places == (0, 2)
    assert decode_entries(batch) == [_read_strictly(data) for data in batch]


def test_first_ballots_and_later_ones_are_recognised_together() -> None:
    places = [(1, None), (2, 0), (10, 7), (2, 123_456), (1, None)]
    bodies = [replace(BODY, sequence=sequence, replaces=replaces) for sequence, replaces in places]
    batch = [encode_entry(Entry(11, LOG, AT, body)) for body in bodies]

    found = web_ballots(batch)

    assert (found.sequences, found.replaces) == ((1, 2, 10, 2, 1), (None, 0, 7, 123_456, None))
    assert decode_entries(batch) == [_read_strictly(data) for data in batch]


@pytest.mark.parametrize("name", ["commitment", "member", "signature", "received_at", "time"])
def test_a_line_feed_among_digits_is_none_of_them(name: str) -> None:
    place = USUAL.index(f'"{name}":"'.encode()) + len(name) + 4
    changed = USUAL[: place + 5] + b"\n" + USUAL[place + 6 :]

    # The halves could stand for two entries, or the whole for one: neither is what the bytes say.
    for batch in ([changed], [changed, changed], [USUAL, changed, USUAL]):
        recognised = {batch[place] for place in web_ballots(batch).places}
        assert recognised <= {USUAL}


def test_of_no_entries_there_is_none() -> None:
    assert web_ballots([]).places == ()
    assert decode_entries([]) == []


@pytest.mark.parametrize(
    "batch",
    [
        (USUAL + b"\n" + USUAL, b"no entry"),
        (USUAL + b"\n",),
        (b"", USUAL + b"\n" + USUAL, USUAL),
        (USUAL, b"\n", USUAL),
        (USUAL, b"\xff"),
    ],
    ids=["two in one", "a line feed at the end", "none beside two in one", "a line feed alone", "no UTF-8"],
)
def test_two_entries_in_the_place_of_one_are_refused(batch: tuple[bytes, ...]) -> None:
    assert web_ballots(batch).places == ()
    with pytest.raises(EntryFault):
        decode_entries(batch)


@given(st.lists(st.sampled_from([USUAL, PAPER, b"", b"\n", USUAL[:-1], USUAL + b"\n", b"\xff"])))
def test_many_at_once_are_read_as_one_by_one(batch: list[bytes]) -> None:
    try:
        together: list[Entry | None] = [*decode_entries(batch)]
    except EntryFault:
        together = [None]

    alone = [strictly(data) for data in batch]
    assert together == (alone if None not in alone else [None])


def test_those_that_follow_each_other_are_one_piece() -> None:
    batch = [PAPER, USUAL, USUAL.replace(b'"index":11', b'"index":12'), PAPER, USUAL]

    first, two, third, one = decode_pieces(batch)

    assert first == third == _read_strictly(PAPER)
    assert isinstance(two, WebBallots) and two.indices == (11, 12)
    assert isinstance(one, WebBallots) and one.indices == (11,)
    assert [each for piece in (first, two, third, one) for each in entries_of(piece)] == decode_entries(batch)


def test_equal_texts_become_one_object() -> None:
    texts = ["".join(pair) for pair in ("ab", "cd", "ab")]

    found = shared(texts)

    assert found == ("ab", "cd", "ab") and found[0] is found[2]
