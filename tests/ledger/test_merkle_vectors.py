"""The published vectors of RFC 6962 trees: what other implementations prove, and what they must refuse.

tests/vectors/rfc6962.json holds the eight leaves and the proofs over them that Certificate Transparency
implementations have shared for years; the ways to spoil a proof are those that their test data name.
"""

import base64
import json
from pathlib import Path

import pytest

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
LEAVES = [leaf_hash(bytes.fromhex(each)) for each in VECTORS["leaves"]]
ROOTS = {int(size): base64.b64decode(each) for size, each in VECTORS["roots"].items()}
GARBAGE = b"\xab" * 32
# A size of zero, one below and above, another tree, one twice and half as large.
OTHER_NUMBERS = [
    lambda n: 0,
    lambda n: n - 1,
    lambda n: n + 1,
    lambda n: n ^ 2,
    lambda n: n * 2,
    lambda n: n // 2,
]


def proof_of(vector):
    return [base64.b64decode(each) for each in vector["proof"]]


def spoiled(proof, *others):
    """The proof with something before it, behind it, taken out, put in, doubled, or with a bit turned."""
    for extra in (b"", GARBAGE, *others):
        yield [extra, *proof]
        yield [*proof, extra]
    for place, node in enumerate(proof):
        yield proof[:place]
        yield proof[:place] + proof[place + 1 :]
        yield [*proof[:place], GARBAGE, *proof[place:]]
        yield [*proof[:place], bytes([node[0] ^ 8]) + node[1:], *proof[place + 1 :]]
        yield [*proof[:place], node[:-1], *proof[place + 1 :]]


@pytest.mark.parametrize("size", ROOTS)
def test_a_tree_has_its_published_root(size):
    assert root(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize(
    "vector", VECTORS["inclusion"], ids=lambda each: f"{each['index']}-of-{each['size']}"
)
def test_a_published_proof_of_inclusion_is_made_and_accepted(vector):
    index, size, proof = vector["index"], vector["size"], proof_of(vector)

    assert list(inclusion(LEAVES, index, size)) == proof
    verify_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=ROOTS[size])


@pytest.mark.parametrize(
    "vector", VECTORS["inclusion"], ids=lambda each: f"{each['index']}-of-{each['size']}"
)
def test_a_published_proof_of_inclusion_that_was_spoiled_is_refused(vector):
    index, size, proof = vector["index"], vector["size"], proof_of(vector)
    good = {"index": index, "size": size, "proof": proof, "root": ROOTS[size]}
    leaf = LEAVES[index]
    wrong = [
        *({"index": change(index)} for change in OTHER_NUMBERS if change(index) != index),
        # Not a size near by: where the path is as long, it is the signed root that binds the size.
        *({"size": each} for each in (0, size // 2, size * 2)),
        *({"root": each} for each in (b"", GARBAGE, EMPTY_ROOT)),
        *({"proof": each} for each in spoiled(proof, ROOTS[size], leaf)),
    ]

    for change in wrong:
        with pytest.raises(ProofFault):
            verify_inclusion(leaf, **good | change)
    for other in (GARBAGE, b"", LEAVES[(index + 1) % 8]):
        with pytest.raises(ProofFault):
            verify_inclusion(other, **good)


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("root_", [b"", EMPTY_ROOT, GARBAGE])
@pytest.mark.parametrize("leaf", [GARBAGE, EMPTY_ROOT, b""])
def test_nothing_is_included_in_the_empty_tree(index, root_, leaf):
    with pytest.raises(ProofFault):
        verify_inclusion(leaf, index=index, size=0, proof=[], root=root_)


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda each: f"{each['old']}-{each['new']}")
def test_a_published_proof_of_consistency_is_made_and_accepted(vector):
    old, new, proof = vector["old"], vector["new"], proof_of(vector)

    assert list(consistency(LEAVES, old, new)) == proof
    verify_consistency(proof, old_size=old, old_root=ROOTS[old], new_size=new, new_root=ROOTS[new])


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda each: f"{each['old']}-{each['new']}")
def test_a_published_proof_of_consistency_that_was_spoiled_is_refused(vector):
    old, new, proof = vector["old"], vector["new"], proof_of(vector)
    good = {"old_size": old, "old_root": ROOTS[old], "new_size": new, "new_root": ROOTS[new], "proof": proof}
    wrong = [
        *({"old_size": change(old)} for change in OTHER_NUMBERS if change(old) != old),
        *({"old_root": each} for each in (b"", GARBAGE, EMPTY_ROOT)),
        *({"new_root": each} for each in (b"", GARBAGE, EMPTY_ROOT)),
        *({"proof": each} for each in spoiled(proof, ROOTS[old], ROOTS[new])),
    ]
    if old != new:
        wrong.append({"old_root": ROOTS[new], "new_root": ROOTS[old]})
        wrong.append({"proof": []})
        wrong += [{"new_size": each} for each in (new * 2, new // 2)]

    for change in wrong:
        with pytest.raises(ProofFault):
            verify_consistency(**good | change)


@pytest.mark.parametrize(
    ("old", "new", "old_root", "new_root", "proof"),
    [
        pytest.param(0, 0, EMPTY_ROOT, GARBAGE, [], id="both empty, roots differ"),
        pytest.param(0, 0, EMPTY_ROOT, EMPTY_ROOT, [GARBAGE], id="both empty, with a proof"),
        pytest.param(0, 1, GARBAGE, ROOTS[1], [], id="from an empty tree with another root"),
        pytest.param(0, 1, EMPTY_ROOT, ROOTS[1], [GARBAGE], id="from an empty tree with a proof"),
        pytest.param(0, 1, b"don't care 1", b"don't care 2", [], id="roots that are no hashes"),
        pytest.param(1, 1, ROOTS[1], GARBAGE, [], id="one leaf, roots differ"),
        pytest.param(1, 1, ROOTS[1], ROOTS[1], [GARBAGE], id="one leaf, with a proof"),
        pytest.param(1, 0, ROOTS[1], EMPTY_ROOT, [], id="a smaller tree"),
        pytest.param(2, 1, ROOTS[2], ROOTS[1], [ROOTS[1]], id="a smaller tree with a proof"),
        pytest.param(1, 2, ROOTS[1], ROOTS[2], [], id="a larger tree without a proof"),
        pytest.param(-1, 1, EMPTY_ROOT, ROOTS[1], [], id="a size below zero"),
    ],
)
def test_consistency_at_its_edges_is_refused(old, new, old_root, new_root, proof):
    with pytest.raises(ProofFault):
        verify_consistency(proof, old_size=old, old_root=old_root, new_size=new, new_root=new_root)


def test_every_tree_continues_the_empty_one_without_a_proof():
    """Others call this useless and refuse it; witnesses that have seen nothing yet begin with it."""
    verify_consistency([], old_size=0, old_root=EMPTY_ROOT, new_size=8, new_root=ROOTS[8])
