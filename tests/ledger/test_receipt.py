"""Receipts: what a true one proves, and every way to lie with one, tried on two independent checkers."""

from dataclasses import replace

import pytest

from tests import receipt_check
from tests.ledger.story import CLOSES, MINUTE, ORIGIN, Story, digest, mc, salt, signer, whole_story
from voting.ledger import canonical, checkpoint, merkle
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.commitments import ballot_commitment
from voting.ledger.entries import Refused, encode_entry
from voting.ledger.note import Signer
from voting.ledger.receipt import (
    BallotOpening,
    MemberOpening,
    Receipt,
    ReceiptRefuted,
    ReceiptUnreadable,
    check_receipt,
    format_receipt,
    parse_receipt,
)

STORY = whole_story()
LOG = [STORY.signer.verifier]
FINAL = STORY.checkpoint()
VOTES = sorted(STORY.openings)
FIRST, PAPER, LATE = VOTES[0], VOTES[3], VOTES[4]
TRUE = STORY.receipt(FIRST)


def judge(data: bytes) -> None:
    """Both checkers on the file of a receipt, which must agree."""
    try:
        check_receipt(parse_receipt(data), LOG)
    except (ReceiptRefuted, ReceiptUnreadable):
        with pytest.raises(Exception):  # noqa: B017  # the second one says no in its own words
            receipt_check.check(data, STORY.signer.vkey, FINAL, STORY.data)
        raise
    receipt_check.check(data, STORY.signer.vkey, FINAL, STORY.data)


def refuted_by(receipt: Receipt) -> str:
    """The check that a changed receipt fails."""
    with pytest.raises(ReceiptRefuted) as refusal:
        judge(format_receipt(receipt))
    return refusal.value.check


@pytest.mark.parametrize("index", VOTES)
def test_every_vote_gets_a_receipt_that_both_checkers_accept(index):
    for size in (index + 1, len(STORY.data)):
        data = format_receipt(STORY.receipt(index, size))

        assert format_receipt(parse_receipt(data)) == data
        judge(data)


def test_a_receipt_is_a_tlog_proof_of_plain_lines():
    header, extra, index, *hashes = format_receipt(TRUE).split(b"\n\n")[0].decode().split("\n")

    assert header == "c2sp.org/tlog-proof@v1"
    assert extra.startswith("extra eyJlbnRyeSI6")
    assert index == f"index {FIRST}"
    assert [canonical.unb64(each) for each in hashes] == list(
        merkle.inclusion(STORY.leaves(), FIRST, FIRST + 1)
    )
    assert format_receipt(TRUE).endswith(b"\n\n" + STORY.checkpoint(FIRST + 1))


def test_a_checked_receipt_says_what_was_voted_and_on_what():
    checked = check_receipt(TRUE, LOG)

    assert checked.body.member == mc("M0001")
    assert checked.choices == {"1": "for", "2": "for", "3": {"長野県": "for", "那須町": "against"}}
    assert checked.base == merkle.leaf_hash(STORY.data[1]).hex()
    assert checked.leaf == merkle.leaf_hash(STORY.data[FIRST])
    assert checked.checkpoint == Checkpoint(ORIGIN, FIRST + 1, merkle.root(STORY.leaves()[: FIRST + 1]))
    assert TRUE.words == {"1": "賛成", "2": "賛成", "3": "那須町：不信任、長野県：信任"}


def test_a_paper_ballot_and_a_refusal_have_the_same_receipt():
    assert check_receipt(STORY.receipt(PAPER), LOG).key is None
    assert check_receipt(STORY.receipt(PAPER), LOG).choices == {}
    assert check_receipt(STORY.receipt(LATE), LOG).body.reason == "late"


def test_a_refusal_that_nobody_could_read_proves_its_arrival_only():
    story = Story().begun()
    sheet = story.sheet("FAX-001")
    body = Refused(
        member=None,
        reason="not_on_roll",
        channel="fax",
        level="KP",
        received_at=story.entries[sheet].body.arrived_at,
        commitment=None,
        signature=None,
        paper=sheet,
        entered_by=(digest("clerk"), digest("auditor")),
    )
    index = story.add(body)
    story.openings[index] = (None, None, b"", None)
    receipt = story.receipt(index)

    checked = check_receipt(parse_receipt(format_receipt(receipt)), LOG)
    receipt_check.check(format_receipt(receipt), story.signer.vkey, story.checkpoint(), story.data)

    assert checked.choices is None and checked.base is None and checked.member is None
    for claim in (
        {"member": TRUE.member},
        {"opening": TRUE.opening, "words": TRUE.words},
        {"key": TRUE.key},
        {"words": {"1": "賛成"}},
    ):
        with pytest.raises(ReceiptRefuted):
            check_receipt(replace(receipt, **claim), LOG)


def test_a_receipt_with_any_flipped_bit_is_refused_by_both_checkers():
    # All but the member's name, which stands there for people: the commitment covers the id alone.
    nameless = replace(TRUE, member=replace(TRUE.member, name=""))
    data = format_receipt(nameless)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        with pytest.raises((ReceiptRefuted, ReceiptUnreadable)):
            judge(bytes(changed))


def test_a_receipt_cut_short_anywhere_is_refused():
    data = format_receipt(TRUE)
    for length in range(0, len(data), 7):
        with pytest.raises((ReceiptRefuted, ReceiptUnreadable)):
            judge(data[:length])


def test_a_receipt_from_another_assembly_is_refused():
    other = Story("vote.example.or.jp/council/2025-09").begun()
    index = other.cast("M0001", {"1": "for"})

    assert refuted_by(other.receipt(index)) == "note"


def test_an_entry_replayed_from_another_log_is_refused_under_our_checkpoint():
    other = Story("vote.example.or.jp/council/2025-09").begun()
    foreign = other.receipt(other.cast("M0001", {"1": "for"}))

    assert refuted_by(replace(foreign, hashes=TRUE.hashes, checkpoint=TRUE.checkpoint)) == "log"


def test_a_receipt_signed_with_a_made_up_key_of_the_same_name_is_refused():
    forger = Signer.from_seed(ORIGIN, b"\x09" * 32)
    point = checkpoint.open(TRUE.checkpoint, LOG)

    assert refuted_by(replace(TRUE, checkpoint=checkpoint.sign(point, forger))) == "note"


def test_a_checkpoint_whose_signature_is_relabelled_with_the_log_s_key_id_is_refused():
    forger = Signer.from_seed(ORIGIN, b"\x09" * 32)
    text = checkpoint.format(Checkpoint(ORIGIN, 1, merkle.leaf_hash(TRUE.entry)))
    stolen = forger.private_key.sign(text.encode())
    line = f"— {ORIGIN} {canonical.b64(signer().verifier.key_id + stolen)}\n"

    assert refuted_by(replace(TRUE, checkpoint=f"{text}\n{line}".encode())) == "note"


def test_a_form_signed_by_the_log_is_no_checkpoint():
    form = signer().sign(f"voting/issued/v1\n{ORIGIN}\nmember M0001\n")

    assert refuted_by(replace(TRUE, checkpoint=form)) == "note"


def test_another_member_s_receipt_is_not_mine():
    member = MemberOpening("M0002", "M0002村", salt("M0002"))

    assert refuted_by(replace(TRUE, member=member)) == "member"
    assert refuted_by(replace(TRUE, member=replace(TRUE.member, id="M0002"))) == "member"
    assert refuted_by(replace(TRUE, member=replace(TRUE.member, salt=salt("M0002")))) == "member"
    assert refuted_by(replace(TRUE, member=None)) == "member"


def test_a_member_id_with_a_control_character_is_refused():
    assert refuted_by(replace(TRUE, member=replace(TRUE.member, id="M0001\x00"))) == "member"


def test_other_words_than_the_choices_are_refused():
    assert refuted_by(replace(TRUE, words={**TRUE.words, "1": "反対"})) == "words"
    assert refuted_by(replace(TRUE, words={"1": "賛成"})) == "words"
    assert refuted_by(replace(TRUE, words={**TRUE.words, "4": "賛成"})) == "words"
    assert refuted_by(replace(TRUE, words={})) == "words"


def test_a_changed_choice_is_refused_even_with_words_to_match():
    ballot = TRUE.opening.ballot | {"choices": {**TRUE.opening.ballot["choices"], "1": "against"}}
    changed = replace(
        TRUE, opening=BallotOpening(ballot, TRUE.opening.salt), words={**TRUE.words, "1": "反対"}
    )

    assert refuted_by(changed) == "opening"


def test_another_salt_or_no_opening_is_refused():
    assert refuted_by(replace(TRUE, opening=BallotOpening(TRUE.opening.ballot, salt("x")))) == "opening"
    assert refuted_by(replace(TRUE, opening=None, words={})) == "opening"


def test_the_member_s_earlier_ballot_does_not_pass_for_the_later_one():
    later = STORY.receipt(VOTES[2])

    assert later.member == TRUE.member
    assert refuted_by(replace(later, opening=TRUE.opening, words=TRUE.words)) == "opening"
    assert refuted_by(replace(TRUE, index=later.index)) == "index"
    assert refuted_by(replace(later, entry=TRUE.entry, index=TRUE.index)) == "inclusion"


def test_a_key_that_did_not_sign_is_refused():
    other = STORY.receipt(VOTES[1])

    assert refuted_by(replace(TRUE, key=other.key)) == "signature"
    assert refuted_by(replace(TRUE, key=None)) == "signature"
    assert refuted_by(replace(STORY.receipt(PAPER), key=TRUE.key)) == "signature"


def test_a_truncated_or_lengthened_proof_is_refused():
    late = STORY.receipt(LATE, len(STORY.data))

    for hashes in (late.hashes[:-1], late.hashes[1:], (), (*late.hashes, merkle.EMPTY_ROOT)):
        assert refuted_by(replace(late, hashes=hashes)) == "inclusion"
    assert refuted_by(replace(late, hashes=late.hashes[::-1])) == "inclusion"


def test_a_checkpoint_of_another_size_is_refused():
    assert refuted_by(replace(TRUE, checkpoint=STORY.checkpoint(FIRST))) == "inclusion"
    assert refuted_by(replace(TRUE, checkpoint=STORY.checkpoint(FIRST + 2))) == "inclusion"


def test_an_entry_that_is_no_vote_has_no_receipt():
    facts = {"index": 2, "hashes": merkle.inclusion(STORY.leaves(), 2, 3), "checkpoint": STORY.checkpoint(3)}

    assert refuted_by(replace(TRUE, entry=STORY.data[2], **facts)) == "entry"


def test_an_entry_that_is_not_canonical_is_refused():
    assert refuted_by(replace(TRUE, entry=TRUE.entry + b"\n")) == "entry"


@pytest.mark.parametrize("change", [{"log": "another.example/log"}, {"member": mc("M0002")}, {"sequence": 2}])
def test_a_ballot_that_disagrees_with_its_own_entry_is_refused_though_the_log_holds_it(change):
    # What a dishonest service could write: a commitment to a ballot of another log, member or place.
    story = Story().begun()
    index = story.cast("M0001", {"1": "for"})
    member, ballot, ballot_salt, key = story.openings[index]
    ballot = ballot | change
    body = replace(story.entries[index].body, commitment=ballot_commitment(ballot, ballot_salt).hex())
    story.data[index] = encode_entry(replace(story.entries[index], body=body))
    story.openings[index] = (member, ballot, ballot_salt, key)

    with pytest.raises(ReceiptRefuted) as refusal:
        check_receipt(story.receipt(index), LOG)

    assert refusal.value.check == "opening"


def test_an_opening_with_an_unknown_member_is_refused_though_the_log_holds_it():
    story = Story().begun()
    index = story.cast("M0001", {"1": "for"})
    member, ballot, ballot_salt, key = story.openings[index]
    ballot = ballot | {"note": "counts double"}
    body = replace(story.entries[index].body, commitment=ballot_commitment(ballot, ballot_salt).hex())
    story.data[index] = encode_entry(replace(story.entries[index], body=body))
    story.openings[index] = (member, ballot, ballot_salt, key)

    with pytest.raises(ReceiptRefuted) as refusal:
        check_receipt(story.receipt(index), LOG)

    assert refusal.value.check == "opening"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"@v1", b"@v2"),
        lambda data: data.replace(b"index ", b"index 0"),
        lambda data: data.replace(b"index ", b"Index "),
        lambda data: data.replace(b"extra ", b"extra  "),
        lambda data: data.replace(data.split(b"\n")[1] + b"\n", b""),
        lambda data: data.replace(b"extra ", b"extra bm90IEpTT04=\nextra "),
        lambda data: data.replace(b"\nindex", b"\n\nindex"),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n\n", b"\n", 1),
        lambda data: data.replace(b"\n\n", b"\nQUJD\n\n", 1),
        lambda data: data.replace(b"\n\n", b"\n" + b"A" * 43 + b"=\n" * 65 + b"\n", 1),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data + b"\n",
        lambda data: b"",
        lambda data: b"\xff\n\n" + data,
        lambda data: data + b"x" * 200_000,
    ],
)
def test_a_file_that_is_not_exactly_a_receipt_is_unreadable(change):
    with pytest.raises(ReceiptUnreadable):
        judge(change(format_receipt(TRUE)))


@pytest.mark.parametrize(
    "change",
    [
        {"unheard_of": 1},
        {"entry": None},
        {"entry": "not base64"},
        {"key": "QUJD"},
        {"key": 1},
        {"member": []},
        {"member": {"id": "M0001", "name": "x"}},
        {"member": {"id": "M0001", "name": "x", "salt": "AB" * 32}},
        {"member": {"id": 1, "name": "x", "salt": "ab" * 32}},
        {"opening": {"ballot": {}}},
        {"opening": {"ballot": [], "salt": "ab" * 32}},
        {"opening": {"ballot": {}, "salt": "ab"}},
        {"words": []},
        {"words": {"1": 1}},
    ],
)
def test_extra_data_of_another_shape_is_unreadable(change):
    data = format_receipt(TRUE)
    line = data.split(b"\n")[1]
    extra = canonical.decode(canonical.unb64(line[6:].decode())) | change
    changed = data.replace(line, b"extra " + canonical.b64(canonical.encode(extra)).encode())

    with pytest.raises(ReceiptUnreadable):
        parse_receipt(changed)


def test_the_second_checker_refuses_a_log_that_was_rewritten_after_the_receipt():
    rewritten = Story().begun()
    rewritten.cast("M0001", {"1": "against"})
    forged = [*rewritten.data, *STORY.data[len(rewritten.data) :]]
    root = merkle.root([merkle.leaf_hash(data) for data in forged])
    final = checkpoint.sign(Checkpoint(ORIGIN, len(forged), root), signer())

    with pytest.raises(receipt_check.Fault, match="not the final one"):
        receipt_check.check(format_receipt(TRUE), signer().vkey, final, forged)


def test_the_second_checker_refuses_a_log_that_was_cut_back_behind_the_receipt():
    with pytest.raises(receipt_check.Fault):
        receipt_check.check(
            format_receipt(STORY.receipt(LATE)), signer().vkey, STORY.checkpoint(5), STORY.data[:5]
        )


def test_the_second_checker_refuses_a_list_of_entries_that_is_not_the_promised_one():
    for entries in (STORY.data[:-1], [*STORY.data, STORY.data[-1]], STORY.data[::-1]):
        with pytest.raises(receipt_check.Fault):
            receipt_check.check(format_receipt(TRUE), signer().vkey, FINAL, entries)


def test_a_late_vote_over_the_web_is_proved_by_its_receipt():
    last = STORY.receipt(VOTES[5])
    checked = check_receipt(last, LOG)

    assert checked.body.received_at == CLOSES + MINUTE
    assert checked.choices == {"1": "for", "2": "for", "3": []}
