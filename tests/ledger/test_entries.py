"""The byte form of entries: exactly one for each entry, and nothing else is read."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.ledger.story import CLOSES, MINUTE, OPENS, ORIGIN, PERSONS, digest, mc, signer, whole_story
from voting.ledger import canonical
from voting.ledger.entries import (
    KINDS,
    LARGEST_ENTRY,
    Amend,
    Correction,
    Credential,
    Delivery,
    Entry,
    EntryFault,
    Erase,
    Fact,
    Freeze,
    Genesis,
    Incident,
    Key,
    Operator,
    Previous,
    RollTotals,
    Software,
    Tally,
    decode_entry,
    encode_entry,
)

STORY = whole_story()
KEY = canonical.b64(bytes(32))

# Every kind that the story does not tell, and every null that it leaves out.
OTHERS = [
    Genesis(
        software=Software("voting", "0.1.0"),
        log_key=signer().vkey,
        policy="log vote.example+key\nquorum none\n",
        timestamps=(digest("tsa"),),
        disclosure="L0",
        previous=Previous("vote.example.or.jp/council/2023-09", digest("final")),
    ),
    Delivery(delivered=3, failed=1, root=digest("delivery")),
    Credential(member=mc("M0001"), operation="reissue", key=KEY, reason="紛失"),
    Credential(member=mc("M0001"), operation="revoke", key=None, reason="退職"),
    Fact(what="left", motion=None, member=mc("M0002"), at=CLOSES, value=None, approvals=PERSONS),
    Fact(what="chair_decision", motion=1, member=None, at=OPENS, value="for", approvals=PERSONS),
    Fact(what="chair_decision", motion=3, member=None, at=OPENS, value={"長野県": "for"}, approvals=PERSONS),
    Fact(what="lot", motion=3, member=None, at=CLOSES, value=("那須町", "長野県"), approvals=PERSONS),
    Amend(
        what="period",
        old_sha256=digest("docket"),
        new_sha256=digest("docket 2"),
        reason="大雪のため\n二日延長",
        approvals=PERSONS,
    ),
    Incident(from_=OPENS, to=OPENS + MINUTE, what="outage"),
    Operator(action="read-named-choices", by=PERSONS[0], target=f"member:{mc('M0001')}"),
    Operator(action="restart", by=PERSONS[0], target=None),
    Operator(action="look", by=PERSONS[0], target="entry:3"),
    Correction(of=14, reason="転記の誤り", result_sha256=digest("result 2"), approvals=PERSONS),
    Key(operation="rotate", vkey=signer().vkey),
    Erase(records=4, root=digest("erased"), rule="文書管理規程第8条"),
]
ENTRIES = STORY.entries + [Entry(number, ORIGIN, OPENS, body) for number, body in enumerate(OTHERS, 50)]


def test_there_are_nineteen_kinds_and_each_is_tried_here():
    assert len(KINDS) == 19
    assert {entry.kind for entry in ENTRIES} == set(KINDS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.index}-{entry.kind}")
def test_an_entry_reads_back(entry):
    data = encode_entry(entry)

    assert decode_entry(data) == entry
    assert encode_entry(decode_entry(data)) == data


def test_an_entry_has_the_bytes_of_the_specification():
    body = Tally(result_sha256="0" * 64)
    entry = Entry(7, ORIGIN, datetime(2024, 9, 30, 1, tzinfo=UTC), body)

    assert encode_entry(entry) == (
        b'{"body":{"result_sha256":"' + b"0" * 64 + b'"},"index":7,"kind":"tally",'
        b'"log":"vote.example.or.jp/council/2024-09","time":"2024-09-30T01:00:00.000Z","version":1}'
    )


def test_an_instant_is_cut_to_the_millisecond_when_it_is_written():
    fine = OPENS + timedelta(microseconds=1_999)

    assert decode_entry(encode_entry(Entry(0, ORIGIN, fine, OTHERS[1]))).time == canonical.milliseconds(fine)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.index}-{entry.kind}")
def test_every_member_is_required_and_no_other_is_known(entry):
    value = canonical.decode(encode_entry(entry))

    for place in (value, value["body"]):
        for name in list(place):
            kept = place.pop(name)
            with pytest.raises(EntryFault, match=name):
                decode_entry(canonical.encode(value))
            place[name] = kept
        place["unheard_of"] = 1
        with pytest.raises(EntryFault, match="unheard_of"):
            decode_entry(canonical.encode(value))
        del place["unheard_of"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.index}-{entry.kind}")
@pytest.mark.parametrize(
    "wrong", [None, True, [], [1], {"x": 1}, {"x": "for"}, {"x": ["for"]}, "\x00", "Z", 0, 2**53 - 1]
)
def test_a_member_of_another_type_is_never_read_as_something_else(entry, wrong):
    """Either refused by name or, where the type allows it, read as exactly what is written."""
    value = canonical.decode(encode_entry(entry))

    for name in value["body"]:
        changed = value | {"body": value["body"] | {name: wrong}}
        data = canonical.encode(changed)
        try:
            read = decode_entry(data)
        except EntryFault:
            continue
        assert encode_entry(read) == data


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("docket_sha256", "A" * 64),
        ("docket_sha256", "a" * 63),
        ("docket_sha256", None),
        ("docket_sha256", "a" * 64 + "\n"),
        ("approvals", [digest("clerk")]),
        ("approvals", [*PERSONS, digest("third")]),
        ("approvals", "ab"),
        ("roll", {"members": 4, "votes": "4"}),
        ("roll", {"members": 4, "votes": 4, "root": digest("roll")}),
        ("roll", {"members": True, "votes": "4", "root": digest("roll")}),
        ("roll", {"members": "4", "votes": "4", "root": digest("roll")}),
        ("roll", []),
    ],
)
def test_a_wrong_member_is_named(name, wrong):
    value = canonical.decode(STORY.data[1])

    with pytest.raises(EntryFault, match=f"freeze: {name}"):
        decode_entry(canonical.encode(value | {"body": value["body"] | {name: wrong}}))


@pytest.mark.parametrize(
    "votes", ["01", "1.0", "1.10", "1.", ".5", "-1", "+1", "1e3", "", "1.1234567", "１", "1 "]
)
def test_votes_in_any_other_spelling_are_refused(votes):
    with pytest.raises(EntryFault, match="votes"):
        RollTotals(members=1, votes=votes, root=digest("roll"))


@pytest.mark.parametrize("votes", ["0", "1", "681", "0.5", "10.000001", "123456789.25"])
def test_votes_are_exact_decimals(votes):
    assert RollTotals(members=1, votes=votes, root=digest("roll")).votes == votes


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": "1"},
        {"version": True},
        {"kind": "Ballot"},
        {"kind": "vote"},
        {"kind": None},
        {"index": "7"},
        {"index": True},
        {"log": "two words"},
        {"log": ""},
        {"log": 7},
        {"time": "2024-09-30T01:00:00Z"},
        {"time": 1},
        {"body": []},
        {"body": None},
    ],
)
def test_a_wrong_frame_is_refused(change):
    value = canonical.decode(STORY.data[4])

    with pytest.raises(EntryFault):
        decode_entry(canonical.encode(value | change))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: b" " + data,
        lambda data: data.replace(b":", b": ", 1),
        lambda data: data.replace(b'"index"', b'"\\u0069ndex"'),
        lambda data: data[:-1] + b',"version":1}',
        lambda data: b"[" + data + b"]",
        lambda data: b"",
        lambda data: b"\xff" + data,
    ],
)
def test_an_entry_in_any_other_form_is_refused(change):
    with pytest.raises(EntryFault):
        decode_entry(change(STORY.data[4]))


def test_a_flipped_bit_is_refused_or_is_plainly_another_entry():
    data = STORY.data[4]
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        try:
            other = decode_entry(bytes(changed))
        except EntryFault:
            continue
        assert other != STORY.entries[4] and encode_entry(other) == changed


def test_an_entry_is_at_most_16_kib():
    def correction(length: int) -> Entry:
        body = Correction(of=1, reason="x" * length, result_sha256=digest("r"), approvals=PERSONS)
        return Entry(0, ORIGIN, OPENS, body)

    room = LARGEST_ENTRY - len(encode_entry(correction(1))) + 1

    assert decode_entry(encode_entry(correction(room))) == correction(room)
    with pytest.raises(EntryFault):
        encode_entry(correction(room + 1))
    with pytest.raises(EntryFault):
        decode_entry(encode_entry(correction(room)).replace(b'"xx', b'"xxx'))


@pytest.mark.parametrize(
    "entry",
    [
        Entry(-1, ORIGIN, OPENS, OTHERS[1]),
        Entry(2**53, ORIGIN, OPENS, OTHERS[1]),
        Entry(0, "two words", OPENS, OTHERS[1]),
        Entry(0, ORIGIN, OPENS.replace(tzinfo=None), OTHERS[1]),
    ],
)
def test_a_frame_that_could_not_be_read_is_not_written(entry):
    with pytest.raises(EntryFault):
        encode_entry(entry)


def test_a_body_that_could_not_be_read_cannot_be_made():
    with pytest.raises(EntryFault, match="docket_sha256"):
        Freeze(docket_sha256="short", roll=STORY.entries[1].body.roll, approvals=PERSONS)
    with pytest.raises(EntryFault, match="approvals"):
        Freeze(docket_sha256=digest("d"), roll=STORY.entries[1].body.roll, approvals=list(PERSONS))
    with pytest.raises(EntryFault, match="roll"):
        Freeze(docket_sha256=digest("d"), roll=None, approvals=PERSONS)
    with pytest.raises(EntryFault, match="reason"):
        Correction(of=1, reason="\ud800", result_sha256=digest("r"), approvals=PERSONS)
