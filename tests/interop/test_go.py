"""Go's golang.org/x/mod/sumdb accepts our notes, proofs and tiles, and refuses them with one bit changed."""

import json
from pathlib import Path

import pytest

from tests.interop.log import log, turned
from voting.ledger import merkle
from voting.ledger.checkpoint import parse
from voting.ledger.note import split_note
from voting.ledger.receipt import parse_receipt
from voting.ledger.tiles import tile_files

SIZES = [*range(1, 20), 255, 256, 257, 1000]
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "ledger.json").read_text("utf-8"))


def checkpoint_question(own, size):
    return {
        "do": "checkpoint",
        "vkey": own.signer.vkey,
        "note": own.checkpoint(size).decode(),
        "size": size,
        "root": own.root(size),
    }


def inclusion_question(own, index, size):
    proof = list(merkle.inclusion(own.leaves, index, size))
    entry = own.entries[index]
    return {
        "do": "inclusion",
        "size": size,
        "root": own.root(size),
        "index": index,
        "entry": entry,
        "proof": proof,
    }


def consistency_question(own, old, new):
    return {
        "do": "consistency",
        "size": new,
        "root": own.root(new),
        "old_size": old,
        "old_root": own.root(old),
        "proof": list(merkle.consistency(own.leaves, old, new)),
    }


def refused(answers):
    return all(each.startswith("refused:") for each in answers)


def test_go_opens_our_checkpoints(go):
    own = log(1000)

    assert set(go([checkpoint_question(own, size) for size in SIZES])) == {"ok"}


def test_go_refuses_a_checkpoint_with_any_bit_turned(go):
    own = log(26)
    good = checkpoint_question(own, 26)
    bits = range(len(good["note"].encode()) * 8)
    notes = [turned(good["note"].encode(), bit).decode("utf-8", "replace") for bit in bits]

    assert go([good]) == ["ok"]
    assert refused(go([{**good, "note": note} for note in notes]))


def test_go_refuses_a_checkpoint_by_another_key_of_the_same_name(go):
    own = log(26)
    other = checkpoint_question(own, 26)["vkey"][:-4] + "AAA="

    assert refused(go([{**checkpoint_question(own, 26), "vkey": other}]))


def test_go_accepts_our_inclusion_proofs_of_every_leaf(go):
    own = log(70)
    asked = [inclusion_question(own, index, size) for size in (1, 2, 7, 8, 64, 70) for index in range(size)]

    assert set(go(asked)) == {"ok"}


def test_go_refuses_an_inclusion_proof_with_one_bit_turned(go):
    own = log(70)
    good = inclusion_question(own, 37, 70)
    wrong = [
        *({**good, "entry": turned(good["entry"], bit)} for bit in range(0, 256, 7)),
        *({**good, "root": turned(good["root"], bit)} for bit in range(0, 256, 7)),
        *(
            {**good, "proof": [*good["proof"][:place], turned(each, 3), *good["proof"][place + 1 :]]}
            for place, each in enumerate(good["proof"])
        ),
        {**good, "index": 36},
        {**good, "proof": good["proof"][:-1]},
        {**good, "proof": [*good["proof"], good["root"]]},
    ]

    assert go([good]) == ["ok"]
    assert refused(go(wrong))


def test_go_accepts_our_consistency_proofs_between_all_sizes(go):
    own = log(34)
    asked = [consistency_question(own, old, new) for new in range(1, 35) for old in range(1, new + 1)]

    assert set(go(asked)) == {"ok"}


def test_go_refuses_a_consistency_proof_with_one_bit_turned(go):
    own = log(34)
    good = consistency_question(own, 21, 34)
    wrong = [
        *({**good, "old_root": turned(good["old_root"], bit)} for bit in range(0, 256, 7)),
        *({**good, "root": turned(good["root"], bit)} for bit in range(0, 256, 7)),
        *(
            {**good, "proof": [*good["proof"][:place], turned(each, 200), *good["proof"][place + 1 :]]}
            for place, each in enumerate(good["proof"])
        ),
        {**good, "old_size": 20},
        {**good, "proof": good["proof"][1:]},
    ]

    assert go([good]) == ["ok"]
    assert refused(go(wrong))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 66_000])
def test_go_reads_every_leaf_through_our_tiles(go, size):
    own = log(size)
    leaves = own.leaves
    asked = {"do": "tiles", "size": size, "root": merkle.root(leaves), "tiles": tile_files(leaves)}
    asked["leaves"] = leaves

    assert go([asked]) == ["ok"]


def test_go_refuses_tiles_with_one_bit_turned(go):
    own = log(600)
    files = tile_files(own.leaves)
    asked = {"do": "tiles", "size": 600, "root": own.root(600), "leaves": own.leaves}
    wrong = [{**asked, "tiles": {**files, path: turned(data, 77)}} for path, data in files.items()]

    assert go([{**asked, "tiles": files}]) == ["ok"]
    assert refused(go(wrong))


def test_go_accepts_the_proofs_in_the_receipts_of_the_vectors(go):
    """The receipts that members hold, checked by a program that knows nothing of votes."""
    asked = []
    for text in VECTORS["log"]["receipts"]:
        receipt = parse_receipt(text.encode())
        size, root = _stated(receipt.checkpoint)
        asked += [
            {
                "do": "checkpoint",
                "vkey": VECTORS["log"]["vkey"],
                "note": receipt.checkpoint.decode(),
                "size": size,
                "root": root,
            },
            {
                "do": "inclusion",
                "size": size,
                "root": root,
                "index": receipt.index,
                "entry": receipt.entry,
                "proof": list(receipt.hashes),
            },
        ]

    assert asked
    assert set(go(asked)) == {"ok"}


def _stated(note: bytes) -> tuple[int, bytes]:
    stated = parse(split_note(note)[0])
    return stated.size, stated.root
