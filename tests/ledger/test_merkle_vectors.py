"""The published vectors of RFC 6962 trees: what other implementations prove, and what they must refuse.

tests/vectors/rfc6962.json holds the eight leaves and the proofs over them that Certificate Transparency
implementations have shared for years; the ways to spoil a proof are those that their test data name.
"""

import base64
import json
from pathlib import Path

import pytest

from tests import reference
from voting.ledger.merkle import (
    EMPTY_ROOT,
    ProofFault,
    consistency,
    inclusion,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "rfc6962.json").read_text("ascii"))
DATA = [bytes.fromhex(each) for each in VECTORS["leaves"]]
LEAVES = [leaf_hash(each) for each in DATA]
ROOTS = {int(size): base64.b64decode(each) for size, each in VECTORS["roots"].items()}
REJECTED = VECTORS["rejected"]


def proof_of(vector):
    return [base64.b64decode(each) for each in vector["proof"]]


def test_the_vectors_name_the_root_of_every_tree_up_to_eight_leaves():
    assert list(ROOTS) == list(range(9))
    assert ROOTS[0] == EMPTY_ROOT


@pytest.mark.parametrize("size", ROOTS)
def test_a_tree_has_its_published_root(size):
    assert root(LEAVES[:size]) == ROOTS[size] == reference.root(DATA[:size])


@pytest.mark.parametrize(
    "vector", VECTORS["inclusion"], ids=lambda each: f"{each['index']}-of-{each['size']}"
)
def test_a_published_proof_of_inclusion_is_made_and_accepted(vector):
    index, size, proof = vector["index"], vector["size"], proof_of(vector)

    assert list(inclusion(LEAVES, index, size)) == proof
    verify_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=ROOTS[size])


@pytest.mark.parametrize("vector", REJECTED["inclusion"], ids=lambda each: each["name"])
def test_a_proof_of_inclusion_that_was_spoiled_is_refused(vector):
    leaf, root_ = base64.b64decode(vector["leaf"]), base64.b64decode(vector["root"])

    with pytest.raises(ProofFault):
        verify_inclusion(leaf, index=vector["index"], size=vector["size"], proof=proof_of(vector), root=root_)


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda each: f"{each['old']}-{each['new']}")
def test_a_published_proof_of_consistency_is_made_and_accepted(vector):
    old, new, proof = vector["old"], vector["new"], proof_of(vector)

    assert list(consistency(LEAVES, old, new)) == proof
    verify_consistency(proof, old_size=old, old_root=ROOTS[old], new_size=new, new_root=ROOTS[new])


@pytest.mark.parametrize("vector", REJECTED["consistency"], ids=lambda each: each["name"])
def test_a_proof_of_consistency_that_was_spoiled_is_refused(vector):
    old_root, new_root = (base64.b64decode(vector[each]) for each in ("old_root", "new_root"))

    with pytest.raises(ProofFault):
        verify_consistency(
            proof_of(vector),
            old_size=vector["old"],
            old_root=old_root,
            new_size=vector["new"],
            new_root=new_root,
        )


def test_every_published_proof_is_spoiled_at_every_hash():
    for kind in ("inclusion", "consistency"):
        told = [each["name"] for each in REJECTED[kind]]
        for vector in VECTORS[kind]:
            label = "{index} of {size}: " if kind == "inclusion" else "{old} to {new}: "
            ways = ["another hash before the proof"]
            for place in range(len(vector["proof"])):
                ways += [f"a bit of hash {place} is turned", f"hash {place} is a byte short"]
            assert [way for way in ways if label.format(**vector) + way not in told] == []


def test_a_number_below_zero_is_refused():
    """Not among the vectors: a program may have no such numbers."""
    first = VECTORS["inclusion"][0]
    with pytest.raises(ProofFault):
        verify_inclusion(LEAVES[0], index=-1, size=first["size"], proof=[], root=ROOTS[1])
    with pytest.raises(ProofFault):
        verify_consistency([], old_size=-1, old_root=EMPTY_ROOT, new_size=1, new_root=ROOTS[1])


def test_every_tree_continues_the_empty_one_without_a_proof():
    """Others call this useless and refuse it; witnesses that have seen nothing yet begin with it."""
    verify_consistency([], old_size=0, old_root=EMPTY_ROOT, new_size=8, new_root=ROOTS[8])
