"""The fixed vectors of witness policies and cosignatures: they belong to the format, not to the program."""

import json
from pathlib import Path

import pytest

from tests.interop.log import turned
from voting.ledger.canonical import b64
from voting.ledger.cosignature import CosignatureFault
from voting.ledger.note import NoteFault, split_note
from voting.verify.policy import Witness, read_policy

VECTOR = json.loads((Path(__file__).parents[1] / "vectors" / "cosignature.json").read_text("utf-8"))


def test_the_policy_names_its_log_and_witnesses():
    policy = read_policy(VECTOR["policy"])

    assert [each.vkey for each in policy.logs] == [VECTOR["vkey"]]
    assert policy.quorum == "both"
    for witness in VECTOR["witnesses"]:
        assert Witness.from_vkey(witness["vkey"]).name == witness["name"]


def test_the_auditor_and_one_witness_outside_are_a_quorum():
    policy = read_policy(VECTOR["policy"])

    signed_by = policy.signed_by(VECTOR["cosigned"].encode())

    assert signed_by == VECTOR["signed_by"]
    assert policy.is_met(signed_by) is VECTOR["is_met"]


def test_a_witness_outside_alone_is_no_quorum():
    policy = read_policy(VECTOR["policy"])

    assert not policy.is_met(policy.signed_by(VECTOR["without_the_auditor"].encode()))
    assert not policy.is_met(policy.signed_by(VECTOR["checkpoint"].encode()))


def test_a_cosignature_with_any_bit_turned_is_wrong_or_nobodys():
    policy = read_policy(VECTOR["policy"])
    _, lines = split_note(VECTOR["cosigned"].encode())
    line = next(each for each in lines if each.name == VECTOR["witnesses"][0]["name"])
    data = line.key_id + line.signature

    for bit in range(len(data) * 8):
        changed = VECTOR["checkpoint"] + f"\u2014 {line.name} {b64(turned(data, bit))}\n"
        # Another key id is nobody's: such a line is passed over, and signs nothing.
        if bit < 32:
            assert policy.signed_by(changed.encode()) == []
        else:
            with pytest.raises(NoteFault):
                policy.signed_by(changed.encode())


def test_a_cosignature_over_another_checkpoint_is_wrong():
    policy = read_policy(VECTOR["policy"])
    other = VECTOR["cosigned"].replace("\n15\n", "\n14\n")

    assert other != VECTOR["cosigned"]
    with pytest.raises(CosignatureFault):
        policy.signed_by(other.encode())
