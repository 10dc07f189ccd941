"""sigstore's Merkle and checkpoint code accepts our logs, and refuses them with one bit changed."""

import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import verify_checkpoint
from sigstore._internal.trust import Keyring
from sigstore.errors import VerificationError
from sigstore.models import TransparencyLogEntry
from sigstore_models.common import v1 as common
from sigstore_models.rekor import v1 as rekor

from tests.interop.log import log, turned
from tests.ledger.story import signer
from voting.ledger import merkle


def keyring(own):
    key = Ed25519PublicKey.from_public_bytes(own.signer.verifier.public_key)
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    details = common.PublicKeyDetails.PKIX_ED25519
    return Keyring([common.PublicKey(raw_bytes=base64.b64encode(der), key_details=details)])


def logged(own, index, size, *, entry=None, proof=None, root=None, note=None):
    """One of our entries in the shape that sigstore keeps its own in."""
    hashes = list(merkle.inclusion(own.leaves, index, size)) if proof is None else proof
    found = rekor.TransparencyLogEntry(
        log_index=str(index),
        # Its key hint is looked up by the first four bytes, which are a note's own key id.
        log_id=common.LogId(key_id=base64.b64encode(own.signer.verifier.key_id)),
        kind_version=rekor.KindVersion(kind="ballot", version="1"),
        integrated_time="0",
        inclusion_proof=rekor.InclusionProof(
            log_index=str(index),
            root_hash=base64.b64encode(root or own.root(size)),
            tree_size=str(size),
            hashes=[base64.b64encode(each) for each in hashes],
            checkpoint=rekor.Checkpoint(envelope=(note or own.checkpoint(size)).decode("utf-8", "replace")),
        ),
        canonicalized_body=base64.b64encode(entry or own.entries[index]),
    )
    return TransparencyLogEntry(found)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33, 256, 300])
def test_sigstore_accepts_our_inclusion_proofs_and_checkpoints(size):
    own = log(size)

    for index in {0, size // 2, size - 1}:
        entry = logged(own, index, size)
        verify_merkle_inclusion(entry)
        verify_checkpoint(keyring(own), entry)


def test_sigstore_refuses_an_inclusion_proof_with_one_bit_turned():
    own = log(33)
    proof = list(merkle.inclusion(own.leaves, 20, 33))
    wrong = [
        *({"entry": turned(own.entries[20], bit)} for bit in range(0, 256, 11)),
        *({"root": turned(own.root(33), bit)} for bit in range(0, 256, 11)),
        *(
            {"proof": [*proof[:place], turned(each, 9), *proof[place + 1 :]]}
            for place, each in enumerate(proof)
        ),
        {"proof": proof[:-1]},
        {"proof": [*proof, proof[0]]},
    ]

    for change in wrong:
        with pytest.raises(VerificationError):
            verify_merkle_inclusion(logged(own, 20, 33, **change))


def test_sigstore_refuses_a_checkpoint_with_any_bit_of_its_text_or_signature_turned():
    """The name in the signature line is not among them: sigstore looks at the key's id alone."""
    own = log(33)
    note = own.checkpoint(33)
    text, _, line = note.partition(b"\n\n")
    head, encoded = line.rstrip(b"\n").rsplit(b" ", 1)
    signature = base64.b64decode(encoded)
    texts = [turned(text, bit) + b"\n\n" + line for bit in range(len(text) * 8)]
    lines = [
        text + b"\n\n" + head + b" " + base64.b64encode(turned(signature, bit)) + b"\n"
        for bit in range(len(signature) * 8)
    ]
    trusted = keyring(own)
    verify_checkpoint(trusted, logged(own, 20, 33, note=note))

    for changed in texts + lines:
        # Its parser says ValueError to what is not ASCII at all.
        with pytest.raises((VerificationError, ValueError)):
            verify_checkpoint(trusted, logged(own, 20, 33, note=changed))


def test_sigstore_refuses_a_checkpoint_by_another_key():
    own = log(33)
    stranger = keyring(replace(own, signer=signer("vote.example.or.jp/council/2025-09")))

    with pytest.raises(VerificationError):
        verify_checkpoint(stranger, logged(own, 20, 33))
