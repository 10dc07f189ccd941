"""Witness policies as C2SP tlog-policy has them, and cosignatures over a checkpoint."""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify.conftest import Council
from tests.verify.forge import Forge, check, failed
from voting.ledger.canonical import b64
from voting.ledger.cosignature import CosignatureFault, Witness
from voting.verify.policy import PolicyFault, read_policy


class Cosigner:
    """A witness: it signs a checkpoint as it found it, with the time."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public = b"\x04" + self.key.public_key().public_bytes_raw()
        self.key_id = sha256(name.encode() + b"\n" + self.public).digest()[:4]
        self.vkey = f"{name}+{self.key_id.hex()}+{b64(self.public)}"

    def line(self, note: bytes, time: int = 1_781_000_000) -> bytes:
        text = note.decode().rpartition("\n\n")[0] + "\n"
        signature = self.key.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
        return f"— {self.name} {b64(self.key_id + time.to_bytes(8, 'big') + signature)}\n".encode()


A, B, C = (Cosigner(f"witness.example.or.jp/{name}", seed) for name, seed in (("a", 1), ("b", 2), ("c", 3)))


def policy(forge: Forge, *rest: str) -> str:
    witnesses = (f"witness {name} {each.vkey}" for name, each in (("A", A), ("B", B), ("C", C)))
    return "\n".join(("# 監事と会員", f"log {forge.signer.vkey}", *witnesses, *rest)) + "\n"


def witnessed(council: Council, text: str, *witnesses: Cosigner, time: int = 1_781_000_000) -> Forge:
    forge = council.forge()
    forge.body("genesis")["policy"] = text or policy(forge, "group two 2 A B C", "quorum two")
    size = len(forge.entries)
    note = forge.note(size) + b"".join(each.line(forge.note(size), time) for each in witnesses)
    forge.last.append(lambda files: files.update({f"checkpoints/{size}": note, "checkpoint": note}))
    return forge


def test_two_of_three_witnesses_are_enough(council: Council) -> None:
    checks = check(witnessed(council, "", A, C).zipped(), council.held)

    assert failed(checks) == set()
    assert (checks[4].items, checks[4].notes[0].facts["names"]) == (2, "A, C")


def test_one_of_three_is_not(council: Council) -> None:
    checks = check(witnessed(council, "", B).zipped(), council.held)

    assert (failed(checks), checks[4].fault) == ({5}, "quorum")


def test_a_cosignature_over_another_checkpoint_refutes(council: Council) -> None:
    forge = witnessed(council, "")
    size = len(forge.entries)
    note = forge.note(size) + A.line(forge.note(3)) + B.line(forge.note(size))
    forge.last.append(lambda files: files.update({f"checkpoints/{size}": note, "checkpoint": note}))

    checks = check(forge.zipped(), council.held)

    assert (failed(checks), checks[4].fault) == ({5}, "policy")


def test_groups_may_be_made_of_groups(council: Council) -> None:
    text = policy(council.forge(), "group g any A B", "group all all g C", "quorum all")

    assert failed(check(witnessed(council, text, B, C).zipped(), council.held)) == set()
    assert failed(check(witnessed(council, text, A, B).zipped(), council.held)) == {5}


def test_a_policy_may_ask_for_nobody(council: Council) -> None:
    forge = council.forge()

    assert failed(check(witnessed(council, policy(forge, "quorum none")).zipped(), council.held)) == set()


FAULTS = {
    "no quorum": "log {log}\n",
    "two quorums": "quorum none\nquorum none\n",
    "a quorum of an unknown": "quorum A\n",
    "one name for two": "witness A {a}\nwitness A {b}\nquorum A\n",
    "one key for two": "witness A {a}\nwitness B {a}\nquorum A\n",
    "a witness called none": "witness none {a}\nquorum none\n",
    "a group of nobody": "group g any\nquorum g\n",
    "a group of an unknown": "group g any A\nquorum g\n",
    "a member in two groups": "witness A {a}\ngroup g any A\ngroup h any A\nquorum h\n",
    "a threshold above its members": "witness A {a}\ngroup g 2 A\nquorum g\n",
    "a threshold of none": "witness A {a}\ngroup g 0 A\nquorum g\n",
    "a threshold in another spelling": "witness A {a}\ngroup g 01 A\nquorum g\n",
    "a line that says nothing": "hello\nquorum none\n",
    "a log's key as a witness's": "witness A {log}\nquorum A\n",
    "a key that is none": "witness A x+00000000+AAAA\nquorum A\n",
    "a log without a key": "log x\nquorum none\n",
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS.keys())
def test_what_is_no_policy_is_refused(council: Council, text: str) -> None:
    with pytest.raises(PolicyFault):
        read_policy(text.format(log=council.signer.vkey, a=A.vkey, b=B.vkey))


def test_a_witness_key_with_a_wrong_id_is_refused() -> None:
    name, _, key = A.vkey.split("+", 2)

    with pytest.raises(CosignatureFault):
        Witness.from_vkey(f"{name}+00000000+{key}")


def test_a_cosignature_of_another_length_is_refused(council: Council) -> None:
    forge = witnessed(council, "")
    size = len(forge.entries)
    line = f"— {A.name} {b64(A.key_id + bytes(70))}\n".encode()
    note = forge.note(size) + line
    forge.last.append(lambda files: files.update({f"checkpoints/{size}": note, "checkpoint": note}))

    assert failed(check(forge.zipped(), council.held)) == {5}
