"""The fixed vectors of tests/vectors/ledger.json: what was once written must be written and read for ever.

They belong to the format and not to the program: when one of these tests fails, the program is wrong.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests import receipt_check, reference
from voting.ledger import canonical, checkpoint, merkle
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.commitments import (
    DeliveryLeaf,
    IssuedLeaf,
    RollLeaf,
    ballot_commitment,
    cast_message,
    deemed_root,
    delivery_root,
    issued_root,
    member_commitment,
    person_commitment,
    require_ballot,
    roll_root,
)
from voting.ledger.entries import decode_entry, encode_entry
from voting.ledger.note import Signer, Verifier, open_note
from voting.ledger.receipt import check_receipt, format_receipt, parse_receipt
from voting.ledger.replay import Stage, replay

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "ledger.json").read_text("utf-8"))
LOG = VECTORS["log"]
ENTRIES = [entry.encode() for entry in LOG["entries"]]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
SALT = bytes.fromhex(VECTORS["commitments"]["salt"])


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["hex"][:16])
def test_canonical_bytes_stay_as_they_are(vector):
    assert canonical.encode(vector["value"]).hex() == vector["hex"]
    assert canonical.decode(bytes.fromhex(vector["hex"])) == vector["value"]


def test_notes_and_keys_stay_as_they_are():
    vector = VECTORS["note"]
    signer = Signer.from_seed(vector["name"], bytes.fromhex(vector["seed"]))

    assert signer.vkey == vector["vkey"]
    assert signer.sign(vector["text"]).decode() == vector["note"]
    assert open_note(vector["note"].encode(), [Verifier.from_vkey(vector["vkey"])]) == vector["text"]


def test_checkpoints_stay_as_they_are():
    vector = VECTORS["checkpoint"]
    expected = Checkpoint(vector["origin"], vector["size"], bytes.fromhex(vector["root"]))
    verifier = Verifier.from_vkey(VECTORS["note"]["vkey"])

    assert checkpoint.open(vector["note"].encode(), [verifier]) == expected


def test_commitments_stay_as_they_are():
    vectors = VECTORS["commitments"]
    origin, member, person = vectors["origin"], vectors["member"], vectors["person"]
    pc = person_commitment(person["id"], person["name"], person["role"], SALT)

    assert member_commitment(origin, member["id"], SALT).hex() == member["mc"]
    assert pc.hex() == person["pc"]
    for vector in vectors["ballots"]:
        require_ballot(vector["ballot"])
        assert ballot_commitment(vector["ballot"], SALT).hex() == vector["bc"]
    bc = bytes.fromhex(vectors["ballots"][0]["bc"])
    assert cast_message(origin, bc).decode() == vectors["cast"]


def test_roots_of_lists_stay_as_they_are():
    vectors = VECTORS["commitments"]
    roll = [RollLeaf(**leaf) for leaf in vectors["roll"]["leaves"]]
    issued = [IssuedLeaf(**leaf) for leaf in vectors["issued"]["leaves"]]
    delivery = [
        DeliveryLeaf(**leaf | {"time": datetime.fromisoformat(leaf["time"])})
        for leaf in vectors["delivery"]["leaves"]
    ]

    assert roll_root(roll).hex() == vectors["roll"]["root"]
    assert issued_root(issued).hex() == vectors["issued"]["root"]
    assert delivery_root(delivery).hex() == vectors["delivery"]["root"]
    assert deemed_root(map(bytes.fromhex, vectors["deemed"]["members"])).hex() == vectors["deemed"]["root"]


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_entries_stay_as_they_are(index):
    entry = decode_entry(ENTRIES[index])

    assert entry.index == index
    assert encode_entry(entry) == ENTRIES[index]
    assert LEAVES[index].hex() == LOG["leaves"][index]


def test_the_whole_log_stays_legal():
    assert replay(map(decode_entry, ENTRIES)).stage is Stage.DECLARED


def test_the_tree_and_its_proofs_stay_as_they_are():
    inclusion, consistency = LOG["inclusion"], LOG["consistency"]
    index, size = inclusion["index"], inclusion["size"]
    old, new = consistency["old"], consistency["new"]

    assert merkle.root(LEAVES).hex() == LOG["root"] == reference.root(ENTRIES).hex()
    assert [each.hex() for each in merkle.inclusion(LEAVES, index, size)] == inclusion["hashes"]
    assert [each.hex() for each in merkle.consistency(LEAVES, old, new)] == consistency["hashes"]


@pytest.mark.parametrize("text", LOG["receipts"], ids=range(len(LOG["receipts"])))
def test_receipts_stay_as_they_are(text):
    data = text.encode()
    receipt = parse_receipt(data)

    assert format_receipt(receipt) == data
    check_receipt(receipt, [Verifier.from_vkey(LOG["vkey"])])
    receipt_check.check(data, LOG["vkey"], LOG["checkpoint"].encode(), ENTRIES)
