"""The Merkle tree against the published test tree and a textbook definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import reference
from voting.ledger import merkle
from voting.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofFault,
    consistency,
    frontier,
    inclusion,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# The eight leaves and their roots as used by Certificate Transparency implementations since 2013.
CT_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

DATA = [f"entry {number}".encode() for number in range(40)]
LEAVES = [leaf_hash(data) for data in DATA]


@pytest.mark.parametrize("size", range(9))
def test_the_published_tree_has_the_published_roots(size):
    leaves = [leaf_hash(bytes.fromhex(text)) for text in CT_LEAVES]

    assert root(leaves[:size]).hex() == CT_ROOTS[size]


@pytest.mark.parametrize("size", range(len(DATA) + 1))
def test_roots_and_proofs_of_inclusion_are_those_of_the_textbook(size):
    assert root(LEAVES[:size]) == reference.root(DATA[:size])
    for index in range(size):
        proof = inclusion(LEAVES, index, size)

        assert list(proof) == reference.path(index, DATA[:size])
        verify_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=root(LEAVES[:size]))


@pytest.mark.parametrize("new", range(1, len(DATA) + 1))
def test_proofs_of_consistency_are_those_of_the_textbook(new):
    new_root = root(LEAVES[:new])
    for old in range(1, new + 1):
        proof = consistency(LEAVES, old, new)

        assert list(proof) == reference.proof(old, DATA[:new])
        verify_consistency(proof, old_size=old, old_root=root(LEAVES[:old]), new_size=new, new_root=new_root)


def test_every_tree_begins_with_the_empty_one():
    assert consistency(LEAVES, 0, 7) == ()
    verify_consistency((), old_size=0, old_root=EMPTY_ROOT, new_size=7, new_root=root(LEAVES[:7]))
    verify_consistency((), old_size=0, old_root=EMPTY_ROOT, new_size=0, new_root=EMPTY_ROOT)


def test_a_frontier_grows_as_the_tree_does():
    grown = Frontier()
    for size, leaf in enumerate(LEAVES):
        assert grown == frontier(LEAVES[:size])
        assert grown.root() == root(LEAVES[:size])
        assert grown.proof_of_next() == inclusion(LEAVES, size, size + 1)
        assert Frontier.from_bytes(grown.to_bytes()) == grown
        grown = grown.append(leaf)

    assert grown.size == len(LEAVES)


@given(st.integers(0, 33), st.integers(1, 7), st.data())
def test_a_batch_is_proved_without_the_leaves_before_it(size, more, data):
    offset = data.draw(st.integers(0, more - 1))
    batch = LEAVES[size : size + more]

    proof = frontier(LEAVES[:size]).proof_in_batch(batch, offset)

    assert proof == inclusion(LEAVES, size + offset, size + more)
    with pytest.raises(ProofFault):
        frontier(LEAVES[:size]).proof_in_batch(batch, more)


def test_a_frontier_of_a_million_leaves_fits_into_one_row():
    assert len(Frontier(1_048_575, (EMPTY_ROOT,) * 20).to_bytes()) == 648


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"", lambda data: data[:8]]
)
def test_a_frontier_of_another_length_is_refused(change):
    data = frontier(LEAVES[:5]).to_bytes()

    with pytest.raises(ProofFault):
        Frontier.from_bytes(change(data))


@given(st.integers(1, 40), st.data())
def test_a_changed_proof_of_inclusion_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    facts = {
        "index": index,
        "size": size,
        "proof": inclusion(LEAVES, index, size),
        "root": root(LEAVES[:size]),
    }
    leaf = LEAVES[index]

    for changed in (
        facts | {"proof": (*facts["proof"], EMPTY_ROOT)},
        facts | {"proof": (EMPTY_ROOT, *facts["proof"])},
        facts | {"proof": tuple(flipped(each) for each in facts["proof"]), "root": flipped(facts["root"])},
        facts | {"root": flipped(facts["root"])},
        facts | {"index": size},
        facts | {"index": -1},
    ):
        with pytest.raises(ProofFault):
            verify_inclusion(leaf, **changed)
    with pytest.raises(ProofFault):
        verify_inclusion(flipped(leaf), **facts)
    for short in range(len(facts["proof"])):
        with pytest.raises(ProofFault):
            verify_inclusion(leaf, **facts | {"proof": facts["proof"][:short]})


@given(st.integers(2, 40), st.data())
def test_a_changed_proof_of_consistency_is_refused(new, data):
    old = data.draw(st.integers(1, new - 1))
    proof = consistency(LEAVES, old, new)
    facts = {"old_size": old, "old_root": root(LEAVES[:old]), "new_size": new, "new_root": root(LEAVES[:new])}

    for short in range(len(proof)):
        with pytest.raises(ProofFault):
            verify_consistency(proof[:short], **facts)
    with pytest.raises(ProofFault):
        verify_consistency((*proof, EMPTY_ROOT), **facts)
    for place in range(len(proof)):
        with pytest.raises(ProofFault):
            verify_consistency((*proof[:place], flipped(proof[place]), *proof[place + 1 :]), **facts)
    for name in ("old_root", "new_root"):
        with pytest.raises(ProofFault):
            verify_consistency(proof, **facts | {name: flipped(facts[name])})
    with pytest.raises(ProofFault):
        verify_consistency(proof, **facts | {"old_size": new + 1})


def test_a_tree_of_the_same_size_with_another_root_is_another_history():
    one, other = root(LEAVES[:5]), root(LEAVES[1:6])

    verify_consistency((), old_size=5, old_root=one, new_size=5, new_root=one)
    for proof, old_size, old_root in (
        ((), 5, other),
        ((one,), 5, one),
        ((), 0, other),
        ((one,), 0, EMPTY_ROOT),
    ):
        with pytest.raises(ProofFault):
            verify_consistency(proof, old_size=old_size, old_root=old_root, new_size=5, new_root=one)


def test_a_frontier_has_one_hash_for_each_bit_of_its_size():
    for size, hashes in ((-1, ()), (0, (EMPTY_ROOT,)), (3, (EMPTY_ROOT,))):
        with pytest.raises(ProofFault):
            Frontier(size, hashes)


def test_a_rewritten_log_is_not_consistent_with_the_old_one():
    forged = [leaf_hash(b"another vote"), *LEAVES[1:]]

    with pytest.raises(ProofFault):
        verify_consistency(
            consistency(forged, 5, 9),
            old_size=5,
            old_root=root(LEAVES[:5]),
            new_size=9,
            new_root=root(forged[:9]),
        )


def test_an_inner_node_cannot_be_passed_off_as_a_leaf():
    # The two prefixes exist for this: the data of a fake leaf would be the two hashes of the node.
    fake = leaf_hash(LEAVES[0] + LEAVES[1])

    with pytest.raises(ProofFault):
        verify_inclusion(fake, index=0, size=1, proof=(), root=root(LEAVES[:2]))


def test_a_hash_of_another_length_is_refused():
    with pytest.raises(ProofFault):
        verify_inclusion(LEAVES[0][:31], index=0, size=1, proof=(), root=LEAVES[0][:31])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 41), (0, 0)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ProofFault):
        inclusion(LEAVES, index, size)
    with pytest.raises(ProofFault):
        consistency(LEAVES, size + 1, index)


def test_a_hundred_thousand_leaves_need_no_recursion():
    leaves = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(100_000)]

    assert frontier(leaves).root() == root(leaves)


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]
